"""The ledger: which candidates there are, since when, and what people decided about them.

In: what a build proposes for its clusters. Out: candidate ids that are minted
once and stay, and the lineage of every build. The file is not disposable: it is
append-only and lies outside the warehouse. Out of scope: matching clusters to
known candidates (`pipelines.lineage`).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal
from uuid import uuid4

from warehouse.errors import LedgerConflictError, LedgerDamagedError
from warehouse.home import Home
from warehouse.statements import PACKAGE, read_statement

Lineage = Literal["born", "continued", "merged", "split"]

PATIENCE_SECONDS = 60
"""How long one who decides waits for another who is just writing."""

_SQL = PACKAGE / "casework" / "sql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What a build proposes for one cluster.

    `candidate_id` is None for a candidate that is new; the ledger names it.
    `parents` are other known candidates whose members it took. `members` are the
    complaint ids. `first_flagged_on` is None until the ledger has fixed it.
    """

    cluster_id: str
    candidate_id: str | None
    lineage: Lineage
    merchant_key: str | None
    issue_axis: str
    issue_code: str
    members: tuple[str, ...]
    parents: tuple[str, ...] = ()
    first_flagged_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCandidate:
    """A candidate as it was in the last build in which it lived.

    `is_retired` says that the latest build had no cluster for it; it keeps its id
    and may come back.
    """

    candidate_id: str
    merchant_key: str | None
    issue_axis: str
    issue_code: str
    members: tuple[str, ...]
    first_flagged_on: date
    is_retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredCandidate:
    """A candidate of earlier builds that a build does not have; days are those of the builds.

    `complaints` are the members that it had last.
    """

    candidate_id: str
    merchant_key: str | None
    issue_axis: str
    issue_code: str
    complaints: int
    first_flagged_on: date
    last_flagged_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NameJudgement:
    """What a person decided of two names as written: one merchant's, or not."""

    one: str
    other: str
    is_same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decided something, when and why."""

    actor: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ledger:
    """The open ledger of one home."""

    connection: sqlite3.Connection

    @classmethod
    def open(cls, home: Home) -> Ledger:
        """Open the ledger of a home, creating it where missing.

        Raises:
            LedgerDamagedError: the file is no database, or a damaged one.
        """
        home.prepare()
        return cls.at(home.ledger)

    @classmethod
    def at(cls, path: Path) -> Ledger:
        """Open a ledger by its path; see `open`."""
        connection = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE_SECONDS)
        path.chmod(0o600)
        connection.row_factory = sqlite3.Row
        try:
            connection.execute("pragma synchronous = full")
            connection.execute("pragma foreign_keys = on")
            connection.executescript(_sql("schema"))
        except sqlite3.DatabaseError as error:
            connection.close()
            if error.sqlite_errorcode not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                raise
            raise LedgerDamagedError(
                f"ledger: expected {path.name} to be an SQLite database; found {error}. "
                f"Restore {path.parent.name}/{path.name} of the home from its backup."
            ) from error
        return cls(connection)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was minted is on disk."""
        self.connection.close()

    def position(self) -> str:
        """Return how far people's decisions go: a build is a function of them.

        Minting does not move it, so a repeated run finds its input unchanged.
        """
        row = self.connection.execute(_sql("last_event")).fetchone()
        return str(row["event_no"])

    def judge_names(self, judgement: NameJudgement, decision: Decision) -> str:
        """Write what a person decided of two names; gives the id of the event, for undoing it."""
        pair = sorted((judgement.one, judgement.other))
        subject = {
            "subject_kind": "name_pair",
            "subject_id": "np-" + _hash(json.dumps(pair))[:16],
            "action": "same" if judgement.is_same else "not_same",
            "payload": json.dumps({"a": judgement.one, "b": judgement.other}),
        }
        return self._add_event(subject, decision)

    def correct_reading(
        self, complaint_id: str, reading: Mapping[str, object], decision: Decision
    ) -> str:
        """Write what a person read in a complaint where the machine read otherwise.

        `reading` is a row of a label file: `kind`, and for each axis that the person judged
        all its codes. Gives the id of the event, for undoing it.
        """
        subject = {
            "subject_kind": "complaint",
            "subject_id": complaint_id,
            "action": "correct",
            "payload": json.dumps(dict(reading), ensure_ascii=False),
        }
        return self._add_event(subject, decision)

    def reading_corrections(self) -> tuple[tuple[str, dict[str, object]], ...]:
        """Return what people corrected and did not undo, by complaint, the latest of each last."""
        rows = self.connection.execute(_sql("reading_corrections")).fetchall()
        return tuple((row["subject_id"], json.loads(row["payload"])) for row in rows)

    def _add_event(self, subject: Mapping[str, str], decision: Decision) -> str:
        """Add an event; gives its id."""
        event_id = f"e-{uuid4().hex[:12]}"
        row = {
            **subject,
            "event_id": event_id,
            "at": decision.at.isoformat(),
            "actor": decision.actor,
            "reason": decision.reason,
            "seen_build_id": None,
        }
        self.connection.execute(_sql("add_event"), row)
        return event_id

    def name_judgements(self) -> tuple[NameJudgement, ...]:
        """Return what people decided of names and did not undo, in the order of deciding."""
        rows = self.connection.execute(_sql("name_judgements")).fetchall()
        pairs = [(json.loads(row["payload"]), row["action"] == "same") for row in rows]
        return tuple(
            NameJudgement(one=names["a"], other=names["b"], is_same=is_same)
            for names, is_same in pairs
        )

    def known_candidates(self) -> tuple[KnownCandidate, ...]:
        """Return every candidate ever minted, in order of id."""
        return tuple(
            KnownCandidate(
                candidate_id=row["candidate_id"],
                merchant_key=row["merchant_key"],
                issue_axis=row["issue_axis"],
                issue_code=row["issue_code"],
                members=tuple(json.loads(row["members"])),
                first_flagged_on=date.fromisoformat(row["first_flagged_on"]),
                is_retired=bool(row["is_retired"]),
            )
            for row in self.connection.execute(_sql("known_candidates"))
        )

    def minted(self, input_fingerprint: str) -> tuple[Assignment, ...] | None:
        """Return what was minted for an input, or None when it never was.

        A run that was killed after minting takes these and ends where it would have.
        """
        if self._build_no(input_fingerprint) is None:
            return None
        rows = self.connection.execute(
            _sql("minted_assignments"), {"input_fingerprint": input_fingerprint}
        )
        return tuple(
            Assignment(
                cluster_id=row["cluster_id"],
                candidate_id=row["candidate_id"],
                lineage=row["lineage"],
                merchant_key=row["merchant_key"],
                issue_axis=row["issue_axis"],
                issue_code=row["issue_code"],
                members=tuple(json.loads(row["members"])),
                parents=tuple(json.loads(row["parents"])),
                first_flagged_on=date.fromisoformat(row["first_flagged_on"]),
            )
            for row in rows
        )

    def retired(
        self, input_fingerprint: str, named: Iterable[Assignment]
    ) -> tuple[RetiredCandidate, ...]:
        """Return the candidates of the builds before that one of this input, less those named.

        Minted or not, the build of an input finds the same.
        """
        build_no = self._build_no(input_fingerprint)
        rows = self.connection.execute(_sql("earlier_candidates"), {"build_no": build_no})
        living = {assignment.candidate_id for assignment in named}
        return tuple(
            RetiredCandidate(
                candidate_id=row["candidate_id"],
                merchant_key=row["merchant_key"],
                issue_axis=row["issue_axis"],
                issue_code=row["issue_code"],
                complaints=len(json.loads(row["members"])),
                first_flagged_on=date.fromisoformat(row["first_flagged_on"]),
                last_flagged_on=date.fromisoformat(row["minted_at"][:10]),
            )
            for row in rows
            if row["candidate_id"] not in living
        )

    def name(self, assignments: Sequence[Assignment], on: date) -> tuple[Assignment, ...]:
        """Give new candidates their ids and dates, without writing anything.

        One that a person split off has its id already, and no date yet.

        An id is derived from the cluster that bore it, so that naming again names
        alike; an id that another candidate has already is passed over.
        """
        known = {candidate.candidate_id: candidate for candidate in self.known_candidates()}
        taken = set(known)
        named = []
        for assignment in sorted(assignments, key=lambda each: each.cluster_id):
            if assignment.candidate_id is None:
                candidate_id = _new_id(assignment.cluster_id, taken)
                taken.add(candidate_id)
                first = on
            else:
                candidate_id = assignment.candidate_id
                first = known[candidate_id].first_flagged_on if candidate_id in known else on
            named.append(replace(assignment, candidate_id=candidate_id, first_flagged_on=first))
        return tuple(named)

    def mint(self, input_fingerprint: str, assignments: Iterable[Assignment], at: datetime) -> None:
        """Write the named candidates of one build, in one transaction.

        Candidates of the build before that have no cluster are noted as retired.
        Minting the same input again changes nothing.

        Raises:
            LedgerConflictError: an assignment has no name, or two have the same.
        """
        named = tuple(assignments)
        _check_named(named)
        if self._build_no(input_fingerprint) is not None:
            return
        self.connection.execute("begin immediate")
        try:
            self._write(input_fingerprint, named, at)
        except BaseException:
            self.connection.execute("rollback")
            raise
        self.connection.execute("commit")

    def _write(self, input_fingerprint: str, named: tuple[Assignment, ...], at: datetime) -> None:
        build = {"input_fingerprint": input_fingerprint, "minted_at": at.isoformat()}
        build_no = self.connection.execute(_sql("add_build"), build).lastrowid
        rows = [_row(assignment, build_no) for assignment in named]
        self.connection.executemany(_sql("add_candidate"), rows)
        self.connection.executemany(_sql("add_member_set"), rows)
        self.connection.executemany(_sql("add_lineage"), rows)
        living = {assignment.candidate_id for assignment in named}
        before = self.connection.execute(_sql("living_candidates"), {"build_no": build_no})
        retired = [
            {
                "build_no": build_no,
                "candidate_id": row["candidate_id"],
                "lineage": "retired",
                "cluster_id": None,
                "parents": "[]",
                "members_hash": row["members_hash"],
            }
            for row in before.fetchall()
            if row["candidate_id"] not in living
        ]
        self.connection.executemany(_sql("add_lineage"), retired)

    def _build_no(self, input_fingerprint: str) -> int | None:
        row = self.connection.execute(
            _sql("is_minted"), {"input_fingerprint": input_fingerprint}
        ).fetchone()
        return None if row is None else int(row["build_no"])


