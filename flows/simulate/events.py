"""The planted collective events: where, when, what exactly happened, and to how many.

In: merchants and parameters. Out: events, each with its own matter, some in pairs of
different events at one merchant under one code, and brigades. Out of scope: the people
and posts of an event (`casting`), and texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np

from flows.simulate.dice import Dice
from flows.simulate.merchants import Merchant
from flows.simulate.parameters import SimulationParams
from flows.simulate.parts import CodeParts, Incident, Language, Parts, Product, Sector

EventKind = Literal["event", "brigade"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What exactly happened, to the members of an event or to one complainant alone."""

    sector: Sector
    code: CodeParts
    incident_name: str
    incident: Incident
    product: Product
    occasion: dict[Language, str]
    excuse: int
    trace: str
    prices: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One planted event. `onset_day` counts from the start of the simulation."""

    number: int
    kind: EventKind
    merchant: Merchant
    code: str
    matter: Matter
    onset_day: int
    days: int
    people: int
    partner: int | None = None


def draw_matter(
    merchant: Merchant,
    code: str,
    incident_name: str,
    parts: Parts,
    dice: Dice,
    apart_from: Sequence[Matter],
) -> Matter:
    """Draw a matter about another product and occasion than those of the given matters.

    Where everything that fits the code is taken, any of it may come again.
    """
    code_parts = parts.codes[code]
    product = _untaken(merchant.products[code], [matter.product for matter in apart_from], dice)
    occasions = [matter.occasion for matter in apart_from]
    return Matter(
        sector=merchant.sector,
        code=code_parts,
        incident_name=incident_name,
        incident=code_parts.incidents[incident_name],
        product=product,
        occasion=_untaken(merchant.sector.occasions, occasions, dice),
        excuse=dice.between(0, len(code_parts.excuses) - 1),
        trace=_trace(dice),
        prices=_prices(merchant.sector, product, dice),
    )


def plan_events(
    params: SimulationParams,
    merchants: tuple[Merchant, ...],
    parts: Parts,
    generator: np.random.Generator,
) -> tuple[Event, ...]:
    """Plant the events, pairs first, then the brigades; `partner` marks the two of a pair."""
    dice = Dice(generator)
    pairs = int(params.events * params.paired_share / 2)
    brigades = round(params.events * params.brigade_share)
    sizes = _sizes(params, generator)
    homes = generator.permutation(max(len(merchants), params.events + brigades)) % len(merchants)
    events: list[Event] = []
    matters: dict[tuple[int, str], list[Matter]] = {}
    for number in range(params.events + brigades):
        is_brigade = number >= params.events
        is_second = number < 2 * pairs and number % 2 == 1
        merchant = events[-1].merchant if is_second else merchants[homes[number]]
        code = events[-1].code if is_second else dice.pick(merchant.codes)
        taken = matters.setdefault((merchant.number, code), [])
        incidents = [matter.incident_name for matter in taken]
        incident_name = _untaken(merchant.incidents[code], incidents, dice)
        matter = draw_matter(merchant, code, incident_name, parts, dice, taken)
        taken.append(matter)
        days = 3 if is_brigade else _days(params, dice)
        events.append(
            Event(
                number=number,
                kind="brigade" if is_brigade else "event",
                merchant=merchant,
                code=code,
                matter=matter,
                onset_day=_onset(params, days, events[-1] if is_second else None, dice),
                days=days,
                people=dice.between(2, 5) if is_brigade else sizes[number],
                partner=number + (-1 if is_second else 1) if number < 2 * pairs else None,
            )
        )
    return tuple(events)


def _untaken(options: Sequence[T], taken: Sequence[T], dice: Dice) -> T:
    """Pick an option that is not taken, or any where all are."""
    if not taken:
        return dice.pick(options)
    return dice.pick([option for option in options if option not in taken] or options)


def _sizes(params: SimulationParams, generator: np.random.Generator) -> list[int]:
    """Return the numbers of people, log-uniform and evenly spread, in random order."""
    ranks = (generator.permutation(params.events) + generator.random(params.events)) / max(
        params.events, 1
    )
    low, high = params.event_people
    sizes = np.rint(low * (high / low) ** ranks)
    return [int(size) for size in sizes]


def _days(params: SimulationParams, dice: Dice) -> int:
    return min(round(dice.log_between(*params.event_days)), params.weeks * 7 // 2)


def _onset(params: SimulationParams, days: int, partner: Event | None, dice: Dice) -> int:
    """Return a day on which the event can begin; a partner begins within 60 days of the other."""
    latest = params.weeks * 7 - days - 1
    if partner is None:
        return dice.between(0, latest)
    return min(max(partner.onset_day + dice.between(-60, 60), 0), latest)


def _trace(dice: Dice) -> str:
    """Return a code such as a screen shows: one letter, a dash and four digits."""
    return f"{dice.pick('ABCDEFGHKMPQRTVXYZ')}{dice.pick(('-', ''))}{dice.between(1000, 9999)}"


def _prices(sector: Sector, product: Product, dice: Dice) -> tuple[int, ...]:
    """Return one to three price points of a fixed price, or a narrow band of free sums."""
    if sector.amounts == "fixed":
        return tuple(_rounded(dice.log_between(*product.price)) for _ in range(dice.between(1, 3)))
    centre = dice.log_between(*product.price)
    return tuple(_rounded(centre * dice.log_between(0.4, 2.5)) for _ in range(6))


def _rounded(amount: float) -> int:
    """Round a sum to two leading digits, at least 1, as prices and people do."""
    step = int(10 ** max(len(str(int(amount))) - 2, 0))
    return max(round(amount / step) * step, 1)
