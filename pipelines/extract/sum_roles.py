"""What a sum of money in a text is: a part it plays, and what became of it where that is told.

In: nothing. Out: types shared by the readers of Chinese and English sums. Out of scope: finding
sums (`money`), and the words that give a sum its part (`chinese_sums`, `english_sums`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipelines.records import AmountRole, Span

Standing = Literal[
    "taken", "paid", "total", "returned", "held", "reclaimed", "outstanding", "asked"
]
"""`taken` by the other side or against the will; `paid` of the own will, as far as is told;
`held` in an account, which is a loss only where the account is out of reach;
`reclaimed`: asked back, and so once paid, should nothing else be told of the payment;
`outstanding`: what remains to be had after all that was paid and returned;
`asked`: demanded as a payment, and not said to have been paid."""

Part = tuple[AmountRole, Standing | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A sum of money in a normalised text. `standing` says what became of it, where told.

    `times` says how often it was paid: 3 for three payments of 50 each. `is_again` marks one
    more payment of a value that was named before (扣了50,又扣50).
    """

    value: Decimal
    currency: str
    role: AmountRole
    span: Span
    standing: Standing | None = None
    times: int = 1
    is_again: bool = False
