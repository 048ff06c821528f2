"""The dictionary is complete, and says of every column who may see it."""

from __future__ import annotations

import duckdb
import pytest

from warehouse.database import apply_schema
from warehouse.dictionary import describe_columns, render


def undefined() -> list[str]:
    tables = {row["table_name"] for row in describe_columns() if not row["table_comment"]}
    lines = [line for line in render().splitlines() if line.endswith("|  |")]
    return [*sorted(tables), *lines]


def test_every_table_and_column_is_defined_and_marked() -> None:
    assert undefined() == []
    sensitivities = {row["sensitivity"] for row in describe_columns()}
    assert sensitivities == {"private", "internal", "public"}


def test_a_table_or_column_without_a_definition_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def apply_and_add(connection: duckdb.DuckDBPyConnection) -> None:
        apply_schema(connection)
        connection.execute("create table marts.uncommented (never_defined int)")

    monkeypatch.setattr("warehouse.dictionary.apply_schema", apply_and_add)

    assert undefined() == ["uncommented", "| never_defined | `integer` |  | None |  |"]


def test_every_table_is_in_the_dictionary_once() -> None:
    text = render()

    for name in {f"### {row['schema_name']}.{row['table_name']}\n" for row in describe_columns()}:
        assert text.count(name) == 1


def test_the_dictionary_is_the_same_every_time() -> None:
    assert render() == render()


def test_marts_and_codes_hold_no_private_column() -> None:
    private = [
        f"{row['schema_name']}.{row['table_name']}.{row['column_name']}"
        for row in describe_columns()
        if row["schema_name"] in ("marts", "codes", "open") and row["sensitivity"] == "private"
    ]

    assert private == []


def test_what_holds_texts_of_people_is_private() -> None:
    rows = describe_columns()

    layers = {row["schema_name"] for row in rows if row["sensitivity"] == "private"}
    assert layers == {"raw", "staged", "enriched", "meta"}
    for row in rows:
        if row["schema_name"] in ("raw", "staged"):
            assert row["sensitivity"] == "private"
