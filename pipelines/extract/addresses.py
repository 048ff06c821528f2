"""Where somebody lives: an address that leads to one door.

In: a normalised text. Out: sightings of addresses, each as one from its region or road to
the door (`address_chains`). Out of scope: places without a door (a road, an estate, 3栋 of
one), which many share, and addresses in Latin letters (`english_addresses`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.address_chains import find_doors_of_places, start_of_way
from pipelines.extract.sighting import Sighting
from pipelines.extract.starts import matches_from

_NUMBER = r"(?:\d{1,4}|[a-z]\d{0,3}|[一二三四五六七八九十]{1,3})"
_HAN = "\u3400-\u9fff"
_DOOR = r"(?:\d{3,4}|[一二三四五六七八九][一二三四五六七八九零〇]{2,3})"
_ROOM_END = r"(?![\d元平米㎡人名户余多年月万套个次号栋度m%.\-]|号楼|层)"
_ROOM = (
    rf"{_NUMBER}(?:号楼|栋|幢|座)[ -]?(?:{_NUMBER}(?:单元|门|座|梯)[ -]?)?(?:\d{{1,2}}[层楼][ -]?)?"
    rf"{_DOOR}(?:室|房|号|户)?{_ROOM_END}"
    rf"|{_NUMBER}单元[ -]?(?:{_NUMBER}[层楼][ -]?)?(?:{_DOOR}(?:室|房|号|户)?{_ROOM_END}"
    rf"|(?<=[层楼]){_NUMBER}[号室户])"
    r"|(?<![\d办公])\d{3,4}室(?![内外友])"
)
_TAIL = (
    r"(?:(?:附|增|之)(?:\d{1,3}|[一二三四五六七八九十]{1,3})号?)?"
    r"(?:院(?![长校里内]))?"
    r"(?:\d{3,4}[室房]?(?![\d元年月日天个人块户米平万.%])"
    rf"|[ ,]?(?:[{_HAN}]{{0,8}}(?:小区|花园|公寓|大厦|大楼|公馆|家园|[苑园府庭里村城院]))?[ ,]?"
    rf"(?:{_ROOM}|\d{{1,3}}(?:-\d{{1,4}}){{1,3}}|\d{{1,2}}[楼层][ -]?(?:\d{{3,4}}"
    rf"|[a-z]\d?)[室房座]?"
    rf"|[a-z]\d?座[ -]?\d{{3,4}}[室房]?|{_DOOR}[室房])"
    rf"|[ ,]?[{_HAN}]{{2,8}}(?:大厦|中心|广场|公寓|大楼)[ ,]?\d{{3,4}}{_ROOM_END}"
    r"|\d{1,2}[楼层](?![主的]))?"
)
_CHINESE = re.compile(
    rf"(?<=[路街巷弄村组里道段屯胡同庄])(?<!街道)(?<!国道)(?<!省道)(?<!县道)(?<!铁路)"
    rf"(?<![村家城店校厂这那]里)[\n ]?附?(?:\d{{1,5}}(?:-\d{{1,4}})?|[一二三四五六七八九十]{{1,4}})"
    r"号(?!线|楼|门|桥|文|地块"
    rf"|井|墩|杆|车|公|工|站){_TAIL}"
    rf"|{_ROOM}"
    rf"|(?<=[厦场心城园楼座])\d{{1,2}}[楼层][ -]?(?:\d{{3,4}}(?:室|房|号)?{_ROOM_END}"
    rf"|[a-z]\d?[室座房])"
)
_UNIT = (
    r"(?:(?:\d{1,5}(?:-\d{1,4}){0,3}|[a-z]\d{0,3}|[一二三四五六七八九十]{1,3})"
    "(?:号楼|号院|号|公寓|栋楼|排|弄|栋|幢|座|单元|室|房|楼|层|门|梯|组|舍))"
)
_HOME = re.compile(
    "[地住家寄送户](?:(?<=[地住])址|(?<=家)住|(?<=住)在|(?<=[寄送])[到往回]|(?<=送)货到|(?<=户)籍"
    "|(?<=家)(?<!全家)在)"
    "(?:所在地|是|为|在|到)?[: ]{0,2}"
    rf"(?P<place>(?:(?![的了没就被我他她时通])[{_HAN}a-z\d -]){{0,40}}?(?P<door>{_UNIT}"
    rf"(?:[ ,-]?(?:(?![的了后没是就被有业和])[{_HAN}]){{0,10}}?(?:{_UNIT}"
    rf"|\d{{1,3}}(?:-\d{{1,4}}){{1,3}}|\d{{3,4}}(?![\d元年月日天]))){{0,6}}))"
)
_ONE_BUILDING = re.compile(r"[\da-z一二三四五六七八九十]{1,4}(?:号楼|[楼层栋幢座组])")
_WAY = re.compile(
    rf"(?:^|[^{_HAN}]|[在是于到往为址住寄至从送户])"
    rf"(?P<way>[{_HAN}]{{2,8}}?(?:省|自治区|(?<![超城门夜])(?<![^成]都)市(?![场民长政面路]))"
    rf"[{_HAN}a-z\d ]{{0,32}})$"
)
_VILLAGE = re.compile(
    rf"[{_HAN}]{{1,6}}?(?:[县区旗州]|(?<![超城门夜])市)[{_HAN}]{{1,8}}?(?:[镇乡]|街道)"
    rf"(?:[{_HAN}]{{1,8}}?(?:村|社区|庄|屯|寨|大队|嘎查))"
    rf"[{_HAN}]{{0,4}}(?:\d{{1,4}}|[一二三四五六七八九十]{{1,3}})(?:组|队|社|号|户|屯|巷|弄)"
    rf"(?:(?:\d{{1,4}}|[一二三四五六七八九十]{{1,3}})[号户栋室])?(?![线楼桥])"
)
_HOME_WORD = re.compile("[地住]址|家住|住在|户籍|籍贯|寄[到往]|老家|家在")
_VILLAGE_HINT = re.compile("[组队社号户屯巷弄](?<=[\\d一二三四五六七八九十].)")
_LEAD = re.compile("^.{0,8}[在是于到往为址住寄至从回](?=.)")
_LONGEST_WAY = 44
_CHINESE_START = re.compile(
    r"[\n 附\da-z一二三四五六七八九十]"
    r"(?:(?=[\d一二三四五六七八九十-]{0,9}[栋幢座室号单楼层])|(?<=[路街巷][\n ])(?=\d))"
)
_DOOR_SIGN = re.compile(
    r"[栋幢座室号单楼层\n](?:(?<=[\n 附\da-z一二三四五六七八九十-][^\n])|(?<=[路街巷]\n)(?=\d))"
)
"""Something of which every start of `_CHINESE_START` has one behind it."""


def find_chinese_addresses(text: str) -> Iterator[Sighting]:
    """Report house numbers after a road or village, and rooms, of a normalised text.

    >>> text = "住人民路12号,不是3栋业主,是幸福小区5栋2404"
    >>> [text[seen.start:seen.end] for seen in find_chinese_addresses(text)]
    ['人民路12号', '幸福小区5栋2404']
    """
    start = end = 0
    for next_start, next_end in sorted(
        (*_doors(text), *_homes(text), *_villages(text), *find_doors_of_places(text))
    ):
        if next_start >= end:
            if end:
                yield Sighting("address", start, end, text[start:end])
            start = next_start
        end = max(end, next_end)
    if end:
        yield Sighting("address", start, end, text[start:end])


def _doors(text: str) -> Iterator[tuple[int, int]]:
    """Find doors, with the way to them from the province or city where one is given."""
    if _DOOR_SIGN.search(text) is None:
        return
    for match in matches_from(_CHINESE_START, _CHINESE, text):
        start = match.start()
        way = _WAY.search(text[max(0, start - _LONGEST_WAY) : start])
        begin = start_of_way(text, start)
        if way:
            begin = min(begin, start - len(_LEAD.sub("", way["way"])))
        yield begin, match.end()


def _villages(text: str) -> Iterator[tuple[int, int]]:
    """Find groups and houses of a village that is given from the county down."""
    if _VILLAGE_HINT.search(text) and ("镇" in text or "乡" in text or "街道" in text):
        for match in _VILLAGE.finditer(text):
            around = text[max(0, match.start() - 6) : match.start() + 4]
            if match.group()[-1] in "号户" or _HOME_WORD.search(around):
                lead = _LEAD.match(match.group())
                yield match.start() + (lead.end() if lead else 0), match.end()


def _homes(text: str) -> Iterator[tuple[int, int]]:
    """Find what is given as somebody's address."""
    for match in _HOME.finditer(text):
        if not _ONE_BUILDING.fullmatch(match["door"]):
            yield match.span("place")
