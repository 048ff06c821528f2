"""The learned model as it ships: a row of scores for every word, pair of words and hint.

In: the words of a text, in order, and the hints of the rules. Out: log-odds, one per
column: every code that can be alleged, every kind of text and every outcome. Out of scope:
how they are learned (`pipelines.classify.fitting`) and what follows
(`pipelines.classify.second_reader`).

The model is linear: what it says of a text is a sum over what stands in it, so that each
finding can be explained by the words and hints that speak for it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from itertools import chain, repeat
from math import sqrt
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from pipelines.errors import ModelError

MODEL_VERSION = "36a3c213"
"""Fingerprint of the shipped model, as `zhongsu learn` prints it; part of the reading's version."""

MODEL_DIGEST = "00ac90181dd94536"
"""`digest_of` the file of the model of that version, as `zhongsu learn` prints it."""

NOT_LEARNED = -8.0
"""Log-odds of a column of which too few lessons are true: the second reader knows nothing of it."""

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.intp]
_NO_MODEL = (
    ValueError, KeyError, TypeError, AttributeError, ArithmeticError, EOFError, OSError,
    NotImplementedError, RuntimeError, BadZipFile, zlib.error, struct.error,
)  # fmt: skip
"""What numpy, its archives and their parts raise over bytes that are no packed model."""

CHINESE = "chinese"
"""The hint of every text that has Chinese characters."""

Hints = Mapping[str, float]
"""What the rules say of a text, by name (`alleged pattern late_delivery`), each 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one word, pair of words or hint adds to the log-odds of a column."""

    feature: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRows:
    """Where the words of one text stand in a model's table.

    `words` holds the row of every word, `pairs` that of the pair which it ends; -1 is none.
    `distinct` are all of them in order, each once; `length` is that of the text by rarity.
    """

    words: Rows
    pairs: Rows
    distinct: Rows
    length: float


