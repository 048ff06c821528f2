"""Texts that nobody wrote, changed in places, as the finding of copies sees them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence

import pyarrow as pa

from pipelines.dedupe import SIGNATURE_SLOTS, find_copies, signatures

CHARACTERS = [chr(point) for point in range(0x4E00, 0x4E00 + 400)]


def invented(seed: int, length: int = 160) -> str:
    """Give a text that nobody wrote: characters drawn at random."""
    return "".join(random.Random(seed).choices(CHARACTERS, k=length))


def with_other_words(text: str, places: Sequence[int]) -> str:
    """Put two other characters in the place of two, at each place: a changed name or sum."""
    for number, place in enumerate(places):
        other = invented(10_000 + number, 2)
        text = text[:place] + other + text[place + 2 :]
    return text


def features(texts: Sequence[str]) -> pa.Table:
    """Give the columns that copies are found in; ids in the order of the texts."""
    return pa.table(
        {
            "complaint_id": pa.array(
                [f"posts:{number:04}" for number in range(len(texts))], pa.string()
            ),
            "text_hash": pa.array(
                [hashlib.sha256(text.encode()).hexdigest() for text in texts], pa.string()
            ),
            "signature": pa.array(signatures(texts), pa.binary()),
            "tokens": pa.array([" ".join(text) for text in texts], pa.string()),
        }
    )


def groups(texts: Sequence[str]) -> set[frozenset[int]]:
    """Give which of the numbered texts are copies of each other."""
    found: dict[str, set[int]] = {}
    for row in find_copies(features(texts)).to_pylist():
        number = int(row["complaint_id"].removeprefix("posts:"))
        found.setdefault(row["copy_group_id"], set()).add(number)
    return {frozenset(members) for members in found.values()}


def estimated(one: str, other: str) -> float:
    """Give the share of equal places in two sketches."""
    first, second = (sketch for sketch in signatures([one, other]) if sketch is not None)
    pairs = zip(memoryview(first).cast("H"), memoryview(second).cast("H"), strict=True)
    return sum(a == b for a, b in pairs) / SIGNATURE_SLOTS


def true_similarity(one: str, other: str) -> float:
    """Give the Jaccard similarity of the sets of all four characters in a row."""
    first, second = (
        {text[start : start + 4] for start in range(len(text) - 3)} for text in (one, other)
    )
    return len(first & second) / len(first | second)
