"""Finds named places and local organisations in a text, without a list of them.

In: a text in the normalised spelling. Out: `NamedPlace`s with their spans, cut cleanly:
from the region before the name (A7县泉塘小学) to the end that says what it is. Out of
scope: well-known merchants (`pipelines.respondents.lexicon`) and which of the places a
complaint is about (`pipelines.respondents.find`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pipelines.respondents.places import (
    CROSS_ROAD,
    REGION_CHAIN,
    is_common_place,
    is_vague_place,
    named_district,
)
from pipelines.taxonomy.naming import PlaceKind, load_naming
from pipelines.word_search import WordSearch

LONGEST_STEM = 10
"""Characters before the end of a name; longer stretches are clauses, not names."""

LONG_STEM = 4
"""Characters that name something in particular even if they are ends of names (佳苑星城)."""

LONGEST_COMPANY = 18
"""Characters of a company's full name before its legal form."""

LONGEST_REGION = 7
"""Characters of a region's name before the word that says what kind of region it is."""

_NAME = re.compile(r"[\u3400-\u9fff0-9a-z·()]+")
_REGION_END = re.compile(r"[省市县区州镇乡]|街道")
_MASKED_CODE = re.compile(r".{0,3}?(?P<code>[a-z]\d{0,2} ?[省市县区州])")
_ORDINAL_SCHOOL = re.compile(
    r"[一二三四五六七八九十](中(?!学(?!校)|[心国午间山区城等型队时华考])|完?小(?![学区时型心]))"
)
_PHASE = re.compile(
    r"[市县区镇](?:的)?[\u3400-\u9fff]{2,6}([\u3400-\u9fff])(?=[一二三四五六七八九十0-9]{1,2}期)"
)
_BUS = re.compile(r"(?<=[0-9])公交(?:车|专线|线路|线)?")
_BUS_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,4}(?=(?:路|公交)[车专线路公交]*$)")
_BRIDGE = re.compile(r"桥(?![梁头乡镇村路南北东西中社街洞面墩口下上边隧底段小大居园庄组片区])")
_NEAR = re.compile(r"[\u3400-\u9fff]{2,6}?(?=附近|周边|周围|一带|旁边|对面|门口)")
_LEGAL_FORMS = ("有限公司", "有限责任公司", "股份有限公司", "集团有限公司")
_CONNECTORS = frozenset("和与及至到、,")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A named place: `start` to `end` in the text, with the regions written before it.

    `is_anchored`: a region stands right before the name.
    """

    kind: PlaceKind
    start: int
    end: int
    is_anchored: bool


class _Ending(NamedTuple):
    """The end of a name; `last` is where its last word begins, where several touch."""

    start: int
    end: int
    kind: PlaceKind
    last: int
    is_cued: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """Where names may end, where they cannot go on, and where regions stand before them."""

    endings: list[_Ending]
    word_ends: list[int]
    chains: list[tuple[int, int]]
    chain_ends: list[int]


def find_places(text: str) -> tuple[NamedPlace, ...]:
    """Find the named places of a normalised text, in order, without overlaps.

    >>> text = "投诉a7县泉塘街道泉星二小的大班额,附近还有人民医院"
    >>> [text[place.start:place.end] for place in find_places(text)]
    ['a7县泉塘街道泉星二小']
    """
    marks = _read_marks(text)
    found: list[NamedPlace] = []
    for ending in marks.endings:
        place = _place_before(text, ending, marks, found[-1] if found else None)
        if place is None:
            continue
        if found and place.start < found[-1].end:
            found.pop()
        found.append(place)
    found += _districts(text, marks.chains, found)
    found += _landmarks(text, marks.chains, found)
    return tuple(sorted(found, key=lambda place: place.start))


def _read_marks(text: str) -> _Marks:
    """Read a text once for all that cuts names.

    An ending inside a boundary word (路 in 道路) or inside a region (街 in 街道) is none.
    """
    endings = list(_marked_endings(text))
    word_ends: list[int] = [0]
    covered = bytearray(len(text))
    for start, end, kind in _words().find(text):
        if kind is not None:
            endings.append(_Ending(start, end, kind, start))
        else:
            word_ends.append(end)
            covered[start:end] = b"\1" * (end - start)
    chains = list(_region_chains(text, word_ends))
    for start, end in chains:
        covered[start:end] = b"\1" * (end - start)
    proper = (ending for ending in endings if not covered[ending.start])
    return _Marks(
        endings=list(_joined(proper)),
        word_ends=word_ends,
        chains=chains,
        chain_ends=[end for _, end in chains],
    )


def _marked_endings(text: str) -> Iterator[_Ending]:
    """Give the ends of names that only the words around them tell."""
    for pattern, kind, is_cued in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span(pattern.groups)
            yield _Ending(start, end, kind, start, is_cued)


def _districts(
    text: str, chains: Iterable[tuple[int, int]], found: Iterable[NamedPlace]
) -> list[NamedPlace]:
    """Give the new districts that are named for themselves, not to say where something is."""
    starts = {place.start for place in found}
    return [
        NamedPlace(kind="area", start=start, end=end, is_anchored=True)
        for start, end in chains
        if start not in starts and named_district(text[start:end])
    ]


def _landmarks(
    text: str, chains: Iterable[tuple[int, int]], found: Iterable[NamedPlace]
) -> list[NamedPlace]:
    """Give what stands between a region and a word like 附近, whatever it ends in."""
    starts = {place.start for place in found}
    near = ((start, _NEAR.match(text, end)) for start, end in chains if start not in starts)
    return [
        NamedPlace(kind="area", start=start, end=match.end(), is_anchored=True)
        for start, match in near
        if match and not _breaks().search(match.group()) and not is_vague_place(match.group())
    ]


def _boundary_before(text: str, position: int, word_ends: list[int]) -> int:
    """Give where a name that reaches to `position` begins at the earliest."""
    start = word_ends[bisect_right(word_ends, position) - 1]
    start = max(start, position - LONGEST_STEM - 1)
    found = _up_to_last_break().match(text, start, position)
    return found.end() if found else start


def _region_chains(text: str, word_ends: list[int]) -> Iterator[tuple[int, int]]:
    """Give the runs of regions that begin at a boundary or with a masked code."""
    last_end = 0
    for region in _REGION_END.finditer(text):
        if region.end() <= last_end:
            continue
        for start in _region_starts(text, region.start(), last_end, word_ends):
            chain = REGION_CHAIN.match(text, start)
            if chain and chain.end() >= region.end():
                last_end = chain.end()
                yield chain.span()
                break


def _region_starts(
    text: str, region_start: int, last_end: int, word_ends: list[int]
) -> Iterator[int]:
    """Give where a region may begin: with a masked code, or at the nearest boundaries."""
    if masked := _MASKED_CODE.match(text, max(region_start - 4, last_end)):
        yield masked.start("code")
    start = region_start
    while start >= max(region_start - LONGEST_REGION, last_end):
        start = _boundary_before(text, start, word_ends)
        if start >= last_end:
            yield start
        start -= 1


def _joined(endings: Iterable[_Ending]) -> Iterator[_Ending]:
    """Join endings that overlap or touch (花园+小区): the last says the kind.

    A village's road stays the village's matter; the lake of a lake's park (湖+公园) is part
    of its name.
    """
    current: _Ending | None = None
    reach = 0
    for ending in sorted(endings, key=lambda ending: (ending.start, -ending.end)):
        if current is None or ending.start > reach:
            if current:
                yield current
            current = ending
        elif ending.end > current.end and (current.kind, ending.kind) != ("village", "road"):
            start = ending.start if current.is_cued else current.start
            current = _Ending(start, ending.end, ending.kind, ending.start)
        reach = max(reach, ending.end)
    if current:
        yield current


def _place_before(
    text: str, ending: _Ending, marks: _Marks, previous: NamedPlace | None
) -> NamedPlace | None:
    """Cut the name that ends here, or give None where nothing in particular is named."""
    if text.startswith(_LEGAL_FORMS, ending.start):
        return _company_before(text, ending)
    start = _boundary_before(text, ending.start, marks.word_ends)
    chain_no = bisect_right(marks.chain_ends, ending.start) - 1
    chain = marks.chains[chain_no] if chain_no >= 0 else None
    is_anchored = chain is not None and chain[1] >= start
    if chain is not None and is_anchored:
        start = chain[1]
    is_nested = previous is not None and start < previous.end
    if previous is not None and is_nested and not _goes_on(text[previous.end : ending.start]):
        start, is_anchored = previous.end, False
    start += text[start] in "的和与及"
    name = text[start : ending.end]
    if not _names_one(name, ending.start - start, is_anchored) and not (
        ending.last - start >= LONG_STEM and _names_one(name, ending.last - start, is_anchored)
    ):
        return None
    kind = ending.kind
    if bus := _BUS_NUMBER.search(name):
        kind = "line"
        start += 0 if is_anchored else bus.start()
    whole = chain[0] if chain is not None and is_anchored else start
    return NamedPlace(kind=kind, start=whole, end=ending.end, is_anchored=is_anchored)


def _company_before(text: str, ending: _Ending) -> NamedPlace | None:
    """Cut a company's full name, which may hold words that end other names (咨询, 管理)."""
    window = text[max(0, ending.start - LONGEST_COMPANY) : ending.start]
    boundary = _company_boundary().match(window)
    start = ending.start - len(window) + (boundary.end() if boundary else 0)
    name = text[start : ending.end]
    if ending.start - start < 2 or not _NAME.fullmatch(name):
        return None
    chain = REGION_CHAIN.match(name)
    return NamedPlace(kind="company", start=start, end=ending.end, is_anchored=chain is not None)


