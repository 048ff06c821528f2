"""In which regions the place of a complaint lies, as far as it says.

In: the names of places that a complaint writes, and the words that it opens with. Out: its
regions, and whether those of two complaints may be the same. Out of scope: places that are
no regions (`pipelines.grouping.places`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipelines.respondents.places import REGION_CHAIN, read_regions
from pipelines.taxonomy.naming import load_naming

Regions = frozenset[tuple[int, str]]
"""Regions with their ranks: 0 a city by its letter or name, 1 a county or district, 2 a town."""

CITY, COUNTY, TOWN = range(3)

_MASKED = re.compile(r"[a-z](\d{0,2})")


def regions_of(names: Iterable[str], opening: str) -> Regions:
    """Give the regions that names begin with and that an opening holds; provinces are none.

    >>> sorted(regions_of(["A市A5区恒大绿洲"], "投诉k9县二中"))
    [(0, 'a'), (0, 'k'), (1, 'a5'), (1, 'k9')]
    """
    chains = [match.group() for match in REGION_CHAIN.finditer(opening)]
    heads = (REGION_CHAIN.match(name.lower()) for name in names)
    chains += [match.group() for match in heads if match]
    return frozenset(found for chain in chains for found in _ranked(chain))


def read_all_regions(
    tokens: Sequence[str], places: Sequence[Sequence[str] | None], opening_words: int
) -> tuple[Regions, ...]:
    """Give the regions of each complaint by the names it writes and its opening words.

    >>> read_all_regions(["投诉 k9 县 二中"], [["K9县二中"]], 12) == (regions_of(["K9县"], ""),)
    True
    """
    return tuple(
        regions_of(names or (), "".join(text.split(" ", opening_words)[:opening_words]))
        for text, names in zip(tokens, places, strict=True)
    )


def may_be_one(first: Regions, second: Regions) -> bool:
    """Say whether two places may be one: of no rank do both name regions, and none in common.

    >>> k9, k3, k = (regions_of([name], "") for name in ("K9县二中", "K3县二中", "K市二中"))
    >>> may_be_one(k9, k3), may_be_one(k9, k), may_be_one(k9, frozenset())
    (False, True, True)
    """
    for rank in (CITY, COUNTY):
        here = {name for found, name in first if found == rank}
        there = {name for found, name in second if found == rank}
        if here and there and not here & there:
            return False
    return True


def _ranked(chain: str) -> Iterator[tuple[int, str]]:
    for region in read_regions(chain):
        if masked := _MASKED.match(region):
            yield CITY, region[0]
            if masked.group(1):
                yield COUNTY, masked.group()
        elif region.endswith(_ends_inside_county()):
            yield TOWN, region
        elif not region.endswith("省"):
            yield CITY if region.endswith("市") else COUNTY, region


@cache
def _ends_inside_county() -> tuple[str, ...]:
    return ("镇", "乡", "街道", *load_naming().districts)
