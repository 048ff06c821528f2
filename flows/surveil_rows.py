"""Reads counts from CSV for `zhongsu surveil`, and says of a bad line what is wrong with it.

In: a stream of bytes. Out: rows in the order of the input. Out of scope: what
the rows make together (`flows.surveil`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from flows.errors import FlowError

NEEDED = ("series_id", "date", "count")
_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_MOST = 10**9
_LONGEST = 2**16


class CountsRefusedError(FlowError):
    """The input is no table of counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """One line of the input; `count` is None where it is empty, `shown` as it was written."""

    line: int
    series: str
    sector: str
    day: date
    count: int | None
    shown: tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """Which column holds what."""

    width: int
    series: int
    day: int
    count: int
    sector: int | None


def read_rows(file: BinaryIO) -> Iterator[CountRow]:
    """Read the rows of a stream; the first line names the columns, in any order.

    Raises:
        CountsRefusedError: a line is no row of counts; the message names the line.
    """
    lines, known = _Lines(file), _Known()
    reader = csv.reader(lines, strict=True)
    layout: _Layout | None = None
    try:
        for cells in reader:
            if not any(cells):
                continue
            if layout is None:
                layout = _read_header(cells, reader.line_num)
            else:
                yield _read_row(cells, layout, reader.line_num, known)
    except csv.Error as error:
        raise _refused(reader.line_num, "a line of CSV", str(error)) from error
    if layout is None:
        raise CountsRefusedError(
            f"line 1: expected a header with {', '.join(NEEDED)}; found nothing. Write one."
        )


class _Lines:
    """The lines of a stream as text, each checked."""

    def __init__(self, file: BinaryIO) -> None:
        self.buffered = io.BufferedReader(_Raw(file), 2**17)
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        while line := self.buffered.readline(_LONGEST + 1):
            self.number += 1
            if len(line) > _LONGEST:
                raise _refused(self.number, f"at most {_LONGEST:,} bytes", "more")
            try:
                text = line.decode("utf-8-sig" if self.number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise _refused(
                    self.number, "UTF-8", f"a byte at {error.start} that is not"
                ) from error
            if "\0" in text:
                raise _refused(self.number, "text", "a NUL character")
            yield text


class _Raw(io.RawIOBase):
    """A stream of bytes of any kind, to be read in blocks."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        block = self.file.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)


def _read_header(cells: list[str], line: int) -> _Layout:
    names = [cell.strip().lower() for cell in cells]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        found = ", ".join(cell[:40] for cell in cells[:10])
        raise _refused(line, f"a header with {', '.join(NEEDED)}", f"{found or 'nothing'}")
    for name in (*NEEDED, "sector"):
        if names.count(name) > 1:
            raise _refused(line, f"one column {name}", f"{names.count(name)}")
    return _Layout(
        width=len(names),
        series=names.index("series_id"),
        day=names.index("date"),
        count=names.index("count"),
        sector=names.index("sector") if "sector" in names else None,
    )


class _Known:
    """Names and dates that were met before: of millions of rows, each is kept once."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.days: dict[str, date] = {}

    def once(self, text: str) -> str:
        return self.texts.setdefault(text, text)


def _read_row(cells: list[str], layout: _Layout, line: int, known: _Known) -> CountRow:
    if len(cells) != layout.width:
        raise _refused(line, f"{layout.width} columns, as in the header", f"{len(cells)}")
    places = (layout.series, layout.day, layout.count)
    series, day, count = (known.once(cells[place]) for place in places)
    if not series.strip():
        raise _refused(line, "a series_id", "none")
    if day not in known.days:
        known.days[day] = _read_day(day, line)
    return CountRow(
        line=line,
        series=known.once(series.strip()),
        sector="" if layout.sector is None else known.once(cells[layout.sector].strip()),
        day=known.days[day],
        count=_read_count(count, line),
        shown=(series, day, count),
    )


def _read_day(text: str, line: int) -> date:
    """Read a day, or a month as its first day."""
    found = _DATE.fullmatch(text.strip())
    if found:
        year, month, day = (int(part or 1) for part in found.groups())
        try:
            return date(year, month, day)
        except ValueError:
            pass
    raise _refused(line, "a date such as 2024-05-31, or a month such as 2024-05", _cited(text))


def _read_count(text: str, line: int) -> int | None:
    """Read a count; 12.0 is one, an empty cell is a missing one."""
    text = text.strip()
    if not text:
        return None
    number = re.fullmatch(r"\+?(\d{1,12})(?:\.0*)?", text, re.ASCII)
    if number is None or int(number[1]) > _MOST:
        raise _refused(
            line,
            f"a whole number from 0 to {_MOST:,}, or nothing where it is missing",
            _cited(text),
        )
    return int(number[1])


def _cited(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:40] + "...")


def _refused(line: int, expected: str, found: str) -> CountsRefusedError:
    return CountsRefusedError(
        f"line {line}: expected {expected}; found {found}. Correct the line or take it out."
    )
