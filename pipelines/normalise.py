"""The normalised view of a text that every rule reads.

In: any text. Out: the same text in one spelling (half width, lower case, simplified
characters, plain quotes and dashes, no invisible characters, no runs of blanks), with
the way back to the offsets of the source. Out of scope: mojibake (repaired where files
are loaded), numbers written out, and every judgement about meaning.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from zhconv_rs import zhconv

from pipelines.records import Span

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
)
"""What shows nothing, as it stands in a class of characters of a pattern."""

_GAPS = re.compile(f"[ \n{INVISIBLE}](?:[ \n{INVISIBLE}]+|(?<! ))")
_NO_BLANK = re.compile(f"[\n{INVISIBLE}]")

_PLAIN = {
    "'": "‘’‚‛′`´ʼ＇",
    '"': "“”„‟″「」『』〝〞＂",
    "-": "‐‑‒–—―−﹣－",
    "~": "～〜∼",
    "\n": "\r\x0b\x0c\x85\u2028\u2029",
    ".": "．｡",
    ":": "﹕︰",
    "¥": "￥",
}
_HAN = (range(0x3400, 0xA000), range(0xF900, 0xFAF0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalised:
    """A normalised text and the way back to its source.

    From `starts[i]` on, a position in `text` lies `shifts[i]` further on in the source.
    """

    text: str
    starts: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)

    def to_source(self, start: int, end: int) -> Span:
        """Map a half-open range of `text` to the range of the source it came from.

        An empty range stays empty. Invisible characters inside the range are included,
        those around it are not.

        >>> normalise("退　　款！").to_source(0, 3)
        Span(start=0, end=4)
        """
        first = start + self.shifts[bisect_right(self.starts, start) - 1]
        if end <= start:
            return Span(first, first)
        last = end - 1
        return Span(first, last + self.shifts[bisect_right(self.starts, last) - 1] + 1)


def normalise(text: str) -> Normalised:
    r"""Give the one spelling of a text that rules are written in.

    A run of blanks becomes one blank; a run with a line break becomes one line break,
    unless the line is merely wrapped (a lower-case Latin letter goes on), which reads as
    a blank. So a rule may take a blank for granted between the words of a phrase.

    >>> normalise("退　　款！ＶＩＰ會員").text
    '退 款!vip会员'
    >>> normalise("they charged my\ncard").text
    'they charged my card'
    """
    spelled = text.translate(_spelling())
    if "  " not in spelled and _NO_BLANK.search(spelled) is None:
        return Normalised(text=spelled)
    return _close_gaps(text, spelled)


def _close_gaps(source: str, spelled: str) -> Normalised:
    """Drop invisible characters and shorten runs of blanks, keeping the way back."""
    pieces: list[str] = []
    starts, shifts = [0], [0]
    position = length = 0
    for gap in _GAPS.finditer(spelled):
        begin, end = gap.span()
        mark = _gap_mark(gap.group(), source[end : end + 1])
        pieces.append(spelled[position:begin])
        pieces.append(mark)
        length += begin - position + len(mark)
        position = end
        if end - length != shifts[-1]:
            starts.append(length)
            shifts.append(end - length)
    pieces.append(spelled[position:])
    return Normalised(text="".join(pieces), starts=tuple(starts), shifts=tuple(shifts))


def _gap_mark(gap: str, following: str) -> str:
    """Say what a run of blanks, line breaks and invisible characters reads as."""
    if "\n" in gap:
        return " " if "a" <= following <= "z" else "\n"
    return " " if " " in gap else ""


@cache
def _spelling() -> tuple[int, ...]:
    """Build the table that respells a text character by character, never changing its length.

    It holds every code point up to the last that is respelled: a look-up that fails is slow.
    """
    table: dict[int, str] = {}
    for code in range(0x80, 0x20000):
        char = chr(code)
        lower = char.lower()
        if len(lower) == 1 and lower != char:
            table[code] = lower
        elif char.isspace():
            table[code] = " "
        elif char.isdecimal():
            table[code] = str(unicodedata.decimal(char))
    table |= {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    table |= dict.fromkeys((0x09, 0x2800, 0x3164), " ")
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    table |= {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    for plain, variants in _PLAIN.items():
        table |= {ord(variant): plain for variant in variants}
    table |= _simplified()
    respelled = list(range(0x20000))
    for code, char in table.items():
        respelled[code] = ord(char.translate(table))
    return tuple(respelled)


def _simplified() -> dict[int, str]:
    """Map every traditional character that has one simplified counterpart to it."""
    traditional = [chr(code) for block in _HAN for code in block]
    simplified = zhconv("\n".join(traditional), "zh-hans").split("\n")
    return {
        ord(old): new
        for old, new in zip(traditional, simplified, strict=True)
        if old != new and len(new) == 1
    }
