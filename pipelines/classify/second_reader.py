"""Reads with the learned model: how probably a text alleges a wrong, which one, and where.

In: the words of a text, and its scenery. Out: an `Opinion`, and the clause that speaks most
for a code. Out of scope: the scores (`pipelines.classify.model`) and what the rules found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from pipelines.classify.model import Code, Floats, WordModel
from pipelines.records import Span
from pipelines.segment import without_placeholders
from pipelines.stance import Scenery

GRIEVANCE_FLOOR = 0.5
"""Probability of an allegation below which the model names no code."""

SURE_GRIEVANCE = 0.8
"""Probability from which a text that no rule met may be a complaint on the model's word."""

NO_GRIEVANCE = 0.5
"""Probability below which what the rules met in a plain post is not believed: it loses one true
finding in 60, and half of the false ones in texts that allege nothing."""

FIRST_CODE, NEXT_CODE = 0.4, 0.3
"""Probability of a code, given an allegation, for the likeliest code and for the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What the model thinks of one text. `grievance` is the probability of any allegation.

    `codes` are those it would name, with their probability, the likeliest first.
    """

    grievance: float
    codes: tuple[tuple[Code, float], ...]
    words: Sequence[str]


class SecondReader:
    """Reads texts with one model. Holds no state between texts."""

    def __init__(self, model: WordModel) -> None:
        self._model = model
        self._columns = {code: column for column, code in enumerate(model.codes)}

    def read(self, words: Sequence[str]) -> Opinion:
        """Form an opinion of a text by its words; one without words alleges nothing."""
        logits = self._model.score(words)
        grievance = 1 / (1 + exp(-float(logits[-1]))) if words else 0.0
        codes = self._likely(logits[:-1]) if grievance >= GRIEVANCE_FLOOR else ()
        return Opinion(
            grievance=grievance,
            codes=tuple((code, grievance * share) for code, share in codes),
            words=words,
        )

    def _likely(self, logits: Floats) -> Iterator[tuple[Code, float]]:
        """Give the likeliest codes that are likely enough, with their share."""
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        first, second = np.argsort(-shares)[:2].tolist()
        for column, least in ((first, FIRST_CODE), (second, NEXT_CODE)):
            if shares[column] >= least and column < len(self._model.codes):
                yield self._model.codes[column], float(shares[column])

    def clauses(self, opinion: Opinion, code: Code, scenery: Scenery) -> list[Span]:
        """List the clauses that speak for a code, the one that speaks most first."""
        weights = self._model.weights(opinion.words, self._columns[code])
        clauses = list(_clauses(scenery))
        totals = [0.0] * len(clauses)
        number, last = 0, len(clauses) - 1
        for place, weight in zip(_places(scenery.text, opinion.words), weights, strict=True):
            while number < last and clauses[number].end <= place:
                number += 1
            totals[number] += weight
        order = sorted(range(len(clauses)), key=lambda number: (-totals[number], number))
        return [clauses[number] for number in order if totals[number] > 0]


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
