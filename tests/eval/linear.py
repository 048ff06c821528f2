"""The second baseline: TF-IDF of words and characters, and a linear model for every code.

In: lessons. Out: a baseline of logistic regressions, one code against the rest (scikit-learn),
without rules. A code is given from a probability on that is chosen, per axis, on labelled
texts that the model did not see (cross-validation). The kind is the most probable one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import rjieba
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from pipelines.labels import Code
from tests.eval.labels import AXES
from tests.eval.lessons import Lesson
from tests.eval.measures import Array
from tests.eval.predictions import Prediction

FOLDS = 5
THRESHOLDS = tuple(float(one) for one in np.geomspace(0.004, 0.9, 60))
"""Probabilities that are tried as the least at which a code is given; most codes are rare."""

STRENGTH = 20.0
"""Inverse strength of the regularisation; to weight rare codes up gains nothing here."""

_WORD = re.compile(r"[a-z][a-z']*|[\u3400-\u9fff]+")

Rows = npt.NDArray[np.int64]


class LinearReader:
    """One linear model per code and kind, over words, word pairs and short runs of characters."""

    def __init__(self, labelled: Sequence[Lesson], examples: Sequence[Lesson]) -> None:
        """Fit the models, and choose the thresholds on labelled texts left out by turns."""
        self._lessons = [*labelled, *examples]
        self._labelled = len(labelled)
        self._codes = sorted({code for lesson in self._lessons for code in lesson.codes})
        self._kinds = sorted({one.kind for one in labelled if one.kind is not None})
        self._vectorisers = _vectorisers()
        matrix = self._features([one.wording for one in self._lessons], fit=True)
        self._left_out = self._cross_validated(matrix)
        self._least = {axis: self._threshold(axis) for axis in AXES}
        self._models = self._fit(matrix, np.arange(len(self._lessons)))

    def of_labelled(self) -> list[Prediction]:
        """Give what models that did not see them say of the labelled texts."""
        return self._predictions(self._left_out)

    def of_new(self, wordings: Sequence[str]) -> list[Prediction]:
        """Give what the models say of texts."""
        if not wordings:
            return []
        return self._predictions(_probabilities(self._models, self._features(wordings, fit=False)))

    def _features(self, wordings: Sequence[str], *, fit: bool) -> sparse.csr_matrix:
        parts = [
            one.fit_transform(wordings) if fit else one.transform(wordings)
            for one in self._vectorisers
        ]
        joined: sparse.csr_matrix = sparse.hstack(parts).tocsr()
        return joined

    def _cross_validated(self, matrix: sparse.csr_matrix) -> Array:
        """Give the probabilities of the labelled texts, by models that were fitted without them."""
        fold = np.arange(self._labelled) % FOLDS
        result = np.zeros((self._labelled, len(self._codes) + len(self._kinds)))
        for number in range(FOLDS):
            outside = np.flatnonzero(fold == number)
            inside = np.setdiff1d(np.arange(len(self._lessons)), outside)
            if len(outside):
                result[outside] = _probabilities(self._fit(matrix, inside), matrix[outside])
        return result

    def _fit(self, matrix: sparse.csr_matrix, rows: Rows) -> list[LogisticRegression | float]:
        """Fit a model per code on some lessons, and one per kind on those that have a kind."""
        lessons = [self._lessons[row] for row in rows]
        with_kind = np.array([row for row in rows if self._lessons[row].kind is not None], int)
        kinds = [self._lessons[row].kind for row in with_kind]
        codes = [
            _model(matrix[rows], np.array([code in one.codes for one in lessons]))
            for code in self._codes
        ]
        return codes + [
            _model(matrix[with_kind], np.array([kind == name for kind in kinds]))
            for name in self._kinds
        ]

    def _threshold(self, axis: object) -> float:
        """Choose the probability from which F1 over the labelled texts is best, amid equals."""
        columns = [number for number, code in enumerate(self._codes) if code[0] is axis]
        truth = np.array(
            [
                [self._codes[column] in lesson.codes for column in columns]
                for lesson in self._lessons[: self._labelled]
            ],
            dtype=bool,
        ).reshape(self._labelled, len(columns))
        shares = self._left_out[:, columns]
        scores = [_f1(truth, shares >= least) for least in THRESHOLDS]
        best = [least for least, f1 in zip(THRESHOLDS, scores, strict=True) if f1 == max(scores)]
        return best[len(best) // 2]

    def _predictions(self, shares: Array) -> list[Prediction]:
        return [self._prediction(row) for row in shares]

    def _prediction(self, shares: Array) -> Prediction:
        split = len(self._codes)
        kind = self._kinds[int(shares[split:].argmax())] if self._kinds else "complaint"
        return Prediction(kind=kind, codes=dict(self._given(shares[:split])))

    def _given(self, shares: Array) -> Iterable[tuple[Code, float]]:
        for code, share in zip(self._codes, shares, strict=True):
            if share >= self._least[code[0]]:
                yield code, float(share)


def words_of(wording: str) -> list[str]:
    """Cut a text into words.

    >>> words_of("客服 didn't answer")
    ['客服', "didn't", 'answer']
    """
    words: list[str] = []
    for run in _WORD.findall(wording):
        words += [run] if run.isascii() else rjieba.cut(run)
    return words


def _vectorisers() -> tuple[TfidfVectorizer, TfidfVectorizer]:
    words = TfidfVectorizer(
        analyzer="word", tokenizer=words_of, token_pattern=None, lowercase=False,
        ngram_range=(1, 2), min_df=2, sublinear_tf=True,
    )  # fmt: skip
    characters = TfidfVectorizer(
        analyzer="char", lowercase=False, ngram_range=(2, 4), min_df=3, max_features=60_000,
        sublinear_tf=True,
    )  # fmt: skip
    return words, characters


def _model(matrix: sparse.csr_matrix, truth: npt.NDArray[np.bool_]) -> LogisticRegression | float:
    """Fit one code against the rest; the share itself where there is nothing to tell apart."""
    if not 0 < truth.sum() < len(truth):
        return float(truth.mean()) if len(truth) else 0.0
    model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=0.01, random_state=0)
    return model.fit(matrix, truth)


def _probabilities(
    models: Sequence[LogisticRegression | float], matrix: sparse.csr_matrix
) -> Array:
    columns = [
        np.full(matrix.shape[0], model)
        if isinstance(model, float)
        else model.predict_proba(matrix)[:, 1]
        for model in models
    ]
    return np.column_stack(columns) if columns else np.zeros((matrix.shape[0], 0))


def _f1(truth: npt.NDArray[np.bool_], given: npt.NDArray[np.bool_]) -> float:
    right = (truth & given).sum()
    return float(2 * right / max(1, truth.sum() + given.sum()))
