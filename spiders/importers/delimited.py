"""Reads CSV and TSV, record by record, and goes on behind every broken one.

In: a text stream with its line ends. Out: blocks of rows as wide as the header, and rejects
for all other lines. Blank lines are no records. Out of scope: what columns mean.
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

MAX_NAME_CHARS: Final = 1_000
"""Longest name of a column; a longer one is text that a stray quote drew into the header."""


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

    A stream whose first record is no header gives no names: it is missing, has broken quotes,
    or a cell so long that a stray quote must have swallowed lines.
    """
    lines = _Lines(stream)
    try:
        return _names(csv.reader(lines, delimiter=delimiter, strict=True))
    except (csv.Error, _OverLongLineError):
        return ()


def read_delimited(stream: TextIO, delimiter: str, *, is_sound: bool) -> Iterator[RowBlock]:
    """Read the records behind the header, which `read_header` can read.

    Every line that is not blank ends up in a row or in a reject. A quote that is never closed
    costs the line it stands on, not those behind it. With `is_sound` the stream is known to
    hold no undecodable bytes, and is not searched for them.
    """
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    table = _Table(BlockBuilder(_names(reader)), lines, delimiter, is_sound=is_sound)
    lines.record.clear()
    is_at_end = False
    while not is_at_end:
        try:
            is_at_end = table.fill(reader)
        except csv.Error:
            table.take_broken()
        except _OverLongLineError:
            table.reject(RejectReason.OVER_LONG_LINE)
        if table.builder.is_full or (is_at_end and not table.builder.is_empty):
            yield table.builder.take()


def _names(reader: Iterator[list[str]]) -> tuple[str, ...]:
    cells = next((row for row in reader if row), [])
    if any(len(cell) > MAX_NAME_CHARS for cell in cells):
        return ()
    return clean_names(cells)


class _Table:
    """The rows of one file on their way into blocks."""

    def __init__(
        self, builder: BlockBuilder, lines: _Lines, delimiter: str, *, is_sound: bool
    ) -> None:
        self.builder = builder
        self._lines = lines
        self._delimiter = delimiter
        self._is_sound = is_sound

    def fill(self, reader: Iterator[list[str]]) -> bool:
        """Take rows until the block is full; True at the end of the file."""
        width = len(self.builder.names)
        record = self._lines.record
        for row in reader:
            if len(row) == width:
                self._take(row, record)
            elif row and self._hides_rows():
                self.take_broken()
            elif row:
                self.reject(RejectReason.WRONG_COLUMN_COUNT)
            record.clear()
            if self.builder.is_full:
                return False
        return True

    def take_broken(self) -> None:
        """Keep a line whose quotes are merely not doubled; reject one whose quote stays open."""
        first = self._lines.take_first_line()
        row = self._cells(first)
        if len(row) == len(self.builder.names):
            self._take(row, [first])
        elif row:
            self.builder.reject(RejectReason.WRONG_COLUMN_COUNT, first)
        elif len(first) > MAX_FIELD_CHARS:
            self.builder.reject(RejectReason.OVER_LONG_FIELD, first)
        else:
            self.builder.reject(RejectReason.BROKEN_QUOTES, first)

    def reject(self, reason: RejectReason) -> None:
        """Reject the current record."""
        self.builder.reject(reason, "".join(self._lines.record))
        self._lines.record.clear()

    def _take(self, row: list[str], record: list[str]) -> None:
        if self._is_sound or not any(map(UNDECODABLE.search, record)):
            self.builder.add(row, sum(map(len, record)))
        else:
            self.builder.reject(RejectReason.UNDECODABLE_BYTES, "".join(record))

    def _hides_rows(self) -> bool:
        """Whether a record of the wrong width swallowed whole rows between two stray quotes."""
        alone = [self._cells(line) for line in self._lines.record[1:]]
        whole = sum(len(row) == len(self.builder.names) for row in alone)
        return whole > 0 and 2 * whole >= len(alone)

    def _cells(self, line: str) -> list[str]:
        """The cells of a line read alone and tolerantly; none where a quote stays open."""
        if line.count('"') % 2:
            return []
        try:
            return next(csv.reader([line], delimiter=self._delimiter), [])
        except csv.Error:
            return []
