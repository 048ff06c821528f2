"""What people answered where the machine was unsure, and how an answer is taken back.

In: an open ledger. Out: answers about pairs of names and about codes of complaints, as they
stand. Out of scope: decisions on candidates (`warehouse.casework.decisions`), and how builds
obey answers (`flows.names`, `flows.corrections`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from warehouse.casework.case_events import deciding
from warehouse.casework.ledger import Decision, Ledger
from warehouse.errors import DecisionRefusedError
from warehouse.statements import PACKAGE, read_statement

_SQL = PACKAGE / "casework" / "sql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer that nobody took back.

    `subject_id` is a complaint id, or stands for a pair of names. `payload` holds the names
    `a` and `b`, or the row of a label file (`Ledger.correct_reading`).
    """

    event_id: str
    at: datetime
    actor: str
    subject_kind: str
    subject_id: str
    action: str
    reason: str
    payload: Mapping[str, Any]


def answers(ledger: Ledger) -> tuple[Answer, ...]:
    """Return the answers that hold, the newest first."""
    statement = read_statement(_SQL / "answers.sql").text
    return tuple(
        Answer(
            event_id=row["event_id"],
            at=datetime.fromisoformat(row["at"]),
            actor=row["actor"],
            subject_kind=row["subject_kind"],
            subject_id=row["subject_id"],
            action=row["action"],
            reason=row["reason"],
            payload=json.loads(row["payload"]),
        )
        for row in ledger.connection.execute(statement)
    )


def take_back(ledger: Ledger, event_id: str, decision: Decision) -> str:
    """Write that an answer no longer holds; gives the id of that event.

    Raises:
        DecisionRefusedError: there is no such answer, or it was taken back before.
    """
    with deciding(ledger):
        found = next((each for each in answers(ledger) if each.event_id == event_id), None)
        if found is None:
            raise DecisionRefusedError(
                f"undo: expected the event of an answer that holds; found {event_id}. "
                "Nothing was written."
            )
        row = {
            "event_id": f"e-{uuid4().hex[:12]}",
            "at": decision.at.isoformat(),
            "actor": decision.actor,
            "subject_kind": found.subject_kind,
            "subject_id": event_id,
            "action": "undo",
            "reason": decision.reason,
            "payload": "{}",
            "seen_build_id": None,
        }
        ledger.connection.execute(read_statement(_SQL / "add_event.sql").text, row)
    return str(row["event_id"])
