"""What people decided of a candidate, as a dossier needs it.

In: events, and how the candidate stands after them. Out: `Decisions`, complaints by their ids.
Out of scope: how decisions are kept and folded (`warehouse.casework`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

Disposition = Literal["open", "confirmed", "dismissed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One decision: who, when, what, why; `targets` are complaints, candidates, or a name."""

    at: datetime
    actor: str
    action: str
    reason: str
    targets: tuple[str, ...] = ()
    is_undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """How a candidate stands after all decisions up to the one numbered `last_event_no`.

    `pinned` belong to it whatever the machine groups, `barred` do not; each has the act that
    says so, None where that act concerned another candidate. `elsewhere` are the complaints that
    people put into other candidates.
    """

    disposition: Disposition = "open"
    pinned: tuple[str, ...] = ()
    barred: Mapping[str, Act | None] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    consented: tuple[str, ...] = ()
    representatives: tuple[str, ...] = ()
    assignee: str | None = None
    acts: tuple[Act, ...] = ()
    last_event_no: int = 0

    def last(self, action: str) -> Act | None:
        """Give the last act of a kind that still counts."""
        found = [act for act in self.acts if act.action == action and not act.is_undone]
        return found[-1] if found else None


class _Event(Protocol):
    """A decision as it is kept; see `warehouse.casework.cases.CaseEvent`."""

    @property
    def event_no(self) -> int: ...
    @property
    def event_id(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def actor(self) -> str: ...
    @property
    def candidate_id(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def targets(self) -> tuple[str, ...]: ...


class _Standing(Protocol):
    """How a candidate stands after its events; see `warehouse.casework.cases.Case`."""

    @property
    def disposition(self) -> Disposition: ...
    @property
    def pinned(self) -> Mapping[str, None]: ...
    @property
    def barred(self) -> Mapping[str, None]: ...
    @property
    def consented(self) -> Mapping[str, None]: ...
    @property
    def representatives(self) -> Mapping[str, None]: ...
    @property
    def assignee(self) -> str | None: ...


def decisions_of(
    events: Sequence[_Event],
    taken_back: Collection[str],
    cases: Mapping[str, _Standing],
    candidate_id: str,
) -> Decisions:
    """Say what people decided of a candidate, and of others that concerns its members.

    `events` are those of all candidates, in the order of deciding; `taken_back` are the ids of
    those that were undone; `cases` is how each candidate stands of which something was decided.
    """
    own = [event for event in events if event.candidate_id == candidate_id]
    acts = {event.event_id: _act(event, event.event_id in taken_back) for event in own}
    last_no = max((event.event_no for event in events), default=0)
    case = cases.get(candidate_id)
    elsewhere = frozenset(
        complaint_id
        for other, standing in cases.items()
        if other != candidate_id
        for complaint_id in standing.pinned
    )
    if case is None:
        return Decisions(acts=tuple(acts.values()), elsewhere=elsewhere, last_event_no=last_no)
    return Decisions(
        disposition=case.disposition,
        pinned=tuple(case.pinned),
        barred={each: _who_barred(own, acts, taken_back, each) for each in case.barred},
        elsewhere=elsewhere,
        consented=tuple(case.consented),
        representatives=tuple(case.representatives),
        assignee=case.assignee,
        acts=tuple(acts.values()),
        last_event_no=last_no,
    )


def _act(event: _Event, is_undone: bool) -> Act:
    return Act(
        at=event.at,
        actor=event.actor,
        action=event.action,
        reason=event.reason,
        targets=event.targets,
        is_undone=is_undone,
    )


def _who_barred(
    own: Sequence[_Event], acts: Mapping[str, Act], taken_back: Collection[str], complaint: str
) -> Act | None:
    """Give the last decision that took a complaint out; None where it was one on another."""
    found = [
        acts[event.event_id]
        for event in own
        if event.action in ("exclude", "split")
        and complaint in event.targets
        and event.event_id not in taken_back
    ]
    return found[-1] if found else None
