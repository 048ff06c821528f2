"""docs/analyse.md against the program: every key is explained, every example is a post."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.analyse import analyse
from pipelines.reading import ReadingContext
from pipelines.taxonomy import load_taxonomy

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "analyse.md").read_text(encoding="utf-8")
EXAMPLES = [json.loads(one) for one in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]


def keys_of(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def shape(value: Any) -> Any:
    """The keys of an object and of the objects in it, without what changes with the model."""
    if not isinstance(value, dict):
        return None
    return {key: shape(inner) for key, inner in value.items() if key not in ("cases", "mentions")}


def test_every_key_of_the_output_is_explained() -> None:
    context = ReadingContext.build(taxonomy=load_taxonomy(), key=secrets.token_bytes(32))
    posts, shown = EXAMPLES[::2], EXAMPLES[1::2]

    given = [analyse(post, context) for post in posts]

    assert len(given) == 2
    for one, other in zip(given, shown, strict=True):
        assert shape(one) == shape(other)
        assert one["redacted_text"] == other["redacted_text"]
        assert [case.keys() for case in one["cases"]] == [case.keys() for case in other["cases"]]
        for key in set(keys_of(one)):
            assert re.search(rf"`(?:\w+\.)?{key}[.`]", PAGE), key


def test_the_page_is_linked_where_a_newcomer_looks() -> None:
    for name in ("README.md", "README.zh-CN.md", "flows/commands/analyse.py"):
        assert "docs/analyse.md" in (ROOT / name).read_text(encoding="utf-8")
