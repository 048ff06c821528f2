"""Telephone numbers of persons.

In: a normalised text, and the same with numerals in digits. Out: sightings of mobiles and
landlines, in blocks, with codes of countries, with extensions, masked in part. Out of
scope: numbers that belong to no person (hot lines: 400, 800, 12315, 95xxx) and how those of
other countries look (`phones_abroad`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.digits import (
    FLOAT,
    GAP,
    MASK,
    SUM_AHEAD,
    WIDE_GAP,
    accepted,
    bare,
    bare_digits,
)
from pipelines.extract.phones_abroad import find_phones_abroad
from pipelines.extract.sighting import Sighting

_MOBILE = re.compile(
    r"(?<!\d)(?<!0\.)(?:\(?(?:\+|00)?86\)?[ -]?)?"
    rf"(?P<value>1{GAP}[3-9](?:{GAP}\d){{9}}"
    rf"|1 \d \d - \d{{4}} - \d(?: ?\d){{3}})\u20e3?{FLOAT}(?!{SUM_AHEAD})"
)
_MOBILE_IN_BLOCKS = re.compile(
    rf"1(?<!\d\d)[3-9]\d(?P<first>{WIDE_GAP})\d{{3,5}}(?P<second>{WIDE_GAP})"
    rf"(?:\d{{4}}|\d\d[ -]\d{{3}}|\d{{3}})(?!{SUM_AHEAD})"
)
_MOBILE_AFTER_CODE = re.compile(
    rf"(?:\+86|0086|86) ?[()] ?\(?(?P<value>1[3-9]\d\)?(?:[ -]?\d){{8}})(?!{SUM_AHEAD})"
)
_MOBILE_AS_POWER = re.compile(r"1\.(?<!\d1\.)(?P<value>[3-9]\d{7,8}\d)e\+?10(?!\d)")
_PHONE_WORD = re.compile(r"(?:电话|手机|联系|拨打|微信)[^\d]{0,4}$")
_CODE_BEFORE = re.compile(r"(?<![a-z])(?!tel|mob|cell|call|qq|wx|vx|wechat|phone)[a-z]{2,5}$")
"""Letters that make the digits after them the number of an order."""
_OVER_A_LINE = re.compile(
    r"(?<![\d.])(?P<value>1[3-9](?: ?\d){0,7} ?\n ?\d(?: ?\d){1,8})(?![\d元年月%]|\.\d)"
)
_LIST_MARKS = frozenset(",、。+~=")
_SUM_BEFORE = re.compile(r"[¥$合共计约价额款值付][: ]?$")
_MASKED_MOBILE = re.compile(rf"(?<![\d{MASK}])1[3-9](?:[ -]?[\d{MASK}]){{9}}(?![\d{MASK}])")
_EXTENSION = r"(?: ?(?:-|转|分机号?|ext\.?|extension|x) ?\d{1,5})?"
_LANDLINE = re.compile(
    r"(?<![\d.])(?<!\d[/-])(?:\(?(?:\+|00)?86\)?[ -]?)?"
    r"\(?0(?:10|2\d|[3-9]\d{2})(?:(?:\) ?|[ /.-]{1,2}|\)[ /.-]{1,2})[1-9]|[2-9])"
    r"(?:\d{2,3}[ .-]?\d{4}|\d{3}[ .-]\d{3}(?![ .-]?\d))"
    rf"{_EXTENSION}(?!\d)|86[ -](?<![\d]86.)(?:10|2\d"
    rf"|[3-9]\d\d)[ -][2-9]\d{{3}}[ -]?\d{{4}}{_EXTENSION}(?!\d)"
)
_FRAMED_LANDLINE = re.compile(
    r"(?:电话|座机|固话|固定电话|手机|致电|来电|tel|phone)[^\d\n\[]{0,6}"
    r"(?P<value>(?:0(?:10|2\d|[3-9]\d\d)[1-9]\d{6,7}"
    rf"|(?![48]00)[2-8]\d{{2,3}}[ -]?\d{{4}}){_EXTENSION})"
    rf"(?!{SUM_AHEAD})"
)
_OVERLONG = re.compile(
    r"(?:电话|手机|联系方式)(?:号码?)?[ :是为]{0,3}(?P<value>1[3-9]\d{10,19})(?!\d|元|\.\d)"
)
"""A mobile with digits too many, or with another number written on to it."""


def find_phones(text: str) -> Iterator[Sighting]:
    """Report the telephone numbers of a text that is in digits.

    >>> [seen.kind for seen in find_phones("154-0000-0000,(010)20000000转8,400-000-0000")]
    ['mobile', 'landline']
    """
    yield from _mobiles(text)
    yield from find_phones_abroad(text)
    for match in _LANDLINE.finditer(text):
        yield Sighting("landline", *match.span(), bare(match.group()))
    for match in _FRAMED_LANDLINE.finditer(text):
        yield Sighting("landline", *match.span("value"), bare(match["value"]))
    for match in _OVERLONG.finditer(text):
        yield Sighting("mobile", *match.span("value"), match["value"])


def find_mobiles_in_blocks(text: str) -> Iterator[Sighting]:
    """Report mobiles whose blocks stand far apart, or apart by marks that lists have as well.

    >>> [seen.identity for seen in find_mobiles_in_blocks("打154,0000,0001,充150,2000,3000")]
    ['15400000001']
    """
    for match in accepted(_MOBILE_IN_BLOCKS, text, _is_in_blocks):
        plain = _MOBILE.match(text, match.start())
        if plain is None or not _is_mobile(plain):
            yield Sighting("mobile", *match.span(), bare_digits(match.group()))


def _is_in_blocks(match: re.Match[str]) -> bool:
    """Tell a mobile in equal blocks from a list of sums, of which other sums stand beside."""
    first, second = match["first"].strip(), match["second"].strip()
    is_bracketed = first == ")" or match["first"] + match["second"] == "()"
    if len(bare_digits(match.group())) != 11 or not (first == second or is_bracketed):
        return False
    if first not in _LIST_MARKS:
        return True
    before = match.string[max(0, match.start() - 2) : match.start()].rstrip()
    after = match.string[match.end() : match.end() + 2].lstrip()
    is_listed = before[-1:] == first or (after[:1] == first and after[1:2].isdigit())
    return not is_listed and not match.group().endswith("00")


def _mobiles(text: str) -> Iterator[Sighting]:
    for match in accepted(_MOBILE, text, _is_mobile):
        yield Sighting("mobile", *match.span(), bare(match["value"]))
    if "86" in text or "e+" in text or "e10" in text:
        for pattern in (_MOBILE_AFTER_CODE, _MOBILE_AS_POWER):
            for match in pattern.finditer(text):
                digits = bare_digits(match["value"])
                yield Sighting("mobile", *match.span(), digits.rjust(11, "1"))
    if "\n" in text:
        for match in _OVER_A_LINE.finditer(text):
            if len(bare_digits(match.group())) == 11:
                yield Sighting("mobile", *match.span(), bare_digits(match.group()))
    if any(mark in text for mark in MASK):
        for match in _MASKED_MOBILE.finditer(text):
            number = bare(match.group())
            if 0 < sum(number.count(mark) for mark in MASK) <= 4:
                yield Sighting("mobile", *match.span(), number)


def _is_mobile(match: re.Match[str]) -> bool:
    """Tell a number in up to three blocks, or with every digit apart, from a row of numbers.

    One with several noughts behind a point is a sum where a word for sums stands before.
    """
    if match.group().endswith(".00") and _SUM_BEFORE.search(
        match.string, max(0, match.start() - 2), match.start()
    ):
        return False
    if _CODE_BEFORE.search(match.string, max(0, match.start() - 6), match.start()):
        return False
    blocks = [len(block) for block in re.split("[ ._·/\u20e3-]+", match["value"])]
    if [len(bare_digits(part)) for part in match["value"].split(" - ")] == [3, 4, 4]:
        return True
    if len(blocks) == 1 or set(blocks) == {1} or (len(blocks) <= 3 and min(blocks) >= 3):
        return True
    before = match.string[max(0, match.start() - 8) : match.start()]
    is_read_aloud = blocks[0] > 1 and _PHONE_WORD.search(before) is not None
    return blocks[1:] == [2, 2, 2, 2] or is_read_aloud