@dataclass(frozen=True, kw_only=True)
class TextModel:
    """Scores per word, per pair of words that follow each other, and per hint.

    `table` has the rows of `words`, `pairs`, then `hints`, and a column for each of
    `columns`. The first `own_count` words stand in lessons, the others count like their
    neighbours. `rarity` says how much a word weighs in the length of a text. `thresholds`
    holds, by axis, the probability from which a code is named; by `in_chinese` of an axis, that
    of Chinese texts, where it is another. `version` is a fingerprint
    of the scores, `learned_from` one of the written examples.
    """

    version: str
    learned_from: str
    columns: tuple[str, ...]
    words: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    hints: tuple[str, ...]
    own_count: int
    table: Floats
    bias: Floats
    rarity: Floats
    thresholds: Mapping[str, float]

    @cached_property
    def _number_of(self) -> dict[str, int]:
        """Numbers all words from 1 on, in the order of their rows; then those of pairs alone."""
        numbers = {word: number for number, word in enumerate(self.words, 1)}
        for word in chain.from_iterable(self.pairs):
            numbers.setdefault(word, len(numbers) + 1)
        return numbers

    @cached_property
    def _pair_keys(self) -> tuple[Rows, Rows]:
        """The pairs of words as numbers, in order with one above all, and the row of each."""
        number_of = self._number_of
        firsts = np.array([number_of[first] for first, _ in self.pairs], np.intp)
        seconds = np.array([number_of[second] for _, second in self.pairs], np.intp)
        keys = firsts * (len(number_of) + 1) + seconds
        order = np.argsort(keys, kind="stable")
        above = [np.iinfo(np.intp).max]
        return np.concatenate([keys[order], above]), np.concatenate([order, [0]]) + len(self.words)

    @cached_property
    def _row_of_hint(self) -> dict[str, int]:
        first = len(self.words) + len(self.pairs)
        return {name: row for row, name in enumerate(self.hints, first)}

    @cached_property
    def _squared_rarity(self) -> Floats:
        squared: Floats = self.rarity**2
        return squared

    @cached_property
    def _columns_of_scores(self) -> Floats:
        """The table by columns, each with a last score of nothing: that of row -1."""
        nothing = np.zeros((1, len(self.columns)), np.float32)
        return np.ascontiguousarray(np.concatenate([self.table, nothing]).T)

    @cached_property
    def _column_of(self) -> dict[str, int]:
        return {name: column for column, name in enumerate(self.columns)}

    def threshold(self, axis: str, *, is_chinese: bool) -> float:
        """Give the probability from which a code of an axis is named in a text."""
        general = self.thresholds[axis]
        return self.thresholds.get(in_chinese(axis), general) if is_chinese else general

    def rows(self, words: Sequence[str]) -> WordRows:
        """Look up the words of a text, and each pair of words that follow each other."""
        found = map(self._number_of.get, words, repeat(0))
        numbers = np.fromiter(chain((0,), found), np.intp, len(words) + 1)
        of_words = np.where(numbers <= len(self.words), numbers, 0) - 1
        keys, row_of_key = self._pair_keys
        wanted = numbers[:-1] * (len(self._number_of) + 1) + numbers[1:]
        places = np.searchsorted(keys, wanted)
        of_pairs = np.where(keys.take(places) == wanted, row_of_key.take(places), -1)
        own, joined = _distinct(of_words), _distinct(of_pairs)
        length = float(self._squared_rarity.take(own).sum()) if len(own) else 0.0
        return WordRows(
            words=of_words[1:],
            pairs=of_pairs,
            distinct=np.concatenate([own, joined]),
            length=sqrt(length) or 1.0,
        )

    def score(self, rows: WordRows, hints: Hints) -> Floats:
        """Give the log-odds of a text, one per column; what is unknown says nothing.

        Each word and pair counts once, however often it stands there.
        """
        said = self.table.take(rows.distinct, axis=0).sum(axis=0)
        scores = self.bias + said / np.float32(rows.length)
        row_of = self._row_of_hint
        known = {row_of[name]: value for name, value in hints.items() if name in row_of}
        if known:
            values = np.array(list(known.values()), dtype=np.float32)
            scores += values @ self.table.take(list(known), axis=0)
        result: Floats = scores
        return result

    def weights(self, rows: WordRows, column: int) -> npt.NDArray[np.float64]:
        """Say what each word adds to one column, together with the pair that it ends."""
        scores = self._columns_of_scores[column]
        of_words = scores.take(rows.words).astype(np.float64)
        weights: npt.NDArray[np.float64] = (of_words + scores.take(rows.pairs)) / rows.length
        return weights

    def explain(self, words: Sequence[str], hints: Hints, column: str) -> tuple[Reason, ...]:
        """List what speaks for and against a column in a text, the weightiest first."""
        number = self._column_of[column]
        rows = self.rows(words)
        named = [*self.words, *(" ".join(pair) for pair in self.pairs)]
        reasons = [
            Reason(feature=named[row], weight=float(self.table[row, number]) / rows.length)
            for row in rows.distinct.tolist()
        ]
        reasons += [
            Reason(feature=name, weight=float(self.table[self._row_of_hint[name], number]) * value)
            for name, value in hints.items()
            if name in self._row_of_hint
        ]
        return tuple(sorted(reasons, key=lambda one: (-abs(one.weight), one.feature)))

    def top_features(self, column: str, count: int) -> tuple[Reason, ...]:
        """List what speaks most for a column among all that stands in lessons."""
        scores = self.table[:, self._column_of[column]].copy()
        scores[self.own_count : len(self.words)] = -np.inf
        named = [*self.words, *(" ".join(pair) for pair in self.pairs), *self.hints]
        best = np.argsort(-scores, kind="stable")[:count]
        return tuple(
            Reason(feature=named[row], weight=float(scores[row]))
            for row in best
            if np.isfinite(scores[row])
        )


