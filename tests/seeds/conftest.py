"""The source articles as `zhongsu analyse` reads them; tests skip where they are not at hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipelines.analyse import analyse
from pipelines.reading import ReadingContext
from pipelines.taxonomy import load_taxonomy

Analysed = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def context() -> ReadingContext:
    return ReadingContext.build(taxonomy=load_taxonomy(), key=b"k" * 32)


@pytest.fixture(scope="session")
def article(shared_seeds: Path) -> Callable[[str], str]:
    """Give the text of an article by its number, as it lies there."""

    def read(number: str) -> str:
        (path,) = shared_seeds.glob(f"{number}_*.txt")
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()

    return read


@pytest.fixture(scope="session")
def analysed(article: Callable[[str], str], context: ReadingContext) -> Analysed:
    """Give what is read in an article; `kind` may be declared."""

    @cache
    def read(number: str, kind: str | None = None) -> dict[str, Any]:
        return analyse({"id": number, "text": article(number), "kind": kind}, context)

    return read
