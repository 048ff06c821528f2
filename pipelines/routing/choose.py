"""Chooses the channel: the first rule that holds names it, the others are told why not.

In: facts, and the rules. Out: a `Route` in both languages. Out of scope: where facts come
from (`pipelines.routing.facts`).
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from pipelines.routing.rulebook import Channel, Routing
from pipelines.taxonomy.model import Bilingual

_AFTER = Bilingual(zh="之后或改走：", en="After or instead: ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Avoided:
    """A channel that is not the first, and why; `is_after`: it fits after or instead."""

    code: Channel
    is_after: bool
    reason: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a matter goes first (None: nowhere of these), and why not to the other channels."""

    primary: Channel | None
    reason: Bilingual
    avoided: tuple[Avoided, ...]


def choose_route(facts: Set[str], routing: Routing) -> Route:
    """Name one channel for a matter; the same facts give the same route.

    Exactly one channel, or none, is the first; all others are told why not, or that they fit
    after it or instead of it, so that nobody files everywhere at once. A settled matter has no
    channel, and nothing is said of the others.

    >>> from pipelines.routing.rulebook import load_routing
    >>> choose_route({"pattern:fake_platform"}, load_routing()).primary
    'police'
    """
    known = set(facts)
    for name, sign in routing.signs.items():
        if sign.holds(known):
            known.add(name)
    rule = next(one for one in routing.rules if one.when.holds(known))
    others = [code for code in routing.channels if code != rule.primary]
    avoided = (
        () if "outcome:resolved" in known else [_avoided(one, known, routing) for one in others]
    )
    return Route(primary=rule.primary, reason=rule.reason, avoided=tuple(avoided))


def _avoided(code: Channel, known: set[str], routing: Routing) -> Avoided:
    said = next(one for one in routing.channels[code] if one.when.holds(known))
    reason = said.reason
    if said.is_after:
        reason = Bilingual(zh=_AFTER.zh + reason.zh, en=_AFTER.en + reason.en)
    return Avoided(code=code, is_after=said.is_after, reason=reason)
