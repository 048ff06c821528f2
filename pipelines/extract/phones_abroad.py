"""Telephone numbers of other countries, in blocks, spelled out and digit by digit.

In: a normalised text, and the same with numerals in digits. Out: sightings. Out of scope:
numbers of mainland China (`phones`), toll-free ones, and short codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.digits import SUM_AHEAD, bare_digits
from pipelines.extract.sighting import Sighting

_EXTENSION = r"(?:,? (?:ext|extension|x)\.? ?\d{1,5})?"
_WITH_CODE = re.compile(
    r"\+(?<![\d)]\+)(?!86)[1-9]\d{0,2}"
    r"(?P<value>[ .-]?(?:\(0\) ?)?\(?\d{1,4}\)?(?:[ .-]?\d{2,4}){2,5})"
    rf"{_EXTENSION}(?!{SUM_AHEAD})"
    r"|85[23](?<!\d\d\d\d)-[5-9]\d{3}[ -]?\d{4}(?!\d)"
    r"|00(?<![\d.,]\d0)[1-9]\d{1,2}[ .-]\d{2,3}(?:[ .-]\d{2,4}){2,3}(?!\d)"
)
_US = re.compile(
    r"(?<![\d-])(?:\+?1[ .-]?)?\(?(?P<area>[2-9]\d{2})\)?[ .-]?"
    r"(?:[2-9]\d{2}|(?<=[ .)-])\d{3})[ .-]\d{4}" + _EXTENSION + r"(?![\d-])"
)
_ANNOUNCED = (
    r"(?:call|phone|cell|mobile|text|telephone|tel|ph|contact|ring|whatsapp|reach(?:ed)?|number"
    r"|dial"
    r"|landlines?|home line|office line|line|fax)"
    r"(?: me| us| him| her)?(?: number| num| no\.?| phone)?(?: at| on| is| was)?[ :#(]{0,3}"
)
_FRAMED = re.compile(
    _ANNOUNCED + r"(?P<value>\(?(?P<area>[2-9]\d{2})\)?[ .-]?\d{3}[ .-]?\d{4}"
    r"|0\d{1,4}\)?(?:[ -]?\d{3,4}){2}|04\d\d ?\d{3} ?\d{3}"
    r"|[2-9]\d{2}-\d{4})(?![\d-])"
)
_DIGIT_BY_DIGIT = re.compile(
    r"(?:call|phone|cell|mobile|text|number|tel|whatsapp|dial|ring)[^\d\n]{0,16}"
    r"(?P<value>(?P<area>[2-9](?:[ .\u20e3-]{1,3}\d){2})(?:[ .\u20e3-]{1,3}\d){7}\u20e3?)(?!\d)"
)
_BARE = re.compile(
    r"0(?<![\d-]0)(?:7\d{3}[ -]?\d{3}[ -]?\d{3}| 7(?: \d){9}(?! \d)|[789]0-\d{4}-\d{4}"
    r"|[67](?:[ .]\d\d){4})(?![\d-])"
)
_BRITISH_LANDLINE = re.compile(
    r"0(?<![\d.-]0)1\d{2,3}\)?[ -]\d{3}(?:[ -]?\d{3,4}|\d{2})(?![\d-]|[.:/]\d)"
)
_WORD_DIGITS = {
    **{"zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5"},
    **{"six": "6", "seven": "7", "eight": "8", "nine": "9"},
}
_TELLING = ("six", "five", "nine")
"""Words of which nearly every number that is written out has one."""
_WORD_DIGIT = "|".join(_WORD_DIGITS)
_SPELLED = re.compile(
    rf"(?<![a-z\d])(?P<value>(?:{_WORD_DIGIT}|\d)(?:[ ,.-]{{0,2}}(?:{_WORD_DIGIT}"
    rf"|[\do])){{9,12}})(?![a-z\d])"
)
_PHONE_WORDS = ("cell", "phone", "call", "text", "mobile", "number", "tel", "dial", "ring", "reach")
_TOLL_FREE = frozenset({"400", "800", "822", "833", "844", "855", "866", "877", "888", "900"})


def find_phones_abroad(text: str) -> Iterator[Sighting]:
    """Report numbers with the code of a country, in the blocks of one, or in a frame.

    >>> seen = find_phones_abroad("text me at 212-555-0100 or +44 7700 900000, not 800-555-0100")
    >>> sorted({one.identity for one in seen})
    ['2125550100', '447700900000']
    """
    for match in _WITH_CODE.finditer(text):
        digits = bare_digits(match.group().replace("(0)", ""))
        if 10 <= len(digits) <= 15 and digits[1:4] not in _TOLL_FREE:
            yield Sighting("mobile", *match.span(), digits.removeprefix("00"))
    for match in _US.finditer(text):
        if match["area"] not in _TOLL_FREE:
            yield Sighting("mobile", *match.span(), re.sub(r"\D", "", match.group())[-10:])
    for pattern in (_FRAMED, _DIGIT_BY_DIGIT):
        for match in pattern.finditer(text):
            if bare_digits(match["area"] or "") not in _TOLL_FREE:
                yield Sighting("mobile", *match.span("value"), bare_digits(match["value"]))
    for match in _BARE.finditer(text):
        yield Sighting("mobile", *match.span(), bare_digits(match.group()))
    if "01" in text:
        for match in _BRITISH_LANDLINE.finditer(text):
            digits = bare_digits(match.group())
            if 10 <= len(digits) <= 11:
                yield Sighting("landline", *match.span(), digits)


def find_spelled_phones(text: str) -> Iterator[Sighting]:
    """Report numbers that are written out in words, where the text speaks of a phone.

    >>> text = "my cell is two one two, five five five, oh 1 0 0"
    >>> [seen.identity for seen in find_spelled_phones(text)]
    ['2125550100']
    """
    if not any(map(text.__contains__, _TELLING)) or sum(map(text.__contains__, _WORD_DIGITS)) < 3:
        return
    if any(map(text.__contains__, _PHONE_WORDS)):
        for match in _SPELLED.finditer(text):
            written = re.sub(_WORD_DIGIT, lambda word: _WORD_DIGITS[word.group()], match["value"])
            digits = bare_digits(written.replace("o", "0"))
            if not match["value"].isdigit() and len(set(digits)) > 1:
                yield Sighting("mobile", *match.span(), digits)
