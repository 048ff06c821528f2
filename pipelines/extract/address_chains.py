"""The way to a door in Chinese: the regions, roads and estates that stand before it.

In: a normalised text and where a door begins in it. Out: where the whole address begins, and
doors that count only with a place before them (4楼5门202, 8村1组, 4-7-2). Out of scope: doors
that count anywhere, and what is given as somebody's address (`addresses`).

From the door leftwards the words of the segmenter are taken as long as they can be parts of
places; a verb, a pronoun or a word for persons ends the way, a comma does unless a part ends
before it. What was taken counts if it holds a part that says what it is (路, 小区, 村).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

import rjieba
import yaml

from pipelines.extract.regions import is_region_name

_HAN = "\u3400-\u9fff"
_NUMERAL = "一二三四五六七八九十"
_NUMBER = rf"(?:\d{{1,4}}|[a-z]\d{{0,2}}|[{_NUMERAL}]{{1,3}})"
_NO_ROOM = r"(?![\d元块平米㎡人名户余多年月日天万千百套个次度分%.:]|-\d|号楼|号线)"
_ROOM = rf"\d{{3,4}}(?:室|房|号)?{_NO_ROOM}"
_STAIRS = rf"{_NUMBER}(?:单元|门|梯)(?![口禁卫票店诊])"
_BUILDING = rf"{_NUMBER}(?:号楼|栋楼|公寓|号院|[楼栋幢座舍排院])"
_GROUP = (
    rf"(?:\d{{1,3}}|[{_NUMERAL}]{{1,3}})(?:(?:村民)?小组|[组社](?![长员织团区会保交办合])"
    r"|(?:生产|大)?队(?![长员伍友]))"
)
_DOOR = re.compile(
    rf"{_BUILDING}[ ,-]?(?:{_STAIRS}[ ,-]?(?:\d{{1,2}}[层楼][ -]?)?(?:{_ROOM})?|{_ROOM})"
    rf"|(?<=[{_HAN}])(?<![年月元十至到第付计线])\d{{1,2}}-\d{{1,3}}-\d{{1,4}}(?![\d-]|[年月日元])"
    rf"|(?:(?<=[村庄屯寨沟岗湾])|(?<=社区)){_GROUP}"
    rf"|(?:\d{{1,2}}|[{_NUMERAL}]{{1,2}})(?<=[{_HAN}].)(?:大队|村){_GROUP}"
)
_DOOR_START = re.compile(
    rf"[\da-z{_NUMERAL}](?=[\da-z{_NUMERAL}]{{0,3}}(?:[号栋公楼幢座舍排院组社队小大生村]|-\d))"
)
_DOOR_SIGN = re.compile(rf"[号栋寓楼幢座舍排院组社队小大生村-](?<=[\da-z{_NUMERAL}公].)")
_BACKWARDS = re.compile(
    rf"\d{{3,4}}[室房](?:[ ,]{{1,2}}{_NUMBER}(?:单元|门|层|楼|号楼|[栋幢座号])){{1,3}}"
    rf"(?:[ ,]{{1,2}}(?:[{_HAN}]{{2,12}})){{1,5}}"
)

_LONGEST = 48
"""Characters before a door in which its address begins."""
_FAR = 8
"""Characters of a part of a place before the word that says what it is, and before a door."""
_BARRIER = re.compile(r"[^\u3400-\u9fff0-9a-z ,\n·-]")
_AREAS = ("镇", "乡", "村", "街", "区")
_NO_NAME = re.compile(
    "[的了吗呢吧着没被我你他她它们这那住找叫请把给还很在说就]|位于|藏身|[,\n](?=.{12})"
)
"""What is in no name of a place, whatever the segmenter makes of it."""


class _Words(NamedTuple):
    """The lists of `taxonomy/address_words.yml`."""

    part_ends: tuple[str, ...]
    wide_ends: tuple[str, ...]
    no_part: frozenset[str]
    before_addresses: frozenset[str]


def _read_words() -> _Words:
    path = files("pipelines.taxonomy").joinpath("address_words.yml")
    lists = {name: words.split() for name, words in yaml.safe_load(path.read_text("utf-8")).items()}
    return _Words(
        part_ends=tuple(sorted(lists["part_ends"], key=len, reverse=True)),
        wide_ends=tuple(lists["wide_ends"]),
        no_part=frozenset(lists["no_part"]),
        before_addresses=frozenset(lists["before_addresses"]),
    )


_WORDS = _read_words()
_END = re.compile("|".join(_WORDS.part_ends))


def find_doors_of_places(text: str) -> Iterator[tuple[int, int]]:
    """Find the addresses whose door counts only because a place stands before it.

    >>> text = "他住城北乡柳家村三组,我在柳园二期4楼5门202,第3楼2号说的"
    >>> [text[start:end] for start, end in find_doors_of_places(text)]
    ['城北乡柳家村三组', '柳园二期4楼5门202']
    """
    if _DOOR_SIGN.search(text) is None:
        return
    end = 0
    for start in _DOOR_START.finditer(text):
        door = _DOOR.match(text, start.start()) if start.start() >= end else None
        if door:
            begin = start_of_way(text, door.start())
            if begin < door.start():
                end = door.start() + len(door.group().rstrip(" ,-"))
                yield begin, end
    if "室" in text or "房" in text:
        yield from _backwards(text)


def start_of_way(text: str, door: int) -> int:
    """Tell where the way to a door begins: where the door does, if no place is before it.

    >>> start_of_way("快递放在柳州市城北区柳园路12号", 13)
    4
    """
    begin = max(0, door - _LONGEST)
    for barrier in _BARRIER.finditer(text, begin, door):
        begin = barrier.end()
    way = text[begin:door]
    taken = _taken(way) if way else 0
    return door - taken


@lru_cache(maxsize=64)
def _taken(way: str) -> int:
    """Count the characters at the end of a way that are parts of places."""
    words = rjieba.tag(way)
    left = len(way)
    starts: list[int] = []
    for word, tag in reversed(words):
        start = left - len(word)
        is_name_end = word in "上下里前后" and way[left : left + 1] in _AREAS
        if not is_name_end and not _is_part(word, tag, way[:start], bool(starts)):
            break
        if word not in _WORDS.no_part and word not in " ,\n-":
            starts.append(start)
        left = start
    taken = next((len(way) - start for start in reversed(starts) if _is_place(way[start:])), 0)
    return max(taken, _from_region(way))


def _from_region(way: str) -> int:
    """Count the characters from a known region on, whatever the words of the parts may be."""
    begin = max((match.end() for match in _NO_NAME.finditer(way)), default=0)
    for start in range(begin, len(way) - 1):
        if is_region_name(way[start : start + 2]) or is_region_name(way[start : start + 3]):
            ends = [start, *(match.end() for match in _END.finditer(way, start)), len(way)]
            is_close = all(after - end <= _FAR for end, after in pairwise(ends))
            return len(way) - start if is_close and len(ends) > 2 else 0
    return 0


def _is_part(word: str, tag: str, before: str, is_inside: bool) -> bool:
    """Say whether a word can be part of a place; `before` is what stands before it."""
    if word in (" ", ",", "\n"):
        ends = before.endswith(_WORDS.wide_ends) or is_region_name(before[-2:])
        return is_inside and (ends or word == " ") and before != ""
    if word in _WORDS.before_addresses:
        return False
    if word[-1] in "路街巷弄里道区村镇乡县市园苑城庄院号":
        return tag[0] not in "rp" and not (tag[0] == "v" and word[-1] in "里道号")
    is_count = (
        tag[0] == "m" and len(word) > 1 and word[0] in "一两几" and word[-1] in "条个位名块天"
    )
    if is_count:
        return False
    if tag[0] in "rpcuyeotd" and tag != "eng":
        return before.endswith(_WORDS.wide_ends) and len(word) == 1 and tag[0] in "dt"
    return tag[0] != "v" or len(word) == 1


def _is_place(way: str) -> bool:
    """Say whether a way begins with a part of usual length, names one, and leads to its end."""
    ends = [match.end() for match in _END.finditer(way)]
    if not ends or way[: ends[-1]] in _WORDS.no_part or ends[-1] < 2:
        return False
    is_near = len(way) - ends[-1] <= _FAR
    is_short = ends[0] <= _FAR or is_region_name(way[:2]) or is_region_name(way[:3])
    return is_near and is_short


def _backwards(text: str) -> Iterator[tuple[int, int]]:
    """Find addresses from the room up to the city, with commas between the parts."""
    for match in _BACKWARDS.finditer(text):
        parts = re.split("[ ,]+", match.group())
        if any(part.endswith(_WORDS.part_ends) for part in parts[2:]):
            last = max(
                (len(" ".join(parts[: number + 1])), number)
                for number, part in enumerate(parts)
                if number < 2
                or part.endswith(_WORDS.part_ends)
                or is_region_name(part)
                or part[-1] in "室号"
            )[1]
            end = match.start()
            for part in parts[: last + 1]:
                end = text.index(part, end) + len(part)
            yield match.start(), end
