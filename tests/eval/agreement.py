"""How far two people agree who label the same text: no program can be expected to do better.

In: labels with a second label beside them. Out: kappa, F1 and shares. Out of scope: what the
machine found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.records import Axis
from tests.eval.labels import AXES, Label, SecondRow, codes_of, on_axis
from tests.eval.measures import Estimate, Score, counts_of, kappa, score, share


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The agreement of two labellers; `codes` takes the first one's codes for the truth."""

    texts: int
    kind_kappa: float | None
    outcome_kappa: float | None
    codes: dict[Axis, Score]
    amount: Estimate
    case_count: Estimate


def agreement(labels: Sequence[Label]) -> Agreement:
    """Compare first and second labels where there are both."""
    pairs = [(label, label.row.second) for label in labels if label.row.second]
    outcomes = [
        (label.row.outcome, second.outcome) for label, second in pairs if second.outcome is not None
    ]
    return Agreement(
        texts=len(pairs),
        kind_kappa=kappa([(label.row.kind, second.kind) for label, second in pairs]),
        outcome_kappa=kappa(outcomes),
        codes={
            axis: score(
                [
                    counts_of(on_axis(label.codes, axis), on_axis(codes_of(second), axis))
                    for label, second in pairs
                ]
            )
            for axis in AXES
        },
        amount=share(_is_same_amount(label, second) for label, second in pairs),
        case_count=share(
            len(label.row.cases) == second.case_count
            for label, second in pairs
            if second.case_count is not None
        ),
    )


def _is_same_amount(label: Label, second: SecondRow) -> bool:
    one, other = label.row.amount, second.amount
    return (one.money() if one else None) == (other.money() if other else None)
