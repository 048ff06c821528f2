"""Reads with the learned model: how probable every code and every kind is, and where.

In: the words of a text, the hints of the rules, and its scenery. Out: an `Opinion`, and the
clauses that speak for a code. Out of scope: the scores (`pipelines.classify.model`), and
what the rules found by themselves (`pipelines.weighing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np

from pipelines.classify.model import Floats, Hints, TextModel
from pipelines.labels import Code
from pipelines.records import Axis, Kind, Span
from pipelines.segment import without_placeholders
from pipelines.stance import Scenery

SECONDED = 0.2
"""Part of the threshold that a code needs which a rule alleges: what two readers see is so
more often than either knows of the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What the model thinks of one text: a probability for every kind and every code.

    `thresholds` holds, by axis, the probability from which a code is named.
    """

    kinds: Mapping[Kind, float]
    codes: Mapping[Code, float]
    thresholds: Mapping[str, float]
    words: Sequence[str]

    @property
    def kind(self) -> Kind:
        """The likeliest kind."""
        return max(self.kinds, key=self.kinds.__getitem__)

    def names(self, code: Code, *, is_alleged: bool) -> bool:
        """Say whether a code is to be named; `is_alleged`: a rule alleges it as well."""
        least = self.thresholds[code[0]] * (SECONDED if is_alleged else 1)
        return self.codes.get(code, 0.0) >= least


class SecondReader:
    """Reads texts with one model. Holds no state between texts."""

    def __init__(self, model: TextModel) -> None:
        self._model = model
        self._columns = {name: column for column, name in enumerate(model.columns)}
        self._kinds = [(kind, self._columns[f"kind {kind}"]) for kind in get_args(Kind)]
        self._codes = [
            ((Axis(axis), code), column)
            for name, column in self._columns.items()
            for axis, code in [name.split(" ", 1)]
            if axis != "kind"
        ]

    def read(self, words: Sequence[str], hints: Hints) -> Opinion:
        """Form an opinion of a text by its words and what the rules say of it."""
        logits: Floats = self._model.score(words, hints)
        shares = (1 / (1 + np.exp(-logits))).tolist()
        return Opinion(
            kinds={kind: shares[column] for kind, column in self._kinds},
            codes={code: shares[column] for code, column in self._codes},
            thresholds=self._model.thresholds,
            words=words,
        )

    def clauses(self, opinion: Opinion, code: Code, scenery: Scenery) -> list[Span]:
        """List the clauses of a text, the one whose words speak most for a code first."""
        weights = self._model.weights(opinion.words, self._columns[f"{code[0]} {code[1]}"])
        clauses = list(_clauses(scenery))
        totals = [0.0] * len(clauses)
        number, last = 0, len(clauses) - 1
        for place, weight in zip(_places(scenery.text, opinion.words), weights, strict=True):
            while number < last and clauses[number].end <= place:
                number += 1
            totals[number] += weight
        order = sorted(range(len(clauses)), key=lambda number: (-totals[number], number))
        return [clauses[number] for number in order]


def _clauses(scenery: Scenery) -> Iterator[Span]:
    """Give the clauses of a text in order."""
    for sentence in scenery.sentences:
        starts = scenery.clauses_of(sentence)
        for start, end in zip(starts, (*starts[1:], sentence.end), strict=True):
            if start < end:
                yield Span(start, end)


def _places(text: str, words: Sequence[str]) -> Iterator[int]:
    """Give where each word begins; the words follow each other in the text."""
    shown, end = without_placeholders(text), 0
    for word in words:
        start = shown.find(word, end)
        end = start + len(word)
        yield start
