"""How work that can be done piece by piece is spread.

In: a pure task and its pieces. Out: the results in the order of the pieces. `map` is one
way; the ordered map of a process pool, which flows bring, is another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")


class Spread(Protocol):
    """A way to apply a task to pieces of the work, in their order."""

    def __call__(
        self, task: Callable[[Piece], Result], pieces: Iterable[Piece], /
    ) -> Iterable[Result]:
        """Give the result of each piece."""
