"""Where somebody lives: the part of an address that leads to one door.

In: a normalised text for Chinese addresses, the text as written for English ones. Out:
sightings of house numbers and rooms. The province, the city, the road, the estate and the
village stay readable: they are shared by many, and complaints about an estate are grouped
by its name. Out of scope: buildings and stairs as a whole (3栋, 2单元).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.sighting import Sighting
from pipelines.extract.starts import matches_from

_NUMBER = r"(?:\d{1,4}|[a-z]\d{0,3}|[一二三四五六七八九十]{1,3})"
_ROOM_END = r"(?![\d元平米㎡人名户余多年月万套个次号栋度m%.\-]|号楼|层)"
_ROOM = (
    rf"{_NUMBER}(?:号楼|栋|幢|座)[ -]?(?:{_NUMBER}(?:单元|门|座|梯)[ -]?)?(?:\d{{1,2}}[层楼][ -]?)?"
    rf"\d{{3,4}}(?:室|房|号|户)?{_ROOM_END}"
    rf"|{_NUMBER}单元[ -]?(?:\d{{1,2}}[层楼][ -]?)?\d{{3,4}}(?:室|房|号|户)?{_ROOM_END}"
    r"|(?<![\d办公])\d{3,4}室(?![内外友])"
)
_CHINESE = re.compile(
    rf"(?<=[路街巷弄村组里道段屯胡同庄])(?<!街道)(?<!国道)(?<!省道)(?<!县道)(?<!铁路)"
    rf"\d{{1,5}}(?:-\d{{1,4}})?号(?!线|楼|门|桥|文|地块|井|墩|杆|车|公|工|站)(?:[ ,]?(?:{_ROOM}))?"
    rf"|{_ROOM}"
    rf"|(?<=[厦场心城园楼座])\d{{1,2}}[楼层][ -]?\d{{3,4}}(?:室|房|号)?{_ROOM_END}"
)
_HOME = re.compile(
    "(?:地址|住址|家住|住在|寄到|送到|寄往|送货到|户籍|家在|户口)"
    rf"[^\n。,;!?\d]{{0,40}}(?P<door>\d{{1,5}}(?:-\d{{1,4}})?(?:号楼?|弄|栋|幢|座|室|单元)"
    rf"(?:[ ,-]?(?:{_NUMBER})(?:号楼|弄|栋|幢|座|单元|门|梯|楼|层|室|房|号))*"
    r"(?:[ -]?\d{2,4}(?:室|房|号)?(?![\d元年月日]))?)"
)
_CHINESE_START = re.compile(
    r"[\da-z一二三四五六七八九十](?=[\d一二三四五六七八九十-]{0,9}[栋幢座室号单楼层])"
)
_STREET = (
    "Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Circle|Cir|Place|Pl|"
    "Terrace|Parkway|Pkwy|Highway|Hwy|Way"
)
_ENGLISH = re.compile(
    r"\d(?<![\w$#.,-]\d)\d{0,5}[A-Z]? (?:[NSEW]\.? )?"
    rf"(?:(?!XX)[A-Z0-9][A-Za-z0-9]{{0,30}}\.? ){{1,3}}"
    rf"(?:{_STREET})\b\.?"
    r"(?:,? (?:[Aa]pt|[Aa]partment|[Uu]nit|[Ss]uite|[Ss]te|#)\.? ?[A-Za-z0-9-]{1,6})?"
)
_POST_BOX = re.compile(r"\bP\.? ?O\.? ?Box \d{1,6}\b")


def find_chinese_addresses(text: str) -> Iterator[Sighting]:
    """Report house numbers after a road or village, and rooms, of a normalised text.

    >>> text = "住人民路12号,不是3栋业主,是幸福小区5栋2404"
    >>> [text[seen.start:seen.end] for seen in find_chinese_addresses(text)]
    ['12号', '5栋2404']
    """
    for match in matches_from(_CHINESE_START, _CHINESE, text):
        yield Sighting("address", *match.span(), match.group())
    for match in _HOME.finditer(text):
        if match["door"].endswith(("栋", "幢", "座", "号楼")) and match["door"][:-2].isdigit():
            continue
        yield Sighting("address", *match.span("door"), match["door"])


def find_english_addresses(text: str) -> Iterator[Sighting]:
    """Report numbered streets of a text as written.

    >>> text = "They shipped it to 9999 Null Street, Apt 0 in 5 days."
    >>> [text[seen.start:seen.end] for seen in find_english_addresses(text)]
    ['9999 Null Street, Apt 0']
    """
    if "Box " in text:
        for match in _POST_BOX.finditer(text):
            yield Sighting("address", *match.span(), match.group().lower())
    for match in _ENGLISH.finditer(text):
        yield Sighting("address", *match.span(), match.group().lower())
