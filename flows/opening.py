"""Opens the work database for writing; one made by older table definitions is made anew."""

from __future__ import annotations

import sys

from warehouse.errors import SchemaOutdatedError
from warehouse.home import Home
from warehouse.work import Work


def open_work(home: Home) -> Work:
    """Open the work database of a home whose lock the caller holds.

    The database is disposable: after an upgrade that changed its tables it is deleted, and
    what was landed is loaded again by the run that follows.
    """
    try:
        return Work.open(home)
    except SchemaOutdatedError:
        print("work database: made by an older version; rebuilding it", file=sys.stderr)  # noqa: T201
        home.work_database.unlink()
        home.work_database.with_suffix(".duckdb.wal").unlink(missing_ok=True)
        return Work.open(home)
