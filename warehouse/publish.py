"""From marts to a published build that readers open.

In: a work database whose marts are filled, and what the build is made of. Out: a
folder with one file per role, audited, durable and current. Until the pointer
swings readers see the build before; a crash at any moment leaves that one
readable, and the next publication of the same input ends the same.
Out of scope: filling the marts (`Work.build_marts`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.builds import (
    Build,
    build_id_of,
    current_build_id,
    keep_newest,
    list_builds,
    make_current,
    sync_folder,
)
from warehouse.checks import (
    BUILD_AUDITS,
    PUBLIC_AUDITS,
    WORK_AUDITS,
    AuditResult,
    require_passed,
    run_audits,
)
from warehouse.database import append, apply_schema, fill, transaction
from warehouse.errors import BuildDamagedError, BuildMissingError
from warehouse.home import Home
from warehouse.read import open_reader
from warehouse.runs import RunRecord
from warehouse.statements import PACKAGE, read_statement
from warehouse.work import MART_TABLES, Work

_MODELS = PACKAGE / "models"
_CODE_TABLES = (
    "codes.entries",
    "codes.merchants",
    "codes.sources",
    "codes.law_texts",
    "codes.law_tiers",
    "codes.law_deadlines",
)
_RECEIPT_TABLES = ("meta.loads", "meta.coverage", "meta.issues")
_UNPUBLISHED_TABLES = ("meta.load_files", "meta.markers")
_OPEN_TABLES = (
    "complaints",
    "complaint_codes",
    "candidates",
    "code_totals",
    "merchant_codes",
    "merchant_code_months",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildEnvelope:
    """What a build is made of, when, by which run, and how many builds to keep.

    `as_of` is the day of a build that is kept aside (`warehouse.aside`).
    """

    run: RunRecord
    input_fingerprint: str
    at: datetime
    keep: int = 5
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A published build, and what the audits of the work database found."""

    build: Build
    audits: tuple[AuditResult, ...]


def publish(
    work: Work, home: Home, envelope: BuildEnvelope, mint: Callable[[], None]
) -> Publication:
    """Audit the work database, write a build of it, mint its candidates, make it current.

    `mint` writes the ledger; it is called when the files are written and audited,
    and before anybody can see them. A build of the same input that is there
    already is made current instead of being written again, unless it is damaged.

    Raises:
        AuditFailedError: an audit of severity error found rows.
    """
    results = audit_work(work, envelope.run.run_id)
    build_id = _find_same(home, envelope)
    if build_id is None:
        draft = _write_draft(work.connection, home, envelope)
        mint()
        build_id = release(draft, home.builds)
    else:
        mint()
    before = current_build_id(home)
    build = make_current(home, build_id)
    keep_newest(home, envelope.keep, in_use=before)
    return Publication(build=build, audits=results)


def audit_work(work: Work, run_id: str) -> tuple[AuditResult, ...]:
    """Audit the work database, and note there what was found.

    Raises:
        AuditFailedError: an audit of severity error found rows.
    """
    results = tuple(run_audits(work.connection, WORK_AUDITS))
    _note_audits(work, run_id, results)
    require_passed(results, "work database")
    return results


def _note_audits(work: Work, run_id: str, results: tuple[AuditResult, ...]) -> None:
    rows = pa.table(
        {
            "run_id": pa.array([run_id] * len(results), pa.string()),
            "audit": pa.array([result.name for result in results], pa.string()),
            "severity": pa.array([result.severity for result in results], pa.string()),
            "meaning": pa.array([result.meaning for result in results], pa.string()),
            "bad_rows": pa.array([result.bad_rows for result in results], pa.int64()),
        }
    )
    append(work.connection, "meta.audits", rows)


def _find_same(home: Home, envelope: BuildEnvelope) -> str | None:
    """Find a sound build of the same input; one that readers cannot open is removed."""
    for build in list_builds(home):
        if build.input_hash == envelope.input_fingerprint[:12]:
            if _opens(home, build):
                return build.build_id
            shutil.rmtree(build.path)
    return None


def _opens(home: Home, build: Build) -> bool:
    try:
        open_reader(home, "internal", build.build_id).close()
        open_reader(home, "public", build.build_id).close()
    except (BuildMissingError, BuildDamagedError):
        return False
    return True


