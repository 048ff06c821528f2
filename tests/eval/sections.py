"""The figures of a run, as sections of the page.

In: labelled texts with what was found in them, and the other measured things. Out: lines of
Markdown. Out of scope: measuring (`coded`, `sums`, `cases`, ...) and how figures are written
(`report`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.eval.agreement import Agreement
from tests.eval.cases import score_cases
from tests.eval.coded import (
    ENOUGH_POSITIVES,
    KINDS,
    confusion,
    findings,
    score_axis,
    score_codes,
)
from tests.eval.contest import Bout
from tests.eval.labels import AXES
from tests.eval.measures import calibration_error, reliability, share
from tests.eval.report import interval, number, score_cells, table, verdict
from tests.eval.sample import SCOPES, Item, by_source
from tests.eval.sums import score_sums

SCORE_HEADER = ("texts", "positives", "precision", "recall", "F1")

KIND_BAR = 0.95
AMOUNT_BAR = 0.95


def codes_section(items: Sequence[Item]) -> list[str]:
    """Write precision, recall and F1 of every axis."""
    rows = []
    for scope in SCOPES:
        score = score_axis([item for item in items if scope.holds(item)], scope.axis)
        if not score.texts:
            continue
        rows.append([scope.name, *score_cells(score), *verdict(score.f1.value, scope.bar)])
    return ["### Codes", "", *table(("codes", *SCORE_HEADER, "bar", ""), rows)]


def sources_section(items: Sequence[Item]) -> list[str]:
    """Write the same by source, with the kind."""
    rows = []
    for source, members in by_source(items).items():
        kind = interval(share(one.label.row.kind == one.found.kind for one in members))
        rows += [
            [source, name.replace("_", " "), *score_cells(score_axis(members, axis))]
            for axis, name in AXES.items()
        ]
        rows.append([source, "kind (share right)", str(len(members)), "", "", "", kind])
    return ["### By source", "", *table(("source", "codes", *SCORE_HEADER), rows)]


def single_codes_section(items: Sequence[Item]) -> list[str]:
    """Write the codes that enough texts allege singly, the rest of each axis together."""
    rows = []
    for axis, name in AXES.items():
        single, pooled, rest = score_codes(items, axis)
        rows += [
            [name.replace("_", " "), code, *score_cells(score)[1:]]
            for code, score in single.items()
        ]
        rows.append([name.replace("_", " "), f"the other {pooled}", *score_cells(rest)[1:]])
    heading = f"### Codes with {ENOUGH_POSITIVES} or more texts that allege them"
    return [heading, "", *table(("axis", "code", *SCORE_HEADER[1:]), rows)]


def kind_section(items: Sequence[Item]) -> list[str]:
    """Write how often the kind is right, and what is taken for what."""
    right = share(item.label.row.kind == item.found.kind for item in items)
    counts = confusion(items)
    others = sorted({found for _, found in counts} - set(KINDS))
    columns = (*KINDS, *others)
    return [
        "### Kind",
        "",
        *table(
            ("texts", "share right", "bar", ""),
            [[str(len(items)), interval(right), *verdict(right.value, KIND_BAR)]],
        ),
        *table(
            ("people say, machine finds", *columns),
            [[kind, *(str(counts.get((kind, found), 0)) for found in columns)] for kind in KINDS],
        ),
    ]


def sums_section(items: Sequence[Item]) -> list[str]:
    """Write how well sums of money are read."""
    result = score_sums(items)
    rows = [
        [
            "amount at stake exact, of all complaints (none where there is none)",
            str(result.complaints),
            interval(result.exact),
            *verdict(result.exact.value, AMOUNT_BAR),
        ],
        [
            "the same, of the complaints that state one or in which one is found",
            str(result.stated),
            interval(result.exact_if_stated),
            "",
            "",
        ],
    ]
    return [
        "### Money",
        "",
        *table(("figure", "texts", "share right", "bar", ""), rows),
        *table(
            ("stated sums", *SCORE_HEADER),
            [
                ["value and currency", *score_cells(result.sums)],
                ["value, currency and role", *score_cells(result.roled)],
            ],
        ),
    ]


def cases_section(items: Sequence[Item]) -> list[str]:
    """Write how well cases are told apart, of all texts and of reports alone."""
    reports = [item for item in items if item.label.row.kind == "report"]
    lines = ["### Cases", ""]
    for name, members in (("all texts", items), ("reports", reports)):
        if not members:
            continue
        result = score_cases(members)
        lines += table(
            (name, "value"),
            [
                ["texts", str(len(members))],
                ["as many cases as people found", interval(result.count)],
                ["texts whose cases are not computed", str(result.not_computed)],
                ["same cases: precision", interval(result.matched.precision)],
                ["same cases: recall", interval(result.matched.recall)],
                ["same cases: F1", interval(result.matched.f1)],
                *(
                    [f"of the same cases: {fact}", interval(one)]
                    for fact, one in result.facts.items()
                ),
                ["of the same cases: patterns and wallet issues, F1", interval(result.codes.f1)],
            ],
        )
    return lines


def calibration_section(items: Sequence[Item]) -> list[str]:
    """Write whether scores are what they claim: the share of findings that are right."""
    lines = ["### Scores of findings", ""]
    judged = {name: findings(items, axis) for axis, name in AXES.items()}
    judged = {"all": [one for each in judged.values() for one in each], **judged}
    errors = [
        [name.replace("_", " "), str(len(each)), number(calibration_error(reliability(each)))]
        for name, each in judged.items()
    ]
    bins = [
        [
            f"{number(one.low)} to {number(one.high)}",
            str(one.findings),
            number(one.mean_score),
            number(one.share_right),
        ]
        for one in reliability(judged["all"])
    ]
    return [
        *lines,
        *table(("findings", "number", "expected calibration error"), errors),
        *table(("scores (all findings)", "findings", "mean score", "share right"), bins),
    ]


def contest_section(bouts: Sequence[Bout]) -> list[str]:
    """Write our figures beside those of the baselines."""
    rows = [
        [
            bout.figure,
            bout.baseline,
            number(bout.ours),
            number(bout.theirs),
            interval(bout.gain),
            "yes" if bout.is_above else "**no**",
        ]
        for bout in sorted(bouts, key=_order)
    ]
    header = (
        "figure",
        "baseline",
        "ours",
        "baseline's",
        "difference",
        "above by more than the interval",
    )
    return ["### Against the baselines", "", *table(header, rows)]


def agreement_section(groups: Mapping[str, Agreement]) -> list[str]:
    """Write how far two people agree."""
    rows = []
    for name, one in groups.items():
        if not one.texts:
            continue
        cells = [str(one.texts), number(one.kind_kappa), number(one.outcome_kappa)]
        codes = [number(score.f1.value) for score in one.codes.values()]
        rows.append([name, *cells, *codes, interval(one.amount), interval(one.case_count)])
    header = (
        "texts", "both labelled", "kind (kappa)", "outcome (kappa)",
        *(f"{name.replace('_', ' ')} (F1)" for name in AXES.values()),
        "amount equal", "as many cases",
    )  # fmt: skip
    return ["## Two people on the same text", "", *table(header, rows)] if rows else []


def _order(bout: Bout) -> int:
    names = [*(scope.name for scope in SCOPES), "kind"]
    return names.index(bout.figure)
