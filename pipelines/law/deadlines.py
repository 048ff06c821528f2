"""Which deadlines run on a day: since when, until when, how many days are left or over.

In: the facts of a candidate, a day, the rulebook. Out: one clock per deadline and start,
with the rule that was in force when it started and the one in force on the day asked. Out of
scope: tiers (`pipelines.law.tiers`), and moving a promise to another day than was said.

Nothing counts that happened after the day asked: a worklist of a past day shows what was
known then. A clock whose due day is not known says so, and runs for certain until the
earliest day that it can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from pipelines.law.facts import CandidateFacts, Event, Promised, Support, check_facts, promises_on
from pipelines.law.model import (
    Citation,
    Deadline,
    DeadlineKind,
    DeadlineVersion,
    Period,
    Rulebook,
    in_force,
)
from pipelines.law.periods import Due, Elapsed, due_after, due_before, elapsed
from pipelines.law.wording import (
    BY_THE_CLOCK,
    DONE_SOME_DAY,
    PROMISERS,
    REST_DAY_UNKNOWN,
    RULE_CHANGED,
    START_UNKNOWN,
    caveats,
    say_no_rule,
    say_not_seen,
)
from pipelines.law.working_days import WorkingCalendar
from pipelines.taxonomy.model import Bilingual

ClockState = Literal["running", "overdue", "lapsed", "met", "met_late", "unknown"]

_LAPSING = frozenset({"keep_until", "allowed_until"})
"""Kinds that nobody is late with: the time is simply over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One deadline of one member (or of the candidate, `complaint_id` None) on one day.

    `days_left` counts to `due_on` while it runs, `days_over` from it to the day that it was
    done, or to the day asked. `elapsed` is the time since the start in every unit.
    `is_done` without `done_on`: it was done, and nothing says when. `due_not_after` is the last
    day that it can be due where only the latest day of its start is known.
    `rule` was in force at the start and decides, None for promises and where none is known.
    `due_by_older_rule` is what the version before gives where the one in force was not seen.
    """

    code: str
    kind: DeadlineKind
    label: Bilingual
    owed_by: Bilingual
    complaint_id: str | None
    start: date | None
    period: Period | None
    due_on: date | None
    due_not_before: date | None
    done_on: date | None
    support: tuple[Support, ...]
    notes: tuple[Bilingual, ...]
    is_done: bool = False
    due_not_after: date | None = None
    rule: Citation | None = None
    rule_on_day: Citation | None = None
    due_by_older_rule: date | None = None
    state: ClockState = "unknown"
    days_left: int | None = None
    days_over: int | None = None
    elapsed: Elapsed | None = None


def running_deadlines(facts: CandidateFacts, day: date, book: Rulebook) -> tuple[Clock, ...]:
    """Give every clock of a candidate that had started by a day, the next due first.

    Finished ones are given too, with the day on which they were done. A deadline without a
    starting event has no clock; a promise without its day has one of unknown state.

    Raises:
        FactsError: the facts hold an unknown code.

    >>> from pipelines.law import Member, load_rulebook
    >>> from pipelines.records import Span
    >>> said = Support(complaint_id="board:1", span=Span(0, 20))
    >>> facts = CandidateFacts(members=(Member(complaint_id="board:1"),), events=(
    ...     Event(event="complaint_received", day=date(2025, 9, 29), support=said),))
    >>> (clock,) = running_deadlines(facts, date(2025, 10, 13), load_rulebook())
    >>> clock.code, str(clock.due_on), clock.state, clock.days_left, clock.rule.article
    ('acceptance_decision', '2025-10-15', 'running', 2, '14')
    """
    check_facts(facts, book)
    by_place, undated = _by_place(facts.events, day, book), _undated(facts.events)
    clocks = [
        *(
            _statutory_clock(deadline, course, day, book)
            for deadline in book.deadlines
            for course in _courses(deadline, by_place, undated)
        ),
        *(_promise_clock(promise, book) for promise in promises_on(facts, day)),
    ]
    return tuple(sorted((_read(one, day, book.calendar) for one in clocks), key=_order))


def _order(clock: Clock) -> tuple[date, str, str, date]:
    due, start = clock.due_on or date.max, clock.start or date.min
    return due, clock.code, clock.complaint_id or "", start


@dataclass(frozen=True, slots=True)
class _Dated:
    """An event whose day is known."""

    day: date
    event: Event


_Places = dict[tuple[str, str | None], list[_Dated]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """What happened of one deadline: start, end, extension, and who says so."""

    complaint_id: str | None
    start: date
    done: date | None
    is_done: bool
    is_extended: bool
    support: tuple[Support, ...]


def _by_place(events: Sequence[Event], day: date, book: Rulebook) -> _Places:
    """Sort the events known on a day by kind and complaint; what is announced may lie ahead."""
    announced = {one.starts for one in book.deadlines if one.kind == "ahead"}
    dated = [_Dated(one.day, one) for one in events if one.day is not None]
    places: _Places = {}
    for one in sorted(dated, key=lambda each: each.day):
        if one.day <= day or one.event.event in announced:
            places.setdefault((one.event.event, one.event.support.complaint_id), []).append(one)
    return places


def _undated(events: Sequence[Event]) -> dict[tuple[str, str | None], Event]:
    """Give what happened on a day that nothing says, by kind and complaint."""
    return {(one.event, one.support.complaint_id): one for one in events if one.day is None}


def _courses(
    deadline: Deadline, by_place: _Places, undated: Mapping[tuple[str, str | None], Event]
) -> Iterator[_Course]:
    """Pair each start with what happened before the next start of the same complaint.

    What is said of the whole candidate ends the clocks of every member.
    """
    extension = (deadline.extension.event,) if deadline.extension else ()
    for (code, complaint_id), events in by_place.items():
        if code != deadline.starts:
            continue
        regions = deadline.regions
        own = [one for one in events if not regions or one.event.region in regions]
        some_day = _some_day(undated, deadline.ends, complaint_id)
        starts = sorted({one.day for one in own})
        for start, low, high in _windows(starts, is_ahead=deadline.kind == "ahead"):
            ends = _within(by_place, deadline.ends, complaint_id, low, high)
            more = _within(by_place, extension, complaint_id, low, high)
            done = min((one.day for one in ends), default=None)
            told = [one for one in own if one.day == start]
            told += [one for one in ends if one.day == done]
            facts = [one.event for one in (*told, *more)]
            yield _Course(
                complaint_id=complaint_id,
                start=start,
                done=done,
                is_done=bool(ends or some_day),
                is_extended=bool(more),
                support=tuple(dict.fromkeys(one.support for one in (*facts, *some_day))),
            )


def _some_day(
    undated: Mapping[tuple[str, str | None], Event], codes: Iterable[str], complaint_id: str | None
) -> list[Event]:
    """Give the ends that are told of without a day, of the complaint or of the whole."""
    places = ((code, place) for code in codes for place in dict.fromkeys((complaint_id, None)))
    return [undated[place] for place in places if place in undated]


def _windows(starts: list[date], *, is_ahead: bool) -> Iterator[tuple[date, date, date]]:
    """Give each start with the first and last day of what belongs to it."""
    eve = timedelta(days=1)
    for place, start in enumerate(starts):
        if is_ahead:
            yield start, starts[place - 1] + eve if place else date.min, start
        else:
            yield start, start, starts[place + 1] - eve if place + 1 < len(starts) else date.max


def _within(
    by_place: _Places, codes: Iterable[str], complaint_id: str | None, low: date, high: date
) -> list[_Dated]:
    places = dict.fromkeys((complaint_id, None))
    return [
        one
        for code in codes
        for place in places
        for one in by_place.get((code, place), ())
        if low <= one.day <= high
    ]


def _statutory_clock(deadline: Deadline, course: _Course, day: date, book: Rulebook) -> Clock:
    """Set the clock of a deadline by the rule that was in force at its start."""
    version, today = (in_force(deadline.versions, one) for one in (course.start, day))
    rule_on_day = today.rule if today else None
    period = _period(deadline, version, course)
    due = _due(deadline.kind, version, period, course.start, book.calendar)
    older = version.older_period if version else None
    return Clock(
        code=deadline.code,
        kind=deadline.kind,
        label=deadline.label,
        owed_by=deadline.owed_by,
        complaint_id=course.complaint_id,
        start=course.start,
        period=period,
        due_on=due.on,
        due_not_before=due.not_before,
        done_on=course.done,
        is_done=course.is_done,
        support=course.support,
        notes=tuple(dict.fromkeys(_notes(version, rule_on_day, course.start, period, due))),
        rule=version.rule if version else None,
        rule_on_day=rule_on_day,
        due_by_older_rule=due_after(course.start, older, book.calendar).on if older else None,
    )


def _promise_clock(promise: Promised, book: Rulebook) -> Clock:
    """Set the clock of a promise, as it was stated: rest days do not move it."""
    period, start = Period(amount=promise.amount, unit=promise.unit), promise.starts_on
    due = Due() if start is None else due_after(start, period, book.calendar)
    told_by = promise.told_by if start is None else None
    latest = Due() if told_by is None else due_after(told_by, period, book.calendar)
    return Clock(
        code=f"promised_{promise.what}",
        kind="promise",
        label=book.promises[promise.what],
        owed_by=PROMISERS[promise.by],
        complaint_id=promise.support.complaint_id,
        start=start,
        period=period,
        due_on=due.on,
        due_not_before=due.not_before,
        done_on=promise.kept_on,
        is_done=promise.is_kept or promise.kept_on is not None,
        due_not_after=latest.on,
        support=tuple(filter(None, (promise.support, promise.kept_support))),
        notes=(START_UNKNOWN,) if start is None else tuple(_period_notes(period, due)),
    )


def _period(deadline: Deadline, version: DeadlineVersion | None, course: _Course) -> Period | None:
    """Give the period in force at the start, with its extension if there was one."""
    period = version.period if version else None
    if period is None or deadline.extension is None or not course.is_extended:
        return period
    return replace(period, amount=period.amount + deadline.extension.period.amount)


def _due(
    kind: DeadlineKind,
    version: DeadlineVersion | None,
    period: Period | None,
    start: date,
    calendar: WorkingCalendar,
) -> Due:
    if version is not None and version.month_day is not None:
        on = date(start.year, *version.month_day)
        return Due(on=on, not_before=on)
    if period is None:
        return Due()
    return (due_before if kind == "ahead" else due_after)(start, period, calendar)


def _notes(
    version: DeadlineVersion | None,
    rule_on_day: Citation | None,
    start: date,
    period: Period | None,
    due: Due,
) -> Iterator[Bilingual]:
    """List what must be said beside a clock."""
    if version is None:
        yield say_no_rule(start)
        return
    if period is None and version.month_day is None:
        yield say_not_seen(version.rule)
    yield from caveats(version.rule)
    if rule_on_day is not None and rule_on_day.text.code != version.rule.text.code:
        yield RULE_CHANGED
        yield from caveats(rule_on_day)
    if period is not None:
        yield from _period_notes(period, due)


def _period_notes(period: Period, due: Due) -> Iterable[Bilingual]:
    if period.unit == "hours":
        yield BY_THE_CLOCK
    if due.on is None:
        yield REST_DAY_UNKNOWN


def _read(clock: Clock, day: date, calendar: WorkingCalendar) -> Clock:
    """Read a clock on a day: its state, and the days left or over."""
    if clock.is_done and clock.done_on is None:
        return replace(clock, notes=(*clock.notes, DONE_SOME_DAY))
    if clock.start is None:
        return clock
    end = clock.done_on or day
    spent = elapsed(clock.start, end, calendar) if end >= clock.start else None
    state = _state(clock, spent, day)
    due = clock.due_on
    is_late = state in ("overdue", "met_late", "lapsed")
    return replace(
        clock,
        state=state,
        elapsed=spent,
        days_left=(due - day).days if due and state == "running" else None,
        days_over=(end - due).days if due and is_late else None,
    )


def _state(clock: Clock, spent: Elapsed | None, day: date) -> ClockState:
    """Say how a clock stands; unknown where days alone cannot tell."""
    if clock.done_on is None:
        return _open_state(clock, day)
    if clock.period is not None and clock.period.unit == "hours" and spent is not None:
        if spent.hours_over >= clock.period.amount:
            return "met_late"
        return "met" if spent.hours_under <= clock.period.amount else "unknown"
    if clock.due_on is not None:
        return "met" if clock.done_on <= clock.due_on else "met_late"
    is_early = clock.due_not_before is not None and clock.done_on <= clock.due_not_before
    return "met" if is_early else "unknown"


def _open_state(clock: Clock, day: date) -> ClockState:
    if clock.due_on is None:
        is_early = clock.due_not_before is not None and day <= clock.due_not_before
        return "running" if is_early else "unknown"
    if day <= clock.due_on:
        return "running"
    return "lapsed" if clock.kind in _LAPSING else "overdue"
