"""Laws of the house that no linter knows: where SQL stands, how modules are named, no machine."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGES = ("pipelines", "spiders", "warehouse", "dashboards", "flows", "benchmarks")
WITHOUT_SQL = ("pipelines", "spiders", "dashboards", "flows")

SQL = re.compile(
    r"\bselect\s.+\sfrom\s+\w+\.\w|\b(?:insert\s+into|create\s+table|delete\s+from)\s+\w+\.\w",
    re.IGNORECASE | re.DOTALL,
)
NAMELESS = re.compile(r"(?:^|_)(?:utils?|helpers?|common|manager|misc|process_data)(?:_|$)")
MACHINE_PATH = re.compile(r"(?<![\w./])/(?:work|home/\w+|Users/\w+|root)/\w")


def modules(*packages: str) -> list[Path]:
    return [path for name in packages for path in sorted((CHECKOUT / name).rglob("*.py"))]


def statements(source: str) -> list[str]:
    """List the SQL statements among the strings of a module, its docstrings apart."""
    tree = ast.parse(source)
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [text for node, text in _strings(tree) if id(node) not in told and SQL.search(text)]


def _strings(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node, node.value


def test_sql_stands_in_the_warehouse_alone() -> None:
    found = {
        str(path.relative_to(CHECKOUT)): statements(path.read_text("utf-8"))
        for path in modules(*WITHOUT_SQL)
    }

    assert {path: sql for path, sql in found.items() if sql} == {}


@pytest.mark.parametrize(
    "source",
    [
        'rows = run("select a, b from marts.candidates")',
        'rows = run("""\nSELECT *\nFROM enriched.readings\n""")',
        "run('insert into meta.loads values (1)')",
        "run('delete from raw.items')",
    ],
)
def test_a_statement_in_a_module_is_noticed(source: str) -> None:
    assert len(statements(source)) == 1


@pytest.mark.parametrize(
    "source", ['"""Select rows from marts.candidates."""', 'hint = "select one from the list"']
)
def test_plain_words_are_no_statement(source: str) -> None:
    assert statements(source) == []


def is_nameless(path: Path) -> bool:
    """Tell whether a module or folder says only that something is in it."""
    return any(NAMELESS.search(part) for part in (*path.parent.parts, path.stem))


def test_every_module_is_named_for_what_it_does() -> None:
    names = [path.relative_to(CHECKOUT) for path in modules(*PACKAGES, "tests")]

    assert [str(name) for name in names if is_nameless(name)] == []


@pytest.mark.parametrize("name", ["flows/utils.py", "spiders/text_helpers.py", "common/a.py"])
def test_a_module_that_says_nothing_is_noticed(name: str) -> None:
    assert is_nameless(Path(name))


@pytest.mark.parametrize("name", ["flows/commands/run.py", "warehouse/commonplace.py"])
def test_a_module_that_says_something_is_left(name: str) -> None:
    assert not is_nameless(Path(name))


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    endings = (".py", ".sql", ".yml", ".toml", ".md", ".txt", ".css", ".sh")
    folders = [CHECKOUT / name for name in (*PACKAGES, "tests", "docs")]
    files = [path for folder in folders for path in folder.rglob("*.*")] + list(
        CHECKOUT.glob("*.*")
    )

    found = [
        str(path.relative_to(CHECKOUT))
        for path in files
        if path.suffix in endings
        and path != Path(__file__)
        and MACHINE_PATH.search(path.read_text("utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize(("before", "folder"), [("see ", "work"), ("open('", "home"), ("", "root")])
def test_a_place_on_a_machine_is_noticed(before: str, folder: str) -> None:
    assert MACHINE_PATH.search(f"{before}/{folder}/elsewhere/x")


@pytest.mark.parametrize("line", ["https://example.org/work/x", "a/home/b", "/usr/bin/chromium"])
def test_a_place_that_every_machine_or_none_has_is_left(line: str) -> None:
    assert MACHINE_PATH.search(line) is None
