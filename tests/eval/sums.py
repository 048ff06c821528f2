"""How well sums of money are read: the amount at stake, and every stated sum with its role.

In: labelled texts and what was found in them. Out: scores. Out of scope: the amounts of
single cases (`tests.eval.cases`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.eval.measures import Estimate, Score, counts_of, score, share
from tests.eval.sample import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class SumScore:
    """How well sums are read.

    `exact` is the share of complaints whose amount at stake is found to the cent in its
    currency, none where there is none; `exact_if_stated` the same of those that state one or
    where one was found. `sums` compares all stated sums, `roled` with their roles.
    """

    complaints: int
    stated: int
    exact: Estimate
    exact_if_stated: Estimate
    sums: Score
    roled: Score


def score_sums(items: Sequence[Item]) -> SumScore:
    """Compare the sums of texts; a guide has none, so only complaints and reports count."""
    complaints = [item for item in items if item.label.row.kind == "complaint"]
    telling = [item for item in items if item.label.row.kind in ("complaint", "report")]
    stated = [item for item in complaints if item.label.row.amount or item.found.amount]
    return SumScore(
        complaints=len(complaints),
        stated=len(stated),
        exact=share(is_exact(item) for item in complaints),
        exact_if_stated=share(is_exact(item) for item in stated),
        sums=score([_counts(item, with_role=False) for item in telling]),
        roled=score([_counts(item, with_role=True) for item in telling]),
    )


def is_exact(item: Item) -> bool:
    """Say whether the amount at stake is what people read, or both found none."""
    amount = item.label.row.amount
    return (amount.money() if amount else None) == item.found.amount


def _counts(item: Item, *, with_role: bool) -> tuple[int, int, int]:
    told = {(*one.money(), one.role) for one in item.label.row.amounts}
    found = set(item.found.sums)
    if with_role:
        return counts_of(told, found)
    return counts_of({one[:2] for one in told}, {one[:2] for one in found})
