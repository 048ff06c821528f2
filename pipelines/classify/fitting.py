"""Learns the second reader's model from examples whose words are cut and have vectors.

In: lessons (the words of a text, what it teaches, its weight), and a vector per word. Out:
a `WordModel`. Out of scope: where the vectors come from (`flows.learn`); nothing here is
imported when complaints are read.

A text's features are the mean of its words' vectors, which lets a word that no example has
count like its neighbours, and the share of each known word and pair of words. Two linear
models are fitted on them: which code, and whether any. Both then collapse into one row of
scores per word or pair. Sharpness comes from texts of writers that were left out.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize, minimize_scalar

from pipelines.classify.examples import Teaches
from pipelines.classify.model import Code, WordModel

Array = npt.NDArray[np.float64]
T = TypeVar("T", bound=Hashable)

_PAIR_SCALE = 2.0
"""How much more freely a pair may take a weight than a word: pairs are rarer."""

_FREEDOM = 100.0
"""Inverse strength of the pull towards zero."""

_LEAST_TEXTS = 2
"""Texts that a word or pair must stand in to have a weight of its own."""

_QUIET_WEIGHT = 2.0
"""Weight of a text that alleges nothing: there are three times as many that do."""


_OTHER_WEIGHT = 0.25
"""Weight of a complaint that no code fits: all of them together weigh like those of one code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One text to learn from. `code` is None unless it alleges one."""

    writer: str
    teaches: Teaches
    code: Code | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """A linear model: `weights` has a row per feature and a column per class."""

    weights: Array
    bias: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A model of all lessons, and for each writer one that has seen nothing of theirs."""

    model: WordModel
    without: Mapping[str, WordModel]


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What is known of texts, a row each: dense columns, then sparse ones."""

    dense: Array
    sparse: sparse.csr_array

    def of(self, rows: Sequence[int]) -> Features:
        """Keep some of the texts."""
        return Features(dense=self.dense[rows], sparse=self.sparse[rows])

    def mean(self) -> Array:
        """Give the mean of every column."""
        return np.concatenate([self.dense.mean(axis=0), self.sparse.mean(axis=0)])

    def products(self) -> Array:
        """Give the inner products of all pairs of texts, seen from their mean."""
        inner = self.dense @ self.dense.T + (self.sparse @ self.sparse.T).toarray()
        means = inner.mean(axis=0)
        centred: Array = inner - means - means[:, None] + means.mean()
        return centred

    def transposed_times(self, factors: Array) -> Array:
        """Sum the texts' rows, each times its factors: one row per column of the features."""
        return np.vstack([self.dense.T @ factors, self.sparse.T @ factors])


