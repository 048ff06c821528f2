"""Working days of a country, with holidays and weekend days made up for (调休).

In: `pipelines/taxonomy/law/working_days.yml`. Out: one `WorkingCalendar` that tells
working days, counts them and steps over them, for the days that the file knows. Out of
scope: guessing; a day outside the file is unknown, and so is whatever hangs on it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from pydantic import Field, TypeAdapter

from pipelines.errors import TaxonomyError
from pipelines.taxonomy.entry_files import Code, Prose, Spec, checked


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days from `first_day` to `last_day`, both included, in order.

    >>> china = load_working_days()
    >>> china.is_working_day(date(2021, 10, 9)), china.is_working_day(date(2021, 10, 1))
    (True, False)
    >>> china.is_working_day(date(1999, 1, 4)) is None
    True
    """

    first_day: date
    last_day: date
    ordinals: tuple[int, ...]

    def knows(self, day: date) -> bool:
        """Say whether the calendar covers a day."""
        return self.first_day <= day <= self.last_day

    def is_working_day(self, day: date) -> bool | None:
        """Say whether a day is a working day; None where the calendar does not know."""
        if not self.knows(day):
            return None
        place = bisect_right(self.ordinals, day.toordinal())
        return place > 0 and self.ordinals[place - 1] == day.toordinal()

    def step(self, day: date, count: int) -> date | None:
        """Give the count-th working day after `day`, or before it when `count` is negative.

        `day` itself is not counted. None where the way leaves the known days.

        >>> load_working_days().step(date(2021, 10, 18), 10)
        datetime.date(2021, 11, 1)
        >>> load_working_days().step(date(2021, 9, 30), 1)
        datetime.date(2021, 10, 8)
        """
        if count == 0 or not self.knows(day):
            return day if self.knows(day) else None
        after = bisect_right(self.ordinals, day.toordinal())
        if count < 0 and after and self.ordinals[after - 1] == day.toordinal():
            after -= 1
        place = after + count - (count > 0)
        if not 0 <= place < len(self.ordinals):
            return None
        return date.fromordinal(self.ordinals[place])

    def count(self, after: date, through: date) -> int | None:
        """Count the working days later than `after`, up to and with `through`.

        None where one of the days is unknown. Backwards the count is negative.

        >>> load_working_days().count(date(2021, 10, 15), date(2021, 10, 18))
        1
        """
        if not (self.knows(after) and self.knows(through)):
            return None
        first, last = (bisect_right(self.ordinals, day.toordinal()) for day in (after, through))
        return last - first

    def next_working_day(self, day: date) -> date | None:
        """Give the day itself if it is a working day, else the next one; None when unknown."""
        if not self.knows(day):
            return None
        return day if self.is_working_day(day) else self.step(day, 1)


class _Holiday(Spec):
    name: Code
    off: tuple[date, date]
    work: list[date] = Field(default_factory=list)


class _WorkingDays(Spec):
    calendar: Prose
    first_day: date
    last_day: date
    holidays: dict[int, list[_Holiday]] = Field(min_length=1)


@cache
def load_working_days() -> WorkingCalendar:
    """Read the Chinese calendar that this version of the project carries.

    Raises:
        TaxonomyError: the file breaks its shape, or a day stands where it cannot.
    """
    file = files("pipelines.taxonomy").joinpath("law", "working_days.yml")
    return read_working_days("law/working_days.yml", file.read_bytes())


def read_working_days(name: str, content: bytes) -> WorkingCalendar:
    """Read a calendar file; see `load_working_days`."""
    spec = checked(name, content, TypeAdapter(_WorkingDays))
    days_off: set[date] = set()
    made_up: set[date] = set()
    for year, holidays in spec.holidays.items():
        for holiday in holidays:
            _check(name, year, holiday)
            days_off.update(_days(*holiday.off))
            made_up.update(holiday.work)
    if both := sorted(days_off & made_up):
        raise TaxonomyError(
            f"{name}: expected a day off or a day made up for; found both for "
            f"{', '.join(map(str, both))}. Correct one"
        )
    return WorkingCalendar(
        first_day=spec.first_day,
        last_day=spec.last_day,
        ordinals=tuple(
            day.toordinal()
            for day in _days(spec.first_day, spec.last_day)
            if day in made_up or (day.weekday() < 5 and day not in days_off)
        ),
    )


def _check(name: str, year: int, holiday: _Holiday) -> None:
    """Refuse days of another year, a period that runs backwards, and weekdays made up for."""
    first, last = holiday.off
    if first > last or {day.year for day in (first, last, *holiday.work)} != {year}:
        raise TaxonomyError(
            f"{name}, {year}: expected days of {year}, the first before the last; found "
            f"{holiday.name} off {first} to {last}, work {[str(day) for day in holiday.work]}"
        )
    if weekdays := [str(day) for day in holiday.work if day.weekday() < 5]:
        raise TaxonomyError(
            f"{name}, {year}: expected make-up days on a Saturday or Sunday; found {weekdays}"
        )


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]
