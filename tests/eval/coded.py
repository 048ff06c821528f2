"""How well codes and kinds are found: per axis, language, source and code.

In: labelled texts and what was found in them. Out: scores. Out of scope: printing them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from pipelines.labels import Code
from pipelines.records import Axis, Kind
from tests.eval.labels import on_axis
from tests.eval.measures import Score, counts_of, score
from tests.eval.sample import Item

ENOUGH_POSITIVES = 15
"""Texts that must allege a code for figures of its own: fewer say little of it."""

KINDS: tuple[Kind, ...] = get_args(Kind)

Counts = tuple[int, int, int]


def axis_counts(items: Iterable[Item], axis: Axis) -> list[Counts]:
    """Count the codes of one axis, text by text."""
    return [
        counts_of(on_axis(item.label.codes, axis), on_axis(item.found.codes, axis))
        for item in items
    ]


def score_axis(items: Iterable[Item], axis: Axis) -> Score:
    """Score one axis over texts, every code of every text counting the same."""
    return score(axis_counts(items, axis))


def score_codes(items: Sequence[Item], axis: Axis) -> tuple[dict[str, Score], int, Score]:
    """Score the codes of an axis that enough texts allege, and pool the rest.

    Gives the scores by code, how many codes were pooled, and the pool's score.
    """
    positives = Counter(code for item in items for code in on_axis(item.label.codes, axis))
    often = sorted(code for code, count in positives.items() if count >= ENOUGH_POSITIVES)
    seen = set(positives) | {code for item in items for code in on_axis(item.found.codes, axis)}
    rest = seen - set(often)
    single = {code[1]: score(_counts_within(items, {code})) for code in often}
    return single, len(rest), score(_counts_within(items, rest))


def confusion(items: Iterable[Item]) -> Mapping[tuple[str, str], int]:
    """Count texts by the kind that people gave, and the kind that was found."""
    return Counter((item.label.row.kind, item.found.kind) for item in items)


def findings(items: Iterable[Item], axis: Axis) -> list[tuple[float, bool]]:
    """Give every finding of an axis as its score and whether people gave the code as well."""
    return [
        (score, code in item.label.codes)
        for item in items
        for code, score in sorted(item.found.codes.items())
        if code[0] is axis
    ]


def _counts_within(items: Iterable[Item], codes: set[Code]) -> list[Counts]:
    return [counts_of(item.label.codes & codes, item.found.codes.keys() & codes) for item in items]