def learn(lessons: Sequence[Lesson], vectors: Mapping[str, Array]) -> Learned:
    """Fit a model on all lessons, as sure of itself as it proves on writers left out.

    `vectors` has every word of the lessons, and all others that shall be known. The same
    lessons and vectors give the same models.
    """
    without: dict[str, WordModel] = {}
    logits: list[Array] = []
    taught: list[Lesson] = []
    for writer in sorted({one.writer for one in lessons}):
        without[writer] = _fit([one for one in lessons if one.writer != writer], vectors)
        rest = [one for one in lessons if one.writer == writer]
        logits += [np.asarray(without[writer].score(one.words), float) for one in rest]
        taught += rest
    model = _fit(lessons, vectors)
    sharpening = _measure(model, np.array(logits), taught)
    return Learned(
        model=sharpening.apply(model),
        without={writer: sharpening.apply(model) for writer, model in without.items()},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sharpening:
    """What turns scores into probabilities that are shares of cases."""

    codes: float
    slope: float
    shift: float

    def apply(self, model: WordModel) -> WordModel:
        factors = np.full(len(model.bias), self.codes, dtype=np.float32)
        factors[-1] = self.slope
        bias, table = model.bias * factors, model.table * factors
        bias[-1] += self.shift
        digest = hashlib.blake2b(np.ascontiguousarray(table).tobytes(), digest_size=4)
        return replace(model, table=table, bias=bias, version=digest.hexdigest())


def _measure(model: WordModel, logits: Array, lessons: Sequence[Lesson]) -> _Sharpening:
    """Set the sharpening by logits that models gave to texts of writers they did not know."""
    column = {code: number for number, code in enumerate(model.codes)}
    coded = [(row, column[one.code]) for row, one in enumerate(lessons) if one.code is not None]
    rows, truth = np.array(coded).T
    speaking = np.array([one.teaches != "no_allegation" for one in lessons])
    slope, shift = _line(logits[:, -1], speaking)
    return _Sharpening(codes=_sharpness(logits[rows, :-1], truth), slope=slope, shift=shift)


def _sharpness(logits: Array, truth: npt.NDArray[np.int64]) -> float:
    """Find the factor under which the right codes are most probable."""

    def surprise(factor: float) -> float:
        return float(-_log_shares(logits * factor)[np.arange(len(truth)), truth].mean())

    return float(minimize_scalar(surprise, bounds=(0.5, 20), method="bounded").x)


def _line(scores: Array, truth: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Find slope and shift that turn scores into log-odds of the truth."""
    signs = np.where(truth, -1.0, 1.0)

    def surprise(line: Array) -> float:
        return float(np.logaddexp(0, signs * (scores * line[0] + line[1])).mean())

    slope, shift = minimize(surprise, np.array([1.0, 0.0]), method="BFGS").x
    return float(slope), float(shift)


def _fit(lessons: Sequence[Lesson], vectors: Mapping[str, Array]) -> WordModel:
    """Fit which code and whether any, and collapse both into scores per word and pair."""
    words = tuple(vectors)
    matrix = np.array([vectors[word] for word in words])
    matrix -= matrix.mean(axis=0)
    row = {word: number for number, word in enumerate(words)}
    own_words = _frequent([one.words for one in lessons])
    pairs = _frequent([tuple(pairwise(one.words)) for one in lessons])
    features = Features(
        dense=np.array([matrix[[row[word] for word in one.words]].mean(axis=0) for one in lessons]),
        sparse=sparse.hstack(
            [
                _shares([one.words for one in lessons], own_words),
                _PAIR_SCALE * _shares([tuple(pairwise(one.words)) for one in lessons], pairs),
            ]
        ).tocsr(),
    )
    codes = tuple(sorted({one.code for one in lessons if one.code is not None}))
    both = _join(_fit_codes(features, lessons, codes), _fit_any(features, lessons))
    width = matrix.shape[1]
    of_words = matrix @ both.weights[:width]
    of_words[[row[word] for word in own_words]] += both.weights[width : width + len(own_words)]
    of_pairs = _PAIR_SCALE * both.weights[width + len(own_words) :]
    return WordModel(
        version="",
        learned_from="",
        codes=codes,
        words=words,
        pairs=tuple(pairs),
        table=np.vstack([of_words, of_pairs]).astype(np.float32),
        bias=both.bias.astype(np.float32),
    )


def _fit_codes(features: Features, lessons: Sequence[Lesson], codes: Sequence[Code]) -> Linear:
    """Fit which code a complaint alleges; the class after the last is for none of them."""
    column = {code: number for number, code in enumerate(codes)}
    rows = [row for row, one in enumerate(lessons) if one.teaches != "no_allegation"]
    classes = [column.get(lessons[row].code, len(codes)) for row in rows]  # type: ignore[arg-type]
    weight = np.where(np.array(classes) == len(codes), _OTHER_WEIGHT, 1.0)
    return fit_classes(features.of(rows), np.array(classes), weight, class_count=len(codes) + 1)


def _fit_any(features: Features, lessons: Sequence[Lesson]) -> Linear:
    """Fit whether a text alleges anything, as one column of log-odds."""
    quiet = np.array([one.teaches == "no_allegation" for one in lessons])
    weight = np.where(quiet, _QUIET_WEIGHT, 1.0)
    two = fit_classes(features, (~quiet).astype(np.int64), weight, class_count=2)
    return Linear(weights=two.weights[:, 1:] - two.weights[:, :1], bias=two.bias[1:] - two.bias[:1])


def fit_classes(
    features: Features, classes: npt.NDArray[np.int64], weight: Array, *, class_count: int
) -> Linear:
    """Fit a multinomial logistic regression whose weights are pulled towards zero.

    Works on as many dimensions as there are texts, which loses nothing.

    >>> two = Features(dense=np.array([[0.0], [1.0]]), sparse=sparse.csr_array((2, 1)))
    >>> model = fit_classes(two, np.array([0, 1]), np.ones(2), class_count=2)
    >>> (two.dense @ model.weights[:1] + model.bias).argmax(axis=1).tolist()
    [0, 1]
    """
    squares, left = np.linalg.eigh(features.products())
    is_kept = squares > squares[-1] * 1e-10
    size, left = np.sqrt(squares[is_kept]), left[:, is_kept]
    inner, target = left * size, np.eye(class_count)[classes]
    shape = (inner.shape[1], class_count)

    def loss(point: Array) -> tuple[float, Array]:
        weights, bias = point[:-class_count].reshape(shape), point[-class_count:]
        log_shares = _log_shares(inner @ weights + bias)
        fault = (np.exp(log_shares) - target) * weight[:, None]
        value = -(weight[:, None] * target * log_shares).sum() + (weights**2).sum() / 2 / _FREEDOM
        slope = np.concatenate([(inner.T @ fault + weights / _FREEDOM).ravel(), fault.sum(axis=0)])
        return float(value), slope

    start = np.zeros(shape[0] * class_count + class_count)
    point = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 60}).x
    weights = features.transposed_times((left / size) @ point[:-class_count].reshape(shape))
    return Linear(weights=weights, bias=point[-class_count:] - features.mean() @ weights)


def _join(first: Linear, second: Linear) -> Linear:
    return Linear(
        weights=np.hstack([first.weights, second.weights]),
        bias=np.concatenate([first.bias, second.bias]),
    )


def _log_shares(logits: Array) -> Array:
    shifted = logits - logits.max(axis=1, keepdims=True)
    shares: Array = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return shares


def _frequent(texts: Sequence[Sequence[T]]) -> list[T]:
    """List what stands in enough texts, in order of first sight."""
    counts = Counter(one for text in texts for one in dict.fromkeys(text))
    return [one for one, count in counts.items() if count >= _LEAST_TEXTS]


def _shares(texts: Sequence[Sequence[T]], known: Sequence[T]) -> sparse.csr_array:
    """Give for each text the share of its places that each known one takes."""
    column = {one: number for number, one in enumerate(known)}
    places = [
        (row, column[one], 1 / len(text))
        for row, text in enumerate(texts)
        for one in text
        if one in column
    ]
    rows, columns, shares = np.array(places).reshape(-1, 3).T
    cells = (rows.astype(np.int64), columns.astype(np.int64))
    return sparse.csr_array((shares, cells), shape=(len(texts), len(known)))
