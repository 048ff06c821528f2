"""Guesses what an unknown merchant does from the words of its name.

In: a name's slug. Out: a sector of `naming.yml`, or None. Out of scope: known merchants,
whose sector the taxonomy gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import ahocorasick

from pipelines.taxonomy.naming import load_naming

_LONGEST_PHRASE = 3
"""Words in the longest Latin phrase of the list, as in federal-credit-union."""


def guess_sector(slug: str) -> str | None:
    """Name the sector that a name's words speak for; None when they do not say.

    Of several sectors the one listed first is taken.

    >>> guess_sector("天河城建物业"), guess_sector("acme-federal-credit-union")
    ('property', 'bank')
    >>> guess_sector("acme") is None
    True
    """
    order = min(_orders(slug), default=None)
    return None if order is None else load_naming().sectors[order][0]


def _orders(slug: str) -> Iterator[int]:
    """Give the places in the list of the sectors whose words stand in a slug."""
    chinese, latin = _words()
    if slug.isascii():
        words = slug.split("-")
        for start in range(len(words)):
            for end in range(start + 1, min(start + _LONGEST_PHRASE, len(words)) + 1):
                order = latin.get("-".join(words[start:end]))
                if order is not None:
                    yield order
    else:
        for _, order in chinese.iter(slug):
            yield order


@cache
def _words() -> tuple[ahocorasick.Automaton, dict[str, int]]:
    """Number the words by the place of their sector in the list."""
    chinese = ahocorasick.Automaton()
    latin: dict[str, int] = {}
    for order, (_, zh, en) in enumerate(load_naming().sectors):
        for word in zh:
            if word not in chinese:
                chinese.add_word(word, order)
        for word in en:
            latin.setdefault(word.replace(" ", "-"), order)
    chinese.make_automaton()
    return chinese, latin
