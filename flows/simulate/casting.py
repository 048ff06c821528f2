"""Who posts what about an event: members, copies, cross-posts, follow-ups and brigades.

In: a planted event. Out: drafts with their texts and times, in the order in which they
were made. Out of scope: ids, which follow from the order of time, and files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from flows.simulate.dice import Dice
from flows.simulate.events import Event
from flows.simulate.parameters import SimulationParams
from flows.simulate.parts import Language, Parts
from flows.simulate.people import Complainant, meet
from flows.simulate.texts import Author, Manner, Narrative

Role = Literal["own", "near_copy", "cross_post", "follow_up", "brigade"]
DAY = 24 * 60
"""Minutes of a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One post about an event before it has an id.

    `minute` counts from the start of the simulation; `origin` is the index, among the
    drafts of the same event, of the post that this one copies or repeats; `handle` is
    the serial number of the handle it is posted under.
    """

    event: int
    role: Role
    person: Complainant
    handle: int
    minute: int
    narrative: Narrative
    manner: Manner
    is_unnamed: bool
    origin: int | None = None


class Cast:
    """Casts events; serial numbers of people and handles count up and never repeat."""

    def __init__(
        self, params: SimulationParams, parts: Parts, dice: Dice, first_serial: int
    ) -> None:
        self._params = params
        self._parts = parts
        self._dice = dice
        self._author = Author(parts, dice)
        self._serial = first_serial

    def cast(self, event: Event) -> list[Draft]:
        """Return the drafts of an event: one for each person, and what they post again."""
        if event.kind == "brigade":
            return self._brigade(event)
        drafts: list[Draft] = []
        for minute in self._minutes(event):
            drafts.append(self._first_post(event, minute, drafts))
            self._again(event, len(drafts) - 1, drafts)
        return drafts

    def _minutes(self, event: Event) -> list[int]:
        """Return when each person first posts: in order, more of them early."""
        start, span = event.onset_day * DAY, event.days * DAY
        return sorted(start + int(span * self._dice.share() ** 1.5) for _ in range(event.people))

    def _first_post(self, event: Event, minute: int, drafts: Sequence[Draft]) -> Draft:
        dice, params = self._dice, self._params
        person = self._meet(event, minute, self._language(event))
        is_unnamed = dice.chance(params.unnamed_share)
        manner = self._manner(event, person.language, is_unnamed)
        originals = [
            index
            for index, draft in enumerate(drafts)
            if draft.role == "own"
            and not draft.is_unnamed
            and draft.person.language == person.language
        ]
        if originals and not is_unnamed and dice.chance(params.near_copy_share):
            origin = dice.pick(originals)
            narrative = self._author.copy(drafts[origin].narrative, drafts[origin].person, person)
            return Draft(
                event=event.number, role="near_copy", person=person, handle=self._next(),
                minute=minute, narrative=narrative, manner=drafts[origin].manner,
                is_unnamed=False, origin=origin,
            )  # fmt: skip
        return Draft(
            event=event.number, role="own", person=person, handle=self._next(), minute=minute,
            narrative=self._author.narrate(event.matter, person, manner), manner=manner,
            is_unnamed=is_unnamed,
        )  # fmt: skip

    def _again(self, event: Event, origin: int, drafts: list[Draft]) -> None:
        """Let the person post again: elsewhere under another handle, or here under the same."""
        first, dice = drafts[origin], self._dice
        if first.is_unnamed:
            return
        if dice.chance(self._params.cross_post_share):
            drafts.append(self._repeat(event, first, origin, "cross_post", self._next()))
        if dice.chance(self._params.follow_up_share):
            drafts.append(self._repeat(event, first, origin, "follow_up", first.handle))

    def _repeat(self, event: Event, first: Draft, origin: int, role: Role, handle: int) -> Draft:
        dice = self._dice
        if role == "cross_post" and dice.chance(0.5):
            narrative = self._author.copy(first.narrative, first.person, first.person)
        else:
            narrative = self._author.narrate(event.matter, first.person, first.manner)
        later = int(dice.log_between(30, 6 * DAY))
        return Draft(
            event=event.number, role=role, person=first.person, handle=handle,
            minute=min(first.minute + later, self._params.weeks * 7 * DAY - 1),
            narrative=narrative, manner=first.manner, is_unnamed=False, origin=origin,
        )  # fmt: skip

    def _brigade(self, event: Event) -> list[Draft]:
        """Return 3 to 10 posts of each of a few people, each under a new handle."""
        dice = self._dice
        drafts: list[Draft] = []
        for _ in range(event.people):
            start = event.onset_day * DAY
            person = self._meet(event, start, event.merchant.language)
            manner = Manner(
                is_oblique=False, is_resolved=False, length="usual",
                merchant_forms=(event.merchant.name,),
            )  # fmt: skip
            for _ in range(dice.between(3, 10)):
                drafts.append(
                    Draft(
                        event=event.number, role="brigade", person=person, handle=self._next(),
                        minute=start + int(dice.share() * event.days * DAY),
                        narrative=self._author.rally(event.matter, person, manner),
                        manner=manner, is_unnamed=False,
                    )
                )  # fmt: skip
        return drafts

    def _manner(self, event: Event, language: Language, is_unnamed: bool) -> Manner:
        return draw_manner(
            self._params,
            event.merchant.sector.unnamed[language] if is_unnamed else (event.merchant.name,),
            self._dice,
        )

    def _language(self, event: Event) -> Language:
        return draw_language(event.merchant.language, self._dice)

    def _meet(self, event: Event, minute: int, language: Language) -> Complainant:
        day = self._params.start + timedelta(days=minute // DAY)
        return meet(self._next(), language, event.matter.prices, day, self._parts.names, self._dice)

    def _next(self) -> int:
        self._serial += 1
        return self._serial


def draw_language(home: Language, dice: Dice) -> Language:
    """Return the language a person writes in to a merchant of this language."""
    if home == "en":
        return "zh" if dice.chance(0.2) else "en"
    return "en" if dice.chance(0.03) else "zh"


def draw_manner(params: SimulationParams, merchant_forms: tuple[str, ...], dice: Dice) -> Manner:
    """Draw how a text is written; members of events and others do not differ in it."""
    size = dice.share()
    return Manner(
        is_oblique=dice.chance(params.oblique_share),
        is_resolved=dice.chance(params.resolved_share),
        length="brief" if size < 0.05 else "long" if size > 0.9 else "usual",
        merchant_forms=merchant_forms,
    )
