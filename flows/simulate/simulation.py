"""Writes a simulation: `posts.jsonl` in order of time, and `truth.json`.

In: parameters and a folder. Out: two files that depend on the parameters alone, and a
summary. Out of scope: what the texts say (`texts`) and what is planted (`events`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray

from flows.simulate.background import Background, draw_background
from flows.simulate.casting import DAY, Cast, Draft, draw_language, draw_manner
from flows.simulate.dice import Dice
from flows.simulate.events import Event, Matter, draw_matter, plan_events
from flows.simulate.merchants import Merchant, make_merchants
from flows.simulate.parameters import SimulationParams, SimulationSummary
from flows.simulate.parts import Parts, load_parts
from flows.simulate.people import meet
from flows.simulate.posts import Post, Posting, PostMaker
from flows.simulate.texts import Author
from flows.simulate.truth import (
    BackgroundMarks,
    background_lines,
    describe_event,
    post_id_of,
    truth_lines,
)

ECHO_SHARE = 0.02
"""Share of background posts whose author posts the same again elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that is decided before the first post is written.

    Rows 0 to b-1 are the background, then come its echoes, then the drafts of events.
    `line` gives each row's line number in `posts.jsonl`, from 1. `echo_of` maps the row
    of an echo to the background row that it repeats.
    """

    merchants: tuple[Merchant, ...]
    events: tuple[Event, ...]
    drafts: tuple[Draft, ...]
    background: Background
    echo_of: dict[int, int]
    line: NDArray[np.int64]
    minute: NDArray[np.int64]


def simulate(params: SimulationParams, out: Path) -> SimulationSummary:
    """Write `posts.jsonl` and `truth.json` into `out`, which is made if it is missing.

    The same parameters give the same bytes; files of an earlier simulation are replaced.

    Raises:
        SimulationError: There are not enough names for that many merchants.
    """
    params = params.scaled()
    parts = load_parts()
    streams = np.random.default_rng(params.seed).spawn(6)
    plan = _plan(params, parts, streams[:4])
    out.mkdir(parents=True, exist_ok=True)
    marks = BackgroundMarks()
    teller = _Teller(params, parts, plan, marks, streams[4], streams[5])
    with (out / "posts.jsonl").open("wb", buffering=1 << 20) as file:
        for post in teller.posts():
            file.write(orjson.dumps(post, option=orjson.OPT_APPEND_NEWLINE))
    with (out / "truth.json").open("wb", buffering=1 << 20) as file:
        file.writelines(_truth(params, plan, marks))
    return _summary(plan)


def _plan(params: SimulationParams, parts: Parts, streams: list[np.random.Generator]) -> Plan:
    merchants = make_merchants(params, parts, streams[0])
    background = draw_background(params, merchants, streams[1])
    events = plan_events(params, merchants, parts, streams[2])
    rows = len(background.minute)
    cast = Cast(params, parts, Dice(streams[3]), first_serial=2 * rows)
    drafts = tuple(draft for event in events for draft in cast.cast(event))
    origins = np.flatnonzero(streams[1].random(rows) < ECHO_SHARE)
    delays = streams[1].integers(30, 5 * DAY, len(origins))
    minute = np.concatenate(
        (
            background.minute,
            np.minimum(background.minute[origins] + delays, params.weeks * 7 * DAY - 1),
            np.array([draft.minute for draft in drafts], dtype=np.int64),
        )
    )
    line = np.empty(len(minute), dtype=np.int64)
    line[np.argsort(minute, kind="stable")] = np.arange(1, len(minute) + 1)
    return Plan(
        merchants=merchants,
        events=events,
        drafts=drafts,
        background=background,
        echo_of={rows + at: origin for at, origin in enumerate(origins.tolist())},
        line=line,
        minute=minute,
    )


class _Teller:
    """Writes the posts of a plan in order of time; holds only the echoes still to come."""

    def __init__(
        self,
        params: SimulationParams,
        parts: Parts,
        plan: Plan,
        marks: BackgroundMarks,
        text_stream: np.random.Generator,
        post_stream: np.random.Generator,
    ) -> None:
        self._params = params
        self._parts = parts
        self._plan = plan
        self._marks = marks
        self._dice = Dice(text_stream)
        self._author = Author(parts, self._dice)
        self._maker = PostMaker(params, parts, plan.merchants, Dice(post_stream))
        self._echo_row = {origin: row for row, origin in plan.echo_of.items()}
        self._waiting: dict[int, Posting] = {}
        self._planted: dict[tuple[int, str], list[Matter]] = {}
        for event in plan.events:
            self._planted.setdefault((event.merchant.number, event.code), []).append(event.matter)

    def posts(self) -> Iterator[Post]:
        """Yield every post, oldest first."""
        background_rows = len(self._plan.background.minute)
        first_draft = background_rows + len(self._plan.echo_of)
        for row in np.argsort(self._plan.minute, kind="stable").tolist():
            post_id = post_id_of(int(self._plan.line[row]))
            if row >= first_draft:
                posting = self._drafted(self._plan.drafts[row - first_draft])
            elif row >= background_rows:
                posting = self._waiting.pop(row)
                origin = int(self._plan.line[self._plan.echo_of[row]])
                self._marks.cross_posts[post_id] = post_id_of(origin)
            else:
                posting = self._told(row)
                self._mark(posting, post_id)
            yield self._maker.make(post_id, posting)

    def _drafted(self, draft: Draft) -> Posting:
        return Posting(
            merchant=self._plan.events[draft.event].merchant,
            person=draft.person,
            handle=draft.handle,
            minute=draft.minute,
            narrative=draft.narrative,
            manner=draft.manner,
            is_unnamed=draft.is_unnamed,
        )

    def _told(self, row: int) -> Posting:
        """Tell a background complaint, and its echo if it has one."""
        plan, dice = self._plan, self._dice
        merchant = plan.merchants[plan.background.merchant[row]]
        code = merchant.codes[plan.background.code[row]]
        minute = int(plan.minute[row])
        taken = self._planted.get((merchant.number, code), ())
        incident_name = dice.pick(merchant.incidents[code])
        matter = draw_matter(merchant, code, incident_name, self._parts, dice, taken)
        language = draw_language(merchant.language, dice)
        day = self._params.start + timedelta(days=minute // DAY)
        person = meet(2 * row, language, matter.prices, day, self._parts.names, dice)
        is_unnamed = dice.chance(self._params.unnamed_share)
        forms = merchant.sector.unnamed[language] if is_unnamed else (merchant.name,)
        manner = draw_manner(self._params, forms, dice)
        posting = Posting(
            merchant=merchant,
            person=person,
            handle=2 * row,
            minute=minute,
            narrative=self._author.narrate(matter, person, manner),
            manner=manner,
            is_unnamed=is_unnamed,
        )
        if row in self._echo_row:
            self._waiting[self._echo_row[row]] = self._echo(posting, matter, row)
        return posting

    def _echo(self, posting: Posting, matter: Matter, row: int) -> Posting:
        person = posting.person
        if self._dice.chance(0.5):
            narrative = self._author.copy(posting.narrative, person, person)
        else:
            narrative = self._author.narrate(matter, person, posting.manner)
        return Posting(
            merchant=posting.merchant,
            person=person,
            handle=2 * row + 1,
            minute=int(self._plan.minute[self._echo_row[row]]),
            narrative=narrative,
            manner=posting.manner,
            is_unnamed=posting.is_unnamed,
        )

    def _mark(self, posting: Posting, post_id: str) -> None:
        if posting.manner.is_resolved:
            self._marks.resolved.append(post_id)
        if posting.is_unnamed:
            self._marks.unnamed.append(post_id)


def _truth(params: SimulationParams, plan: Plan, marks: BackgroundMarks) -> Iterator[bytes]:
    rows = len(plan.background.minute)
    draft_lines = plan.line[rows + len(plan.echo_of) :].tolist()
    described = []
    for event in plan.events:
        own = [
            (draft, post_id_of(line))
            for draft, line in zip(plan.drafts, draft_lines, strict=True)
            if draft.event == event.number
        ]
        drafts, ids = [draft for draft, _ in own], [post_id for _, post_id in own]
        described.append(describe_event(event, drafts, ids, params))
    background = background_lines(plan.background, plan.line[:rows], plan.merchants)
    return truth_lines(params, plan.merchants, described, background, marks)


def _summary(plan: Plan) -> SimulationSummary:
    brigade_posts = sum(draft.role == "brigade" for draft in plan.drafts)
    brigades = sum(event.kind == "brigade" for event in plan.events)
    return SimulationSummary(
        posts=len(plan.minute),
        background_posts=len(plan.minute) - len(plan.drafts),
        event_posts=len(plan.drafts) - brigade_posts,
        brigade_posts=brigade_posts,
        merchants=len(plan.merchants),
        events=len(plan.events) - brigades,
        pairs=sum(event.partner is not None for event in plan.events) // 2,
        brigades=brigades,
    )