def _distinct(rows: Rows) -> Rows:
    """Give each row once, in order, without -1, which is the first of them."""
    ordered = np.sort(rows)
    after = ordered[1:]
    each: Rows = after[after != ordered[:-1]]
    return each


def pack_model(model: TextModel) -> bytes:
    """Give a model as the bytes of a file; the scores keep 8 bits, scaled row by row."""
    scale = np.maximum(np.abs(model.table).max(axis=1), 1e-9).astype(np.float32) / 127
    packed = BytesIO()
    np.savez_compressed(
        packed,
        version=np.array(model.version),
        learned_from=np.array(model.learned_from),
        columns=_joined(model.columns),
        words=_joined(model.words),
        pairs=_joined(" ".join(pair) for pair in model.pairs),
        hints=_joined(model.hints),
        own_count=np.array(model.own_count),
        table=np.rint(model.table / scale[:, None]).astype(np.int8),
        scale=scale,
        bias=model.bias,
        rarity=model.rarity,
        axes=_joined(model.thresholds),
        thresholds=np.array(list(model.thresholds.values())),
    )
    return packed.getvalue()


def unpack_model(packed: bytes) -> TextModel:
    """Give the model that `pack_model` packed.

    Raises:
        ModelError: the bytes are no packed model.
    """
    try:
        return _unpacked(packed)
    except _NO_MODEL as error:
        raise ModelError(
            f"expected a model as zhongsu learn writes it; found {len(packed)} bytes that are none "
            f"({type(error).__name__}). Take the file from where it is whole, or learn it anew."
        ) from error


def _unpacked(packed: bytes) -> TextModel:
    with np.load(BytesIO(packed), allow_pickle=False) as held:
        pairs = (pair.split(" ") for pair in _split(held["pairs"]))
        return TextModel(
            version=str(held["version"]),
            learned_from=str(held["learned_from"]),
            columns=_split(held["columns"]),
            words=_split(held["words"]),
            pairs=tuple((first, second) for first, second in pairs),
            hints=_split(held["hints"]),
            own_count=int(held["own_count"]),
            table=held["table"].astype(np.float32) * held["scale"][:, None],
            bias=held["bias"],
            rarity=held["rarity"],
            thresholds=dict(zip(_split(held["axes"]), held["thresholds"].tolist(), strict=True)),
        )


def in_chinese(axis: str) -> str:
    """Name the threshold that an axis has for Chinese texts.

    >>> in_chinese("pattern")
    'pattern chinese'
    """
    return f"{axis} {CHINESE}"


def digest_of(packed: bytes) -> str:
    """Give the fingerprint of the bytes of a model's file.

    >>> digest_of(b"")
    'e3b0c44298fc1c14'
    """
    return sha256(packed).hexdigest()[:16]


def check_model() -> None:
    """Make sure that the model that ships is there and whole; cheap beside loading it.

    Raises:
        ModelError: it is missing, damaged, or another than `MODEL_VERSION` names.
    """
    _shipped()


@cache
def load_model() -> TextModel:
    """Load the model that ships with the package.

    Raises:
        ModelError: it is missing, damaged, or another than `MODEL_VERSION` names.
    """
    return unpack_model(_shipped())


def _shipped() -> bytes:
    """Read the file of the model that ships."""
    try:
        packed = files("pipelines.classify").joinpath("model.npz").read_bytes()
    except OSError as error:
        raise _model_error(f"no file that can be read ({type(error).__name__})") from error
    if (digest := digest_of(packed)) != MODEL_DIGEST:
        raise _model_error(f"{len(packed)} bytes of digest {digest}")
    return packed


def _model_error(found: str) -> ModelError:
    return ModelError(
        f"pipelines/classify/model.npz: expected the model of version {MODEL_VERSION}, digest "
        f"{MODEL_DIGEST}; found {found}. Restore the file from the package or the repository; "
        "after learning, record its version and digest in pipelines/classify/model.py."
    )


def _joined(names: Iterable[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def _split(names: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(names.tobytes().decode().split("\n")) if names.size else ()
