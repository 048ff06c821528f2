"""The learned model as it ships: a row of scores for every word, pair of words and hint.

In: the words of a text, in order, and the hints of the rules. Out: log-odds, one per
column: every code that can be alleged, and every kind of text. Out of scope: how they are
learned (`pipelines.classify.fitting`) and what follows (`pipelines.classify.second_reader`).

The model is linear: what it says of a text is a sum over what stands in it, so that each
finding can be explained by the words and hints that speak for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import as_file, files
from itertools import pairwise
from math import sqrt
from pathlib import Path

import numpy as np
import numpy.typing as npt

MODEL_VERSION = "6f00f7e9"
"""Fingerprint of the shipped model, as `zhongsu learn` prints it; part of the reading's version."""

Floats = npt.NDArray[np.float32]
Hints = Mapping[str, float]
"""What the rules say of a text, by name (`alleged pattern late_delivery`), each 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one word, pair of words or hint adds to the log-odds of a column."""

    feature: str
    weight: float


@dataclass(frozen=True, kw_only=True)
class TextModel:
    """Scores per word, per pair of words that follow each other, and per hint.

    `table` has the rows of `words`, `pairs`, then `hints`, and a column for each of
    `columns`. The first `own_count` words stand in lessons, the others count like their
    neighbours. `rarity` says how much a word weighs in the length of a text. `thresholds`
    holds, by axis, the probability from which a code is named. `version` is a fingerprint
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
    def _row_of(self) -> dict[str | tuple[str, str], int]:
        named: tuple[str | tuple[str, str], ...] = (*self.words, *self.pairs)
        return {name: row for row, name in enumerate(named)}

    @cached_property
    def _row_of_hint(self) -> dict[str, int]:
        first = len(self.words) + len(self.pairs)
        return {name: row for row, name in enumerate(self.hints, first)}

    @cached_property
    def _column_of(self) -> dict[str, int]:
        return {name: column for column, name in enumerate(self.columns)}

    def score(self, words: Sequence[str], hints: Hints) -> Floats:
        """Give the log-odds of a text, one per column; what is unknown says nothing.

        Each word and pair counts once, however often it stands there.
        """
        rows, length = self._rows(words)
        scores = self.bias + self.table.take(rows, axis=0).sum(axis=0) / np.float32(length)
        known = [(self._row_of_hint[name], value) for name, value in hints.items()
                 if name in self._row_of_hint]  # fmt: skip
        if known:
            hint_rows, values = zip(*known, strict=True)
            scores += np.array(values, dtype=np.float32) @ self.table[list(hint_rows)]
        result: Floats = scores
        return result

    def weights(self, words: Sequence[str], column: int) -> list[float]:
        """Say what each word adds to one column, together with the pair that it ends."""
        scores = self.table[:, column]
        row_of, (_, length) = self._row_of, self._rows(words)
        pairs = (None, *map(row_of.get, pairwise(words)))
        found = zip(map(row_of.get, words), pairs, strict=False)
        return [
            sum(float(scores[row]) for row in rows if row is not None) / length for rows in found
        ]

    def explain(self, words: Sequence[str], hints: Hints, column: str) -> tuple[Reason, ...]:
        """List what speaks for and against a column in a text, the weightiest first."""
        number = self._column_of[column]
        rows, length = self._rows(words)
        named = [*self.words, *(" ".join(pair) for pair in self.pairs)]
        reasons = [
            Reason(feature=named[row], weight=float(self.table[row, number]) / length)
            for row in rows
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

    def _rows(self, words: Sequence[str]) -> tuple[list[int], float]:
        """Give the rows of a text's distinct words and pairs, and its length by their rarity."""
        row_of = self._row_of
        own = {row for row in map(row_of.get, words) if row is not None}
        rows = own | {row for row in map(row_of.get, pairwise(words)) if row is not None}
        ordered = sorted(rows)
        length = float((self.rarity.take(sorted(own)) ** 2).sum()) if own else 0.0
        return ordered, sqrt(length) or 1.0


def save_model(model: TextModel, path: Path) -> None:
    """Write a model; the scores keep 8 bits, scaled row by row."""
    scale = np.maximum(np.abs(model.table).max(axis=1), 1e-9).astype(np.float32) / 127
    np.savez_compressed(
        path,
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


def read_model(path: Path) -> TextModel:
    """Read a model that `save_model` wrote."""
    with np.load(path, allow_pickle=False) as held:
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


@cache
def load_model() -> TextModel:
    """Load the model that ships with the package."""
    with as_file(files("pipelines.classify").joinpath("model.npz")) as path:
        return read_model(path)


def _joined(names: Iterable[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def _split(names: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(names.tobytes().decode().split("\n")) if names.size else ()
