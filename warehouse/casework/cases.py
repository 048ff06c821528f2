"""What people decided of candidates, and what follows: status is a fold over events.

In: the events of candidates, in the order of deciding. Out: per candidate how it stands.
Nothing is ever taken back: undoing is an event, and undoing that one counts again what it
undid. Out of scope: writing events (`warehouse.casework.decisions`), and how the next build
obeys them (`pipelines.grouping.judged`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

Action = Literal[
    "confirm",
    "dismiss",
    "merge",
    "split",
    "include",
    "exclude",
    "assign",
    "note",
    "consent",
    "sent",
    "undo",
]
ACTIONS: tuple[Action, ...] = get_args(Action)

Disposition = Literal["open", "confirmed", "dismissed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """One decision: who, when, of which candidate, what, and why.

    `targets` are candidate ids (merge), complaint ids (split, include, exclude, consent), a
    name (assign), an event id (undo), or empty. `members` are those that each candidate of a
    merge or split had when it was decided, so that it can be undone.
    """

    event_no: int
    event_id: str
    at: datetime
    actor: str
    candidate_id: str
    action: Action
    reason: str
    targets: tuple[str, ...] = ()
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_representative: bool = False
    seen_build_id: str | None = None


@dataclass(slots=True, kw_only=True)
class Case:
    """How a candidate stands after all decisions; complaints by their ids.

    `merged_into` is the candidate that it goes on in; `merged` are those that go on in this
    one. `pinned` belong to it whatever the machine groups, `barred` do not; of the pinned,
    `vouched` are those that a person said of that they do, not only left where they were.
    `split_from` is the candidate that a person took it out of.
    """

    candidate_id: str
    disposition: Disposition = "open"
    merged_into: str | None = None
    merged: list[str] = field(default_factory=list)
    split_from: str | None = None
    split_off: list[str] = field(default_factory=list)
    pinned: dict[str, None] = field(default_factory=dict)
    vouched: dict[str, None] = field(default_factory=dict)
    barred: dict[str, None] = field(default_factory=dict)
    assignee: str | None = None
    consented: dict[str, None] = field(default_factory=dict)
    representatives: dict[str, None] = field(default_factory=dict)
    sent: list[CaseEvent] = field(default_factory=list)
    notes: list[CaseEvent] = field(default_factory=list)
    is_judged: bool = False
    """Somebody decided who belongs to it, or confirmed it: the machine keeps it alive."""


def split_id(event_id: str) -> str:
    """Name the candidate that a split brings forth, the same whenever it is asked for.

    >>> split_id("e-1") == split_id("e-1")
    True
    """
    return "c-" + hashlib.sha256(f"split\x1f{event_id}".encode()).hexdigest()[:10]


def undone(events: Sequence[CaseEvent]) -> frozenset[str]:
    """Give the ids of the events that are undone: by an undoing that is not itself undone."""
    found: set[str] = set()
    for event in sorted(events, key=lambda each: -each.event_no):
        if event.action == "undo" and event.event_id not in found:
            found.update(event.targets)
    return frozenset(found)


def fold(events: Sequence[CaseEvent]) -> dict[str, Case]:
    """Say how every candidate stands that somebody decided something of.

    A later decision on a complaint overrules an earlier one: who is included after all is
    barred no more. What was merged or split and is no more goes back to where it was.
    """
    folding = _Folding()
    taken_back = undone(events)
    in_order = sorted(events, key=lambda each: each.event_no)
    for event in in_order:
        if event.event_id not in taken_back:
            folding.apply(event)
    for event in in_order:
        if event.action in ("merge", "split") and event.event_id in taken_back:
            folding.give_back(event)
    return folding.cases


def head_of(cases: Mapping[str, Case], candidate_id: str) -> str:
    """Give the candidate that one goes on in after all merging; itself if it was not merged."""
    seen: set[str] = set()
    while (case := cases.get(candidate_id)) and case.merged_into and candidate_id not in seen:
        seen.add(candidate_id)
        candidate_id = case.merged_into
    return candidate_id


class _Folding:
    """Cases while events act on them; a complaint is pinned to one case at most."""

    def __init__(self) -> None:
        self.cases: dict[str, Case] = {}
        self._holder: dict[str, str] = {}

    def apply(self, event: CaseEvent) -> None:
        """Let one event act."""
        case = self._case(event.candidate_id)
        match event.action:
            case "confirm":
                case.disposition = "confirmed"
                self._keep(case, event)
                case.vouched.update(case.pinned)
            case "dismiss":
                case.disposition = "dismissed"
            case "include":
                self._keep(case, event)
                self._pin(case, event.targets)
                case.vouched.update(dict.fromkeys(event.targets))
            case "exclude":
                self._keep(case, event)
                self._bar(case, event.targets)
            case "merge":
                self._merge(case, event)
            case "split":
                self._split(case, event)
            case "assign":
                case.assignee = event.targets[0] if event.targets else None
            case "note":
                case.notes.append(event)
            case "consent":
                case.consented.update(dict.fromkeys(event.targets))
                if event.is_representative:
                    case.representatives.update(dict.fromkeys(event.targets))
            case "sent":
                case.sent.append(event)

    def give_back(self, event: CaseEvent) -> None:
        """Part what an undone merge had joined, join what an undone split had parted.

        A person says so: each candidate is kept with the members that it had before.
        """
        for candidate_id, members in event.members.items():
            case = self._case(candidate_id)
            case.is_judged = True
            self._pin_free(case, members)

    def _case(self, candidate_id: str) -> Case:
        return self.cases.setdefault(candidate_id, Case(candidate_id=candidate_id))

    def _keep(self, case: Case, event: CaseEvent) -> None:
        """Keep a candidate alive with the members that the person saw."""
        case.is_judged = True
        self._pin_free(case, event.members.get(case.candidate_id, ()))

    def _pin(self, case: Case, complaint_ids: Iterable[str]) -> None:
        """Let complaints belong to a case, and to no other."""
        for complaint_id in complaint_ids:
            holder = self._holder.get(complaint_id)
            if holder is not None:
                self._unpin(self.cases[holder], complaint_id)
            self._holder[complaint_id] = case.candidate_id
            case.pinned[complaint_id] = None
            case.barred.pop(complaint_id, None)

    def _pin_free(self, case: Case, complaint_ids: Iterable[str]) -> None:
        """Pin those of which nobody has decided anything yet."""
        free = [
            each for each in complaint_ids if each not in self._holder and each not in case.barred
        ]
        self._pin(case, free)

    def _bar(self, case: Case, complaint_ids: Iterable[str]) -> None:
        for complaint_id in complaint_ids:
            if self._holder.get(complaint_id) == case.candidate_id:
                del self._holder[complaint_id]
            self._unpin(case, complaint_id)
            case.barred[complaint_id] = None

    @staticmethod
    def _unpin(case: Case, complaint_id: str) -> None:
        case.pinned.pop(complaint_id, None)
        case.vouched.pop(complaint_id, None)

    def _merge(self, case: Case, event: CaseEvent) -> None:
        """Let other candidates go on in this one, with the members that all of them had."""
        self._keep(case, event)
        for target in event.targets:
            other = self._case(target)
            other.merged_into = case.candidate_id
            case.merged.append(target)
            moved = [*other.pinned, *event.members.get(target, ())]
            self._pin(case, [each for each in moved if each not in case.barred])

    def _split(self, case: Case, event: CaseEvent) -> None:
        """Let some members be a candidate of their own."""
        self._keep(case, event)
        part = self._case(split_id(event.event_id))
        part.is_judged, part.split_from = True, case.candidate_id
        case.split_off.append(part.candidate_id)
        self._bar(case, event.targets)
        self._pin(part, event.targets)
