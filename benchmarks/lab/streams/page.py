"""Writes what the lab measured on whole streams: the second part of `docs/methods.md`.

In: findings. Out: text. Out of scope: measuring.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from benchmarks.lab.streams.lead_time import Raised
from benchmarks.lab.streams.measure import FIRST_WEEK, LAST_WEEK, RULE, Findings
from benchmarks.lab.streams.replay import HISTORY_DAYS, WINDOW_DAYS
from benchmarks.lab.streams.truth import BANDS, band_of
from benchmarks.lab.streams.verdicts import Finding, Verdict

MANY = 10
"""People from which on an event counts for the bars."""

_INTRODUCTION = """\
# Candidates on simulated streams · 模拟数据上的线索

What becomes of events that `zhongsu simulate` plants, when its posts are imported with every day
covered, run, and proposed as candidates. {streams} streams of the default rates (seeds {seeds},
never developed on; {complaints:,} complaints, {merchants} merchants, {events} events of 3 to 60
people, {brigades} brigades). Bars are those of issue 4.

在模拟投诉流上检验整条流程：线索有多少是真的，事件找到多少，人数区间是否可靠，能提前多久。

* A candidate **is of** an event if more than half of its members are the event's posts. A brigade
  (2 to 5 people, 3 to 10 accounts each) is none: it counts as a brigade.
* An event is **found** if a candidate of it holds at least half of the people who name the
  merchant. Who names nobody cannot be placed, and is left out of found people and their number;
  size bands count everybody.
* The number of people is **right** if it lies within the certain and possible complainants of the
  candidate that holds most of them. The error is that of the middle of the interval.
"""

_LEAD = """\
## How early

Weekly replay of {replayed} streams: on the last day of each week from the {first}th to the
{last}th, what would have been proposed by the complaints of the {history} days up to it, with
nothing of what came later. An **alarm** is a
proposal of which less than half of the complaints have been in a proposal before. **Counts
alone** lists merchants by distinct complainants in {window} days, from a threshold chosen so
that it raises as many alarms by the same rule; its alarm tells of an event if it holds two
of its people, one of candidates only if most of it is the event's. Events that begin and
end in these weeks.

| | candidates | counts alone, {threshold} or more | {rule} or more |
|---|---|---|---|
"""

_NOTES = """\
## What these figures do not say

* Background posts of one merchant share products, codes and phrases, as real ones do, and come
  in bursts (variance up to five times the mean): a candidate of them is a coincidence that a
  reader would look at, too. It counts as false.
* The weights by which a group stands out (`pipelines/grouping/standing.py`) were fitted on other
  seeds of the same simulator. Real streams differ; where coverage is not declared, nothing is
  left out for it.
* The replay looks only at merchants and guesses that hold a complaint of the week, and back one
  year: a week costs some 2 s of one core, a whole grouping of one stream some 20 s. It is not
  the plain way week by week, and proposes nearly, not exactly, the same.