def _sql(name: str) -> str:
    return read_statement(_SQL / f"{name}.sql").text


def name_provisionally(assignments: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """Give candidates that no ledger knows an id of their own kind, and no date.

    The id is a hash of what the candidate is: kind, merchant and members.
    """
    return tuple(
        assignment
        if assignment.candidate_id is not None
        else replace(assignment, candidate_id="asof-" + _hash(assignment.cluster_id)[:10])
        for assignment in sorted(assignments, key=lambda each: each.cluster_id)
    )


def _new_id(cluster_id: str, taken: set[str]) -> str:
    attempt = 0
    while True:
        candidate_id = "c-" + _hash(f"{cluster_id}/{attempt}")[:10]
        if candidate_id not in taken:
            return candidate_id
        attempt += 1


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _row(assignment: Assignment, build_no: int | None) -> dict[str, object]:
    members = json.dumps(sorted(assignment.members))
    return {
        "build_no": build_no,
        "candidate_id": assignment.candidate_id,
        "merchant_key": assignment.merchant_key,
        "issue_axis": assignment.issue_axis,
        "issue_code": assignment.issue_code,
        "first_flagged_on": str(assignment.first_flagged_on),
        "lineage": assignment.lineage,
        "cluster_id": assignment.cluster_id,
        "parents": json.dumps(sorted(assignment.parents)),
        "members": members,
        "members_hash": _hash(members),
    }


def _check_named(assignments: tuple[Assignment, ...]) -> None:
    ids = [assignment.candidate_id for assignment in assignments]
    nameless = sum(1 for assignment in assignments if assignment.first_flagged_on is None)
    if None in ids or nameless:
        raise LedgerConflictError(
            "mint: expected every assignment to have an id and a date; found some without. "
            "Call Ledger.name first."
        )
    if len(set(ids)) != len(ids):
        raise LedgerConflictError(
            "mint: expected one cluster per candidate; found a candidate assigned to several."
        )
