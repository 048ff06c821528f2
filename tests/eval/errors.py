"""The errors of development texts, one line each: ids and codes, never a text.

In: labelled development texts with what was found in them. Out: lines. Out of scope: held-out
texts, whose errors nobody may look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipelines.records import Axis
from tests.eval.labels import AXES, on_axis
from tests.eval.sample import Item
from tests.eval.sums import is_exact

ERROR_KINDS = (*AXES.values(), "kind", "amount", "case_count")


def error_lines(items: Iterable[Item], kind: str) -> Iterator[str]:
    """List the texts in which one kind of figure is wrong.

    Raises:
        ValueError: one of the texts is held out.
    """
    for item in items:
        if item.label.split == "held":
            raise ValueError(f"errors: expected development texts; found {item.label.text_id}")
        if difference := _difference(item, kind):
            doubt = "" if item.label.row.sure is not False else "  (labeller in doubt)"
            yield f"{item.label.text_id}  {difference}{doubt}"


def _difference(item: Item, kind: str) -> str | None:
    row, found = item.label.row, item.found
    if kind == "kind":
        return None if row.kind == found.kind else f"is {row.kind}, found {found.kind}"
    if kind == "case_count":
        told, counted = len(row.cases), len(found.cases)
        return None if told == counted else f"has {told} cases, found {counted}"
    if kind == "amount":
        is_told, is_found = row.amount is not None, found.amount is not None
        if row.kind != "complaint" or is_exact(item):
            return None
        if is_told and is_found:
            return "another amount"
        return "amount missed" if is_told else "amount where there is none"
    return _code_difference(item, next(axis for axis, name in AXES.items() if name == kind))


def _code_difference(item: Item, axis: Axis) -> str | None:
    told, found = on_axis(item.label.codes, axis), on_axis(item.found.codes, axis)
    missed = ", ".join(sorted(code for _, code in told - found))
    wrong = ", ".join(f"{code[1]} ({item.found.codes[code]:.2f})" for code in sorted(found - told))
    parts = [f"missed: {missed}" if missed else "", f"wrong: {wrong}" if wrong else ""]
    return "  ".join(part for part in parts if part) or None
