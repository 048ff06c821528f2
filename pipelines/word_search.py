"""Finds the words of a list in a text, all in one pass.

In: words, each with a value; then texts in the same spelling. Out: where words end, with
their values. Out of scope: whether a word stands by itself, and what it means.

The automaton looks for the next letter among all that may follow, one after the other. Of
Chinese letters thousands may, so each is looked up in two halves of a byte: some tens may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

import ahocorasick

Value = TypeVar("Value")

_BEYOND_TWO_BYTES = re.compile(r"[\U00010000-\U0010ffff]")


class WordSearch(Generic[Value]):
    """The words of a list, prepared for being found in many texts."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        """Prepare words. None may be empty or hold a letter beyond U+FFFF."""
        self._automaton = ahocorasick.Automaton()
        self._automaton.add_word("\uffff", None)  # it must not be empty; no half of a letter
        for word, value in values.items():
            self._automaton.add_word(_in_halves(word), (value, len(word)))
        self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Give start, end and value of every word of a text, by their ends; they may overlap.

        >>> list(WordSearch({"退款": 1, "款": 2}).find("不退款"))
        [(1, 3, 1), (2, 3, 2)]
        """
        for last, found in self._automaton.iter(_in_halves(text)):
            if last & 1:
                value, length = found
                end = (last + 1) >> 1
                yield end - length, end, value

    def find_longest(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Give, from the left, the longest of the words that overlap.

        >>> list(WordSearch({"退": 1, "退款": 2, "款项": 3}).find_longest("退款项"))
        [(0, 2, 2)]
        """
        reached = 0
        for start, end, value in sorted(self.find(text), key=_start_then_longest):
            if start >= reached:
                reached = end
                yield start, end, value


def _start_then_longest(found: tuple[int, int, object]) -> tuple[int, int]:
    return found[0], -found[1]


def _in_halves(text: str) -> str:
    """Write each letter as the two bytes of its code; one beyond two bytes as no letter."""
    halves = text.encode("utf-16-be", "surrogatepass")
    if len(halves) != 2 * len(text):
        halves = _BEYOND_TWO_BYTES.sub("\ufffd", text).encode("utf-16-be", "surrogatepass")
    return halves.decode("latin-1")
