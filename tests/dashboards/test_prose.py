"""Text of strangers stays text: one module makes HTML and labels, and no view calls Markdown."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dashboards
from dashboards.components.prose import label

ROOT = Path(dashboards.__path__[0])
SOURCES = sorted(ROOT.rglob("*.py"))
READS_MARKDOWN = {
    "badge",
    "caption",
    "error",
    "header",
    "info",
    "latex",
    "markdown",
    "metric",
    "subheader",
    "success",
    "table",
    "title",
    "toast",
    "warning",
    "write",
}


def calls(file: Path) -> set[str]:
    """Give the names that are called on `st` in a file."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return {
        node.func.attr
        for node in nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "st"
    }


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_page_calls_what_reads_markdown(file: Path) -> None:
    assert not calls(file) & READS_MARKDOWN


def test_links_are_drawn_in_one_place_which_escapes_them() -> None:
    drawing = [file.name for file in SOURCES if "page_link" in calls(file)]

    assert drawing == ["context.py"]


@given(st.text())
def test_a_label_is_its_text_with_every_mark_escaped(text: str) -> None:
    escaped = label(text)

    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped)
    assert shown.replace("\u2060", "") == " ".join(text.replace("\u2060", "").split())


@pytest.mark.parametrize("text", [":smile:", ":material/home:", "a -> b", "a -- b", "1 <= 2"])
def test_what_is_replaced_after_markdown_is_kept_apart(text: str) -> None:
    assert "\u2060" in label(text)
    assert "\u2060" not in label("Shop: 10-12 a.m.")
