"""Which grid of days, weeks or months dates lie on."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from pipelines.detect.cadence import Cadence, UnevenDatesError, find_cadence

MONDAY = date(2019, 1, 7)


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        ([MONDAY + timedelta(weeks=week) for week in range(60)], "week"),
        ([MONDAY + timedelta(weeks=week) for week in (0, 3, 4, 50)], "week"),
        ([MONDAY + timedelta(days=day) for day in range(30)], "day"),
        ([MONDAY, MONDAY + timedelta(days=3), MONDAY + timedelta(days=400)], "day"),
        ([date(2019, month, 1) for month in (1, 2, 3, 6, 12)], "month"),
        ([date(2019, month, 15) for month in (1, 2, 3)], "month"),
        ([date(2019, 1, 31), date(2019, 2, 28), date(2019, 4, 30)], "month"),
        ([MONDAY], "week"),
    ],
)
def test_the_widest_grid_that_holds_all_dates_is_the_cadence(days: list[date], kind: str) -> None:
    assert find_cadence(days).kind == kind
    assert find_cadence(reversed(days)) == find_cadence(days)


def test_a_date_that_is_missing_leaves_its_column_free() -> None:
    days = [MONDAY, MONDAY + timedelta(weeks=1), MONDAY + timedelta(weeks=4)]

    found = find_cadence(days)

    assert [found.column(day) for day in days] == [0, 1, 4]


def test_two_counts_of_one_period_are_refused() -> None:
    with pytest.raises(UnevenDatesError, match="expected one count for 2019-01-07; found two"):
        find_cadence([MONDAY, MONDAY])
    with pytest.raises(UnevenDatesError, match="expected dates; found none"):
        find_cadence([])


def test_columns_lie_at_their_time_of_the_year() -> None:
    weeks, months = Cadence(kind="week", first=0), Cadence(kind="month", first=0)

    assert weeks.years(np.array([0, 5218])) == pytest.approx([0, 100], abs=0.01)
    assert months.years(np.array([0, 18])).tolist() == [0, 1.5]
    assert Cadence(kind="day", first=0).weekdays(np.array([0, 3, 4])).tolist() == [3, 6, 0]


def test_a_period_ends_on_the_day_before_the_next() -> None:
    assert Cadence(kind="month").last_day(date(2019, 12, 1)) == date(2019, 12, 31)
    assert Cadence(kind="week").last_day(MONDAY) == date(2019, 1, 13)
    assert Cadence(kind="day").last_day(MONDAY) == MONDAY
