"""What changed in the worklist since somebody last said that they had seen it.

In: an open ledger, a name, a build. Out: the last build that was seen, and the candidates that
came, changed or went since. Only who says so is noted; looking at a page writes nothing. Out of
scope: decisions (`warehouse.casework.decisions`), to which a visit is none: no build depends on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from warehouse.casework.ledger import Ledger
from warehouse.statements import PACKAGE, read_statement

_SQL = PACKAGE / "casework" / "sql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Which build somebody saw last, and when they said so."""

    build_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Candidates by their ids: only in the later build, with other members there, only before."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def mark_seen(ledger: Ledger, actor: str, build_id: str, at: datetime) -> None:
    """Note that somebody saw the worklist of a build."""
    row = {
        "event_id": f"v-{uuid4().hex[:12]}",
        "at": at.isoformat(),
        "actor": actor.strip(),
        "subject_kind": "visit",
        "subject_id": "worklist",
        "action": "seen",
        "reason": "",
        "payload": "{}",
        "seen_build_id": build_id,
    }
    ledger.connection.execute(read_statement(_SQL / "add_event.sql").text, row)


def last_seen(ledger: Ledger, actor: str) -> Seen | None:
    """Give the build that somebody saw last; None before they said so for the first time."""
    statement = read_statement(_SQL / "last_visit.sql").text
    row = ledger.connection.execute(statement, {"actor": actor.strip()}).fetchone()
    if row is None:
        return None
    return Seen(build_id=row["seen_build_id"], at=datetime.fromisoformat(row["at"]))


def differences(ledger: Ledger, then: str, now: str) -> Differences:
    """Compare the candidates of two builds of this ledger, by their ids."""
    builds = {"then": _fingerprint(then), "now": _fingerprint(now)}
    statement = read_statement(_SQL / "candidates_between.sql").text
    rows = ledger.connection.execute(statement, builds).fetchall()
    found = {
        kind: tuple(row["candidate_id"] for row in rows if row["difference"] == kind)
        for kind in ("new", "changed", "gone")
    }
    return Differences(new=found["new"], changed=found["changed"], gone=found["gone"])


def _fingerprint(build_id: str) -> str:
    return build_id.rpartition("-")[2]
