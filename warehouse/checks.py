"""Audits: SELECTs of bad rows, and what they found.

In: a database and a folder of audits. Out: one result per audit. An audit's first
comment says what a row means and how bad it is. Out of scope: repairing anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import duckdb

from warehouse.database import count_rows
from warehouse.errors import AuditFailedError
from warehouse.statements import PACKAGE, Statement, read_folder

WORK_AUDITS = PACKAGE / "audits"
"""Audits of the work database, before anything is published."""

BUILD_AUDITS = PACKAGE / "audits" / "builds"
"""Audits of every published file itself, before readers see it."""

PUBLIC_AUDITS = PACKAGE / "audits" / "public"
"""Audits of the public file, beside those of every file."""

Severity = Literal["error", "warning"]

_SEVERITY = re.compile(r"\s*severity: (error|warning)\.?")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditResult:
    """What one audit found. Any row of severity error stops a publication."""

    name: str
    severity: Severity
    meaning: str
    bad_rows: int

    @property
    def is_failure(self) -> bool:
        """Whether this result stops a publication."""
        return self.severity == "error" and self.bad_rows > 0


def run_audits(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[AuditResult]:
    """Run every audit of a folder, in order of name, and count its bad rows."""
    return [_run_audit(connection, statement) for statement in read_folder(folder)]


def require_passed(results: Iterable[AuditResult], subject: str) -> None:
    """Raise when an audit of severity error found rows.

    Raises:
        AuditFailedError: names the audits and how many rows each found.
    """
    failures = [result for result in results if result.is_failure]
    if failures:
        listed = "; ".join(f"{each.name}: {each.bad_rows} ({each.meaning})" for each in failures)
        raise AuditFailedError(
            f"{subject}: expected no bad rows; found {listed} "
            "Nothing was published and the current build stays. "
            "Run the named files of warehouse/audits on the work database to see the rows."
        )


def _run_audit(connection: duckdb.DuckDBPyConnection, statement: Statement) -> AuditResult:
    severity = _SEVERITY.search(statement.comment)
    if severity is None:
        raise ValueError(
            f"audit {statement.name}: expected 'severity: error' or 'severity: warning' "
            "in its first comment"
        )
    return AuditResult(
        name=statement.name,
        severity=cast(Severity, severity[1]),
        meaning=_SEVERITY.sub("", statement.comment).strip(),
        bad_rows=count_rows(connection, statement),
    )
