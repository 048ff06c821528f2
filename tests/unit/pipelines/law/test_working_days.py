"""Chinese working days: holidays, make-up days, and what is not known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pipelines.errors import TaxonomyError
from pipelines.law.working_days import WorkingCalendar, load_working_days, read_working_days

CHINA = load_working_days()


@pytest.mark.parametrize(
    ("day", "is_working_day"),
    [
        (date(2021, 10, 8), True),
        (date(2021, 10, 7), False),
        (date(2021, 10, 9), True),  # a Saturday made up for
        (date(2021, 10, 10), False),
        (date(2020, 1, 31), False),  # the holiday of that winter was made longer
        (date(2018, 12, 29), True),  # by the notice of the next year
        (date(2018, 12, 31), False),
        (date(2026, 2, 14), True),
    ],
)
def test_holidays_rest_and_make_up_days_work(day: date, is_working_day: bool) -> None:
    assert CHINA.is_working_day(day) is is_working_day


def test_the_days_are_those_of_a_maintained_package() -> None:
    oracle = pytest.importorskip("chinese_calendar", reason="chinesecalendar is not installed")

    days = (CHINA.last_day - CHINA.first_day).days + 1
    differing = [
        day
        for day in (CHINA.first_day + timedelta(days=count) for count in range(days))
        if CHINA.is_working_day(day) != oracle.is_workday(day)
    ]

    assert differing == []


@pytest.mark.parametrize("day", [date(2006, 12, 31), date(2026, 12, 28), date(2027, 3, 1)])
def test_a_day_outside_the_file_is_unknown_and_not_guessed(day: date) -> None:
    assert CHINA.is_working_day(day) is None
    assert CHINA.step(day, 1) is None
    assert CHINA.count(day, day) is None
    assert CHINA.next_working_day(day) is None


def test_a_way_that_leaves_the_known_days_ends_nowhere() -> None:
    assert CHINA.step(date(2026, 12, 20), 5) == date(2026, 12, 25)
    assert CHINA.step(date(2026, 12, 20), 6) is None


def test_steps_go_back_as_they_went_forth() -> None:
    start = date(2021, 9, 17)

    assert [CHINA.step(start, count) for count in (1, 2, 3)] == [
        date(2021, 9, 18),  # a Saturday made up for
        date(2021, 9, 22),
        date(2021, 9, 23),
    ]
    assert CHINA.step(date(2021, 9, 23), -3) == start


FILE = """
calendar: CN
first_day: 2030-01-01
last_day: 2030-12-31
holidays:
  2030:
    - {name: new_year, off: [2030-01-01, 2030-01-01], work: [2030-01-05]}
"""


def test_a_year_is_added_in_the_file_alone() -> None:
    calendar = read_working_days("a.yml", FILE.encode())

    assert isinstance(calendar, WorkingCalendar)
    assert calendar.step(date(2030, 1, 1), 4) == date(2030, 1, 5)


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("work: [2030-01-05]", "work: [2030-01-04]", "Saturday or Sunday"),
        ("work: [2030-01-05]", "work: [2031-01-05]", "expected days of 2030"),
        ("off: [2030-01-01, 2030-01-01]", "off: [2030-01-02, 2030-01-01]", "the first before"),
        ("off: [2030-01-01, 2030-01-01]", "off: [2030-01-01, 2030-01-05]", "both"),
        ("name: new_year", "nam: new_year", "holidays"),
    ],
)
def test_a_fault_of_the_file_is_named(right: str, wrong: str, fault: str) -> None:
    with pytest.raises(TaxonomyError, match=fault):
        read_working_days("a.yml", FILE.replace(right, wrong).encode())
