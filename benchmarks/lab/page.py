"""Writes what the lab measured: `docs/methods.md` and the table of false-alarm rates.

In: findings. Out: text. Out of scope: measuring.
"""

from __future__ import annotations

from benchmarks.lab.contenders import IN_R
from benchmarks.lab.measure import ALPHAS, Figure, Findings
from benchmarks.lab.scoring import RATES
from benchmarks.lab.transplants import RATE as TRANSPLANT_RATE
from benchmarks.lab.transplants import STRENGTHS

_INTRODUCTION = """\
# Methods · 方法

How well `zhongsu surveil` finds what was planted. Written by `make lab`; do not edit.

{replicates} drawings of each of the 42 scenarios of Noufaily et al. 2013 (Statistics in Medicine
32:1206): 624 weeks, four past outbreaks, one in the 49 tested weeks; seeds {first} to {last}, none
of which was used while building. **POD** is the share of outbreaks with any alarm between their
first and last week, when the threshold, one for all series, lets the given share of all quiet weeks
through. In brackets 95 % intervals over series drawn with replacement ({resamples} times). **Less
the default** is the difference on the same draws. A history of H weeks means that nothing else is
visible. The sector of a series is one drawing of each of the 42 scenarios; "series alone" sees no
other series ({alone} drawings of each), and is compared with the default on the same ones.

用 42 种模拟情景检验：在误报率相同时，每种方法能发现多少事件（POD）。

"""

_NOTES = """\
## What the figures do not say

* Simulated counts move slowly and by the rules that the models know. Real ones jump: expect up to
  twice the stated false alarms, and look at what is flagged.
* The default judges a week together with the one before ("two looks", [surveil](surveil.md)). By
  single weeks no method can find more than about .47 and .56 at the two rates, which is what
  knowing the true mean and dispersion gives. "Default, one look" is the same model without it.
* C2 and C3 of EARS look back nine weeks, Farrington's method years: where they cannot test at
  all, they have no row.
"""

_TRANSPLANTS = """\
## Real events planted elsewhere

Monthly counts of companies in the complaint database of the US Consumer Financial Protection
Bureau to 2019. What four known events brought (Wells Fargo 2016-09, Navient 2017-01, Equifax
2017-09, Coinbase 2017-12) is cut out, measured in standard deviations of the half-year before, and
planted into every series with two years behind it, in a month drawn by lot. Shares found at false
alarms of {rate}; months with events that nobody listed count as quiet for every method alike, so
that a method which finds these must be less sensitive elsewhere.

"""

_NO_TRANSPLANTS = "**Not made:** the real counts lie beside the checkout and are not at hand.\n"

_WITH_R = """\
* "Farrington-flexible in R" is `farringtonFlexible` of R's package `surveillance` with the same
  settings on the same series; on fixed series ours agrees with R's outputs to the sixth digit
  (`tests/unit/pipelines/detect/test_farrington_reference.py`).
"""

_WITHOUT_R = """\
* **Not made:** the row of R's own `farringtonFlexible` on the same series. It needs R with its
  package `surveillance`, installed by hand for the comparison, and there is none here. On other
  draws of the same design R reached .433 and .513 (standard error .015); on fixed series our
  Farrington agrees with R's outputs (`tests/unit/pipelines/detect/test_farrington_reference.py`).
"""


def methods_page(found: Findings, resamples: int) -> str:
    """Write the page of methods."""
    parts = [
        _INTRODUCTION.format(
            replicates=len(found.seeds),
            first=found.seeds[0],
            last=found.seeds[-1],
            resamples=resamples,
            alone=len(found.lone_seeds),
        )
    ]
    for history, figures in found.figures.items():
        title = "All history (11 years)" if history is None else f"{history} weeks of history"
        parts.append(f"## {title}\n\n{_table(figures)}\n")
    notes = _NOTES + (_WITH_R if IN_R in found.sizes else _WITHOUT_R)
    parts += [_sizes(found), _transplants(found), _rates(found), notes]
    return "\n".join(parts)


