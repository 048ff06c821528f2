"""Reads with the learned model: how probable every code, kind and outcome is, and where.

In: the words of a text, the hints of the rules, and its scenery. Out: an `Opinion`, and the
clauses that speak for a code. Out of scope: the scores (`pipelines.classify.model`), and
what the rules found by themselves (`pipelines.weighing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import get_args

import numpy as np

from pipelines.classify.model import CHINESE, NOT_LEARNED, Floats, Hints, Rows, TextModel, WordRows
from pipelines.labels import Code
from pipelines.records import Axis, Kind, Outcome, Span
from pipelines.scenery import Scenery
from pipelines.segment import without_placeholders

SECONDED = 0.4
"""Part of the threshold that a code needs which a rule alleges: what two readers see is so
more often than either knows of the other."""

_NO_CODES = frozenset({"kind", "outcome"})
"""What columns are of beside codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What the model thinks of one text: a probability for every kind, outcome and code.

    `outcomes` are those of a complaint. `plausible` are the codes probable enough to be named
    if a rule alleges them. `thresholds` holds, by axis, the probability from which a code is
    named. `words` are those of the text, and `rows` is where the model knows them.
    """

    kinds: Mapping[Kind, float]
    outcomes: Mapping[Outcome, float]
    codes: Mapping[Code, float]
    plausible: Sequence[Code]
    thresholds: Mapping[str, float]
    words: Sequence[str]
    rows: WordRows

    @property
    def kind(self) -> Kind:
        """The likeliest kind."""
        return max(self.kinds, key=self.kinds.__getitem__)

    @property
    def outcome(self) -> Outcome:
        """The likeliest end of the story, if the text is a complaint."""
        return max(self.outcomes, key=self.outcomes.__getitem__)

    def names(self, code: Code, *, is_alleged: bool) -> bool:
        """Say whether a code is to be named; `is_alleged`: a rule alleges it as well."""
        least = self.thresholds[code[0]] * (SECONDED if is_alleged else 1)
        return self.codes.get(code, 0.0) >= least


def thresholds_of(model: TextModel) -> list[dict[str, str | bool | float]]:
    """Say from which probability a code is named: by axis, language, and with or without a rule."""
    axes = sorted({name.split(" ", 1)[0] for name in model.columns} - _NO_CODES)
    return [
        {
            "axis": axis,
            "is_chinese": is_chinese,
            "origin": origin,
            "threshold": model.threshold(axis, is_chinese=is_chinese) * share,
        }
        for axis in axes
        for is_chinese in (False, True)
        for origin, share in (("rule", SECONDED), ("model", 1.0))
    ]


class SecondReader:
    """Reads texts with one model. Holds no state between texts."""

    def __init__(self, model: TextModel) -> None:
        self._model = model
        self._columns = {name: column for column, name in enumerate(model.columns)}
        self._kinds = [(kind, self._columns[f"kind {kind}"]) for kind in get_args(Kind)]
        self._outcomes = [(end, self._columns[f"outcome {end}"]) for end in get_args(Outcome)]
        self._codes = {
            (Axis(axis), code): column
            for name, column in self._columns.items()
            for axis, code in [name.split(" ", 1)]
            if axis not in _NO_CODES and model.bias[column] > NOT_LEARNED
        }
        self._code_columns = np.array(list(self._codes.values()), np.intp)
        axes = dict.fromkeys(axis for axis, _ in self._codes)
        self._thresholds: dict[bool, Mapping[str, float]] = {
            is_chinese: {axis: model.threshold(axis, is_chinese=is_chinese) for axis in axes}
            for is_chinese in (False, True)
        }
        self._least = {
            is_chinese: np.array([thresholds[axis] * SECONDED for axis, _ in self._codes])
            for is_chinese, thresholds in self._thresholds.items()
        }

    def read(self, words: Sequence[str], hints: Hints) -> Opinion:
        """Form an opinion of a text by its words and what the rules say of it."""
        rows = self._model.rows(words)
        logits: Floats = self._model.score(rows, hints)
        shares = 1 / (1 + np.exp(-logits))
        of_codes = shares.take(self._code_columns).astype(np.float64)
        codes = dict(zip(self._codes, of_codes.tolist(), strict=True))
        is_chinese = CHINESE in hints
        is_plausible = (of_codes >= self._least[is_chinese]).tolist()
        return Opinion(
            kinds={kind: float(shares[column]) for kind, column in self._kinds},
            outcomes={end: float(shares[column]) for end, column in self._outcomes},
            codes=codes,
            plausible=list(compress(codes, is_plausible)),
            thresholds=self._thresholds[is_chinese],
            words=words,
            rows=rows,
        )

    def clauses(self, opinion: Opinion, scenery: Scenery) -> Clauses:
        """Give the clauses of a text, to be asked for what each says of a code."""
        return Clauses(self._model, self._codes, opinion, scenery)


class Clauses:
    """The clauses of one text. It is divided when the first code is asked for."""

    def __init__(
        self, model: TextModel, columns: Mapping[Code, int], opinion: Opinion, scenery: Scenery
    ) -> None:
        self._model = model
        self._columns = columns
        self._opinion = opinion
        self._scenery = scenery

    def speaking_for(self, code: Code) -> Iterator[Span]:
        """Give the clauses, the one whose words speak most for a code first."""
        weights = self._model.weights(self._opinion.rows, self._columns[code])
        starts, ends = self._bounds
        totals = np.bincount(self._clause_of_word, weights, minlength=len(starts))
        for number in np.argsort(-totals, kind="stable").tolist():
            yield Span(starts[number], ends[number])

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        """Where the clauses of the text begin, and where they end."""
        starts: list[int] = []
        ends: list[int] = []
        for sentence in self._scenery.sentences:
            begun = self._scenery.clauses_of(sentence)
            if begun[-1] == sentence.end:  # a comma is the last of it
                begun = begun[:-1]
            starts += begun
            ends += begun[1:]
            ends.append(sentence.end)
        return starts, ends

    @cached_property
    def _clause_of_word(self) -> Rows:
        """The number of the clause in which each word begins."""
        places = np.array(_places(self._scenery.text, self._opinion.words), np.intp)
        return np.searchsorted(np.array(self._bounds[1][:-1], np.intp), places, side="right")


def _places(text: str, words: Sequence[str]) -> list[int]:
    """Give where each word begins; the words follow each other in the text."""
    find, end = without_placeholders(text).find, 0
    places = []
    for word in words:
        start = find(word, end)
        places.append(start)
        end = start + len(word)
    return places
