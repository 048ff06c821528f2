"""The learned model as it ships: one row of scores for every word and pair of words.

In: the words of a text, in order. Out: its scores. Out of scope: how the scores are learned
(`pipelines.classify.fitting`) and what follows from them (`pipelines.classify.second_reader`).

A linear model on the average of word vectors is the average of a score per word; so only
the scores are kept, and reading is a look-up and a mean. The last column says whether a
wrong is alleged at all, as log-odds; those before it, which one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipelines.records import Axis

MODEL_VERSION = "f5817600"
"""Fingerprint of the shipped model, as `zhongsu learn` prints it; part of the reading's version."""

Code = tuple[Axis, str]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class WordModel:
    """Scores per word and per pair of words that follow each other.

    `table` has the rows of `words`, then of `pairs`; its columns are the codes, a complaint
    that no code fits, and the log-odds that anything is alleged. `version` is a fingerprint
    of the scores, `learned_from` one of the written examples.
    """

    version: str
    learned_from: str
    codes: tuple[Code, ...]
    words: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    table: Floats
    bias: Floats

    @cached_property
    def _row_of_word(self) -> dict[str, int]:
        return {word: row for row, word in enumerate(self.words)}

    @cached_property
    def _row_of_pair(self) -> dict[tuple[str, str], int]:
        return {pair: row for row, pair in enumerate(self.pairs, len(self.words))}

    def score(self, words: Sequence[str]) -> Floats:
        """Give the scores of a text, one per column; unknown words count as the average word.

        The same words give the same scores; no words give the scores of the average text.
        """
        rows = [row for row in map(self._row_of_word.get, words) if row is not None]
        rows += [row for row in map(self._row_of_pair.get, pairwise(words)) if row is not None]
        total: Floats = self.table.take(rows, axis=0).sum(axis=0)
        return self.bias + total / np.float32(max(len(words), 1))

    def weights(self, words: Sequence[str], column: int) -> list[float]:
        """Say what each word adds to one column, together with the pair that it ends."""
        scores = self.table[:, column]
        weights = [0.0] * len(words)
        pairs = (None, *map(self._row_of_pair.get, pairwise(words)))
        for place, rows in enumerate(zip(map(self._row_of_word.get, words), pairs, strict=False)):
            weights[place] = sum(float(scores[row]) for row in rows if row is not None)
        return weights


def save_model(model: WordModel, path: Path) -> None:
    """Write a model; the scores keep 8 bits, scaled row by row."""
    scale = np.maximum(np.abs(model.table).max(axis=1), 1e-9).astype(np.float32) / 127
    np.savez_compressed(
        path,
        version=np.array(model.version),
        learned_from=np.array(model.learned_from),
        codes=np.array([f"{axis} {code}" for axis, code in model.codes]),
        words=np.frombuffer("\n".join(model.words).encode(), dtype=np.uint8),
        pairs=np.frombuffer("\n".join(" ".join(pair) for pair in model.pairs).encode(), np.uint8),
        table=np.rint(model.table / scale[:, None]).astype(np.int8),
        scale=scale,
        bias=model.bias,
    )


def read_model(path: Path) -> WordModel:
    """Read a model that `save_model` wrote."""
    with np.load(path, allow_pickle=False) as held:
        codes = (str(code).split(" ") for code in held["codes"])
        pairs = held["pairs"].tobytes().decode().split("\n")
        return WordModel(
            version=str(held["version"]),
            learned_from=str(held["learned_from"]),
            codes=tuple((Axis(axis), code) for axis, code in codes),
            words=tuple(held["words"].tobytes().decode().split("\n")),
            pairs=tuple((first, second) for first, second in (pair.split(" ") for pair in pairs)),
            table=held["table"].astype(np.float32) * held["scale"][:, None],
            bias=held["bias"],
        )


@cache
def load_model() -> WordModel:
    """Load the model that ships with the package."""
    with as_file(files("pipelines.classify").joinpath("model.npz")) as path:
        return read_model(path)
