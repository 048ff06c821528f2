"""Under which keys a named place is looked up, and how narrow it is.

In: the names of places that complaints write. Out: one or more keys per name, so
that the ways in which one place is written share a key (204路公交 and 星沙204路公交车
share 204路). Out of scope: finding names in a text (`pipelines.respondents`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import ahocorasick

from pipelines.respondents.places import is_vague_place, take_place_apart
from pipelines.taxonomy.naming import PlaceKind, load_naming

SHORTEST_PART = 3
"""Characters of a name that another may contain; shorter ones are everywhere."""

MOST_IN_WORDS = 2
"""How many times more complaints may hold a name in their words than write it as a name."""

NOWHERE = "\x00"
"""A word that no text holds: an automaton must have one."""

WIDE_KIND: PlaceKind = "road"
"""A road has many matters; an estate, a school or a bus line has few."""

_ORDINAL = re.compile(r"^第([一二三四五六七八九十]{1,2})([中小])学$")
_BUS = re.compile(r"(?<![0-9])([0-9]{1,4})(?:路|公交)[车专线路公交]*$")


@dataclass(frozen=True, slots=True)
class PlaceIndex:
    """The places that complaints name, to be found under their keys.

    >>> index = PlaceIndex.build([["星沙204路公交车"], ["怡海星城", "附近小学"]], ["", ""])
    >>> sorted(index.keys_of(["星沙204路公交车"], "怡海星城业主盼望公交"))
    ['204路', '怡海星城']
    >>> sorted(index.keys_of(["附近小学"], ""))
    []
    """

    keys: tuple[str, ...]
    _own: Mapping[str, str | None]
    _in_names: ahocorasick.Automaton
    _in_words: ahocorasick.Automaton

    @classmethod
    def build(cls, named: Sequence[Sequence[str]], words: Sequence[str]) -> PlaceIndex:
        """Collect the keys of all names that the complaints write.

        What the words of many more complaints hold than write it as a name is a
        common word (全体村 in 全体村民) or a landmark: it counts where it is written as a name.
        """
        own = {name: _key(name) for name in sorted({name for names in named for name in names})}
        keys = tuple(sorted({key for key in own.values() if key is not None}))
        finder = _finder(keys)
        written = Counter(key for names in named for key in {own[name] for name in names})
        held = Counter(key for text in words for key in set(_found(finder, text)))
        proper = (key for key in keys if held[key] <= MOST_IN_WORDS * written[key])
        return cls(keys, own, finder, _finder(proper))

    def keys_of(self, names: Iterable[str], words: str) -> set[str]:
        """Give the keys of a complaint: of the names it writes and of those inside them.

        A narrow place also counts where the complaint's words, joined, hold its name.
        """
        keys: set[str] = set()
        for name in names:
            key = self._own[name]
            if key is not None:
                keys.add(key)
                keys.update(self._inside(name.lower()))
        return keys | {key for key in _found(self._in_words, words) if not is_wide_place(key)}

    def _inside(self, name: str) -> Iterator[str]:
        """Give the keys that a name holds; an organisation is not the place it is named after."""
        is_organisation = name.endswith(_organisation_ends())
        for key in _found(self._in_names, name):
            if name.endswith(key) or not is_organisation:
                yield key


def is_wide_place(name: str) -> bool:
    """Say whether a name is that of a road.

    >>> is_wide_place("滨湖路"), is_wide_place("怡海星城"), is_wide_place("204路")
    (True, False, False)
    """
    return _is_wide(name.lower())


def is_trade(name: str) -> bool:
    """Say whether a name is that of a firm or a venue, which many deal with all the time.

    >>> is_trade("奥新燃气公司"), is_trade("东门商城"), is_trade("怡海星城")
    (True, True, False)
    """
    return name.lower().endswith((*_ends("company"), *_ends("venue")))


def names_place(words: Iterable[str], name: str) -> bool:
    """Say whether words, joined, hold the name of a place, an ordinal short or in full.

    >>> names_place(["远山", "二中", "补课"], "第二中学"), names_place(["补课"], "第二中学")
    (True, False)
    """
    joined = "".join(words)
    short = _ORDINAL.sub(r"\1\2", name)
    return name in joined or (short != name and short in joined)


def name_itself(name: str) -> str:
    """Take the kind off the name of a bus line: that it is one is no part of its name.

    >>> name_itself("星沙204路公交车"), name_itself("怡海星城")
    ('星沙204', '怡海星城')
    """
    bus = _BUS.search(name)
    return name[: bus.end(1)] if bus else name


def without_kind(name: str) -> str:
    """Take the kind of a place off the end of its name, if anything is left.

    >>> without_kind("花卉大道"), without_kind("第二中学"), without_kind("小区")
    ('花卉', '第二', '小区')
    """
    ends = sorted((end for kind in load_naming().place_ends for end in _ends(kind)), key=len)
    longest = next((end for end in reversed(ends) if name.endswith(end) and name != end), "")
    return name.removesuffix(longest)


def repeats_name(word: str, names: str) -> bool:
    """Say whether a word is part of names, also with the end of a region before it.

    >>> repeats_name("泉星", "泉星社区"), repeats_name("县泉", "泉星社区")
    (True, True)
    >>> repeats_name("县道", "泉星社区")
    False
    """
    return word in names or (word[0] in "省市县区州镇乡" and word[1:] != "" and word[1:] in names)


@lru_cache(maxsize=100_000)
def _is_wide(name: str) -> bool:
    return name.endswith(_ends(WIDE_KIND)) and not _BUS.search(name)


def _finder(keys: Iterable[str]) -> ahocorasick.Automaton:
    """Build the search for all keys that stand alone and are long enough."""
    finder = ahocorasick.Automaton()
    for key in keys:
        if " " not in key and len(key) >= SHORTEST_PART:
            finder.add_word(key, key)
    finder.add_word(NOWHERE, NOWHERE)
    finder.make_automaton()
    return finder


def _found(finder: ahocorasick.Automaton, text: str) -> Iterator[str]:
    """Give the keys that a text holds; a number only as a whole (204路 is not in 1204路)."""
    for last, key in finder.iter(text):
        start = last + 1 - len(key)
        if not (key[0].isdigit() and text[start - 1 : start].isdigit()):
            yield key


def _key(name: str) -> str | None:
    """Give the key of a name; None for what names nothing in particular, and for offices.

    Whoever addresses an office does not say where the trouble is; one that is complained
    of has the block of its merchant.
    """
    if bus := _BUS.search(name.lower()):
        return f"{bus.group(1)}路"
    place = take_place_apart(name.lower())
    if place is None:
        return name.lower()
    if is_vague_place(place.core) or place.core.endswith(_ends("office")):
        return None
    if place.is_common:
        return f"{place.regions[-1]} {place.core}" if place.regions else None
    return place.core if len(place.core) > 1 else None


@cache
def _organisation_ends() -> tuple[str, ...]:
    return (*_ends("school"), *_ends("health"), *_ends("company"))


@cache
def _ends(kind: PlaceKind) -> tuple[str, ...]:
    return load_naming().place_ends[kind]
