"""The province or state a complaint comes from.

In: the region a source gives, and a normalised text. Out: the English name of a Chinese
province or a US state. Out of scope: districts and streets, which lead to persons, and
other countries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TypedDict

import yaml

from pipelines.records import Span
from pipelines.word_search import WordSearch


class _Province(TypedDict, total=False):
    zh: str
    cities: str


class _RegionFile(TypedDict):
    china: dict[str, _Province]
    english_cities: dict[str, str]
    american_cities: dict[str, list[str]]
    states: dict[str, str]


_AT_HOME = re.compile(
    "(?:我|本人|家|住|坐标|人在|来自|位于|户籍|籍贯|地址|所在地"
    "|i live in|i am in|i'm in|i am from|i'm from|resident of)[在是住于: ]{0,2}$"
)
_NOT_A_PLACE = re.compile(
    "银行|航空|地铁|大学(?!生)|路|街|飞|发货|分公司|公司|证券|移动|联通|电信|卫视|日报|晚报|烤鸭|拉面|小吃"
)
_BOUND_FOR = frozenset("往至飞赴")
_REACH_BEFORE = 14


def find_region(given: str | None, text: str) -> str | None:
    """Name the province or state of a complaint, or None when none is clear.

    What the source gives comes first. In the text a place counts that somebody is said to
    live in, else the only province that is named at all.

    >>> find_region("长沙市", ""), find_region("CA", ""), find_region(None, "我在佛山上班")
    ('Hunan', 'California', 'Guangdong')
    >>> find_region(None, "从北京飞往上海的航班") is None
    True
    """
    if given:
        return _given_region(given.strip())
    regions: set[str] = set()
    for start, end, region in _places(text):
        if _NOT_A_PLACE.match(text, end) or text[start - 1 : start] in _BOUND_FOR:
            continue
        if _AT_HOME.search(text, max(0, start - _REACH_BEFORE), start):
            return region
        regions.add(region)
    return regions.pop() if len(regions) == 1 else None


_BESIDE_BEFORE = re.compile(r"[^,。;!?\n]{0,12}$|[^.;!?\n]{0,24}$")
_BESIDE_AFTER = re.compile(
    r",? ?(?:\d{2},? )?(?:(?:who )?(?:lives|living|is|comes|based|works)? ?(?:from|in|of|near)"
    r"|在|来自|家住|是|住)[^.;!?。\n]{0,28}"
)


def region_beside(text: str, person: Span) -> str | None:
    """Name the province or state that stands with a person, in a normalised text.

    >>> region_beside("家住广东佛山的[person_1]投诉", Span(8, 18))
    'Guangdong'
    >>> region_beside("[person_1] from qujing, yunnan province paid", Span(0, 10))
    'Yunnan'
    """
    before = _BESIDE_BEFORE.search(text, max(0, person.start - 24), person.start)
    after = _BESIDE_AFTER.match(text, person.end)
    for part in (before, after):
        places = [] if part is None else _certain_places(text, *part.span())
        if places:
            return places[-1] if part is before else places[0]
    return None


def _certain_places(text: str, start: int, end: int) -> list[str]:
    """Name the regions of a range whose names are not part of another name."""
    return [
        region
        for first, last, region in _places(text[start:end])
        if not _NOT_A_PLACE.match(text, start + last)
        and text[start + first - 1 : start + first] not in _BOUND_FOR
    ]


_STATE_CODE = re.compile(r", ([A-Z]{2})\b")


def region_of_address(address: str) -> str | None:
    """Name the province or state that an address as written lies in, None if it names none.

    >>> region_of_address("江苏省南京市"), region_of_address("9 Null St, Nowhere, IL 00000")
    ('Jiangsu', 'Illinois')
    """
    code = _STATE_CODE.search(address)
    states = _regions()["states"]
    if code and code[1] in states:
        return states[code[1]]
    return next((region for _, _, region in _places(address.lower())), None)


def is_region_name(name: str) -> bool:
    """Say whether a name in Chinese is that of a province or a larger city.

    >>> is_region_name("张家口"), is_region_name("张家明")
    (True, False)
    """
    return name in _names()


def region_label(region: str, language: str) -> str:
    """Give the name of a region in Chinese (`zh`) where it is a province, else in English.

    >>> region_label("Hunan", "zh"), region_label("Hunan", "en"), region_label("Texas", "zh")
    ('湖南', 'Hunan', 'Texas')
    """
    province = _regions()["china"].get(region)
    return province["zh"] if province and language == "zh" else region


def _given_region(given: str) -> str | None:
    """Read a column that holds a region: a code, a name, or an address that begins with one."""
    states = _regions()["states"]
    if given.upper() in states:
        return states[given.upper()]
    return next((region for _, _, region in _places(given.lower())), None)


def _places(text: str) -> Iterator[tuple[int, int, str]]:
    """Find the names of places, Latin ones only as whole words, by their ends."""
    for start, end, region in _search().find(text):
        if text[start].isascii() and (
            _is_latin(text[start - 1 : start]) or _is_latin(text[end : end + 1])
        ):
            continue
        yield start, end, region


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


@cache
def _regions() -> _RegionFile:
    """Read the table of regions."""
    text = files("pipelines.taxonomy").joinpath("regions.yml").read_text(encoding="utf-8")
    regions: _RegionFile = yaml.safe_load(text)
    return regions


@cache
def _names() -> dict[str, str]:
    """Map every lower-case name of a province, city or state to its region."""
    table = _regions()
    names = {state.lower(): state for state in table["states"].values()}
    for region, province in table["china"].items():
        spellings = [region.lower(), province["zh"], *province.get("cities", "").split()]
        names |= dict.fromkeys(spellings, region)
    for region, cities in table["english_cities"].items():
        names |= dict.fromkeys(cities.split(), region)
    for state, state_cities in table["american_cities"].items():
        names |= dict.fromkeys(state_cities, state)
    return names


@cache
def place_names_in_latin() -> frozenset[str]:
    """Give the names of provinces, cities and states that are one word of Latin letters.

    >>> "foshan" in place_names_in_latin(), "佛山" in place_names_in_latin()
    (True, False)
    """
    return frozenset(name for name in _names() if name.isascii() and name.isalpha())


@cache
def _search() -> WordSearch[str]:
    """Prepare the search for all names."""
    return WordSearch(_names())
