"""How often a series is counted, and where in the year its columns lie.

In: the first days of a series' periods. Out: whether it is daily, weekly or
monthly; the column of each period; the time of columns in years. Out of scope:
counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import numpy as np

from pipelines.detect.weekly import Floats, Ints

Kind = Literal["day", "week", "month"]

_EPOCH = date(1970, 1, 1)
_YEAR = 365.2425


class UnevenDatesError(ValueError):
    """The dates of a series are neither daily, nor weekly, nor monthly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """Consecutive periods of one length; the number of a period is its column.

    `first` is the day (since 1970) on which column 0 begins; for months, the
    month (since January 1970). None: weeks of no known date, 52 to the year.
    """

    kind: Kind = "week"
    first: int | None = None

    @property
    def columns_a_year(self) -> float:
        """Give the number of periods in a year."""
        return {"day": _YEAR, "week": 52.0 if self.first is None else _YEAR / 7, "month": 12.0}[
            self.kind
        ]

    def years(self, columns: Ints) -> Floats:
        """Give when columns begin, in years; whole numbers are turns of the year, roughly."""
        if self.kind == "month":
            return np.asarray((columns + (self.first or 0)) / 12)
        if self.first is None:
            return np.asarray(columns / 52)
        days = columns * (7 if self.kind == "week" else 1)
        return np.asarray((days + self.first) / _YEAR)

    def weekdays(self, columns: Ints) -> Ints:
        """Give the days of the week of daily columns, Monday 0."""
        return np.asarray((columns + (self.first or 0) + 3) % 7)

    def column(self, day: date) -> int:
        """Find the column of a date that begins a period.

        >>> Cadence(kind="month", first=12 * 49).column(date(2020, 3, 1))
        14
        """
        if self.kind == "month":
            return _month(day) - (self.first or 0)
        step = 7 if self.kind == "week" else 1
        return ((day - _EPOCH).days - (self.first or 0)) // step

    def begin(self, column: int) -> date:
        """Give the day on which a column begins; months begin with their first day.

        >>> Cadence(kind="week", first=4).begin(1)
        datetime.date(1970, 1, 12)
        """
        if self.kind == "month":
            return _begin_of_month(column + (self.first or 0))
        return _EPOCH + timedelta(
            days=(self.first or 0) + column * (7 if self.kind == "week" else 1)
        )

    def last_day(self, day: date) -> date:
        """Give the last day of the period that begins on a day.

        >>> Cadence(kind="month").last_day(date(2020, 2, 1))
        datetime.date(2020, 2, 29)
        """
        if self.kind == "day":
            return day
        if self.kind == "week":
            return day + timedelta(days=6)
        return _begin_of_month(_month(day) + 1) - timedelta(days=1)


def find_cadence(days: Iterable[date]) -> Cadence:
    """Tell the cadence of a series from the days on which its counted periods begin.

    Months begin on one day of the month (2020-01-01, 2020-02-01, or always the
    last day); weeks on one day of the week. One date alone counts as a week. As
    periods may be missing, the widest grid that holds all dates is taken, a
    month before a week before a day.

    Raises:
        UnevenDatesError: when there are two counts of one period, or no date.

    >>> find_cadence([date(2020, 1, 6), date(2020, 1, 13), date(2020, 2, 3)]).kind
    'week'
    >>> find_cadence([date(2020, 1, 1), date(2020, 2, 1), date(2020, 4, 1)]).kind
    'month'
    >>> find_cadence([date(2020, 1, 1), date(2020, 1, 2), date(2020, 1, 5)]).kind
    'day'
    """
    found = sorted(days)
    if not found:
        raise UnevenDatesError("expected dates; found none")
    for earlier, later in pairwise(found):
        if earlier == later:
            raise UnevenDatesError(f"expected one count for {later}; found two")
    first = (found[0] - _EPOCH).days
    if len(found) > 1 and _is_monthly(found):
        return Cadence(kind="month", first=_month(found[0]))
    if all(((day - _EPOCH).days - first) % 7 == 0 for day in found):
        return Cadence(kind="week", first=first)
    return Cadence(kind="day", first=first)


def _is_monthly(days: list[date]) -> bool:
    """Tell whether all dates lie on one day of the month, or on the last days of months."""
    on_one_day = len({day.day for day in days}) == 1
    on_last_days = all((day + timedelta(days=1)).day == 1 for day in days)
    return on_one_day or on_last_days


def _month(day: date) -> int:
    return (day.year - 1970) * 12 + day.month - 1


def _begin_of_month(month: int) -> date:
    return date(1970 + month // 12, month % 12 + 1, 1)
