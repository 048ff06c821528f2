"""The planted collective events: where, when, what exactly happened, and to how many.

In: merchants and parameters. Out: events, each with its own matter, some in pairs of
different events at one merchant under one code, and brigades. Out of scope: the people
and posts of an event (`casting`), and texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from flows.simulate.dice import Dice
from flows.simulate.merchants import Merchant
from flows.simulate.parameters import SimulationParams
from flows.simulate.parts import CodeParts, Incident, Language, Parts, Product, Sector

EventKind = Literal["event", "brigade"]


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


def draw_matter(merchant: Merchant, code: str, parts: Parts, dice: Dice) -> Matter:
    """Draw one matter under a code at a merchant."""
    code_parts = parts.codes[code]
    incident_name = dice.pick(tuple(code_parts.incidents))
    product = dice.pick(merchant.products)
    return Matter(
        sector=merchant.sector,
        code=code_parts,
        incident_name=incident_name,
        incident=code_parts.incidents[incident_name],
        product=product,
        occasion=dice.pick(merchant.sector.occasions),
        excuse=int(dice.share() * len(code_parts.excuses)),
        trace=_trace(dice),
        prices=_prices(merchant.sector, product, dice),
    )


def draw_other_matter(
    merchant: Merchant, code: str, taken: tuple[Matter, ...], parts: Parts, dice: Dice
) -> Matter:
    """Draw a matter that shares neither product, incident nor occasion with those taken."""
    while True:
        matter = draw_matter(merchant, code, parts, dice)
        if not any(
            matter.incident_name == other.incident_name
            or matter.product is other.product
            or matter.occasion is other.occasion
            for other in taken
        ):
            return matter


def plan_events(
    params: SimulationParams,
    merchants: tuple[Merchant, ...],
    parts: Parts,
    generator: np.random.Generator,
) -> tuple[Event, ...]:
    """Plant the events and brigades; `partner` marks the two of a pair."""
    dice = Dice(generator)
    pairs = int(params.events * params.paired_share / 2)
    brigades = round(params.events * params.brigade_share)
    sizes = _sizes(params, generator)
    homes = generator.permutation(max(len(merchants), params.events + brigades)) % len(merchants)
    events: list[Event] = []
    for number in range(params.events + brigades):
        is_second = number < 2 * pairs and number % 2 == 1
        if is_second:
            events.append(_partner_event(events[-1], sizes[number], params, parts, dice))
            continue
        kind: EventKind = "event" if number < params.events else "brigade"
        merchant = merchants[homes[number]]
        code = _code_of_event(merchant, dice)
        taken = tuple(
            event.matter
            for event in events
            if event.merchant is merchant and event.code == code
        )
        event = Event(
            number=number,
            kind=kind,
            merchant=merchant,
            code=code,
            matter=_event_matter(merchant, code, taken, parts, dice),
            onset_day=0,
            days=0,
            people=dice.between(2, 5) if kind == "brigade" else sizes[number],
            partner=number + 1 if number < 2 * pairs else None,
        )
        events.append(_timed(event, params, dice))
    return tuple(events)
