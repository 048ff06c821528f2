"""The events of candidates in the ledger: written once, read in the order of deciding.

In: an open ledger. Out: `CaseEvent`s. Out of scope: what they mean (`warehouse.casework.cases`)
and whether they make sense (`warehouse.casework.decisions`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from warehouse.casework.cases import Action, CaseEvent
from warehouse.casework.ledger import Decision, Ledger
from warehouse.statements import PACKAGE, read_statement

_SQL = PACKAGE / "casework" / "sql"


@contextmanager
def deciding(ledger: Ledger) -> Iterator[None]:
    """Hold the ledger for one decision: nobody else decides between its check and its writing."""
    ledger.connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        ledger.connection.execute("rollback")
        raise
    ledger.connection.execute("commit")


def write_event(
    ledger: Ledger,
    candidate_id: str,
    action: str,
    payload: Mapping[str, object],
    decision: Decision,
    seen_build_id: str,
) -> str:
    """Add what was decided of a candidate while looking at a build; gives the id of the event."""
    event_id = f"e-{uuid4().hex[:12]}"
    row = {
        "event_id": event_id,
        "at": decision.at.isoformat(),
        "actor": decision.actor,
        "subject_kind": "candidate",
        "subject_id": candidate_id,
        "action": action,
        "reason": decision.reason,
        "payload": json.dumps(dict(payload), ensure_ascii=False),
        "seen_build_id": seen_build_id,
    }
    ledger.connection.execute(read_statement(_SQL / "add_event.sql").text, row)
    return event_id


def candidate_events(ledger: Ledger) -> tuple[CaseEvent, ...]:
    """Return everything decided of candidates, what was undone and the undoing among it."""
    statement = read_statement(_SQL / "candidate_events.sql").text
    return tuple(_event(row) for row in ledger.connection.execute(statement))


def _event(row: sqlite3.Row) -> CaseEvent:
    payload: dict[str, Any] = json.loads(row["payload"])
    return CaseEvent(
        event_no=row["event_no"],
        event_id=row["event_id"],
        at=datetime.fromisoformat(row["at"]),
        actor=row["actor"],
        candidate_id=row["subject_id"],
        action=cast(Action, row["action"]),
        reason=row["reason"],
        targets=tuple(payload["targets"]),
        members={each: tuple(ids) for each, ids in payload["members"].items()},
        is_representative=payload["is_representative"],
        seen_build_id=row["seen_build_id"],
    )
