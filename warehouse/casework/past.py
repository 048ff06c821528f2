"""The ledger as it was at the end of an earlier day, to be read.

In: a home and a day. Out: a ledger in memory without what came later: builds, candidates and
decisions of people. The file is opened read-only, and none is made where there is none. Out of
scope: what is made of it (`flows.as_of`).
"""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from warehouse.casework.ledger import Ledger
from warehouse.errors import LedgerDamagedError
from warehouse.home import Home
from warehouse.statements import PACKAGE, read_statement

_SQL = PACKAGE / "casework" / "sql"
_FORGETTING = ("events", "lineage", "candidates", "builds")
"""What is forgotten, each before that it points to."""


def ledger_as_of(home: Home, day: date) -> Ledger:
    """Open a copy of the ledger that knows nothing of what was written after a day (UTC).

    Raises:
        LedgerDamagedError: the file is no database, a damaged one, or in need of repair.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    if home.ledger.exists():
        _copy(home.ledger, connection)
    connection.executescript(read_statement(_SQL / "schema.sql").text)
    for rows in _FORGETTING:
        statement = read_statement(_SQL / f"forget_later_{rows}.sql")
        connection.execute(statement.text, {"day": day.isoformat()})
    return Ledger(connection)


def _copy(file: Path, connection: sqlite3.Connection) -> None:
    try:
        original = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        try:
            original.backup(connection)
        finally:
            original.close()
    except sqlite3.DatabaseError as error:
        connection.close()
        raise LedgerDamagedError(
            f"ledger: expected {file.name} to be a sound SQLite database; found {error}. "
            f"Let `zhongsu run` mend it, or restore {file.parent.name}/{file.name} of the home "
            "from its backup."
        ) from error
