"""The third baseline: a text says what the most similar known text says.

In: lessons. Out: a baseline that finds the nearest lesson by the TF-IDF of short runs of
characters (cosine) and takes its codes, and the kind of the nearest lesson that has one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from tests.eval.lessons import Lesson
from tests.eval.measures import Array
from tests.eval.predictions import Prediction


class NearestReader:
    """All lessons, and how to find the nearest.

    >>> known = Lesson(wording="商家一直不肯退款", codes=frozenset(), kind="other")
    >>> reader = NearestReader([known], [])
    >>> reader.of_new(["商家不退款"])[0].kind
    'other'
    """

    def __init__(self, labelled: Sequence[Lesson], examples: Sequence[Lesson]) -> None:
        """Remember the lessons."""
        self._lessons = [*labelled, *examples]
        self._labelled = len(labelled)
        self._vectoriser = TfidfVectorizer(analyzer="char", lowercase=False, ngram_range=(2, 4))
        self._known = self._vectoriser.fit_transform([one.wording for one in self._lessons])

    def of_labelled(self) -> list[Prediction]:
        """Give what the nearest other lesson says of each labelled text."""
        likeness = (self._known[: self._labelled] @ self._known.T).toarray()
        np.fill_diagonal(likeness, -1.0)
        return [self._prediction(row) for row in likeness]

    def of_new(self, wordings: Sequence[str]) -> list[Prediction]:
        """Give what the nearest lesson says of texts."""
        if not wordings:
            return []
        likeness = (self._vectoriser.transform(wordings) @ self._known.T).toarray()
        return [self._prediction(row) for row in likeness]

    def _prediction(self, likeness: Array) -> Prediction:
        nearest = self._lessons[int(likeness.argmax())]
        kind = nearest.kind
        if kind is None and self._labelled:
            kind = self._lessons[int(likeness[: self._labelled].argmax())].kind
        return Prediction(kind=kind or "complaint", codes=dict.fromkeys(nearest.codes, 1.0))
