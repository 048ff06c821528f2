"""What is found in texts, in the shape in which people label them.

In: posts, handed to `analyse` as lines of JSON; or the object that it gives for one. Out:
predictions: kind, codes with their scores, sums, cases. What a text alleges is what its cases
allege together; a mention alleges nothing. Out of scope: comparing (`coded`, `sums`, `cases`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipelines.analyse import analyse_lines
from pipelines.labels import Code
from pipelines.reading import ReadingContext
from tests.eval.labels import AXES, Money
from tests.eval.texts import Text

LINES_AT_A_TIME = 200

RoledSum = tuple[Decimal, str, str]
"""Value, currency and role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedCase:
    """One case as it was found."""

    role: str
    place: str | None
    codes: frozenset[Code]
    amount: Money | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What was found in one text. `are_cases_told` is False where cases are not computed."""

    kind: str
    codes: Mapping[Code, float] = field(default_factory=dict)
    amount: Money | None = None
    sums: frozenset[RoledSum] = frozenset()
    cases: tuple[PredictedCase, ...] = ()
    outcome: str = "unknown"
    are_cases_told: bool = True


def predict(texts: Sequence[Text], context: ReadingContext) -> list[Prediction]:
    """Analyse texts, in order."""
    lines = [json.dumps(dict(text.post), ensure_ascii=False).encode() for text in texts]
    return [prediction_of(one) for one in analysed(lines, context)]


def analysed(lines: Sequence[bytes], context: ReadingContext) -> Iterable[dict[str, Any]]:
    """Give what `analyse` says of lines, in order."""
    for start in range(0, len(lines), LINES_AT_A_TIME):
        for result in analyse_lines(lines[start : start + LINES_AT_A_TIME], context):
            yield json.loads(result)


def prediction_of(result: Mapping[str, Any]) -> Prediction:
    """Take a prediction from an object of `analyse`.

    >>> prediction_of({"kind": "guide", "cases": []}).kind
    'guide'
    """
    cases = result["cases"] or []
    codes: dict[Code, float] = {}
    for case in cases:
        for code, score in _scored(case):
            codes[code] = max(score, codes.get(code, 0.0))
    return Prediction(
        kind=result["kind"] or "unread",
        codes=codes,
        amount=_total([amount for case in cases if (amount := _money(case["amount"]))]),
        sums=frozenset(
            (Decimal(one["value"]), one["currency"], one["role"])
            for case in cases
            for one in case["amounts"] or []
        ),
        cases=tuple(_case(case) for case in cases),
        outcome=cases[0]["outcome"] if cases else "unknown",
        are_cases_told=result["cases"] is not None,
    )


def _case(case: Mapping[str, Any]) -> PredictedCase:
    return PredictedCase(
        role=case["complainant"]["role"],
        place=case["complainant"]["region"],
        codes=frozenset(code for code, _ in _scored(case)),
        amount=_money(case["amount"]),
        outcome=case["outcome"],
    )


def _scored(case: Mapping[str, Any]) -> list[tuple[Code, float]]:
    return [
        ((axis, one["code"]), float(one["score"]))
        for axis, name in AXES.items()
        for one in case[name] or []
    ]


def _money(amount: Mapping[str, str] | None) -> Money | None:
    return None if amount is None else (Decimal(amount["value"]), amount["currency"])


def _total(amounts: Sequence[Money]) -> Money | None:
    """Sum what the cases of one text state; sums of several currencies have no total."""
    currencies = {currency for _, currency in amounts}
    if len(currencies) != 1:
        return None
    return sum((value for value, _ in amounts), Decimal(0)), currencies.pop()