def _goes_on(between: str) -> bool:
    """Say whether a name goes on beyond a shorter one that ended before `between`."""
    return between[:1] not in _CONNECTORS and (len(between) < 2 or is_vague_place(between))


def _names_one(name: str, stem_length: int, is_anchored: bool) -> bool:
    """Say whether these characters name something in particular."""
    if not 0 <= stem_length <= LONGEST_STEM or not _NAME.fullmatch(name):
        return False
    if is_vague_place(name):
        return False
    if is_common_place(name):
        return is_anchored
    return stem_length > 1 or (is_anchored and stem_length == 1)


@cache
def _words() -> WordSearch[PlaceKind | None]:
    """Prepare the search for all words that cut names: the kind of an end, None of a boundary."""
    naming = load_naming()
    kinds: dict[str, PlaceKind | None] = {word: None for word in naming.boundaries if len(word) > 1}
    for kind, words in naming.place_ends.items():
        kinds |= dict.fromkeys(words, kind)
    return WordSearch(kinds)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], PlaceKind, bool], ...]:
    """List the patterns whose last group, or else the whole, is the end of a name.

    With each its kind, and whether a longer end that it touches replaces it.
    """
    return (
        (_cued(), "estate", False),
        (_PHASE, "estate", False),
        (_ORDINAL_SCHOOL, "school", False),
        (_cued_areas(), "area", True),
        (_BUS, "line", False),
        (CROSS_ROAD, "road", False),
        (_BRIDGE, "road", True),
    )


