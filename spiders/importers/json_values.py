"""Finds the JSON objects of a text stream, however they are arranged, and survives broken ones.

In: a text stream holding an array, one value a line, or values back to back. Out: each object in
order, and each stretch that is none. The stream is read in pieces, so an array on one line of a
gigabyte needs no gigabyte. Out of scope: which objects are records (`json_records`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TextIO

import orjson

from spiders.importers.streams import UNDECODABLE
from spiders.items import RejectReason

PIECE_CHARS: Final = 1024 * 1024

MAX_VALUE_CHARS: Final = 64 * 1024 * 1024
"""Longest single JSON value, which is a whole document where records lie in an envelope."""

_SEPARATORS: Final = re.compile(r"[\s,\[\]\ufeff]*")
_LINE_OR_OBJECT: Final = re.compile(r"(?=[\r\n{])")
_NEXT_LINE: Final = re.compile(r"[\r\n][\s,\[\]\ufeff]*(?=\{)")
_NEXT_NEIGHBOUR: Final = re.compile(r"[\r\n}][\s,\[\]\ufeff]*(?=\{)")
_DECODER: Final = json.JSONDecoder()
_LONGEST_TOKEN: Final = 16
"""A cut literal, number or escape fails at most so many characters before the cut."""

JsonObject = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A stretch of the stream that is no JSON object."""

    reason: RejectReason
    payload: str


class _Window:
    """A part of a text stream that grows at its end and is cut at its start."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._line_end = -1
        self.text = ""
        self.start = 0
        self.is_complete = False
        self.has_lines = False

    def grow(self) -> None:
        """Read as much again as is held, at least a piece."""
        held = self.text[self.start :]
        piece = self._stream.read(max(PIECE_CHARS, len(held)))
        self.is_complete = not piece
        self.text = held + piece
        self.start = 0
        self._line_end = -1

    @property
    def can_grow(self) -> bool:
        """Whether there is more to read, and room for it."""
        return not self.is_complete and len(self.text) - self.start < MAX_VALUE_CHARS

    def skip_separators(self) -> bool:
        """Go to the next value; False at the end of the stream."""
        while True:
            found = _SEPARATORS.match(self.text, self.start)
            end = found.end() if found else self.start
            self.has_lines = self.has_lines or "\n" in self.text[self.start : end]
            self.start = end
            if self.start < len(self.text):
                return True
            if self.is_complete:
                return False
            self.grow()

    def take_line(self) -> str | None:
        """The rest of the current line, once for every line; None where it was given before."""
        if self.start < self._line_end:
            return None
        end = self.text.find("\n", self.start)
        self._line_end = end if end >= 0 else len(self.text)
        return self.text[self.start : self._line_end]

    def take(self, end: int) -> str:
        """Cut the window at `end` and give what was before."""
        taken = self.text[self.start : end]
        self.start = end
        return taken

    def take_until(self, pattern: re.Pattern[str]) -> str:
        """Cut the window behind the first character, where the pattern next matches."""
        while True:
            found = pattern.search(self.text, self.start + 1)
            if found:
                return self.take(found.end())
            if not self.can_grow:
                return self.take(len(self.text))
            self.grow()


def read_values(stream: TextIO) -> Iterator[JsonObject | Broken]:
    """Give every object of the stream in order, and every stretch that is none.

    Brackets and commas between objects are skipped, so an array and a file of lines read alike.
    Behind a broken object it goes on at the next line that starts with one, or, where all stands
    on one line, at the next neighbour.

    >>> from io import StringIO
    >>> list(read_values(StringIO('[{"a": 1}, {"a": 2}]')))
    [{'a': 1}, {'a': 2}]
    """
    window = _Window(stream)
    while window.skip_separators():
        if window.text[window.start] != "{":
            yield _broken(RejectReason.NOT_AN_OBJECT, window.take_until(_LINE_OR_OBJECT))
            continue
        value = _object_on_line(window)
        if value is None:
            value = _object_over_lines(window)
        if value is None:
            following = _NEXT_LINE if window.has_lines else _NEXT_NEIGHBOUR
            yield _broken(RejectReason.BROKEN_JSON, window.take_until(following))
        else:
            yield value


def _broken(reason: RejectReason, payload: str) -> Broken:
    if UNDECODABLE.search(payload):
        reason = RejectReason.UNDECODABLE_BYTES
    return Broken(reason=reason, payload=payload.strip())


def _object_on_line(window: _Window) -> JsonObject | None:
    line = window.take_line()
    if line is None:
        return None
    value = _parsed(line.rstrip(", \t\r"))
    if value is not None:
        window.take(window.start + len(line))
    return value


def _object_over_lines(window: _Window) -> JsonObject | None:
    while True:
        try:
            _, end = _DECODER.raw_decode(window.text, window.start)
        except json.JSONDecodeError as problem:
            if not (window.can_grow and _is_cut_off(problem)):
                return None
            window.grow()
        except (RecursionError, ValueError):
            return None
        else:
            value = _parsed(window.text[window.start : end])
            if value is not None:
                window.take(end)
            return value


def _is_cut_off(problem: json.JSONDecodeError) -> bool:
    is_at_end = problem.pos >= len(problem.doc) - _LONGEST_TOKEN
    return is_at_end or problem.msg.startswith("Unterminated string")


def _parsed(text: str) -> JsonObject | None:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return value if isinstance(value, dict) else None
