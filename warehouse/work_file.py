"""The file of the work database: made whole, opened as this code knows it, or refused.

In: the path of a work database. Out: a connection whose tables are those of this code, and
the markers in it that say what something was made of. Out of scope: filling the layers and
what they are asked for (`warehouse.work`).
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.database import (
    append,
    apply_schema,
    connect,
    delete_matching,
    schema_version,
    transaction,
)
from warehouse.errors import SchemaOutdatedError
from warehouse.statements import PACKAGE, read_statement

_WORK_LAYERS = ("raw", "staged", "enriched", "codes", "meta", "casework", "marts")
_MARKER = PACKAGE / "feeds" / "marker.sql"
_SIGNS_OF_DAMAGE = (
    "not a valid DuckDB database file",
    "Could not read enough bytes",
    "Corrupt database file",
)
"""What DuckDB says of a file that was cut short or is none of its own; a lock says other words."""


def open_work_file(path: Path, *, threads: int, memory_limit: str) -> duckdb.DuckDBPyConnection:
    """Open a work database, making it with its tables where there is none.

    Raises:
        SchemaOutdatedError: it was made by other table definitions, or its making broke off.
    """
    is_new = not path.exists()
    try:
        connection = connect(path, threads=threads, memory_limit=memory_limit)
    except duckdb.IOException as error:
        if not any(sign in str(error) for sign in _SIGNS_OF_DAMAGE):
            raise
        raise _outdated("a file that is no sound database") from error
    if is_new:
        with transaction(connection):
            apply_schema(connection, *_WORK_LAYERS)
            set_marker(connection, "schema", schema_version())
    found = _schema_of(connection)
    if found != schema_version():
        connection.close()
        raise _outdated(found)
    return connection


def marker(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """Return the value of a marker, or None where it was never set."""
    statement = read_statement(_MARKER)
    values = connection.execute(statement.text, {"name": name}).to_arrow_table()["value"]
    return str(values[0].as_py()) if len(values) else None


def set_marker(connection: duckdb.DuckDBPyConnection, name: str, value: str) -> None:
    """Set a marker, in the transaction of the caller."""
    row = pa.table({"name": [name], "value": [value]})
    delete_matching(connection, ["meta.markers"], "name", row.select(["name"]))
    append(connection, "meta.markers", row)


def _schema_of(connection: duckdb.DuckDBPyConnection) -> str:
    try:
        return marker(connection, "schema") or "none"
    except duckdb.CatalogException:
        return "none"


def _outdated(found: str) -> SchemaOutdatedError:
    return SchemaOutdatedError(
        f"work database: expected table definitions {schema_version()}; found {found}. "
        "Delete the file warehouse/work.duckdb of the home and run again: "
        "everything in it is rebuilt from the landing files."
    )