"""


def streams_part(found: Findings) -> str:
    """Write the part of the page on whole streams."""
    events = [finding.event for finding in found.findings]
    introduction = _INTRODUCTION.format(
        streams=len(found.seeds),
        seeds=", ".join(map(str, found.seeds)),
        complaints=found.complaints,
        merchants=found.merchants,
        events=len(events),
        brigades=found.brigades,
    )
    lead = _LEAD.format(
        replayed=found.replayed,
        first=FIRST_WEEK + 1,
        last=LAST_WEEK,
        history=HISTORY_DAYS,
        window=WINDOW_DAYS,
        threshold=found.threshold,
        rule=RULE,
    )
    return "\n".join(
        [introduction, _precision(found), _bands(found.findings), lead + _lead(found), _NOTES]
    )


def _precision(found: Findings) -> str:
    lines = [
        "## Which candidates are events (bar: precision .9)",
        "",
        "| | candidates | of an event | of a brigade | mixed | one merchant, one code | other"
        " | precision | without brigades |",
        "|---|---|---|---|---|---|---|---|---|",
        _precision_row("the whole worklist", found.verdicts),
        _precision_row("the first ones, as many as there are events", found.at_top),
    ]
    return "\n".join(lines) + "\n"


def _precision_row(name: str, verdicts: Sequence[Verdict]) -> str:
    kinds = Counter(verdict.kind for verdict in verdicts)
    counts = (kinds[kind] for kind in ("event", "brigade", "mixed", "one_code", "usual"))
    total = len(verdicts)
    shares = (_share(kinds["event"], total), _share(kinds["event"], total - kinds["brigade"]))
    return f"| {name} | {total} | {' | '.join(map(str, counts))} | {' | '.join(shares)} |"


def _bands(findings: Sequence[Finding]) -> str:
    lines = [
        "## Which events are found, and how many people (bars: recall .85 from 10 people on;"
        " number right .95)",
        "",
        "| people | events | any candidate | found | recall | number right | median error |"
        " median width |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for number, (low, high) in enumerate(BANDS):
        own = [one for one in findings if band_of(one.event.size) == number]
        lines.append(_band_row(f"{low}-{high}", own))
    many = [one for one in findings if one.event.size >= MANY]
    lines += [_band_row(f"{MANY} or more", many), _band_row("all", findings)]
    return "\n".join(lines) + "\n"


def _band_row(name: str, findings: Sequence[Finding]) -> str:
    found = [one for one in findings if one.is_found]
    right = sum(one.is_counted_right for one in found)
    errors = [abs(_middle(one) - one.known) / one.known for one in found]
    widths = [_width(one) / one.known for one in found]
    cells = (
        len(findings),
        sum(one.best is not None for one in findings),
        len(found),
        _share(len(found), len(findings)),
        _share(right, len(found)),
        _percent(errors),
        _percent(widths),
    )
    return f"| {name} | {' | '.join(map(str, cells))} |"


def _middle(finding: Finding) -> float:
    assert finding.best is not None
    return (finding.best.certain + finding.best.possible) / 2


def _width(finding: Finding) -> int:
    assert finding.best is not None
    return finding.best.possible - finding.best.certain


def _lead(found: Findings) -> str:
    many = [one for one in found.raised if one.event.size >= MANY]
    days = [(one.by_candidates, one.by_counts, one.by_rule) for one in many]
    in_time = [
        [one.in_time(day) for one, day in zip(many, column, strict=True)]
        for column in zip(*days, strict=True)
    ]
    rows = [
        ("alarms", [str(found.alarms), str(found.counts_alarms), str(found.rule_alarms)]),
        ("of them of no event or brigade", [str(found.false_alarms), "", ""]),
        (
            f"events of {MANY} or more raised before they end, of {len(many)}",
            [f"{sum(column)} ({_share(sum(column), len(many))})" for column in in_time],
        ),
        ("raised at all", [str(sum(day is not None for day in one)) for one in _columns(days)]),
    ]
    table = "".join(f"| {name} | {' | '.join(cells)} |\n" for name, cells in rows)
    return table + "\n" + _against(many)


def _columns(days: Sequence[tuple[int | None, ...]]) -> list[tuple[int | None, ...]]:
    return list(zip(*days, strict=True))


def _against(many: Sequence[Raised]) -> str:
    """Tell of the events that both raise how much earlier candidates are (bars in brackets)."""
    both = [
        (one, one.by_candidates, one.by_counts)
        for one in many
        if one.by_candidates is not None and one.by_counts is not None
    ]
    ours = sum(one.in_time(one.by_candidates) for one in many)
    theirs = sum(one.in_time(one.by_counts) for one in many)
    lines = [
        f"* Raised before they end: {ours} against {theirs}"
        f" ({_more(ours, theirs)}; bar: a quarter more)."
    ]
    if both:
        first = median(day for _, day, _ in both)
        other = median(day for _, _, day in both)
        lines.append(
            f"* Median day since the onset, of the {len(both)} that both raise: {first:g} against"
            f" {other:g} (bar: not later)."
        )
    long = [(day - mine) / one.length for one, mine, day in both if one.length > 30]
    if long:
        lines.append(
            f"* Of the {len(long)} of them that last longer than 30 days, candidates come earlier"
            f" by {100 * median(long):.0f} % of the length (median; bar: 10 %)."
        )
    return "\n".join(lines) + "\n"


def _more(ours: int, theirs: int) -> str:
    return f"{100 * (ours - theirs) / theirs:+.0f} %" if theirs else "none by counts"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "–"


def _percent(values: Sequence[float]) -> str:
    return f"{100 * median(values):.0f} %" if values else "–"
