"""The weights by which a run of Chinese characters is taken for a name.

In: `taxonomy/name_weights.yml`. Out: `NameWeights`. Out of scope: what the features are
(`weighed_names`) and how the weights were learned, which the file says.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypedDict

import yaml

_HIGHEST = 3
"""The highest level of a character."""


class _File(TypedDict):
    threshold: float
    in_list: float
    least_letters: int
    base: float
    families: dict[int, str]
    long_families: str
    given: dict[int, str]
    never_given: str
    person_endings: str
    titles: str
    said_or_done: str
    titles_after: str
    places_after: str
    thing_endings: str
    numerals: str
    weights: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWeights:
    """What makes a name likely. Levels are rounded logarithms of how much likelier than chance.

    `threshold` is the least sum of weights of a name, `in_list` of one in a list of names;
    `least_letters` the least sum of levels of a place that is weighed at all.
    """

    threshold: float
    in_list: float
    least_letters: int
    base: float
    families: dict[str, int]
    long_families: frozenset[str]
    given: dict[str, int]
    never_given: frozenset[str]
    person_endings: frozenset[str]
    titles: tuple[str, ...]
    said_or_done: tuple[str, ...]
    titles_after: tuple[str, ...]
    places_after: tuple[str, ...]
    thing_endings: frozenset[str]
    numerals: frozenset[str]
    weights: dict[str, float]

    @property
    def start_pattern(self) -> str:
        """The pattern of a character that may begin a name, with the given name ahead of it.

        The rarer a family name, the likelier must be what follows it.
        """
        long_starts = "".join(sorted({name[0] for name in self.long_families}))
        starts = "".join(sorted({*self.families, *long_starts}))
        any_given = self._given_from(-2)
        parts = [f"(?<=[{long_starts}])(?=[\u3400-\u9fff]{any_given})"]
        for level in sorted(set(self.families.values()), reverse=True):
            families = "".join(char for char, its in self.families.items() if its == level)
            least = max(-2, self.least_letters - 2 * level - _HIGHEST)
            parts.append(f"(?<=[{families}])(?={self._given_from(least)})")
        return f"[{starts}](?:{'|'.join(parts)})(?=(?P<given>(?:{any_given}){{1,3}}))"

    def _given_from(self, least: int) -> str:
        """Give the pattern of a character of given names from some level on."""
        if least > 0:
            return f"[{''.join(char for char, level in self.given.items() if level >= least)}]"
        unlikely = [char for char, level in self.given.items() if level < least]
        return f"[^{''.join(sorted({*unlikely, *self.never_given}))}\u0000-\u33ff\ua000-\U0010ffff]"


@cache
def name_weights() -> NameWeights:
    """Read the weights.

    >>> name_weights().families["王"] > name_weights().families["时"]
    True
    """
    text = files("pipelines.taxonomy").joinpath("name_weights.yml").read_text(encoding="utf-8")
    given: _File = yaml.safe_load(text)
    return NameWeights(
        threshold=given["threshold"],
        in_list=given["in_list"],
        least_letters=given["least_letters"],
        base=given["base"],
        families=_levels(given["families"]),
        long_families=frozenset(given["long_families"].split()),
        given=_levels(given["given"]),
        never_given=frozenset(given["never_given"]),
        person_endings=frozenset(given["person_endings"]),
        titles=tuple(given["titles"].split()),
        said_or_done=tuple(given["said_or_done"].split()),
        titles_after=tuple(given["titles_after"].split()),
        places_after=tuple(given["places_after"].split()),
        thing_endings=frozenset(given["thing_endings"]),
        numerals=frozenset(given["numerals"]),
        weights=given["weights"],
    )


def _levels(chars_by_level: dict[int, str]) -> dict[str, int]:
    """Turn characters by level into levels by character."""
    return {char: level for level, chars in chars_by_level.items() for char in chars}
