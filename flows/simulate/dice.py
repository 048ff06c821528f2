"""Cheap seeded choices.

In: a numpy generator. Out: picks, chances and counts that cost a fraction of a
microsecond each, because uniforms are drawn in blocks. Out of scope: distributions of
counts, which numpy draws by the array.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def _uniforms(generator: np.random.Generator) -> Iterator[float]:
    while True:
        yield from generator.random(65_536).tolist()


class Dice:
    """A stream of random choices; the same generator state gives the same choices."""

    __slots__ = ("_next",)

    def __init__(self, generator: np.random.Generator) -> None:
        self._next = _uniforms(generator).__next__

    def share(self) -> float:
        """Draw a number from 0 up to, not including, 1."""
        return self._next()

    def chance(self, share: float) -> bool:
        """Say yes in `share` of the calls."""
        return self._next() < share

    def pick(self, options: Sequence[T]) -> T:
        """Pick one option, each equally often.

        Raises:
            IndexError: There is no option.
        """
        return options[int(self._next() * len(options))]

    def between(self, low: int, high: int) -> int:
        """Draw a whole number from `low` to `high`, both included."""
        return low + int(self._next() * (high - low + 1))

    def log_between(self, low: float, high: float) -> float:
        """Draw from `low` to `high` with every factor equally likely; both are above 0."""
        return float(low * (high / low) ** self._next())
