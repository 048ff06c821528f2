"""Numbers in the disguises in which people write them.

In: a normalised text. Out: the parts that patterns of numbers share (gaps, masks, what
follows a sum), and the bare number of a match. Out of scope: what a number is of (`phones`,
`identifiers`, `accounts`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

GAP = "[ ._·/\u20e3-]{0,2}"
WIDE_GAP = "[ ._·・•/,、。*+:~|#=()\n-]{1,3}"
"""What stands between the blocks of a number, where their lengths show what it is."""

MASK = "*×•"
_NUMERALS = dict(
    zip(
        "〇零洞一幺二三四五六七拐八九勾壹贰叁肆伍陆柒捌玖两oil⓪①②③④⑤⑥⑦⑧⑨⑴⑵⑶⑷⑸⑹⑺⑻⑼⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉",
        "0001123456778991234567892011012345678912345678901234567890123456789",
        strict=True,
    )
)
NUMERALS = "".join(_NUMERALS)
SUM_AHEAD = r"\d|元(?![旦宵月])|\.\d"
"""What follows a sum or a longer number, and no phone or account number."""

FLOAT = r"(?:\.0{1,6}(?![\d元%]))?"
"""What a spreadsheet adds to a number that it took for a quantity."""

_LONG_RUN = re.compile(r"\d(?<!\d\d)(?:[ ._·・•/,、。*+:~|#=()×\n\u20e3-]{0,3}\d|[*×•]){6,}")
_AROUND = 40
"""How far before and after a long number the words that tell what it is may stand."""

_TO_DIGITS = str.maketrans(_NUMERALS)
_DIGIT_AND_LETTER = re.compile(
    r"[0-9](?:[ ._/,-]{0,2}[oil]|(?<=[oil].)|(?<=[oil][ ._/,-].)|(?<=[oil][ ._/,-]{2}.))"
)
_MIXED_RUN = re.compile(rf"[\d{NUMERALS}](?:[ ._·/,、\u20e3-]{{0,2}}[\d{NUMERALS}]){{9,}}")


def in_digits(text: str) -> str:
    """Write runs of ten or more digits and other numerals in digits, at equal length.

    >>> in_digits("打幺五四OO零零00零零".lower())
    '打15400000000'
    """
    if text.isascii() and _DIGIT_AND_LETTER.search(text) is None:
        return text
    return _MIXED_RUN.sub(lambda run: as_digits(run.group()), text)


def as_digits(numerals: str) -> str:
    """Write Chinese and other numerals and the letters o, i, l in digits.

    >>> as_digits("一二3")
    '123'
    """
    return numerals.translate(_TO_DIGITS)


def bare_digits(number: str) -> str:
    """Strip a number of everything but its digits and check letter.

    >>> bare_digits("154-0000 0000")
    '15400000000'
    """
    return re.sub(r"[^\dx]", "", number)


def bare(number: str) -> str:
    """Strip a number of everything but its digits, check letter and masks.

    >>> bare("154 **** 0000")
    '154****0000'
    """
    return re.sub(rf"[^\dx{MASK}]", "", number)


def accepted(
    pattern: re.Pattern[str], text: str, is_one: Callable[[re.Match[str]], bool]
) -> Iterator[re.Match[str]]:
    r"""Give the matches that a check accepts; what it refuses may hold the start of another.

    >>> even = accepted(re.compile(r"\d\d"), "1234", lambda match: match.group() == "23")
    >>> [match.group() for match in even]
    ['23']
    """
    position = 0
    while match := pattern.search(text, position):
        if is_one(match):
            yield match
            position = match.end()
        else:
            position = match.start() + 1


def zones(text: str) -> Iterator[tuple[int, int]]:
    """Give the parts of a text in which a number of seven digits or more stands.

    >>> list(zones("a" * 50 + "1540000" + "b" * 50)), list(zones("12月3日付300元"))
    ([(10, 97)], [])
    """
    start = end = 0
    for run in _LONG_RUN.finditer(text):
        if end == 0 or run.start() - _AROUND > end:
            if end:
                yield start, end
            start = max(0, run.start() - _AROUND)
        end = min(len(text), run.end() + _AROUND)
    if end:
        yield start, end
