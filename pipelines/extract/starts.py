"""Tries a slow pattern only where a fast one says that it may begin.

In: both patterns and a text. Out: what `finditer` of the slow pattern gives, as long as the
fast one misses none of its starts. Out of scope: what the patterns look for.

A search is fast where a pattern begins with one set of characters, or with words only:
then the places where none of them stands are passed over without trying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


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
