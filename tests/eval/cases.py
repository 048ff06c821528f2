"""How well the cases of a text are told apart.

In: the cases that people found in a text, and those that the machine found. Out: which belong
together, one to one, and how many do in many texts. Out of scope: the codes of the text as a
whole (`tests.eval.coded`).

Two cases are the same when at least two of who (role), where (province or state) and how much
(value and currency) are equal, where "not told" equals "not told". Among all ways to pair the
cases of a text the one with the most equal facts counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipelines.extract.regions import find_region
from pipelines.labels import Code
from pipelines.records import Axis
from tests.eval.labels import CaseRow, codes_of
from tests.eval.measures import Estimate, Score, counts_of, score, share
from tests.eval.predictions import PredictedCase
from tests.eval.sample import Item

EQUAL_FACTS = 2
"""Facts, of three, that make two cases the same."""

Pair = tuple[CaseRow, PredictedCase]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseScore:
    """How well cases are told apart in some texts.

    `count` is the share of texts with as many cases as people found. `facts` are the shares
    of the cases that are the same in which a fact is equal; `codes` compares the patterns and
    wallet issues of those cases. `not_computed` counts texts whose cases the machine does not
    tell at all.
    """

    count: Estimate
    matched: Score
    facts: dict[str, Estimate]
    codes: Score
    not_computed: int


def score_cases(items: Sequence[Item]) -> CaseScore:
    """Compare the cases of texts."""
    paired = [same_cases(item.label.row.cases, item.found.cases) for item in items]
    pairs = [pair for of_text in paired for pair in of_text]
    equal = [facts_equal(row, one) for row, one in pairs]
    return CaseScore(
        count=share(len(item.label.row.cases) == len(item.found.cases) for item in items),
        matched=score(
            [
                (
                    len(same),
                    len(item.found.cases) - len(same),
                    len(item.label.row.cases) - len(same),
                )
                for item, same in zip(items, paired, strict=True)
            ]
        ),
        facts={
            **{name: share(one[name] for one in equal) for name in ("role", "place", "amount")},
            "outcome": share(row.outcome == one.outcome for row, one in pairs),
        },
        codes=score([counts_of(codes_of(row), _without_natures(one)) for row, one in pairs]),
        not_computed=sum(not item.found.are_cases_told for item in items),
    )


def same_cases(told: Sequence[CaseRow], found: Sequence[PredictedCase]) -> list[Pair]:
    """Pair the cases of one text that are the same.

    >>> row = CaseRow.model_validate({"role": "buyer", "place": "长沙市"})
    >>> one = PredictedCase(
    ...     role="buyer", place="Hunan", codes=frozenset(), amount=None, outcome="unknown"
    ... )
    >>> len(same_cases([row, row], [one]))
    1
    """
    if not told or not found:
        return []
    likeness = np.array([[_likeness(row, one) for one in found] for row in told])
    rows, columns = linear_sum_assignment(likeness, maximize=True)
    return [
        (told[row], found[column])
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if likeness[row, column] >= EQUAL_FACTS
    ]


def facts_equal(row: CaseRow, one: PredictedCase) -> dict[str, bool]:
    """Say which facts of two cases are equal.

    >>> row = CaseRow.model_validate({"role": "buyer", "amount": {"value": 5, "currency": "CNY"}})
    >>> one = PredictedCase(
    ...     role="buyer", place=None, codes=frozenset(), amount=None, outcome="unknown"
    ... )
    >>> facts_equal(row, one)
    {'role': True, 'place': True, 'amount': False}
    """
    return {
        "role": row.role == one.role,
        "place": province_of(row.place) == province_of(one.place),
        "amount": (row.amount.money() if row.amount else None) == one.amount,
    }


def province_of(place: str | None) -> str | None:
    """Give the province or state of a place by one name; another place by its own.

    >>> province_of("长沙市"), province_of("Hunan"), province_of("Paris"), province_of(None)
    ('Hunan', 'Hunan', 'paris', None)
    """
    if not place or not place.strip():
        return None
    return find_region(place, "") or place.strip().lower()


def _without_natures(one: PredictedCase) -> frozenset[Code]:
    """Give the codes that people label per case: all but natures."""
    return frozenset(code for code in one.codes if code[0] is not Axis.NATURE)


def _likeness(row: CaseRow, one: PredictedCase) -> float:
    """Count the equal facts; equal codes decide between pairs that are equally good."""
    labelled, found = codes_of(row), _without_natures(one)
    both = labelled | found
    overlap = len(labelled & found) / len(both) if both else 0.0
    return sum(facts_equal(row, one).values()) + overlap / 2