def _table(figures: list[Figure]) -> str:
    heads = "".join(f" POD at {_share(rate)} | less the default |" for rate in RATES)
    lines = [
        f"| method |{heads} delay at {_share(RATES[-1])}, weeks |",
        "|---|" + "---|---|" * len(RATES) + "---|",
    ]
    for figure in figures:
        cells = [figure.method]
        for pod, span, (apart, low, high) in zip(
            figure.pod, figure.span, figure.behind, strict=True
        ):
            cells.append(f"{_share(pod)} [{_share(span[0])}, {_share(span[1])}]")
            is_default = figure is figures[0]
            cells.append("" if is_default else f"{apart:+.3f} [{low:+.3f}, {high:+.3f}]")
        lines.append(f"| {' | '.join(cells)} | {figure.delay:.2f} |")
    return "\n".join(lines) + "\n"


def _sizes(found: Findings) -> str:
    rows = "".join(
        f"| {name} | {' | '.join(_share(pod) for pod in pods)} |\n"
        for name, pods in found.sizes.items()
    )
    return (
        "## By size of the outbreak\n\nAll history, false alarms"
        f" {_share(RATES[-1])}; size in standard deviations.\n\n"
        f"| method | 1-3 | 4-7 | 8-10 |\n|---|---|---|---|\n{rows}"
    )


def _transplants(found: Findings) -> str:
    if not found.transplanted:
        return "## Real events planted elsewhere\n\n" + _NO_TRANSPLANTS
    heads = " | ".join(f"{strength:g} times as strong" for strength in STRENGTHS)
    lines = [f"| method | {heads} |", "|---|" + "---|" * len(STRENGTHS)]
    for figure in found.transplanted:
        cells = [
            f"{_share(share)} [{_share(low)}, {_share(high)}]"
            for share, (low, high) in zip(figure.found, figure.spans, strict=True)
        ]
        lines.append(f"| {figure.method} | {' | '.join(cells)} |")
    return _TRANSPLANTS.format(rate=_share(TRANSPLANT_RATE)) + "\n".join(lines) + "\n"


def _rates(found: Findings) -> str:
    heads = " | ".join(f"alpha {alpha:g}" for alpha in ALPHAS)
    lines = [f"| model | weeks of history | {heads} |", "|---|---|" + "---|" * len(ALPHAS)]
    for model, histories in found.rates.items():
        for history, rates in sorted(histories.items()):
            cells = " | ".join(f"{rates[alpha][0]:.4f}" for alpha in ALPHAS)
            lines.append(f"| `{model}` | {history} | {cells} |")
    return (
        "## False alarms\n\nThe share of quiet weeks with an alarm at each alpha: what"
        " `false_alarm_rate` states (`pipelines/taxonomy/measured/false_alarm_rates.yml`). 260"
        " stands for all history.\n\n" + "\n".join(lines) + "\n"
    )


def _share(value: float) -> str:
    return (
        f"{value:.4f}".rstrip("0").lstrip("0")
        if value in RATES
        else f"{value:.3f}".replace("0.", ".", 1)
    )


def rates_table(found: Findings) -> str:
    """Write the table of false-alarm rates that the package carries."""
    lines = [
        "# How often alarms are false, per model, weeks of history and alpha: alarms / weeks.",
        "# Written by `make lab`; do not edit. Source: our own lab, the quiet ones of 49 tested",
        "# weeks of the 42 scenarios of Noufaily et al. 2013 (Statistics in Medicine 32:1206),",
        f"# seeds {found.seeds[0]}-{found.seeds[-1]}; series alone:"
        f" {found.lone_seeds[0]}-{found.lone_seeds[-1]}.",
        "models:",
    ]
    for model, histories in found.rates.items():
        lines.append(f"  {model}:")
        for history, rates in sorted(histories.items()):
            cells = (
                f"{alpha:g}: {{rate: {rate:.6f}, alarms: {alarms}, weeks: {weeks}}}"
                for alpha, (rate, alarms, weeks) in sorted(rates.items())
            )
            lines.append(f"    {history}:")
            lines += [f"      {cell}" for cell in cells]
    return "\n".join(lines) + "\n"
