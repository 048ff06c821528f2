"""T11: what an article has masked already is left as it is, and is nobody."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from pipelines.redact import redact

pytestmark = pytest.mark.data


def test_asterisks_of_an_article_are_kept_and_are_no_entity(shared_seeds: Path) -> None:
    (path,) = shared_seeds.glob("002_*.txt")
    text = path.read_text(encoding="utf-8")

    result = redact(text, b"a key for tests")

    shown = result.narrative.text
    assert text.count("*") == shown.count("*") == 52
    runs = Counter(len(run) for run in re.findall(r"\*+", shown))
    assert runs == {2: 21, 3: 3, 1: 1}
    assert not any("*" in text[slice(*one.raw_span)] for one in result.redactions)


def test_text_around_the_asterisks_is_not_broken(shared_seeds: Path) -> None:
    (path,) = shared_seeds.glob("002_*.txt")
    text = path.read_text(encoding="utf-8")

    result = redact(text, b"a key for tests")

    rebuilt, position = "", 0
    for one in result.redactions:
        rebuilt += result.narrative.text[position : one.span.start] + text[slice(*one.raw_span)]
        position = one.span.end
    assert rebuilt + result.narrative.text[position:] == text
