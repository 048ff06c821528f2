"""What people decided, beside the build: read at every rerun, written when somebody decides.

In: a home, and decisions. Out: cases and their events as of now, newer than any build. Only
private roles have a ledger; the public pages never come here. Out of scope: what makes a
decision sound, and what follows from it (`warehouse.casework`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from dashboards.data import Source
from warehouse.casework.case_events import candidate_events
from warehouse.casework.cases import Case, CaseEvent, fold, undone
from warehouse.casework.decisions import Preview, Request, decide, preview
from warehouse.casework.ledger import Ledger
from warehouse.home import Home
from warehouse.read import open_reader

_ACTOR = "actor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Casebook:
    """All cases by candidate, and all events in the order of deciding."""

    cases: Mapping[str, Case]
    events: tuple[CaseEvent, ...]
    taken_back: frozenset[str]

    def of(self, candidate_id: str) -> Case:
        """Give how a candidate stands; an untouched one is open."""
        return self.cases.get(candidate_id) or Case(candidate_id=candidate_id)

    def events_of(self, candidate_id: str) -> list[CaseEvent]:
        """Give what was decided of a candidate, the newest first."""
        own = [event for event in self.events if event.candidate_id == candidate_id]
        return sorted(own, key=lambda event: -event.event_no)

    def holder(self, complaint_id: str) -> str | None:
        """Give the candidate that somebody put a complaint into."""
        holders = (case.candidate_id for case in self.cases.values() if complaint_id in case.pinned)
        return next(holders, None)

    def standing(self, disposition: str) -> list[str]:
        """Give the candidates of a disposition that go on by themselves."""
        return [
            case.candidate_id
            for case in self.cases.values()
            if case.disposition == disposition and case.merged_into is None
        ]

    def gone(self) -> list[str]:
        """Give the candidates that go on in others."""
        return [case.candidate_id for case in self.cases.values() if case.merged_into]


def read_casebook(home: Path) -> Casebook:
    """Read all decisions; none before somebody decided."""
    place = Home(home).ledger
    if not place.exists():
        return Casebook(cases={}, events=(), taken_back=frozenset())
    told = place.stat()
    return _casebook(home, told.st_mtime_ns, told.st_size)


@st.cache_data(max_entries=2, show_spinner=False)
def _casebook(home: Path, changed_at: int, size: int) -> Casebook:
    with Ledger.open(Home(home)) as ledger:
        events = candidate_events(ledger)
    return Casebook(cases=fold(events), events=events, taken_back=undone(events))


def actor() -> str:
    """Give who decides in this browser session; empty until asked."""
    return str(st.session_state.get(_ACTOR, ""))


def remember_actor(name: str) -> None:
    """Remember who decides, for the rest of the browser session."""
    st.session_state[_ACTOR] = name.strip()


def request(
    candidate_id: str,
    action: str,
    targets: tuple[str, ...],
    reason: str,
    name: str,
    *,
    is_representative: bool = False,
) -> Request:
    """Put a decision together, made now."""
    return Request(
        candidate_id=candidate_id,
        action=action,
        targets=targets,
        reason=reason,
        actor=name,
        at=datetime.now(UTC),
        is_representative=is_representative,
    )


def foresee(source: Source, wanted: Request) -> Preview:
    """Say what a decision would do.

    Raises:
        DecisionRefusedError: it makes no sense.
    """
    home = Home(source.home)
    with open_reader(home, "internal", source.build_id) as reader, Ledger.open(home) as ledger:
        return preview(reader, ledger, wanted)


def write(source: Source, wanted: Request) -> Preview:
    """Write a decision, and remember who decided for the rest of the session.

    Raises:
        DecisionRefusedError: it makes no sense; nothing was written.
    """
    home = Home(source.home)
    with open_reader(home, "internal", source.build_id) as reader, Ledger.open(home) as ledger:
        done = decide(reader, ledger, wanted)
    remember_actor(wanted.actor)
    return done
