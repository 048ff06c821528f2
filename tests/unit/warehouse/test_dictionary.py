"""The dictionary is complete, and says of every column who may see it."""

from __future__ import annotations

from warehouse.dictionary import describe_columns, render


def test_every_table_and_column_is_defined_and_marked() -> None:
    rows = describe_columns()

    assert [row["table_name"] for row in rows if not row["table_comment"]] == []
    assert {row["sensitivity"] for row in rows} == {"private", "internal", "public"}
    assert [line for line in render().splitlines() if line.endswith("|  |")] == []


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
