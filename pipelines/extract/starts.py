"""Tries a slow pattern only where a fast one says that it may begin.

In: both patterns and a text. Out: what `finditer` of the slow pattern gives, as long as the
fast one misses none of its starts. Out of scope: what the patterns look for.

A search is fast where a pattern begins with one set of characters, or with words only:
then the places where none of them stands are passed over without trying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter


def matches_from(
    starts: re.Pattern[str], pattern: re.Pattern[str], text: str
) -> Iterator[re.Match[str]]:
    r"""Give the matches of a pattern, from left to right and without overlap.

    >>> year = re.compile(r"(?:19|20)\d\d年")
    >>> [match.group() for match in matches_from(re.compile("[12]"), year, "2020年2021年")]
    ['2020年', '2021年']
    """
    end = 0
    for start in starts.finditer(text):
        match = pattern.match(text, start.start()) if start.start() >= end else None
        if match:
            yield match
            end = match.end()


class Frames:
    """Patterns that are looked for together, in one pass over a text."""

    def __init__(self, frames: Sequence[tuple[str, re.Pattern[str]]]) -> None:
        """Prepare patterns, each with the characters of which one begins its matches."""
        self._patterns = [pattern for _, pattern in frames]
        self._begun_by: dict[str, list[int]] = {}
        for number, (firsts, _) in enumerate(frames):
            for first in firsts:
                self._begun_by.setdefault(first, []).append(number)
        self._start = re.compile(f"[{re.escape(''.join(self._begun_by))}]")

    def find(self, text: str) -> list[tuple[int, re.Match[str]]]:
        r"""Give what `finditer` of each pattern gives, with its number, one after the other.

        >>> frames = Frames([("第", re.compile(r"第\d")), ("第没", re.compile("第?没"))])
        >>> [(number, match.group()) for number, match in frames.find("第没,第2")]
        [(0, '第2'), (1, '第没')]
        """
        ends = [0] * len(self._patterns)
        found = []
        for start in self._start.finditer(text):
            place = start.start()
            for number in self._begun_by[start[0]]:
                match = self._patterns[number].match(text, place) if place >= ends[number] else None
                if match:
                    ends[number] = match.end()
                    found.append((number, match))
        return sorted(found, key=itemgetter(0))