@cache
def _up_to_last_break() -> re.Pattern[str]:
    """Build the pattern of everything up to the last character that no name holds."""
    letters = "".join(word for word in load_naming().boundaries if len(word) == 1)
    return re.compile(rf".*(?:[^\u3400-\u9fff0-9a-z·]|[{letters}]|[0-9][号年])", re.DOTALL)


@cache
def _breaks() -> re.Pattern[str]:
    """Build the pattern of all words that no name holds."""
    return re.compile("|".join(map(re.escape, load_naming().boundaries)))


@cache
def _company_boundary() -> re.Pattern[str]:
    """Build the pattern of everything up to the last boundary before a company's name."""
    words = "|".join(map(re.escape, load_naming().company_boundaries))
    return re.compile(rf".*(?:{words}|[^\u3400-\u9fff0-9a-z·()])", re.DOTALL)


@cache
def _cued() -> re.Pattern[str]:
    """Build the pattern of an estate's last character before a word that says it is one."""
    naming = load_naming()
    last = "|".join(naming.estate_ends)
    cues = "|".join(naming.estate_cues)
    number = "[0-9a-z一二三四五六七八九十]{1,3}"
    return re.compile(f"(?:{last})(?={cues}|{number}期|{number}[栋座])")


@cache
def _cued_areas() -> re.Pattern[str]:
    """Build the pattern of the end of a water's or hill's name before a word that says so."""
    naming = load_naming()
    return re.compile(f"(?:{'|'.join(naming.area_ends)})(?={'|'.join(naming.area_cues)})")
