"""The texts that the second reader learns from.

In: the files of `examples/`, one per writer, invented from the definitions of the codes
(writers 1 to 4 saw no rule; writer 5 knew the project); and the examples of the taxonomy.
Out: examples. Out of scope: real complaints, which may be measured on but not kept here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from pipelines.records import Axis
from pipelines.taxonomy import Taxonomy

Teaches = Literal["allegation", "other_complaint", "no_allegation"]

_HAN = re.compile(r"[\u3400-\u9fff]")

LEARNED_AXES = (Axis.PATTERN, Axis.WALLET)
"""The axes whose codes are learned; natures follow from them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text and what it alleges: a code, a complaint that no code fits, or nothing.

    `writer` is the file it stands in; texts of one writer are never both learned from and
    measured on. `code` is None unless `teaches` is `allegation`.
    """

    example_id: str
    writer: str
    language: str
    teaches: Teaches
    axis: Axis | None
    code: str | None
    text: str


def written_examples() -> tuple[Example, ...]:
    """Read the examples of all writers, in order of file and line."""
    folder = files("pipelines.classify").joinpath("examples")
    paths = sorted(
        (path for path in folder.iterdir() if path.name.endswith(".jsonl")),
        key=lambda path: path.name,
    )
    return tuple(
        _example(path.name.removesuffix(".jsonl"), json.loads(line))
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
    )


def taxonomy_examples(taxonomy: Taxonomy) -> tuple[Example, ...]:
    """Give the examples of the learned codes; a counterexample alleges nothing."""
    return tuple(_of_taxonomy(taxonomy))


def fingerprint(examples: Iterable[Example]) -> str:
    """Give a short digest of examples and what they teach; a model carries that of its own."""
    told = [(one.writer, one.axis, one.code, one.teaches, one.text) for one in examples]
    return hashlib.blake2b(json.dumps(told).encode(), digest_size=8).hexdigest()


def _example(writer: str, row: dict[str, str | None]) -> Example:
    axis = row["axis"]
    teaches: Teaches = "allegation" if row["code"] else "no_allegation"
    if axis == "other":
        teaches = "other_complaint"
    return Example(
        example_id=str(row["id"]),
        writer=writer,
        language=str(row["language"]),
        teaches=teaches,
        axis=Axis(str(axis)) if teaches == "allegation" else None,
        code=row["code"],
        text=str(row["text"]),
    )


def _of_taxonomy(taxonomy: Taxonomy) -> Iterator[Example]:
    for (axis, code), entry in taxonomy.entries.items():
        if axis not in LEARNED_AXES or entry.retired is not None:
            continue
        for number, text in enumerate((*entry.examples, *entry.counterexamples), 1):
            is_allegation = number <= len(entry.examples)
            yield Example(
                example_id=f"{code}:{number}",
                writer="taxonomy",
                language="zh" if _HAN.search(text) else "en",
                teaches="allegation" if is_allegation else "no_allegation",
                axis=axis if is_allegation else None,
                code=code if is_allegation else None,
                text=text,
            )
