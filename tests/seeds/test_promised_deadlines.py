"""The report 003: what the platform promised, by the clock and in working days (T17)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipelines.law import (
    CandidateFacts,
    Clock,
    Member,
    Promised,
    Support,
    load_rulebook,
    running_deadlines,
)
from pipelines.law.tables import DEADLINES_SCHEMA, deadline_row, table_of
from pipelines.records import Span
from tests.seeds.conftest import Analysed

pytestmark = pytest.mark.data

SUBMITTED, APPROVED, REVERSED = date(2021, 10, 15), date(2021, 10, 18), date(2022, 8, 25)


@pytest.fixture
def report(analysed: Analysed) -> dict[str, Any]:
    return analysed("003")


def support(span: list[int]) -> Support:
    return Support(complaint_id="seed:003", span=Span(*span))


def facts(report: dict[str, Any]) -> CandidateFacts:
    """Set the promises that were read on the days that were read."""
    days = {one["value"]: one["span"] for one in report["cases"][0]["dates"]}
    review, refund = report["mentions"]["promises"]
    assert {str(SUBMITTED), str(APPROVED), str(REVERSED)} <= days.keys()
    return CandidateFacts(
        members=(Member(complaint_id="seed:003"),),
        promises=(
            Promised(
                what=review["what"],
                amount=review["value"],
                unit=review["unit"],
                support=support(review["span"]),
                starts_on=SUBMITTED,
                kept_on=APPROVED,
                kept_support=support(days[str(APPROVED)]),
            ),
            Promised(
                what=refund["what"],
                amount=refund["value"],
                unit=refund["unit"],
                support=support(refund["span"]),
                starts_on=APPROVED,
            ),
        ),
    )


def clocks(report: dict[str, Any], day: date) -> dict[str, Clock]:
    return {one.code: one for one in running_deadlines(facts(report), day, load_rulebook())}


def test_t17_the_review_is_late_by_the_clock_yet_took_one_working_day(
    report: dict[str, Any],
) -> None:
    clock = clocks(report, REVERSED)["promised_review"]

    assert clock.state == "met_late"
    assert clock.elapsed is not None
    assert clock.elapsed.hours_over == 48  # more than that, whatever the times of day
    assert clock.elapsed.working_days == 1
    assert "48" in report["redacted_text"][slice(*(clock.support[0].span or ()))]


def test_t17_the_refund_was_due_on_the_first_of_november(report: dict[str, Any]) -> None:
    before = clocks(report, date(2021, 10, 25))["promised_refund"]
    after = clocks(report, REVERSED)["promised_refund"]

    assert before.due_on == date(2021, 11, 1)
    assert (before.state, before.days_left) == ("running", 7)
    assert (after.state, after.days_over) == ("overdue", 297)
    assert after.elapsed is not None
    assert after.elapsed.days == 311


def test_t17_is_stored_with_both_calendars_and_the_days_over(report: dict[str, Any]) -> None:
    found = {one.code: one for one in running_deadlines(facts(report), REVERSED, load_rulebook())}

    review = deadline_row("k-1", REVERSED, found["promised_review"])
    refund = deadline_row("k-1", REVERSED, found["promised_refund"])

    assert (review["state"], review["calendar"]) == ("met_late", "clock")
    assert (review["elapsed_days"], review["elapsed_working_days"]) == (3, 1)
    assert (refund["due_date"], refund["days_over"]) == (date(2021, 11, 1), 297)
    assert (refund["elapsed_days"], refund["calendar"]) == (311, "CN_working_days")
    assert table_of([review, refund], DEADLINES_SCHEMA).num_rows == 2


def test_t17_on_the_day_of_submission_the_approval_was_not_known(report: dict[str, Any]) -> None:
    found = clocks(report, SUBMITTED)

    assert set(found) == {"promised_review"}
    assert (found["promised_review"].state, found["promised_review"].done_on) == ("running", None)
