"""Alarms on anyone's own counts: the work of `zhongsu surveil`.

In: rows of counts. Out: for each row what was expected, how far the count may
go, and whether there is an alarm, in the order of the input. Out of scope: the
methods (`pipelines.detect.surveillance`).

Rows are gathered into series, series into tables: one for each sector and
cadence. A period between the first and the last of its table that no row names,
and one whose count is empty, is missing.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from flows.surveil_rows import CountRow, CountsRefusedError
from pipelines.detect.cadence import Cadence, find_cadence
from pipelines.detect.surveillance import Watched, WatchSettings, first_incomplete, watch
from pipelines.detect.week_tests import Verdict
from pipelines.detect.weekly import Floats, Ints

HEADER = (
    "series_id", "date", "count", "expected", "upper", "score", "alarm", "model",
    "false_alarm_rate",
)  # fmt: skip
_MOST_CELLS = 50_000_000
_EMPTY = ("", "", "", "false", "none", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTable:
    """Counts of one sector and cadence; `place` is the series and column of each of `rows`."""

    cadence: Cadence
    rows: Ints
    place: tuple[Ints, Ints]
    count: Floats


def gather(rows: Sequence[CountRow]) -> list[CountTable]:
    """Gather rows into tables.

    Raises:
        CountsRefusedError: a series has two sectors, or two counts of one
            period, or dates lie too far apart for so many series.
    """
    sectors: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    sector_of: dict[str, str] = {}
    for number, row in enumerate(rows):
        if sector_of.setdefault(row.series, row.sector) != row.sector:
            raise CountsRefusedError(
                f"line {row.line}: expected one sector for each series; found a second one"
                " for this series. Correct the line."
            )
        sectors[row.sector][row.series].append(number)
    tables: list[CountTable] = []
    for series in sectors.values():
        for cadence, members in _by_cadence(rows, series):
            tables.append(_table(rows, members, cadence))
    return tables


def _by_cadence(
    rows: Sequence[CountRow], series: dict[str, list[int]]
) -> Iterator[tuple[Cadence, list[list[int]]]]:
    """Give the members of each cadence: the whole sector's if it has one, else each series' own."""
    common = find_cadence({rows[number].day for numbers in series.values() for number in numbers})
    if common.kind != "day":
        yield common, list(series.values())
        return
    kinds: dict[tuple[str, int], list[list[int]]] = defaultdict(list)
    for numbers in series.values():
        own = find_cadence({rows[number].day for number in numbers})
        weekday = (own.first or 0) % 7 if own.kind == "week" else 0
        kinds[own.kind, weekday].append(numbers)
    for members in kinds.values():
        yield find_cadence({rows[n].day for numbers in members for n in numbers}), members


def _table(rows: Sequence[CountRow], members: list[list[int]], cadence: Cadence) -> CountTable:
    last = max(cadence.column(rows[number].day) for numbers in members for number in numbers)
    if len(members) * (last + 1) > _MOST_CELLS:
        newest = max((rows[n] for numbers in members for n in numbers), key=lambda row: row.day)
        raise CountsRefusedError(
            f"line {newest.line}: expected at most {_MOST_CELLS:,} series x periods; found"
            f" {len(members):,} x {last + 1:,}. Correct dates that lie far off, or split the file."
        )
    count = np.full((len(members), last + 1), np.nan)
    taken: dict[tuple[int, int], int] = {}
    for place, numbers in enumerate(members):
        for number in numbers:
            row = rows[number]
            key = (place, cadence.column(row.day))
            if key in taken:
                raise CountsRefusedError(
                    f"line {row.line}: expected one count of a series for each {cadence.kind};"
                    f" found another in line {rows[taken[key]].line}. Take one out."
                )
            taken[key] = number
            if row.count is not None:
                count[key] = row.count
    places = np.array(list(taken), dtype=np.int64).reshape(-1, 2)
    return CountTable(
        cadence=cadence,
        rows=np.array(list(taken.values()), dtype=np.int64),
        place=(places[:, 0], places[:, 1]),
        count=count,
    )


def surveil(
    rows: Iterable[CountRow], settings: WatchSettings, known_until: date | None = None
) -> Iterator[str]:
    """Test every row and give the lines of a CSV: a header, then one for each row, in order.

    Raises:
        CountsRefusedError: the rows cannot be read, or fit no table.
    """
    every = list(rows)
    located = np.zeros((len(every), 3), dtype=np.int32)
    answers: list[_Answers] = []
    for number, table in enumerate(gather(every)):
        located[table.rows] = np.stack([np.full(len(table.rows), number), *table.place], axis=1)
        watched = watch(table.count, table.cadence, settings, known_until=known_until)
        columns = table.count.shape[1]
        if known_until is not None:
            columns = min(columns, first_incomplete(table.cadence, known_until))
        answers.append(_Answers(watched=watched, columns=columns))
    yield _line(HEADER)
    for row, (number, series, column) in zip(every, located, strict=True):
        yield _line((*row.shown, *answers[number].cells(int(series), int(column))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    """The tests of a table; what lies beyond the first `columns` is not tested."""

    watched: Watched
    columns: int

    def cells(self, series: int, column: int) -> tuple[str, ...]:
        """Write down the test of a series and column."""
        tests, at = self.watched.tests, (series, column)
        if tests.verdict[at] == Verdict.NO_HISTORY or column >= self.columns:
            return _EMPTY
        return (
            _written(tests.expected[at]),
            _written(tests.upper[at]),
            _written(self.watched.score[at]),
            "true" if self.watched.raised[at] else "false",
            tests.models[tests.model[at]],
            _written(self.watched.false_alarm_rate[at]),
        )


def _written(value: float) -> str:
    """Write a number to six digits, nothing where it is not known."""
    return "" if np.isnan(value) else f"{value:.6g}"


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
