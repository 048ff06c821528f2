"""Learns the second reader's model from lessons: texts and what is true of them.

In: lessons, and a vector per known word. Out: a `TextModel`, as sure of itself as it proves
on lessons that were left out. Out of scope: where lessons and vectors come from
(`flows.learn`); nothing here is imported when complaints are read.

One logistic regression (scikit-learn) per column, over the rarity-weighted words and pairs
of a text, the mean of its words' vectors (so that a word which no lesson has counts like
its neighbours) and the hints of the rules. All of it is linear in what stands in the text:
the result is one row of scores per word, pair and hint.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from pipelines.classify.model import CHINESE, NOT_LEARNED, Floats, Hints, TextModel, in_chinese

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
T = TypeVar("T", bound=Hashable)

_FREEDOM = 6.0
"""Inverse strength of the pull towards zero (scikit-learn's C)."""

_VECTOR_SCALE = 2.0
"""How freely the mean vector may take weight beside the words themselves."""

_RULE_SCALE = 0.5
"""How freely a code that rules name may take weight: those who wrote rules had read many of the
lessons, so rules are righter there than elsewhere. Of 497 records left out that no rule was written
from, F1 of patterns is .645 with .4 (.631 with 1, .630 with 0), of wallet issues .665 (.655, .646).
"""

_LEAST_TEXTS = 2
"""Texts that a word or pair must stand in to have a weight of its own."""

_LEAST_TRUE = 3
"""Lessons of which a column must be true to be learned; one that is not says nothing."""

_THRESHOLDS = (0.2, 0.6)
"""No code is named below the first, none held back from the second."""

_ENOUGH_TRUE = 100
"""True codes of an axis that a language needs for a threshold of its own."""

_FOLDS = 5
_OF_RULES = re.compile("(?:alleged|named) ")
"""How hints begin that say of a code what the rules found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One text to learn from.

    `truth` holds the columns of which it is known whether they are true of it; `weight`
    says how much the lesson counts; thresholds and sureness are set by `is_real` texts,
    which were not invented to be learned from.
    """

    lesson_id: str
    words: tuple[str, ...]
    hints: Hints
    truth: Mapping[str, bool]
    weight: float = 1.0
    is_real: bool = True


def learn(
    lessons: Sequence[Lesson], vectors: Mapping[str, Floats], columns: Sequence[str]
) -> TextModel:
    """Fit a model on all lessons, as sure of itself as it proves on lessons left out.

    `vectors` has the words that shall be known beside those of the lessons; `columns` are
    named by axis and code (`pattern late_delivery`). The same arguments give the same model.
    """
    model = _sharpened(_fit(lessons, vectors, columns), lessons, _unseen(lessons, vectors, columns))
    return replace(model, version=_fingerprint(model))


def _fingerprint(model: TextModel) -> str:
    """Give a short digest of all that decides what a model says."""
    digest = hashlib.blake2b(digest_size=4)
    for values in (model.table, model.bias, model.rarity):
        digest.update(np.ascontiguousarray(values).tobytes())
    names = (model.columns, model.words, model.pairs, model.hints, sorted(model.thresholds.items()))
    digest.update(repr(names).encode())
    return digest.hexdigest()


def axis_of(column: str) -> str:
    """Give the axis of a column.

    >>> axis_of("pattern late_delivery")
    'pattern'
    """
    return column.split(" ", 1)[0]


def _unseen(
    lessons: Sequence[Lesson], vectors: Mapping[str, Floats], columns: Sequence[str]
) -> Array:
    """Score every lesson by a model that has not seen it: a row per lesson."""
    logits = np.zeros((len(lessons), len(columns)))
    folds = KFold(min(_FOLDS, len(lessons)), shuffle=True, random_state=1)
    for seen, left_out in folds.split(lessons):
        model = _fit([lessons[number] for number in seen], vectors, columns)
        for number in left_out:
            logits[number] = model.score(model.rows(lessons[number].words), lessons[number].hints)
    return logits


def _sharpened(model: TextModel, lessons: Sequence[Lesson], unseen: Array) -> TextModel:
    """Turn scores into log-odds of the truth (Platt 1999), and set the thresholds, per axis."""
    table, bias = model.table.copy(), model.bias.copy()
    thresholds: dict[str, float] = {}
    for axis in dict.fromkeys(map(axis_of, model.columns)):
        numbers = [number for number, one in enumerate(model.columns) if axis_of(one) == axis]
        scores, truth, is_chinese = _known(lessons, unseen, model.columns, numbers)
        slope, shift = _line(scores, truth)
        table[:, numbers] *= np.float32(slope)
        bias[numbers] = bias[numbers] * np.float32(slope) + np.float32(shift)
        thresholds |= _thresholds(
            axis, 1 / (1 + np.exp(-(scores * slope + shift))), truth, is_chinese
        )
    bias[~model.table.any(axis=0)] = NOT_LEARNED
    return replace(model, table=table, bias=bias, thresholds=thresholds)


def _known(
    lessons: Sequence[Lesson], unseen: Array, columns: Sequence[str], numbers: Sequence[int]
) -> tuple[Array, Flags, Flags]:
    """Give the scores of real lessons where the truth is known, the truth, and who is Chinese."""
    cells = [
        (float(unseen[row, number]), lesson.truth[columns[number]], CHINESE in lesson.hints)
        for row, lesson in enumerate(lessons)
        if lesson.is_real
        for number in numbers
        if columns[number] in lesson.truth
    ]
    scores, truth, is_chinese = zip(*cells, strict=True) if cells else ((), (), ())
    return np.array(scores), np.array(truth, dtype=bool), np.array(is_chinese, dtype=bool)


def _line(scores: Array, truth: Flags) -> tuple[float, float]:
    """Find slope and shift that turn scores into log-odds of the truth."""
    if truth.all() or not truth.any():
        return 1.0, 0.0
    fitted = LogisticRegression(C=1e6).fit(scores[:, None], truth)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def _thresholds(axis: str, scores: Array, truth: Flags, is_chinese: Flags) -> dict[str, float]:
    """Set the threshold of an axis: one for Chinese, one for the rest, if both have enough true."""
    if min((truth & is_chinese).sum(), (truth & ~is_chinese).sum()) < _ENOUGH_TRUE:
        return {axis: _threshold(scores, truth)}
    return {
        axis: _threshold(scores[~is_chinese], truth[~is_chinese]),
        in_chinese(axis): _threshold(scores[is_chinese], truth[is_chinese]),
    }


def _threshold(scores: Array, truth: Flags) -> float:
    """Find the probability from which naming codes gives the best micro-averaged F1."""
    if not truth.any():
        return _THRESHOLDS[1]
    order = np.argsort(-scores, kind="stable")
    f1 = 2 * np.cumsum(truth[order]) / (np.arange(1, len(order) + 1) + truth.sum())
    return float(np.clip(scores[order][f1.argmax()], *_THRESHOLDS))


@dataclass(frozen=True, kw_only=True)
class _Space:
    """What is known of texts. `vectors` has a row per word; zero where a word has none.

    Of `words`, the first `own_count` stand in enough lessons to have weights of their own.
    """

    words: tuple[str, ...]
    own_count: int
    pairs: tuple[tuple[str, str], ...]
    hints: tuple[str, ...]
    rarity: Floats
    pair_rarity: Floats
    vectors: Floats

    @cached_property
    def _word_rows(self) -> dict[str, int]:
        return {word: row for row, word in enumerate(self.words)}

    @cached_property
    def _pair_rows(self) -> dict[tuple[str, str], int]:
        return {pair: row for row, pair in enumerate(self.pairs)}

    @cached_property
    def _hint_scales(self) -> Floats:
        scales = [_RULE_SCALE if _OF_RULES.match(name) else 1.0 for name in self.hints]
        return np.array(scales, np.float32)

    def features(self, lessons: Sequence[Lesson]) -> sparse.csr_array:
        """Give a row per lesson: own words, pairs, hints, mean vector."""
        words = _cells(self._word_rows, [set(one.words) for one in lessons]) * self.rarity
        pairs = _cells(self._pair_rows, [set(pairwise(one.words)) for one in lessons])
        length = np.sqrt(words.multiply(words).sum(axis=1))
        shrink = sparse.diags_array(1 / np.where(length == 0, 1, length))
        words = (shrink @ words).tocsr()
        hints = sparse.csr_array(
            [[one.hints.get(name, 0.0) for name in self.hints] for one in lessons]
        ).multiply(self._hint_scales)
        means = sparse.csr_array(words @ self.vectors * _VECTOR_SCALE)
        pairs = shrink @ (pairs * self.pair_rarity)
        features: sparse.csr_array = sparse.hstack(
            [words[:, : self.own_count], pairs, hints, means]
        ).tocsr()
        features.indices = features.indices.astype(np.int32)  # the solver takes no longer ones
        features.indptr = features.indptr.astype(np.int32)
        return features

    def collapse(self, weights: Floats) -> Floats:
        """Turn weights per feature into scores per word, pair and hint: a row for each."""
        ends = np.cumsum([self.own_count, len(self.pairs), len(self.hints)])
        own, pairs, hints, means = np.split(weights, ends)
        words = self.vectors @ means * _VECTOR_SCALE
        words[: self.own_count] += own
        return np.vstack(
            [
                words * self.rarity[:, None],
                pairs * self.pair_rarity[:, None],
                hints * self._hint_scales[:, None],
            ]
        ).astype(np.float32)


def _space(lessons: Sequence[Lesson], vectors: Mapping[str, Floats]) -> _Space:
    """List what is known: frequent words and pairs of the lessons, words with vectors, hints."""
    words = Counter(word for one in lessons for word in dict.fromkeys(one.words))
    pairs = Counter(pair for one in lessons for pair in dict.fromkeys(pairwise(one.words)))
    own = [word for word, count in words.items() if count >= _LEAST_TEXTS]
    kept = [pair for pair, count in pairs.items() if count >= _LEAST_TEXTS]
    known = tuple(dict.fromkeys([*own, *vectors]))
    width = len(next(iter(vectors.values()), ()))
    rows = np.zeros((len(known), width), dtype=np.float32)
    for row, word in enumerate(known):
        if word in vectors:
            rows[row] = vectors[word]
    return _Space(
        words=known,
        own_count=len(own),
        pairs=tuple(kept),
        hints=tuple(sorted({name for one in lessons for name in one.hints})),
        rarity=_rarity([words[word] for word in known], len(lessons)),
        pair_rarity=_rarity([pairs[pair] for pair in kept], len(lessons)),
        vectors=rows,
    )


def _rarity(counts: Iterable[int], total: int) -> Floats:
    """Give the smoothed inverse document frequency of words that so many lessons have."""
    return np.array([np.log((1 + total) / (1 + count)) + 1 for count in counts], np.float32)


def _cells(row_of: Mapping[T, int], texts: Sequence[set[T]]) -> sparse.csr_array:
    """Give a row per text with a one for each thing that it holds and that is known."""
    cells = [
        (text, row_of[one]) for text, held in enumerate(texts) for one in held if one in row_of
    ]
    rows, columns = np.array(sorted(cells)).reshape(-1, 2).T
    return sparse.csr_array(
        (np.ones(len(rows), np.float32), (rows, columns)), shape=(len(texts), len(row_of))
    )


def _fit(
    lessons: Sequence[Lesson], vectors: Mapping[str, Floats], columns: Sequence[str]
) -> TextModel:
    """Fit every column, and collapse the weights into scores per word, pair and hint."""
    space = _space(lessons, vectors)
    features = space.features(lessons)
    weights = np.zeros((features.shape[1], len(columns)), dtype=np.float32)
    bias = np.full(len(columns), NOT_LEARNED, dtype=np.float32)
    for number, column in enumerate(columns):
        rows = [row for row, one in enumerate(lessons) if column in one.truth]
        truth = np.array([lessons[row].truth[column] for row in rows])
        if truth.sum() < _LEAST_TRUE or truth.all():
            continue
        counts = np.array([lessons[row].weight for row in rows])
        fitted = LogisticRegression(C=_FREEDOM, solver="liblinear", random_state=1)
        fitted.fit(features[rows], truth, sample_weight=counts)
        weights[:, number], bias[number] = fitted.coef_[0], fitted.intercept_[0]
    return TextModel(
        version="",
        learned_from="",
        columns=tuple(columns),
        words=space.words,
        pairs=space.pairs,
        hints=space.hints,
        own_count=space.own_count,
        table=space.collapse(weights),
        bias=bias,
        rarity=space.rarity,
        thresholds={},
    )
