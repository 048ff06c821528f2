"""What each candidate is, which events were found, and how well their people were counted.

In: the candidates of a worklist and the truth of its stream. Out: a verdict per candidate and a
finding per event. Out of scope: when they could have been known (`alarms`, `lead_time`).

A candidate **is of** an event or brigade if more than half of its members are posts of that one;
of the usual if none has as many. An event is **found** if a candidate of it holds at least half
of the people who name the merchant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from benchmarks.lab.streams.truth import Plant, Truth

Kind = Literal["event", "brigade", "mixed", "one_code", "usual"]
"""`mixed`: most members are planted, of no one event. `one_code`: most are background complaints
of one merchant under one code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One candidate of a worklist; `place` counts from 1."""

    place: int
    merchant: str | None
    members: frozenset[str]
    certain: int
    possible: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a candidate is; `plant_id` names the event or brigade that it is of."""

    candidate: Candidate
    kind: Kind
    plant_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What became of one planted event.

    `best` is the candidate of it with most of its people, None if there is none, and `held` how
    many these are; `known` counts the people who name the merchant. `parts` counts the
    candidates of it.
    """

    event: Plant
    best: Candidate | None
    held: int
    known: int
    parts: int

    @property
    def is_found(self) -> bool:
        """Tell whether a candidate of it holds half of the people who can be found."""
        return self.best is not None and 2 * self.held >= self.known

    @property
    def is_counted_right(self) -> bool:
        """Tell whether the interval of the best candidate holds the people who can be found."""
        return self.best is not None and self.best.certain <= self.known <= self.best.possible


def judge(candidates: Sequence[Candidate], truth: Truth) -> list[Verdict]:
    """Say of each candidate what it is."""
    return [_verdict(candidate, truth) for candidate in candidates]


def find(verdicts: Sequence[Verdict], truth: Truth) -> list[Finding]:
    """Say of each planted event what became of it."""
    return [_finding(event, verdicts) for event in truth.events]


def _verdict(candidate: Candidate, truth: Truth) -> Verdict:
    half = len(candidate.members) / 2
    planted = Counter(truth.plant_of[one] for one in candidate.members if one in truth.plant_of)
    for plant_id, count in planted.items():
        if count > half:
            kind = truth.plants[plant_id].kind
            return Verdict(candidate=candidate, kind=kind, plant_id=plant_id)
    usual = Counter(truth.usual[one] for one in candidate.members if one in truth.usual)
    kind_of_rest: Kind = "usual"
    if planted.total() > half:
        kind_of_rest = "mixed"
    elif max(usual.values(), default=0) > half:
        kind_of_rest = "one_code"
    return Verdict(candidate=candidate, kind=kind_of_rest, plant_id=None)


def _finding(event: Plant, verdicts: Sequence[Verdict]) -> Finding:
    own = [verdict.candidate for verdict in verdicts if verdict.plant_id == event.plant_id]
    held = {one.place: _people_in(one, event) for one in own}
    best = min(own, key=lambda one: (-held[one.place], one.place), default=None)
    return Finding(
        event=event,
        best=best,
        held=0 if best is None else held[best.place],
        known=len(event.people),
        parts=len(own),
    )


def _people_in(candidate: Candidate, event: Plant) -> int:
    return sum(not candidate.members.isdisjoint(complaints) for complaints in event.people.values())
