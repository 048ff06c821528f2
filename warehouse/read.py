"""Read-only, locked-down access to a published build.

In: a home, a role, and the name of a query in `warehouse/queries`. Out: Arrow
tables. A reader cannot write, attach or read another file, or load anything.
Out of scope: what a role may see of other roles' files; a process opens one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Literal

import duckdb
import pyarrow as pa

from warehouse.builds import Build, current_build, find_build
from warehouse.errors import (
    BuildDamagedError,
    BuildMissingError,
    BuildOutdatedError,
    UnknownQueryError,
)
from warehouse.home import Home
from warehouse.statements import PACKAGE, Statement, read_statement

Role = Literal["internal", "public"]

_QUERIES = PACKAGE / "queries"
_OPENING = Lock()


@dataclass(frozen=True, slots=True)
class Reader:
    """An open build. Safe to use from several threads: every query has its own cursor."""

    build: Build
    connection: duckdb.DuckDBPyConnection

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def query(self, name: str, **parameters: object) -> pa.Table:
        """Run the query of a name with its parameters.

        Raises:
            UnknownQueryError: there is no such query, or it has other parameters.
            BuildOutdatedError: the build has other tables than the query asks for.
        """
        statement = _find_query(name)
        if statement.parameters != set(parameters):
            raise UnknownQueryError(
                f"query {name}: expected parameters {sorted(statement.parameters)}; "
                f"found {sorted(parameters)}"
            )
        with self.connection.cursor() as cursor:
            try:
                return cursor.execute(statement.text, parameters).to_arrow_table()
            except (duckdb.CatalogException, duckdb.BinderException) as error:
                raise BuildOutdatedError(
                    f"build {self.build.build_id}: expected the tables of this version; "
                    "found those of another. Make a new build with `zhongsu run`."
                ) from error


def open_reader(home: Home, role: Role, build_id: str | None = None) -> Reader:
    """Open the file of a role in the current build, or in the one named.

    Raises:
        BuildMissingError: there is no such build, or no longer, or it has no file for the role.
        BuildDamagedError: the file is there, but DuckDB cannot open it.
    """
    return open_build(current_build(home) if build_id is None else find_build(home, build_id), role)


def open_build(build: Build, role: Role) -> Reader:
    """Open the file of a role in a build; see `open_reader`."""
    file = build.file(role)
    try:
        return Reader(build, _connect_locked(file))
    except duckdb.Error as error:
        if file.is_file():
            raise BuildDamagedError(
                f"build {build.build_id}: expected {file.name} to be sound; DuckDB cannot open "
                "it. Make the build anew with `zhongsu run`, or go back to an "
                "earlier one with `zhongsu rollback`."
            ) from error
        raise BuildMissingError(
            f"build {build.build_id}: expected the file {file.name}; found none. "
            "Open the current build, or publish again with `zhongsu run`."
        ) from error


def _connect_locked(file: Path) -> duckdb.DuckDBPyConnection:
    """Connect read-only, in UTC, with no way out of the file.

    Connections of one process to one file share an instance, whose settings can
    be made only once: the second reader finds it locked already.
    """
    with _OPENING:
        connection = duckdb.connect(
            str(file),
            read_only=True,
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "threads": "2",
            },
        )
        if not connection.execute("select current_setting('lock_configuration')").fetchall()[0][0]:
            connection.execute("set global TimeZone = 'UTC'")
            connection.execute("set enable_external_access = false")
            connection.execute("set lock_configuration = true")
        return connection


def _find_query(name: str) -> Statement:
    path = _QUERIES / f"{name}.sql"
    if path.parent != _QUERIES or not path.is_file():
        known = sorted(file.stem for file in _QUERIES.glob("*.sql"))
        raise UnknownQueryError(f"query {name!r}: expected one of {known}")
    return read_statement(path)