def _write_draft(
    connection: duckdb.DuckDBPyConnection, home: Home, envelope: BuildEnvelope
) -> Path:
    for abandoned in home.builds.glob("draft-*"):
        shutil.rmtree(abandoned)
    build_id = build_id_of(envelope.at, envelope.input_fingerprint)
    draft = home.builds / f"draft-{build_id}"
    draft.mkdir(mode=0o700)
    write_internal(connection, draft / "internal.duckdb", build_id, envelope)
    _write_public(connection, draft / "public.duckdb", build_id, envelope)
    audit_file(draft / "internal.duckdb", BUILD_AUDITS)
    audit_file(draft / "public.duckdb", BUILD_AUDITS, PUBLIC_AUDITS)
    return draft


def release(draft: Path, builds: Path) -> str:
    """Give a draft its place among the builds, durable and whole; return the id of the build."""
    build_id = draft.name.removeprefix("draft-")
    for file in draft.iterdir():
        _sync_file(file)
    sync_folder(draft)
    draft.rename(builds / build_id)
    sync_folder(builds)
    return build_id


def write_internal(
    connection: duckdb.DuckDBPyConnection, file: Path, build_id: str, envelope: BuildEnvelope
) -> None:
    """Write the file for analysts: marts, codes and receipts of the work database."""
    run = replace(
        envelope.run,
        ended_at=envelope.at,
        input_fingerprint=envelope.input_fingerprint,
        build_id=build_id,
    )
    with _attached(connection, file, "codes", "meta", "marts", "builds"):
        for table in _UNPUBLISHED_TABLES:
            connection.execute(f"drop table build.{table}")
        for table in (*_CODE_TABLES, *_RECEIPT_TABLES, *(f"marts.{name}" for name in MART_TABLES)):
            connection.execute(f"insert into build.{table} by name select * from {table}")
        this_run = {"run_id": run.run_id}
        audits = read_statement(_MODELS / "build" / "audits.sql")
        fill(connection, "build.meta.audits", audits, this_run)
        earlier_runs = read_statement(_MODELS / "build" / "earlier_runs.sql")
        fill(connection, "build.meta.runs", earlier_runs, this_run)
        append(connection, "build.meta.runs", run.row())
        _describe(connection, "internal", build_id, envelope)


def _write_public(
    connection: duckdb.DuckDBPyConnection, file: Path, build_id: str, envelope: BuildEnvelope
) -> None:
    with _attached(connection, file, "codes", "open", "builds"):
        for table in _CODE_TABLES:
            connection.execute(f"insert into build.{table} by name select * from {table}")
        for name in _OPEN_TABLES:
            fill(connection, f"build.open.{name}", read_statement(_MODELS / "open" / f"{name}.sql"))
        _describe(connection, "public", build_id, envelope)


def _describe(
    connection: duckdb.DuckDBPyConnection, role: str, build_id: str, envelope: BuildEnvelope
) -> None:
    fill(
        connection,
        "build.meta.builds",
        read_statement(_MODELS / "build" / f"{role}_description.sql"),
        {
            "build_id": build_id,
            "built_at": envelope.at,
            "input_fingerprint": envelope.input_fingerprint,
            "as_of_date": envelope.as_of,
        },
    )


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, file: Path, *layers: str) -> Iterator[None]:
    """Attach a new file as `build`, with the tables of the layers; rows keep their order."""
    work_catalog = connection.execute("select current_database()").fetchall()[0][0]
    quoted = str(file).replace("'", "''")
    connection.execute(f"attach '{quoted}' as build")
    file.chmod(0o600)
    try:
        connection.execute("set preserve_insertion_order = true")
        connection.execute("use build")
        apply_schema(connection, *layers)
        connection.execute(f"use {work_catalog}")
        with transaction(connection):
            yield
        connection.execute("checkpoint build")
    finally:
        connection.execute(f"use {work_catalog}")
        connection.execute("set preserve_insertion_order = false")
        connection.execute("detach build")


def audit_file(file: Path, *folders: Path) -> None:
    """Run the audits of folders on a written file.

    Raises:
        AuditFailedError: an audit of severity error found rows.
    """
    with duckdb.connect(str(file), read_only=True) as connection:
        for folder in folders:
            require_passed(run_audits(connection, folder), f"build file {file.name}")


def _sync_file(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
