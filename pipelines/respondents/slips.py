"""Slips of the pen in Latin names: one letter doubled, dropped, swapped or mistaken.

In: slugs. Out: what slip lies between two of them; for a slug, those of a list that one slip
makes of it. Out of scope: whether both are companies of their own
(`pipelines.respondents.joining`).

    paypall, wels-fargo, bank-of-amercia, equifx
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

Slip = Literal["two letters swapped", "a letter doubled or single", "one letter"]

SHORTEST = 6
"""Letters of a name in which a slip is told from another name."""

_SHORTEST_DOUBLED = 4
"""Letters of a name in which a letter doubled or single is a slip: zele for zelle."""

_SHORTEST_WORD = 7
"""Letters of the longer word, where a letter is missing, added or mistaken: of shorter words
many differ by a letter (union and unison). A name of one word may be shorter, and so may a
word with another vowel."""

_VOWELS = frozenset("aeiouy")


def slip_between(one: str, other: str) -> Slip | None:
    """Say what slip makes one slug of the other; None for more than one, or none.

    The first letter of a word is hardly ever mistaken, and an ending makes another word
    (discover, discovery), so both must stay, unless letters are merely swapped or doubled.

    >>> slip_between("paypall", "paypal"), slip_between("discovery", "discover")
    ('a letter doubled or single', None)
    >>> slip_between("bank-of-amercia", "bank-of-america"), slip_between("equifx", "equifax")
    ('two letters swapped', 'one letter')
    """
    changed = _changed_words(one, other)
    if changed is None:
        return None
    short, long = sorted(changed, key=len)
    letters = len(one.replace("-", ""))
    if any(char.isdigit() for char in short + long) or letters < _SHORTEST_DOUBLED:
        return None
    start = _shared_start(short, long)
    if len(short) == len(long):
        return _same_length(short, long, start) if letters >= SHORTEST - 1 else None
    if short != long[:start] + long[start + 1 :]:
        return None
    if start and long[start] == long[start - 1] and len(long) > 3:
        return "a letter doubled or single"
    inside = 0 < start < len(long) - 1
    shortest = SHORTEST if "-" not in one else _SHORTEST_WORD
    return "one letter" if inside and len(long) >= shortest else None


class SlipIndex:
    """Slugs by what is left of them without one letter: neighbours have one such in common."""

    def __init__(self, slugs: Iterable[str]) -> None:
        self._by_rest: defaultdict[str, list[str]] = defaultdict(list)
        for slug in sorted(set(slugs)):
            for rest in _rests(slug):
                self._by_rest[rest].append(slug)

    def near(self, slug: str) -> Mapping[str, Slip]:
        """Give the slugs of the index that one slip makes of this one.

        >>> SlipIndex(["paypal", "pacpal"]).near("paypall")
        {'paypal': 'a letter doubled or single'}
        """
        others = {other for rest in _rests(slug) for other in self._by_rest.get(rest, ())}
        found = ((other, slip_between(slug, other)) for other in sorted(others - {slug}))
        return {other: slip for other, slip in found if slip is not None}


def _rests(slug: str) -> Iterator[str]:
    yield slug
    if len(slug) <= 40:
        yield from {slug[:place] + slug[place + 1 :] for place in range(len(slug))}


def _changed_words(one: str, other: str) -> tuple[str, str] | None:
    """Give the one pair of words in which two slugs of as many words differ."""
    words, others = one.split("-"), other.split("-")
    if len(words) != len(others):
        return None
    pairs = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return pairs[0] if len(pairs) == 1 else None


def _shared_start(short: str, long: str) -> int:
    return next((place for place, char in enumerate(short) if long[place] != char), len(short))


def _same_length(one: str, other: str, start: int) -> Slip | None:
    """Tell two letters swapped, or one mistaken for another inside a long word."""
    rest, others = one[start:], other[start:]
    if rest[2:] == others[2:] and rest[:2] == others[:2][::-1] and len(one) > 3:
        return "two letters swapped"
    inside = 0 < start < len(one) - 1
    is_one = rest[1:] == others[1:]
    is_vowel = _VOWELS.issuperset((rest[:1], others[:1])) and len(one) >= SHORTEST
    is_long = len(one) >= _SHORTEST_WORD or is_vowel
    return "one letter" if is_one and inside and is_long else None
