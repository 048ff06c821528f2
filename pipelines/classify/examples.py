"""The texts of our own that the second reader learns from.

In: the files of `examples/`, one per writer, invented from the definitions of the codes by
writers who saw no rule (writer 5 knew the project); and the examples of the taxonomy. Out:
examples. Out of scope: real complaints, which are labelled elsewhere by id only.

Writers 1 to 5 wrote each text for one code; later ones give all codes of each text.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from pipelines.classify.truth import Truth, truth_of
from pipelines.records import Axis
from pipelines.taxonomy import Taxonomy

_HAN = re.compile(r"[\u3400-\u9fff]")

LEARNED_AXES = (Axis.PATTERN, Axis.WALLET, Axis.NATURE)
"""The axes whose codes are learned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text of our own and what it alleges. `writer` is the file it stands in."""

    example_id: str
    writer: str
    language: str
    text: str
    truth: Truth
    title: str | None = None
    respondent: str | None = None


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
    """Give the examples of the learned codes; of their kind, and other axes, nothing is known."""
    return tuple(_of_taxonomy(taxonomy))


def fingerprint(examples: Iterable[Example]) -> str:
    """Give a short digest of examples and what they teach; a model carries that of its own."""
    told = [
        (one.writer, one.title, one.text, one.respondent, one.truth.kind, one.truth.outcome,
         sorted(one.truth.codes), sorted(one.truth.known))
        for one in examples
    ]  # fmt: skip
    return hashlib.blake2b(json.dumps(told).encode(), digest_size=8).hexdigest()


def _example(writer: str, row: dict[str, Any]) -> Example:
    text = str(row["text"])
    return Example(
        example_id=str(row["id"]),
        writer=writer,
        language="zh" if _HAN.search(text) else "en",
        text=text,
        truth=truth_of(row) if "kind" in row else _truth_of_one_code(row["axis"], row["code"]),
        title=row.get("title"),
        respondent=row.get("respondent"),
    )


def _truth_of_one_code(axis: str, code: str | None) -> Truth:
    """Say what is known of a text that was written for one code, or for none.

    A text of `axis` other complains of what no code fits; one without a code alleges nothing.
    """
    if axis == "other":
        known = frozenset({Axis.PATTERN, Axis.WALLET})
        return Truth(kind="complaint", codes=frozenset(), known=known)
    if code is None:
        known = frozenset(LEARNED_AXES)
        return Truth(kind=None, codes=frozenset(), known=known, is_not="complaint")
    own = (Axis(axis), code)
    return Truth(kind="complaint", codes=frozenset({own}), known=frozenset({own[0]}))


def _of_taxonomy(taxonomy: Taxonomy) -> Iterator[Example]:
    for (axis, code), entry in taxonomy.entries.items():
        if axis not in LEARNED_AXES or entry.retired is not None:
            continue
        known = frozenset({(axis, code)})
        for number, text in enumerate(entry.examples, 1):
            yield Example(
                example_id=f"{code}:{number}",
                writer="taxonomy",
                language="zh" if _HAN.search(text) else "en",
                text=text,
                truth=Truth(kind=None, codes=known, known=frozenset({axis})),
            )
