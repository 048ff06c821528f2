"""Writes a generated build in the format of published ones, straight from SQL.

In: how many complaints and candidates. Out: a home whose current build has that
many. Out of scope: being true to life; only sizes, orders and skew are.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from warehouse.builds import build_id_of, make_current
from warehouse.database import apply_schema, connect, fill
from warehouse.home import Home
from warehouse.statements import read_folder

TABLES = Path(__file__).with_name("tables")
BUILT_AT = datetime(2026, 3, 14, 6, 10, tzinfo=UTC)


def write_build(home: Home, *, complaints: int, candidates: int) -> str:
    """Write a build of that size, make it current, and return its id.

    The first candidate has a fiftieth of all complaints as members, the others nine.
    """
    home.prepare()
    build_id = build_id_of(BUILT_AT, "0" * 12)
    folder = home.builds / build_id
    folder.mkdir(mode=0o700)
    values = {
        "complaints": complaints,
        "candidates": candidates,
        "largest": complaints // 50,
        "built_at": BUILT_AT,
        "build_id": build_id,
    }
    connection = connect(folder / "internal.duckdb", threads=2, memory_limit="6GB")
    with connection:
        connection.execute("set preserve_insertion_order = true")
        apply_schema(connection, "codes", "meta", "marts", "builds")
        for statement in read_folder(TABLES):
            table = statement.name.split("_", 1)[1].replace("_", ".", 1)
            given = {name: values[name] for name in statement.parameters}
            fill(connection, table, statement, given)
    make_current(home, build_id)
    return build_id
