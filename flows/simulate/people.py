"""Invented people: what each of them knows, paid and calls himself.

In: a serial number, the day and the price. Out: the facts of one complainant, and
handles that no two people share. Out of scope: what they write.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flows.simulate.dice import Dice
from flows.simulate.parts import Language, Names

SERIALS = 10_000_019
"""A prime above the number of people: multiplying by any factor spreads serials one to one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complainant:
    """The facts that all posts of one person share.

    `amount` is in whole units of the language's currency; `waited_days` counts from the
    dealing to the first post.
    """

    serial: int
    language: Language
    region: str
    amount: int
    dealt_on: date
    waited_days: int

    def amount_forms(self) -> tuple[str, ...]:
        """Return how this person may write the sum."""
        if self.language == "en":
            return (f"${self.amount}", f"{self.amount} dollars", f"${self.amount:,}")
        if self.amount >= 10_000 and self.amount % 1_000 == 0:
            return (
                f"{self.amount / 10_000:g}万",
                f"{self.amount}元",
                f"{self.amount / 10_000:g}万块",
            )
        return (f"{self.amount}元", f"{self.amount}块", f"{self.amount}块钱", f"￥{self.amount}")

    def date_forms(self) -> tuple[str, ...]:
        """Return how this person may write the day of the dealing."""
        day = self.dealt_on
        if self.language == "en":
            return (f"{day:%B} {day.day}", f"{day.day} {day:%b}", f"{day:%Y-%m-%d}")
        return (
            f"{day.month}月{day.day}日",
            f"{day.month}月{day.day}号",
            f"{day.month}.{day.day}",
            f"{day.year}年{day.month}月{day.day}日",
        )


def meet(
    serial: int, language: Language, prices: tuple[int, ...], day: date, names: Names, dice: Dice
) -> Complainant:
    """Invent the person with this serial number, who first posts on `day`."""
    waited = min(int(dice.log_between(1, 45)), 40)
    return Complainant(
        serial=serial,
        language=language,
        region=dice.pick(names.regions[language]),
        amount=dice.pick(prices),
        dealt_on=day - timedelta(days=waited),
        waited_days=waited,
    )


def handle(serial: int, language: Language, names: Names) -> str:
    """Return the invented handle of a serial number; different serials never share one."""
    number = serial * 7_368_787 % SERIALS
    words = names.handles[language]
    return f"{words[number % len(words)]}{('', '_', '-')[number % 3]}{number}"
