"""Connections to DuckDB, and the few verbs that wrap a SELECT of a file.

In: paths, statements and Arrow tables. Out: connections whose tables exist, and
rows written. Identifiers come from this package's own constants, values as
parameters. Out of scope: what the rows mean.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.statements import PACKAGE, Statement, read_folder

SCHEMA_FOLDER = PACKAGE / "schema"


def connect(path: Path, *, threads: int, memory_limit: str) -> duckdb.DuckDBPyConnection:
    """Open a database for writing; what does not fit in memory spills beside it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection = duckdb.connect(
        str(path),
        config={
            "threads": threads,
            "memory_limit": memory_limit,
            "temp_directory": str(spill_folder(path)),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "preserve_insertion_order": "false",
        },
    )
    path.chmod(0o600)
    connection.execute("set TimeZone = 'UTC'")
    # A process that was spawned looks interactive to DuckDB, which then draws bars into its output.
    connection.execute("set enable_progress_bar = false")
    return connection


def spill_folder(path: Path) -> Path:
    """Return the folder where what does not fit in memory is put while a database is open."""
    return path.parent / "spill"


def apply_schema(connection: duckdb.DuckDBPyConnection, *layers: str) -> None:
    """Create the tables of the named layers, or of all, where they are missing.

    A layer is the name of a schema file without number: `raw`, `staged`, ...
    """
    for statement in read_folder(SCHEMA_FOLDER):
        if not layers or statement.name.split("_", 1)[1] in layers:
            connection.execute(statement.text)


def schema_version() -> str:
    """Hash the table definitions."""
    text = "".join(statement.text for statement in read_folder(SCHEMA_FOLDER))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what happens inside, or nothing of it."""
    connection.execute("begin")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def refill(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    statement: Statement,
    parameters: Mapping[str, object] | None = None,
) -> None:
    """Replace the rows of a table by those of a SELECT; columns match by name."""
    connection.execute(f"delete from {table}")
    fill(connection, table, statement, parameters)


def fill(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    statement: Statement,
    parameters: Mapping[str, object] | None = None,
) -> None:
    """Add the rows of a SELECT to a table; columns match by name."""
    connection.execute(f"insert into {table} by name\n{statement.text}", dict(parameters or {}))


def append(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Add the rows of an Arrow table to a table; columns match by name."""
    connection.register("arriving", rows)
    try:
        connection.execute(f"insert into {table} by name select * from arriving")
    finally:
        connection.unregister("arriving")


def delete_matching(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[str], column: str, keys: pa.Table
) -> None:
    """Delete the rows whose `column` is among the keys (a table with that one column)."""
    connection.register("leaving", keys)
    try:
        for table in tables:
            connection.execute(
                f"delete from {table} where {column} in (select {column} from leaving)"
            )
    finally:
        connection.unregister("leaving")


def count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Count the rows of a table."""
    return _scalar(connection, f"select count(*) from {table}", {})


def count_rows(
    connection: duckdb.DuckDBPyConnection,
    statement: Statement,
    parameters: Mapping[str, object] | None = None,
) -> int:
    """Count the rows that a SELECT gives."""
    return _scalar(connection, f"select count(*) from (\n{statement.text}\n)", parameters or {})


def _scalar(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object]
) -> int:
    return int(connection.execute(sql, dict(parameters)).fetchall()[0][0])
