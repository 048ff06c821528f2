"""The words with which complaints about a place open.

In: the tokens of complaints. Out: which complaints are about a place, and which of their
words say what is wrong there, named in the same breath. Out of scope: what follows from two
that open alike (`pipelines.grouping.shared_topics`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_array

from pipelines.grouping.arrays import Flags, Ints
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.places import names_place
from pipelines.taxonomy.naming import load_naming

_TOWN = re.compile(
    r"(?<![^ ])(?:[市县区]([\u3400-\u9fff]{2,3})|([\u3400-\u9fff]{2}) ?(?:镇|街道|乡))(?![^ ])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """How many words open a text, and those with which so many open that they tell nothing."""

    length: int
    common: frozenset[str]


def read_openings(tokens: pa.ChunkedArray, criteria: Criteria) -> Openings:
    """Find the words with which so many complaints open that they tell no matter of a place.

    >>> from pipelines.grouping.criteria import load_criteria
    >>> tokens = pa.chunked_array([["建设 公园"] * 30 + ["补课 收费"] * 3])
    >>> sorted(read_openings(tokens, load_criteria()).common)
    ['公园', '建设']
    """
    length = int(criteria.opening_words)
    words = pc.split_pattern(tokens, " ", max_splits=length)
    counts = pc.value_counts(pc.list_flatten(pc.list_slice(words, 0, length)))
    at_most = max(criteria.opening_complaints_at_most, criteria.opening_share_at_most * len(tokens))
    is_common = pc.greater(counts.field("counts"), at_most)
    common = frozenset(counts.field("values").filter(is_common).to_pylist())
    return Openings(length=length, common=common)


def mark_about(tokens: Sequence[str], name: str, openings: Openings) -> Flags:
    """Mark the complaints about a place: they open with its name, or name it twice.

    >>> openings = Openings(length=3, common=frozenset())
    >>> mark_about(["远山 二中 补课", "住 在 城南 远山 二中 旁"], "第二中学", openings).tolist()
    [True, False]
    """
    return np.array(
        [
            names_place(read_opening(text, openings.length), name)
            or text.replace(" ", "").count(name) > 1
            for text in tokens
        ],
        dtype=np.bool_,
    )


def read_opening(tokens: str, length: int) -> list[str]:
    """Give the words that open a text.

    >>> read_opening("远山 二中 补课", 2)
    ['远山', '二中']
    """
    return tokens.split(" ", length)[:length]


def mark_topics(
    tokens: Sequence[str], is_about: Flags, words: Sequence[str], openings: Openings
) -> csr_array:
    """Mark the words (complaints x words) that complaints about a place open with.

    Longer words count for the shorter ones inside them (补课费 for 补课). What a kind of
    place or a stand is called (小区, 反对) is no topic, nor is a town.

    >>> texts = ["远山 二中 补课费", "远山 二中 强烈 反对", "补课 太 多"]
    >>> openings = Openings(length=12, common=frozenset())
    >>> is_about = mark_about(texts, "第二中学", openings)
    >>> mark_topics(texts, is_about, ["反对", "补课"], openings).toarray().tolist()
    [[0.0, 1.0], [0.0, 0.0], [0.0, 0.0]]
    """
    opened = [read_opening(text, openings.length) for text in tokens]
    towns = {"".join(pair)[:2] for text in tokens for pair in _TOWN.findall(text)}
    empty = openings.common | empty_words()
    telling = [
        (number, word)
        for number, word in enumerate(words)
        if len(word) > 1 and not word.isascii() and word not in empty
        if word[:2] not in towns and word[0] not in "省市县区镇乡"
    ]
    pairs = [
        (row, number)
        for row, opening in enumerate(opened)
        if is_about[row]
        for number, word in telling
        if any(word in longer for longer in opening)
    ]
    place: Ints = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return csr_array(
        (np.ones(len(place)), (place[:, 0], place[:, 1])), shape=(len(tokens), len(words))
    )


@cache
def empty_words() -> frozenset[str]:
    """Give the words that name a kind of place or a stand, and so tell no matter."""
    naming = load_naming()
    ends = (word for words in naming.place_ends.values() for word in words)
    return frozenset((*ends, *naming.no_topics, *naming.place_tails))
