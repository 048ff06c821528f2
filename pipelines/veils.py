r"""Looks under what hides the characters of a text: markup, escapes, odd blanks, the invisible.

In: a text as written. Out: an `Unveiled` text with the way back to the source, or None where
nothing is hidden. Out of scope: spelling (`pipelines.normalise`), and what is found
(`pipelines.redact`, which alone looks under markup: no other step takes it away).

    Mr.&nbsp;Smith     -> Mr. Smith
    154<i>0000</i>1234 -> 15400001234
    \u5f20%E4%BC%9F    -> 张伟
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from pipelines.normalise import INVISIBLE
from pipelines.records import Span

_BLANKS = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164"
_THIN = re.compile(
    f"[{_BLANKS}{INVISIBLE}](?:(?<=[{_BLANKS}])[{_BLANKS} {INVISIBLE}]*|[{INVISIBLE}]*)"
)
_TAG = r"<(?:/?[A-Za-z][^<>]*|!--[^<>]*--)>"
_ENTITY = r"&(?:amp;){0,3}(?:#(?:[xX][0-9A-Fa-f]{1,6}|[0-9]{1,7});?|[A-Za-z]{2,8};)"
_THICK = re.compile(
    rf"(?P<tag>{_TAG})|(?P<entity>{_ENTITY})|\\u(?P<escape>[0-9A-Fa-f]{{4}})"
    rf"|(?P<bytes>(?:%[0-9A-Fa-f]{{2}})+)|(?P<thin>{_THIN.pattern})"
)
_THICK_HINT = re.compile(r"<[/!A-Za-z]|&[#A-Za-z]|\\u[0-9A-Fa-f]{4}|%[0-9A-Fa-f]{2}")
_BLOCK = re.compile(
    r"</?(?:br|p|div|li|ul|ol|tr|td|th|table|tbody|h[1-6]|hr|section|article|dd|dt|dl|option)\b",
    re.IGNORECASE,
)
"""Tags that stand between words; all others may stand within one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unveiled:
    """A text with nothing hidden, and the way back to its source.

    From `starts[i]` on, a position in `text` lies `shifts[i]` further on in the source; the
    character at a position in `ends` ends there in the source.
    """

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]
    ends: dict[int, int]

    def to_source(self, start: int, end: int) -> Span:
        """Map a half-open range of `text`, which is not empty, to the range it came from.

        >>> veiled = look_under_markup("a <b>&#49;</b>2")
        >>> veiled.text, veiled.to_source(2, 3)
        ('a 12', Span(start=5, end=10))
        """
        last = end - 1
        stop = self.ends.get(last)
        if stop is None:
            stop = last + self._shift(last) + 1
        return Span(start + self._shift(start), stop)

    def _shift(self, position: int) -> int:
        return self.shifts[bisect_right(self.starts, position) - 1]


def look_through_blanks(text: str) -> Unveiled | None:
    r"""Make odd blanks plain and drop the invisible; None where there is neither.

    >>> look_through_blanks("Mr.\u00a0Sm\u200bith").text
    'Mr. Smith'
    """
    return _unveiled(text, _THIN) if _THIN.search(text) else None


def look_under_markup(text: str) -> Unveiled | None:
    r"""Take away tags and undo entities and escapes as well; None where there are none.

    >>> look_under_markup("<b>张</b><b>&#x4F1F;</b>先生").text
    '张伟先生'
    """
    return _unveiled(text, _THICK) if _THICK_HINT.search(text) else None


def _unveiled(source: str, veil: re.Pattern[str]) -> Unveiled:
    pieces: list[str] = []
    starts, shifts = [0], [0]
    ends: dict[int, int] = {}
    position = length = 0
    for match in veil.finditer(source):
        pieces.append(source[position : match.start()])
        length += match.start() - position
        position = match.start()
        for char, size in _under(match):
            starts.append(length)
            shifts.append(position - length)
            position += size
            if char:
                pieces.append(char)
                ends[length] = position
                length += 1
        starts.append(length)
        shifts.append(position - length)
    pieces.append(source[position:])
    return Unveiled(text="".join(pieces), starts=tuple(starts), shifts=tuple(shifts), ends=ends)


def _under(match: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Give the characters that a veil stands for, each with the length of its own part of it."""
    whole = match.group()
    kind = match.lastgroup or "thin"
    if kind == "bytes":
        yield from _in_bytes(whole)
    elif kind == "tag":
        yield (" " if _BLOCK.match(whole) else ""), len(whole)
    elif kind == "thin":
        yield ("" if _is_invisible(whole) else " "), len(whole)
    else:
        char = chr(int(whole[2:], 16)) if kind == "escape" else _of_entity(whole)
        if len(char) == 1 and char.isprintable():
            yield char, len(whole)
        elif char.isspace():
            yield " ", len(whole)
        else:
            yield from ((one, 1) for one in whole)


def _in_bytes(written: str) -> Iterator[tuple[str, int]]:
    """Read bytes that are written with percent signs; those that are no text stay as they are."""
    try:
        chars = bytes.fromhex(written.replace("%", "")).decode()
    except UnicodeDecodeError:
        yield from ((one, 1) for one in written)
        return
    yield from ((char if char.isprintable() else " ", 3 * len(char.encode())) for char in chars)


def _of_entity(written: str) -> str:
    name = written.rpartition("&")[2].replace("amp;", "") if written != "&amp;" else "amp;"
    return unescape(f"&{name}")


def _is_invisible(gap: str) -> bool:
    return re.search(f"[{_BLANKS} ]", gap) is None
