"""Every word exists in both languages, with the same placeholders, and every key that is used."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import dashboards
from dashboards.words import Words, load_words
from pipelines import left_out

SOURCES = [*sorted(Path(dashboards.__path__[0]).rglob("*.py")), Path(left_out.__file__)]


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("key", load_words())
def test_a_word_is_complete_in_both_languages(key: str) -> None:
    word = load_words()[key]

    assert set(word) == {"zh", "en"}
    assert word["zh"].strip()
    assert word["en"].strip()
    assert placeholders(word["zh"]) == placeholders(word["en"])


def test_every_key_that_the_pages_use_exists() -> None:
    used = {
        match[1]
        for file in SOURCES
        for match in re.finditer(r'words\("(\w+)"', file.read_text(encoding="utf-8"))
    }

    assert len(used) > 50
    assert used <= set(load_words())


def test_every_word_is_used_by_some_page() -> None:
    """A key is used as it is written, or by the beginning that a page completes."""
    nodes = [
        node
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant | ast.JoinedStr)
    ]
    whole = {node.value for node in nodes if isinstance(node, ast.Constant)}
    beginnings = tuple(
        str(node.values[0].value)
        for node in nodes
        if isinstance(node, ast.JoinedStr)
        and isinstance(node.values[0], ast.Constant)
        and str(node.values[0].value).endswith("_")
    )

    unused = {key for key in load_words() if key not in whole and not key.startswith(beginnings)}

    assert not unused


def test_no_word_says_more_than_alleged() -> None:
    said = " ".join(word["en"] + word["zh"] for word in load_words().values()).lower()

    assert not re.search(r"scammer|victim|fraud confirmed|骗子|受害者|无良", said)


def test_a_missing_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        Words("zh")("no_such_key")
