"""SQL lives in files that keep the house rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from warehouse.statements import PACKAGE, read_folder, read_statement

FILES = sorted(PACKAGE.rglob("*.sql"))
SELECTS = [
    path
    for path in FILES
    if path.parent.name not in ("schema", "transient")
    and path.parent.parent.name != "casework"
    and path.parent.name != "sql"
]


def test_the_comment_at_the_head_is_read_as_one_line(tmp_path: Path) -> None:
    file = tmp_path / "dogs.sql"
    file.write_text("-- Dogs.\n-- One row per dog.\nselect $name as name -- $not_this\n")

    statement = read_statement(file)

    assert statement.comment == "Dogs. One row per dog."
    assert statement.parameters == {"name"}


def test_a_folder_is_read_in_order_and_not_below(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    for name in ("b.sql", "a.sql", "below/c.sql"):
        (tmp_path / name).write_text("-- X.\nselect 1\n")

    assert [statement.name for statement in read_folder(tmp_path)] == ["a", "b"]


def is_one_commented_select(text: str) -> bool:
    code = re.sub(r"--[^\n]*", "", text).strip().lower()
    return text.startswith("-- ") and code.startswith(("select", "with")) and ";" not in code


@pytest.mark.parametrize("path", SELECTS, ids=lambda path: path.stem)
def test_every_file_is_one_commented_select(path: Path) -> None:
    assert is_one_commented_select(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "select 1\n",
        "-- Rows.\ndelete from raw.items\n",
        "-- Rows.\nselect 1; drop table raw.items\n",
        "-- Only a comment.\n",
    ],
)
def test_a_file_that_is_no_commented_select_is_noticed(text: str) -> None:
    assert not is_one_commented_select(text)


@pytest.mark.parametrize(
    "path",
    [path for path in SELECTS if path.parent.name in ("staged", "marts", "open")],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_models_name_their_columns(path: Path) -> None:
    assert "select *" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((PACKAGE / "queries").glob("*.sql")), ids=lambda p: p.stem)
def test_queries_read_what_dashboards_may_read_only(path: Path) -> None:
    code = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))

    layers = set(re.findall(r"\b(?:from|join)\s+(\w+)\.\w+", code))

    assert layers <= {"marts", "codes", "meta", "open"}
