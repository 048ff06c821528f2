"""What was known by a day, as a work database of its own.

In: a work database and a day. Out: another one that holds the records in the states that were
known by the end of that day, with their loads and coverage, and what was read of them. Nothing
in the first is changed. Out of scope: what is made of it (`flows.as_of`).

Whether a state was known is said in one place, `models/known/versions.sql`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb

from warehouse.database import fill, transaction
from warehouse.statements import PACKAGE, read_statement
from warehouse.work import READING_TABLES, Work

_MODELS = PACKAGE / "models" / "known"
_GATHERED = ("versions", "coverage", "items", "loads")
"""Gathered as temporary tables `known_...`, each after those that it is made of."""


def copy_known(work: Work, file: Path, day: date) -> None:
    """Make a work database of what `work` knew by the end of a day (UTC).

    Readings come along for every complaint that is known, though they may be of a later
    text: their hash tells, and such a complaint is read again.
    """
    Work.at(file).close()
    connection = work.connection
    with _gathered(connection, {"day": day}), _attached(connection, file), transaction(connection):
        for name in ("items", "loads", "coverage"):
            layer = "raw" if name == "items" else "meta"
            connection.execute(
                f"insert into aside.{layer}.{name} by name select * from known_{name}"
            )
        records = read_statement(_MODELS / "records.sql")
        fill(connection, "aside.raw.records", records, {"day": day})
        for table in (*(f"enriched.{name}" for name in READING_TABLES), "meta.issues"):
            connection.execute(
                f"insert into aside.{table} by name select * from {table} where complaint_id in "
                "(select source || ':' || record_id from known_versions)"
            )


@contextmanager
def _gathered(
    connection: duckdb.DuckDBPyConnection, parameters: Mapping[str, object]
) -> Iterator[None]:
    """Have what was known as temporary tables."""
    try:
        for name in _GATHERED:
            statement = read_statement(_MODELS / f"{name}.sql")
            given = {key: parameters[key] for key in statement.parameters}
            connection.execute(f"create temp table known_{name} as\n{statement.text}", given)
        yield
    finally:
        for name in _GATHERED:
            connection.execute(f"drop table if exists known_{name}")


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, file: Path) -> Iterator[None]:
    """Attach a work database as `aside`."""
    quoted = str(file).replace("'", "''")
    connection.execute(f"attach '{quoted}' as aside")
    try:
        yield
        connection.execute("checkpoint aside")
    finally:
        connection.execute("detach aside")
