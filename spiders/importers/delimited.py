"""Reads CSV and TSV, record by record, and goes on behind every broken one.

In: a text stream with its line ends. Out: blocks of rows as wide as the header, and rejects
with the lines as they came. Blank lines are no records. Out of scope: what columns mean.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from typing import Final, TextIO

from spiders.importers.blocks import BlockBuilder, clean_names
from spiders.importers.streams import UNDECODABLE
from spiders.items import MAX_FIELD_CHARS, RejectReason, RowBlock

MAX_LINE_CHARS: Final = 1024 * 1024


class _OverLongLineError(Exception):
    """A line goes on beyond `MAX_LINE_CHARS`; the rest of it has been skipped."""


class _Lines:
    """The lines of a stream, which remembers those of the current record and can go back."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._pushed_back: deque[str] = deque()
        self.record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._pushed_back:
            line = self._pushed_back.popleft()
        else:
            line = self._stream.readline(MAX_LINE_CHARS)
        if not line:
            raise StopIteration
        self.record.append(line)
        if len(line) >= MAX_LINE_CHARS and not line.endswith(("\n", "\r")):
            self._skip_rest_of_line(line)
            raise _OverLongLineError
        return line

    def _skip_rest_of_line(self, piece: str) -> None:
        while piece and not piece.endswith(("\n", "\r")):
            piece = self._stream.readline(MAX_LINE_CHARS)

    def take_first_line(self) -> str:
        """The first line of the current record; the others will be given again."""
        first, *rest = self.record
        self._pushed_back.extendleft(reversed(rest))
        self.record.clear()
        return first


def read_header(stream: TextIO, delimiter: str) -> tuple[str, ...]:
    """Read the names of the columns: the first line that is not blank.

    An empty or unreadable first record gives no names.
    """
    lines = _Lines(stream)
    try:
        cells = next((row for row in csv.reader(lines, delimiter=delimiter) if row), [])
    except (csv.Error, _OverLongLineError):
        return ()
    return clean_names(cells)


def read_delimited(stream: TextIO, delimiter: str, *, is_sound: bool) -> Iterator[RowBlock]:
    """Read the records behind the header.

    Every line that is not blank ends up in a row or in a reject. A quote that is never closed
    costs the line it stands on, not those behind it. With `is_sound` the stream is known to
    hold no undecodable bytes, and is not searched for them.
    """
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    header = next((row for row in reader if row), [])
    builder = BlockBuilder(clean_names(header))
    lines.record.clear()
    while True:
        try:
            for row in reader:
                if row:
                    _take_row(builder, row, lines.record, is_sound)
                lines.record.clear()
                if builder.is_full:
                    yield builder.take()
            break
        except csv.Error:
            _take_broken(builder, lines, delimiter, is_sound)
        except _OverLongLineError:
            builder.reject(RejectReason.OVER_LONG_LINE, "".join(lines.record))
            lines.record.clear()
    if not builder.is_empty:
        yield builder.take()


def _take_row(builder: BlockBuilder, row: list[str], record: list[str], is_sound: bool) -> None:
    if not is_sound and any(map(UNDECODABLE.search, record)):
        builder.reject(RejectReason.UNDECODABLE_BYTES, "".join(record))
    elif len(row) != len(builder.names):
        builder.reject(RejectReason.WRONG_COLUMN_COUNT, "".join(record))
    else:
        builder.add(row, sum(map(len, record)))


def _take_broken(builder: BlockBuilder, lines: _Lines, delimiter: str, is_sound: bool) -> None:
    """Keep a line whose quotes are merely not doubled; reject one whose quote stays open."""
    first = lines.take_first_line()
    row = _tolerant_cells(first, delimiter)
    if row:
        _take_row(builder, row, [first], is_sound)
    elif len(first) > MAX_FIELD_CHARS:
        builder.reject(RejectReason.OVER_LONG_FIELD, first)
    else:
        builder.reject(RejectReason.BROKEN_QUOTES, first)


def _tolerant_cells(line: str, delimiter: str) -> list[str]:
    if line.count('"') % 2:
        return []
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
