"""Laws of the law room: what grows is never un-met, what is later is not known, days add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.law import (
    CandidateFacts,
    Event,
    Member,
    Statement,
    Support,
    decide_tiers,
    load_rulebook,
    load_working_days,
    running_deadlines,
)
from pipelines.law.model import in_force
from pipelines.law.periods import Due
from pipelines.records import Span

BOOK = load_rulebook()
CHINA = load_working_days()
NUMERIC = ("joint", "numerous", "securities_class", "us_class_action")
SHARED = ("same_operator", "same_dispute", "same_kind")

DAYS = st.dates(min_value=date(2012, 1, 1), max_value=date(2027, 12, 31))
KNOWN_DAYS = st.dates(min_value=date(2008, 1, 1), max_value=date(2025, 12, 31))
SAYS = st.sampled_from([True, False, None])


@st.composite
def told(draw: st.DrawFn, first: int, most: int) -> tuple[list[Member], list[Statement]]:
    """Members numbered from `first`, each with what it says of the shared facts."""
    members, statements = [], []
    for number in range(first, first + draw(st.integers(0, most))):
        name = f"board:{number}"
        person = draw(st.integers(0, 12))
        is_hearsay = draw(st.booleans())
        members.append(
            Member(complaint_id=name, person_no=person, surely_no=None if is_hearsay else person)
        )
        for fact in SHARED:
            holds = draw(SAYS)
            if holds is not None:
                support = Support(complaint_id=name, span=Span(0, 9))
                statements.append(Statement(fact=fact, holds=holds, support=support))
    return members, statements


def states(facts: CandidateFacts, day: date) -> dict[str, str]:
    """Give how each condition on people stands."""
    return {
        f"{tier.code}.{one.code}": one.state
        for tier in decide_tiers(facts, day, BOOK)
        for one in tier.conditions
        if one.certain is not None
    }


@given(some=told(0, 16), more=told(100, 6), day=DAYS)
def test_adding_members_never_unmeets_a_numeric_tier(
    some: tuple[list[Member], list[Statement]],
    more: tuple[list[Member], list[Statement]],
    day: date,
) -> None:
    before = CandidateFacts(members=tuple(some[0]), statements=tuple(some[1]))
    after = CandidateFacts(members=tuple(some[0] + more[0]), statements=tuple(some[1] + more[1]))

    was, now = states(before, day), states(after, day)

    assert [code for code, state in was.items() if state == "met" and now[code] != "met"] == []


@given(
    certain=st.integers(0, 60),
    spread=st.integers(0, 20),
    more_certain=st.integers(0, 20),
    more_possible=st.integers(0, 20),
    day=DAYS,
)
def test_a_larger_interval_never_unmeets_a_numeric_tier(
    certain: int, spread: int, more_certain: int, more_possible: int, day: date
) -> None:
    people = Support(told_by="people")
    before = CandidateFacts(
        certain=certain,
        possible=certain + spread,
        statements=tuple(Statement(fact=one, holds=True, support=people) for one in SHARED),
    )
    grown = certain + more_certain
    after = replace(before, certain=grown, possible=max(certain + spread, grown) + more_possible)

    was, now = states(before, day), states(after, day)

    assert all(now[code] == "met" for code, state in was.items() if state == "met")
    assert all(was[code] == "not_met" for code, state in now.items() if state == "not_met")


@given(some=told(0, 12), day=DAYS, data=st.data())
def test_the_order_of_members_and_statements_changes_no_decision(
    some: tuple[list[Member], list[Statement]], day: date, data: st.DataObject
) -> None:
    members, statements = some
    straight = CandidateFacts(members=tuple(members), statements=tuple(statements))
    shuffled = CandidateFacts(
        members=tuple(data.draw(st.permutations(members))),
        statements=tuple(data.draw(st.permutations(statements))),
    )

    def outline(facts: CandidateFacts) -> list[object]:
        return [
            (one.code, one.state, one.why, set(one.support))
            for one in decide_tiers(facts, day, BOOK)
        ]

    assert outline(straight) == outline(shuffled)


@given(some=told(0, 12), day=DAYS)
def test_a_met_tier_has_a_rule_in_force_and_supporting_members(
    some: tuple[list[Member], list[Statement]], day: date
) -> None:
    facts = CandidateFacts(members=tuple(some[0]), statements=tuple(some[1]))

    for decision in decide_tiers(facts, day, BOOK):
        if decision.state == "met":
            assert decision.rule is not None
            assert decision.rule.text.is_in_force(day)
            assert decision.support


@given(day=st.dates(), rule=st.sampled_from([*BOOK.tiers, *BOOK.deadlines]))
def test_a_day_before_a_rule_starts_has_the_older_version(day: date, rule: object) -> None:
    versions = rule.versions  # type: ignore[attr-defined]

    found = in_force(versions, day)

    started = [one for one in versions if one.rule.text.first_day <= day]
    if found is None:
        assert not started or (started[-1].rule.text.last_day or date.max) < day
    else:
        assert found is started[-1]


@given(start=DAYS, day=DAYS)
def test_a_clock_is_set_by_the_rule_of_its_start_whenever_it_is_read(
    start: date, day: date
) -> None:
    assume(start <= day)
    said = Support(complaint_id="a:1", span=Span(0, 5))
    facts = CandidateFacts(
        members=(Member(complaint_id="a:1"),),
        events=(Event(event="complaint_accepted", day=start, support=said),),
    )

    (then,) = running_deadlines(facts, start, BOOK)
    (now,) = running_deadlines(facts, day, BOOK)

    assert (then.rule, then.due_on) == (now.rule, now.due_on)
    assert then.rule is None or then.rule.text.is_in_force(start)
    assert now.rule_on_day is None or now.rule_on_day.text.is_in_force(day)


@given(
    day=DAYS,
    events=st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "complaint_received",
                    "complaint_accepted",
                    "mediation_ended",
                    "report_received",
                    "check_extended",
                    "filing_decided",
                ]
            ),
            DAYS,
        ),
        max_size=8,
    ),
)
def test_what_happens_later_changes_nothing_today(
    day: date, events: list[tuple[str, date]]
) -> None:
    said = Support(complaint_id="a:1", span=Span(0, 5))
    all_events = tuple(Event(event=code, day=when, support=said) for code, when in events)
    facts = CandidateFacts(members=(Member(complaint_id="a:1"),), events=all_events)
    known = replace(facts, events=tuple(one for one in all_events if one.day <= day))

    assert running_deadlines(facts, day, BOOK) == running_deadlines(known, day, BOOK)


@given(day=KNOWN_DAYS, count=st.integers(1, 120))
def test_so_many_working_days_later_so_many_were_counted(day: date, count: int) -> None:
    end = CHINA.step(day, count)

    assert end is not None
    assert CHINA.is_working_day(end)
    assert CHINA.count(day, end) == count
    assert (end - day).days >= count


@given(year=st.integers(2008, 2025), count=st.integers(1, 10), before=st.integers(0, 5))
def test_working_days_over_the_national_holiday_leave_it_out(
    year: int, count: int, before: int
) -> None:
    start = date(year, 9, 30) - timedelta(days=before)

    end = CHINA.step(start, count)

    assert end is not None
    assert not date(year, 10, 1) <= end <= date(year, 10, 3)
    passed = (start + timedelta(days=one) for one in range(1, (end - start).days + 1))
    assert sum(CHINA.is_working_day(one) is True for one in passed) == count


@given(day=st.dates(), count=st.integers(-400, 400))
def test_no_day_is_guessed(day: date, count: int) -> None:
    end = CHINA.step(day, count)

    assert end is None or (CHINA.knows(end) and CHINA.knows(day))
    assert CHINA.is_working_day(day) is not None or not CHINA.knows(day)


@given(start=st.dates(), later=st.integers(0, 5000))
def test_every_deadline_of_every_start_is_read_without_a_crash(start: date, later: int) -> None:
    assume((date.max - start).days >= later)
    said = Support(complaint_id="a:1", span=Span(0, 5))
    facts = CandidateFacts(
        members=(Member(complaint_id="a:1"),),
        events=tuple(
            Event(event=one.starts, day=start, support=said, region=next(iter(one.regions), None))
            for one in BOOK.deadlines
        ),
    )
    day = start + timedelta(days=later)

    for clock in running_deadlines(facts, day, BOOK):
        due = Due(on=clock.due_on, not_before=clock.due_not_before)
        assert due.on is None or due.not_before is None or due.not_before <= due.on
        assert clock.days_left is None or clock.days_left >= 0
        assert clock.days_over is None or clock.days_over > 0
        assert clock.state != "unknown" or clock.notes
