"""Deadlines: when they are due, by which rule, and what is left or over."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.law import (
    CandidateFacts,
    Clock,
    Event,
    FactsError,
    Member,
    Promised,
    Support,
    load_rulebook,
    running_deadlines,
)
from pipelines.law.model import Period, Unit
from pipelines.law.periods import Due, due_after, due_before
from pipelines.records import PromiseUnit, Span

BOOK = load_rulebook()
SAID = Support(complaint_id="board:1", span=Span(3, 40))


def event(code: str, day: date, region: str | None = None, support: Support = SAID) -> Event:
    return Event(event=code, day=day, support=support, region=region)


def clocks(day: date, *events: Event, promises: tuple[Promised, ...] = ()) -> dict[str, Clock]:
    facts = CandidateFacts(
        members=(Member(complaint_id="board:1"), Member(complaint_id="board:2")),
        events=events,
        promises=promises,
    )
    return {one.code: one for one in running_deadlines(facts, day, BOOK)}


def period_end(start: date, amount: int, unit: Unit, *, moves: bool = False) -> Due:
    period = Period(amount=amount, unit=unit, is_moved_by_rest=moves)
    return due_after(start, period, BOOK.calendar)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "on"),
    [
        (date(2021, 9, 29), 7, "working_days", date(2021, 10, 14)),  # a week off, a Saturday on
        (date(2024, 1, 31), 1, "months", date(2024, 2, 29)),
        (date(2024, 2, 29), 3, "years", date(2027, 2, 28)),
        (date(2025, 1, 1), 8, "weeks", date(2025, 2, 26)),
        (date(2025, 1, 1), 30, "days", date(2025, 1, 31)),
        (date(2025, 1, 1), 24, "hours", date(2025, 1, 2)),
        (date(2025, 1, 1), 1, "hours", date(2025, 1, 2)),
    ],
)
def test_a_period_ends_on_its_last_day(start: date, amount: int, unit: Unit, on: date) -> None:
    assert period_end(start, amount, unit).on == on


def test_a_day_of_rest_moves_the_end_only_where_the_rule_says_so() -> None:
    start = date(2021, 8, 2)

    assert period_end(start, 60, "days").on == date(2021, 10, 1)
    assert period_end(start, 60, "days", moves=True).on == date(2021, 10, 8)


def test_notice_ahead_counts_working_days_back() -> None:
    five = Period(amount=5, unit="working_days")

    assert due_before(date(2021, 10, 11), five, BOOK.calendar).on == date(2021, 9, 28)


@pytest.mark.parametrize("unit", ["days", "weeks", "months", "years", "hours", "working_days"])
def test_a_period_that_leaves_all_calendars_is_unknown(unit: Unit) -> None:
    assert period_end(date(9999, 12, 1), 999_999, unit) == Due()


def test_the_decision_on_acceptance_runs_seven_working_days() -> None:
    clock = clocks(date(2025, 10, 20), event("complaint_received", date(2025, 9, 29)))[
        "acceptance_decision"
    ]

    assert clock.due_on == date(2025, 10, 15)
    assert (clock.state, clock.days_over, clock.days_left) == ("overdue", 5, None)
    assert clock.support == (SAID,)
    assert clock.rule is not None
    assert (clock.rule.text.code, clock.rule.article) == ("market_complaints_2022", "14")


@pytest.mark.parametrize(
    ("decided", "state"), [(date(2025, 10, 15), "met"), (date(2025, 10, 16), "met_late")]
)
def test_what_was_done_is_held_against_the_due_day(decided: date, state: str) -> None:
    clock = clocks(
        date(2025, 12, 1),
        event("complaint_received", date(2025, 9, 29)),
        event("complaint_accepted", decided),
    )["acceptance_decision"]

    assert (clock.done_on, clock.state) == (decided, state)


def test_nothing_is_known_of_what_comes_later() -> None:
    events = (
        event("complaint_received", date(2025, 9, 29)),
        event("complaint_accepted", date(2025, 10, 10)),
    )

    assert clocks(date(2025, 9, 28), *events) == {}
    assert set(clocks(date(2025, 10, 9), *events)) == {"acceptance_decision"}
    assert clocks(date(2025, 10, 9), *events)["acceptance_decision"].done_on is None


@pytest.mark.parametrize(
    ("accepted", "text", "due"),
    [
        (date(2019, 12, 31), "trade_complaints_2014", date(2020, 3, 2)),  # 60 days, from Saturday
        (date(2020, 1, 2), "market_complaints_2020", date(2020, 3, 12)),
        (date(2023, 1, 3), "market_complaints_2022", date(2023, 3, 10)),
    ],
)
def test_a_deadline_follows_the_rule_in_force_when_it_began(
    accepted: date, text: str, due: date
) -> None:
    clock = clocks(date(2026, 11, 22), event("complaint_accepted", accepted))["mediation"]

    assert clock.rule is not None
    assert clock.rule.text.code == text
    assert clock.due_on == due
    assert clock.rule_on_day is not None
    assert clock.rule_on_day.text.code == "market_complaints_2026"
    assert any("the rule changed after the start" in note.en for note in clock.notes)
    assert any("superseded; new text not seen" in note.en for note in clock.notes)


def test_the_new_period_of_mediation_is_unknown_and_the_old_one_is_shown_beside_it() -> None:
    clock = clocks(date(2026, 7, 1), event("complaint_accepted", date(2026, 5, 6)))["mediation"]

    assert (clock.due_on, clock.state, clock.days_left) == (None, "unknown", None)
    assert clock.due_by_older_rule == date(2026, 7, 8)
    assert any("superseded" in note.en for note in clock.notes)


def test_a_superseded_figure_that_is_not_known_to_have_changed_is_used_with_a_caveat() -> None:
    clock = clocks(date(2026, 5, 8), event("complaint_received", date(2026, 5, 6)))[
        "acceptance_decision"
    ]

    assert clock.state == "running"
    assert clock.rule is not None
    assert clock.rule.standing == "older_text"
    assert any(note.zh == "2022年规定，已被取代；新文本未见" for note in clock.notes)


def test_a_year_whose_holidays_are_unknown_gives_no_due_day_and_is_running_as_long_as_certain() -> (
    None
):
    started = event("report_received", date(2026, 12, 21))

    early, late = (
        clocks(day, started)["report_check"] for day in (date(2027, 1, 7), date(2027, 1, 9))
    )

    assert early.due_on is None
    assert early.due_not_before == date(2027, 1, 7)
    assert (early.state, late.state) == ("running", "unknown")
    assert any("not known" in note.en for note in early.notes)


def test_an_extension_lengthens_the_period() -> None:
    received = event("report_received", date(2025, 3, 3))

    plain = clocks(date(2025, 3, 20), received)["report_check"]
    longer = clocks(date(2025, 3, 25), received, event("check_extended", date(2025, 3, 21)))

    assert plain.due_on == date(2025, 3, 24)
    assert longer["report_check"].due_on == date(2025, 4, 15)


def test_a_local_deadline_runs_only_there() -> None:
    day = date(2025, 3, 20)

    assert clocks(day, event("association_accepted", date(2025, 3, 3))) == {}
    shanghai = clocks(day, event("association_accepted", date(2025, 3, 3), "Shanghai"))
    assert [one.due_on for one in shanghai.values()] == [date(2025, 5, 6)]  # 2 May is a holiday


def test_a_second_complaint_has_its_own_clock_and_its_own_end() -> None:
    facts = CandidateFacts(
        members=(Member(complaint_id="board:1"),),
        events=(
            event("complaint_received", date(2025, 3, 3)),
            event("complaint_received", date(2025, 6, 3)),
            event("complaint_accepted", date(2025, 6, 5)),
        ),
    )

    found = running_deadlines(facts, date(2025, 6, 6), BOOK)

    assert [(one.start, one.state) for one in found if one.code == "acceptance_decision"] == [
        (date(2025, 3, 3), "overdue"),
        (date(2025, 6, 3), "met"),
    ]


def test_what_people_say_of_the_whole_ends_every_members_clock() -> None:
    other = Support(complaint_id="board:2", span=Span(0, 9))
    facts = CandidateFacts(
        members=(Member(complaint_id="board:1"), Member(complaint_id="board:2")),
        events=(
            event("complaint_received", date(2025, 3, 3)),
            event("complaint_received", date(2025, 3, 4), support=other),
            event("complaint_accepted", date(2025, 3, 6), support=Support(told_by="people")),
        ),
    )

    found = running_deadlines(facts, date(2025, 6, 6), BOOK)

    done = [one for one in found if one.code == "acceptance_decision"]
    assert [(one.complaint_id, one.done_on) for one in done] == [
        ("board:1", date(2025, 3, 6)),
        ("board:2", date(2025, 3, 6)),
    ]


@pytest.mark.parametrize(
    ("day", "state"), [(date(2025, 9, 30), "running"), (date(2025, 10, 1), "lapsed")]
)
def test_a_time_of_keeping_lapses_and_nobody_is_late(day: date, state: str) -> None:
    clock = clocks(day, event("deal_ended", date(2025, 3, 30)))["order_kept"]

    assert (clock.due_on, clock.state) == (date(2025, 9, 30), state)


def test_a_notice_must_come_ahead_of_what_is_announced() -> None:
    planned = event("fee_introduced", date(2025, 5, 31))

    waiting = clocks(date(2025, 4, 20), planned)["fee_notice"]
    late = clocks(date(2025, 5, 20), planned, event("fee_announced", date(2025, 5, 10)))

    assert (waiting.due_on, waiting.state, waiting.days_left) == (date(2025, 5, 1), "running", 11)
    assert late["fee_notice"].state == "met_late"


def test_the_yearly_figures_are_due_at_the_end_of_january() -> None:
    clock = clocks(date(2025, 2, 3), event("year_began", date(2025, 1, 1)))["complaint_numbers"]

    assert (clock.due_on, clock.state, clock.days_over) == (date(2025, 1, 31), "overdue", 3)
    assert any("still in force" in note.en for note in clock.notes)


@pytest.mark.parametrize(
    ("kept", "state"),
    [
        (date(2021, 10, 16), "met"),
        (date(2021, 10, 17), "unknown"),
        (date(2021, 10, 18), "met_late"),
    ],
)
def test_a_promise_by_the_hour_is_judged_only_where_days_can_tell(kept: date, state: str) -> None:
    promise = Promised(
        what="review",
        amount=48,
        unit="hours",
        support=SAID,
        starts_on=date(2021, 10, 15),
        kept_on=kept,
    )

    clock = clocks(date(2021, 11, 1), promises=(promise,))["promised_review"]

    assert clock.state == state


@pytest.mark.parametrize("unit", ["hours", "days", "working_days", "months"])
def test_a_promise_without_its_day_is_unknown(unit: PromiseUnit) -> None:
    promise = Promised(what="refund", amount=3, unit=unit, support=SAID)

    clock = clocks(date(2021, 11, 1), promises=(promise,))["promised_refund"]

    assert (clock.state, clock.start, clock.due_on) == ("unknown", None, None)
    assert [note.en for note in clock.notes] == ["the day of the start is not known"]


def test_an_event_that_no_file_declares_is_refused() -> None:
    with pytest.raises(FactsError, match="full_moon"):
        clocks(date(2025, 1, 1), event("full_moon", date(2025, 1, 1)))


def test_what_was_done_on_an_unknown_day_is_never_overdue() -> None:
    sent = event("sent_to_company", date(2025, 1, 2))
    answered = Event(event="company_replied", day=None, support=SAID)

    found = clocks(date(2025, 6, 1), sent, answered)

    first, final = found["cfpb_first_reply"], found["cfpb_final_reply"]
    assert (first.state, first.is_done, first.done_on) == ("unknown", True, None)
    assert any("day that is not stored" in note.en for note in first.notes)
    assert (final.state, final.is_done) == ("overdue", False)


def test_what_began_on_an_unknown_day_starts_no_clock() -> None:
    began = Event(event="complaint_received", day=None, support=SAID)

    assert clocks(date(2025, 6, 1), began) == {}


def test_a_day_that_is_stored_counts_before_one_that_is_not() -> None:
    found = clocks(
        date(2025, 12, 1),
        event("complaint_received", date(2025, 9, 29)),
        event("complaint_accepted", date(2025, 10, 15)),
        Event(event="complaint_refused", day=None, support=SAID),
    )["acceptance_decision"]

    assert (found.state, found.done_on) == ("met", date(2025, 10, 15))


def test_a_promise_that_a_text_retells_was_due_at_the_latest_so_long_after_the_text() -> None:
    promise = Promised(
        what="refund", amount=10, unit="working_days", support=SAID, told_by=date(2021, 10, 18)
    )

    clock = clocks(date(2021, 12, 1), promises=(promise,))["promised_refund"]

    assert (clock.state, clock.due_on) == ("unknown", None)
    assert clock.due_not_after == date(2021, 11, 1)
    assert clocks(date(2021, 10, 17), promises=(promise,)) == {}


def test_a_promise_kept_on_an_unknown_day_is_done_and_says_so() -> None:
    promise = Promised(
        what="refund",
        amount=3,
        unit="days",
        support=SAID,
        by="platform",
        starts_on=date(2021, 10, 18),
        is_kept=True,
    )

    clock = clocks(date(2021, 12, 1), promises=(promise,))["promised_refund"]

    assert (clock.state, clock.is_done, clock.owed_by.en) == ("unknown", True, "platform")
    assert clock.due_on == date(2021, 10, 21)
