"""The money at stake: what the sums of a complaint come to.

In: sums with their parts (`money`), and the codes that the complaint alleges. Out: one sum, or
none. Out of scope: finding sums and their parts, and the figure that a source
gives in a column of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files

import yaml

from pipelines.extract.sum_roles import Standing, Sum

_ROUNDING = Decimal("0.03")
_SMALL_CHANGE = Decimal("0.1")
"""A balance below this share of what was paid is not what a complaint about both is about."""

BEYOND_A_LOSS = Decimal(10**12)
"""A trillion of any currency is no person's loss, but a number put where a sum was asked for."""


def stated_loss(sums: Iterable[Sum]) -> tuple[Decimal, str] | None:
    """Add up what was paid and not returned, in the currency most of it is in.

    A sum that is named twice counts once, and a stated total stands for its parts. None
    when nothing was stated or everything came back, or when the sum is beyond any
    believable one; never zero.

    >>> from pipelines.extract.money import find_amounts
    >>> stated_loss(find_amounts("先转了1000元,又转了500元,共计1500元,只退了300元"))
    (Decimal('1200.00'), 'CNY')
    """
    by_currency: dict[str, list[Sum]] = {}
    for one in sums:
        by_currency.setdefault(one.currency, []).append(one)
    stakes = [(_at_stake(listed), code) for code, listed in by_currency.items()]
    value, currency = max(stakes, default=(Decimal(0), ""))
    return (value, currency) if 0 < value < BEYOND_A_LOSS else None


def money_at_stake(sums: Sequence[Sum], alleged: Collection[str]) -> tuple[Decimal, str] | None:
    """Give what was lost, else what is paid time and again, else the sole sum of a lost deal.

    `alleged` are codes: where none of them tells of a loss, a sum whose part nobody tells is
    not taken for one.

    >>> from pipelines.extract.money import find_amounts
    >>> sums = find_amounts("a table for dolls. £64. they send me a sunflower")
    >>> money_at_stake(sums, ["bait_and_switch"]), money_at_stake(sums, ["debt_not_owed"])
    ((Decimal('64.00'), 'GBP'), None)
    """
    return stated_loss(sums) or _rate_paid(sums) or _sole_sum(sums, alleged)


def _rate_paid(sums: Iterable[Sum]) -> tuple[Decimal, str] | None:
    """Give what a rate came to, where it is told how often it was paid (19 a month, 3 months)."""
    paid = {(_worth(one), one.currency) for one in sums if one.role == "rate" and one.times > 1}
    return paid.pop() if len(paid) == 1 else None


def _sole_sum(sums: Sequence[Sum], alleged: Collection[str]) -> tuple[Decimal, str] | None:
    """Give the one sum of a complaint about lost money whose part nobody tells."""
    codes = _codes()
    if codes["owed"].intersection(alleged) or not codes["lost"].intersection(alleged):
        return None
    if any(one.role == "loss" or one.standing not in (None, "asked") for one in sums):
        return None
    tiers = (
        [one for one in sums if one.role == "price"],
        [one for one in sums if one.role == "other"],
        [one for one in sums if one.standing == "asked"],
    )
    values = {(one.value, one.currency) for one in next(filter(None, tiers), ())}
    value, currency = min(values, default=(BEYOND_A_LOSS, ""))
    return (value, currency) if len(values) == 1 and value < BEYOND_A_LOSS else None


@cache
def _codes() -> dict[str, frozenset[str]]:
    """Read which codes tell of lost money, and which of debts."""
    text = files("pipelines.taxonomy").joinpath("losses.yml").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = yaml.safe_load(text)
    return {name: frozenset(codes) for name, codes in lists.items()}


def _at_stake(sums: Sequence[Sum]) -> Decimal:
    """Subtract what came back from what was paid, in one currency.

    What is said to be outstanding is what remains, whatever was paid before. Money out of
    reach, else money taken, is what a complaint is about; payments of the own will that it
    tells besides are how it came to that. What is asked back stands in where no payment is
    told.
    """
    outstanding = [_worth(one) for one in sums if one.standing == "outstanding"]
    if outstanding:
        return outstanding[-1]
    paid = {_worth(one) for one in sums if one.role == "loss" and one.standing != "held"}
    paid = paid or _values(sums, "reclaimed")
    totals, taken, held = (_values(sums, one) for one in ("total", "taken", "held"))
    if max(held, default=Decimal(0)) > _SMALL_CHANGE * max(paid, default=Decimal(0)):
        paid = held
    elif taken and not totals:
        paid = taken
    highest = max(paid, default=Decimal(0))
    has_total = bool(totals) or _is_total(highest, sum(paid) - highest, len(paid))
    stake = highest if has_total else sum(paid, Decimal(0)) + _paid_again(sums)
    return stake - sum(_values(sums, "returned"))


def _values(sums: Sequence[Sum], standing: Standing) -> set[Decimal]:
    """Give the different values of a standing: one that is named again is the same money."""
    return {_worth(one) for one in sums if one.standing == standing}


def _paid_again(sums: Sequence[Sum]) -> Decimal:
    """Add up further payments of values that were named before (扣了50,又扣50)."""
    named: set[Decimal] = set()
    total = Decimal(0)
    for one in sums:
        if one.role == "loss":
            total += _worth(one) if one.is_again and _worth(one) in named else 0
            named.add(_worth(one))
    return total


def _worth(one: Sum) -> Decimal:
    """Give what a sum comes to, as often as it was paid."""
    return one.value * one.times


def _is_total(highest: Decimal, rest: Decimal, count: int) -> bool:
    """Say whether the highest sum is what the others make together, to a rounding."""
    return count > 1 and abs(highest - rest) <= highest * _ROUNDING * (count > 2)
