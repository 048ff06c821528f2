"""The figures that the project set itself bars for, in one table.

In: labelled texts with what was found in them, and the other parts. Out: lines of Markdown:
for each bar the figure of held-out and of development texts. Out of scope: everything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.eval.coded import score_axis
from tests.eval.measures import Estimate, share
from tests.eval.parts import COPIES_BAR, NAMES_BAR, PRECISION_BAR, RECALL_BAR, Parts
from tests.eval.report import interval, table, verdict
from tests.eval.sample import SCOPES, Item, grouped
from tests.eval.sections import AMOUNT_BAR, KIND_BAR
from tests.eval.sums import score_sums

NOTHING = Estimate(value=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure with its bar."""

    name: str
    bar: float
    held: Estimate
    dev: Estimate


def glance_section(items: Sequence[Item], parts: Parts) -> list[str]:
    """Write all figures that have a bar; the verdict is on held-out texts."""
    rows = [
        [one.name, interval(one.held), *verdict(one.held.value, one.bar), interval(one.dev)]
        for one in (*_of_texts(items), *_of_parts(parts))
    ]
    header = ("figure", "held-out", "bar", "", "development")
    return ["## The bars", "", *table(header, rows)]


def _of_texts(items: Sequence[Item]) -> Iterator[Figure]:
    """Give the figures of labelled texts; of an axis it is F1."""
    groups = grouped(items)
    held, dev = (_of_group(groups.get(group, [])) for group in ("held", "dev"))
    for name, bar in BARS.items():
        yield Figure(name=name, bar=bar, held=held[name], dev=dev[name])


def _of_group(items: Sequence[Item]) -> dict[str, Estimate]:
    figures = {
        f"{scope.name} (F1)": score_axis(
            [item for item in items if scope.holds(item)], scope.axis
        ).f1
        for scope in SCOPES
    }
    figures["kind (share right)"] = share(item.label.row.kind == item.found.kind for item in items)
    figures["amount at stake (share exact)"] = score_sums(items).exact
    return figures


def _of_parts(parts: Parts) -> Iterator[Figure]:
    """Give the figures of the other parts; of near copies the lowest of the sources."""
    redaction = {split: total for split, (total, _) in parts.redaction.items()}
    names = {split: Estimate(value=result.f1) for split, (_, result) in parts.names.items()}
    yield Figure(
        name="redaction (recall)",
        bar=RECALL_BAR,
        held=redaction["held"].recall if "held" in redaction else NOTHING,
        dev=redaction["dev"].recall if "dev" in redaction else NOTHING,
    )
    yield Figure(
        name="redaction (precision)",
        bar=PRECISION_BAR,
        held=redaction["held"].precision if "held" in redaction else NOTHING,
        dev=redaction["dev"].precision if "dev" in redaction else NOTHING,
    )
    yield Figure(
        name="names (B-cubed F1)",
        bar=NAMES_BAR,
        held=names.get("held", NOTHING),
        dev=names.get("dev", NOTHING),
    )
    lowest = min((one.recall for one in parts.copies.values()), default=None)
    yield Figure(
        name="near copies (recall, lowest source; nothing is labelled)",
        bar=COPIES_BAR,
        held=Estimate(value=lowest),
        dev=NOTHING,
    )


BARS = {
    **{f"{scope.name} (F1)": scope.bar for scope in SCOPES if scope.bar is not None},
    "kind (share right)": KIND_BAR,
    "amount at stake (share exact)": AMOUNT_BAR,
}
"""The bars of labelled texts, by figure."""
