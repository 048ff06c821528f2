"""When a period ends: by the calendar, by working days, by the clock.

In: the day of a start, a period, a calendar of working days. Out: the last day of the
period, or what is certain of it. Out of scope: which period applies (`deadlines`).

The day of the start is not counted (Civil Code 201). A month later is the same day of the
month, or its last (202). A period that rest days move ends on a working day (203).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.law.model import Period
from pipelines.law.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period; `on` None: not known, but not before `not_before`, if given.

    Of a period by the hour it is the last day on which it can run out.
    """

    on: date | None = None
    not_before: date | None = None


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The time between two days, the first not counted.

    Only days are known, so the hours lie between `hours_over` and `hours_under`, both
    excluded (on one day: from 0). `working_days` None: a day is outside the calendar.
    """

    days: int
    hours_over: int
    hours_under: int
    working_days: int | None


def due_after(start: date, period: Period, calendar: WorkingCalendar) -> Due:
    """Give the last day of a period that starts on a day.

    >>> from pipelines.law.working_days import load_working_days
    >>> ten = Period(amount=10, unit="working_days")
    >>> due_after(date(2021, 10, 18), ten, load_working_days()).on
    datetime.date(2021, 11, 1)
    """
    if period.unit == "working_days":
        return _after_working_days(start, period.amount, calendar)
    try:
        last = _later(start, period)
    except (OverflowError, ValueError):
        return Due()
    if not period.is_moved_by_rest:
        return Due(on=last, not_before=last)
    moved = calendar.next_working_day(last)
    return Due(on=moved, not_before=moved or last)


def due_before(event: date, period: Period, calendar: WorkingCalendar) -> Due:
    """Give the last day on which something may be done that must lie a period ahead of an event.

    >>> from pipelines.law.working_days import load_working_days
    >>> five = Period(amount=5, unit="working_days")
    >>> due_before(date(2021, 10, 11), five, load_working_days()).on
    datetime.date(2021, 9, 28)
    """
    if period.unit == "working_days":
        on = calendar.step(event, -period.amount)
        return Due(on=on, not_before=on)
    days = {"weeks": 7, "days": 1}.get(period.unit)
    if days is None or (event - date.min).days < days * period.amount:
        return Due()
    on = event - timedelta(days=days * period.amount)
    return Due(on=on, not_before=on)


def elapsed(start: date, end: date, calendar: WorkingCalendar) -> Elapsed:
    """Measure the time from one day to another, in every unit that deadlines use.

    >>> from pipelines.law.working_days import load_working_days
    >>> elapsed(date(2021, 10, 15), date(2021, 10, 18), load_working_days())
    Elapsed(days=3, hours_over=48, hours_under=96, working_days=1)
    """
    days = (end - start).days
    return Elapsed(
        days=days,
        hours_over=max(24 * (days - 1), 0),
        hours_under=24 * (days + 1),
        working_days=calendar.count(start, end),
    )


def _after_working_days(start: date, amount: int, calendar: WorkingCalendar) -> Due:
    """Step over working days; past the known ones each further day may be one at best."""
    on = calendar.step(start, amount)
    if on is not None:
        return Due(on=on, not_before=on)
    known = calendar.count(start, calendar.last_day) if calendar.knows(start) else None
    first, left = (start, amount) if known is None else (calendar.last_day, amount - known)
    if (date.max - first).days < left:
        return Due()
    return Due(not_before=first + timedelta(days=left))


def _later(start: date, period: Period) -> date:
    """Step over days, weeks, months or years, or over the days that hours can take."""
    if period.unit in ("months", "years"):
        months = start.month - 1 + period.amount * (12 if period.unit == "years" else 1)
        year, month = start.year + months // 12, months % 12 + 1
        if year > date.max.year:
            raise OverflowError(f"year {year}")
        return date(year, month, min(start.day, monthrange(year, month)[1]))
    if period.unit == "hours":
        return start + timedelta(days=-(-period.amount // 24))
    return start + timedelta(days=period.amount * (7 if period.unit == "weeks" else 1))
