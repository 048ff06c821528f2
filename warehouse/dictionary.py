"""The data dictionary, generated from the database itself.

In: nothing but the schema files. Out: Markdown with every table and column, its
type, meaning and sensitivity. Out of scope: what the rows hold at any time.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

import duckdb

from warehouse.database import apply_schema
from warehouse.statements import PACKAGE, read_statement

_SENSITIVITY = re.compile(r"\s*\[sensitivity: \w+\]")
_HEAD = """\
# Data dictionary

Generated from the table definitions (`zhongsu dictionary`); do not edit. Sensitivity says who may
see a column: *private* never leaves the work database, *internal* is in the analysts' file,
*public* may be in the public file. A column is as sensitive as its table unless it says otherwise.
A field is defined once: a column without a definition of its own means what its name means in its
layer first, else in an earlier layer.
"""


def render() -> str:
    """Return the dictionary of an empty database as Markdown.

    The same definitions give the same text.

    >>> render().splitlines()[0]
    '# Data dictionary'
    """
    parts = [_HEAD]
    meanings: dict[str, str] = {}
    for schema, in_schema in groupby(describe_columns(), key=lambda row: row["schema_name"]):
        columns = list(in_schema)
        meanings |= _first_meanings(columns)
        parts.append(f"\n## {schema}\n")
        for table, in_table in groupby(columns, key=lambda row: row["table_name"]):
            parts.append(_render_table(f"{schema}.{table}", list(in_table), meanings))
    return "".join(parts)


def describe_columns() -> list[dict[str, Any]]:
    """Return every column of an empty database with its comment and sensitivity."""
    statement = read_statement(PACKAGE / "feeds" / "dictionary.sql")
    with duckdb.connect(":memory:") as connection:
        apply_schema(connection)
        rows: list[dict[str, Any]] = connection.execute(statement.text).to_arrow_table().to_pylist()
    return rows


def _first_meanings(rows: list[dict[str, Any]]) -> dict[str, str]:
    meanings: dict[str, str] = {}
    for row in rows:
        if row["column_comment"]:
            meanings.setdefault(row["column_name"], row["column_comment"])
    return meanings


def _render_table(name: str, columns: list[dict[str, Any]], meanings: dict[str, str]) -> str:
    lines = [
        f"\n### {name}\n",
        f"{_meaning(columns[0]['table_comment'])}.\n",
        "| column | type | required | sensitivity | meaning |",
        "|---|---|---|---|---|",
    ]
    for column in columns:
        required = "yes" if column["is_required"] else ""
        meaning = column["column_comment"] or meanings.get(column["column_name"])
        lines.append(
            f"| {column['column_name']} | `{column['data_type'].lower()}` | {required} "
            f"| {column['sensitivity']} | {_meaning(meaning)} |"
        )
    return "\n".join(lines) + "\n"


def _meaning(comment: str | None) -> str:
    return _SENSITIVITY.sub("", comment or "").replace("|", "\\|")
