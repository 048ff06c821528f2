"""Tiers: met, not met or unknown, by the rule of the day, with who supports it."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.law import (
    CandidateFacts,
    FactsError,
    Member,
    Statement,
    Support,
    TierDecision,
    decide_tiers,
    load_rulebook,
)
from pipelines.records import Span

BOOK = load_rulebook()
DAY = date(2025, 3, 3)


def members(count: int) -> tuple[Member, ...]:
    return tuple(
        Member(complaint_id=f"board:{number}", person_no=number, surely_no=number)
        for number in range(count)
    )


def said(fact: str, number: int, *, holds: bool = True) -> Statement:
    support = Support(complaint_id=f"board:{number}", span=Span(0, 10 + number))
    return Statement(fact=fact, holds=holds, support=support)


def of_people(fact: str, *, holds: bool = True) -> Statement:
    return Statement(fact=fact, holds=holds, support=Support(told_by="people"))


def told_by_all(count: int, *facts: str) -> tuple[Statement, ...]:
    return tuple(said(fact, number) for fact in facts for number in range(count))


def tier(code: str, facts: CandidateFacts, day: date = DAY) -> TierDecision:
    return next(one for one in decide_tiers(facts, day, BOOK) if one.code == code)


JOINT = ("same_operator", "same_dispute")


def test_two_people_with_one_dispute_and_one_operator_are_a_joint_complaint() -> None:
    facts = CandidateFacts(members=members(2), statements=told_by_all(2, *JOINT))

    decision = tier("joint", facts)

    assert decision.state == "met"
    assert {one.complaint_id for one in decision.support} == {"board:0", "board:1"}
    assert Span(0, 11) in {one.span for one in decision.support}
    assert decision.rule is not None
    assert decision.rule.article == "11"
    assert decision.rule.text.first_day == date(2022, 11, 1)
    assert decision.why.en == "2 people count, 2 needed: met"


def test_what_nobody_stated_is_unknown_and_never_not_met() -> None:
    decisions = decide_tiers(CandidateFacts(certain=50, possible=60), DAY, BOOK)

    assert {one.state for one in decisions} == {"unknown"}
    assert {one.state for one in decide_tiers(CandidateFacts(), DAY, BOOK)} == {"unknown"}


def test_one_person_is_no_joint_complaint_however_often_he_complains() -> None:
    one_person = tuple(
        Member(complaint_id=f"board:{number}", person_no=7, surely_no=7) for number in range(3)
    )
    facts = CandidateFacts(members=one_person, statements=told_by_all(3, *JOINT))

    assert tier("joint", facts).state == "not_met"


@pytest.mark.parametrize(
    ("certain", "possible", "state"),
    [(10, 14, "met"), (9, 14, "unknown"), (9, 9, "not_met"), (None, None, "unknown")],
)
def test_ten_must_be_certain_and_nine_possible_are_too_few(
    certain: int | None, possible: int | None, state: str
) -> None:
    facts = CandidateFacts(
        certain=certain, possible=possible, statements=(of_people("same_dispute"),)
    )

    assert tier("numerous", facts).state == state


def test_a_member_that_nothing_is_said_of_leaves_the_tier_unknown() -> None:
    facts = CandidateFacts(members=members(10), statements=told_by_all(9, "same_kind"))

    assert tier("numerous", facts).state == "unknown"


def test_a_member_of_another_operator_does_not_count_and_is_shown() -> None:
    facts = CandidateFacts(
        members=members(2),
        statements=(
            *told_by_all(2, "same_dispute"),
            said("same_operator", 0),
            said("same_operator", 1, holds=False),
        ),
    )

    decision = tier("joint", facts)

    assert decision.state == "not_met"
    assert [one.complaint_id for one in decision.conditions[0].against] == ["board:1"]


def test_people_are_believed_before_texts() -> None:
    facts = CandidateFacts(
        members=members(2),
        statements=(
            *told_by_all(2, "same_dispute"),
            said("same_operator", 0, holds=False),
            of_people("same_operator"),
        ),
    )

    assert tier("joint", facts).state == "met"


def test_texts_that_contradict_each_other_leave_a_fact_unknown() -> None:
    facts = CandidateFacts(
        members=members(2),
        statements=(said("minor_involved", 0), said("minor_involved", 0, holds=False)),
    )

    assert tier("limited_capacity", facts).state == "unknown"


def test_consent_is_a_column_and_comes_from_people_only() -> None:
    agreed = CandidateFacts(
        members=members(2),
        statements=(*told_by_all(2, *JOINT), of_people("consent")),
    )

    decision = tier("joint", agreed)

    assert {one.code: one.state for one in decision.columns} == {
        "consent": "met",
        "representatives_elected": "unknown",
    }
    with pytest.raises(FactsError, match="from people only"):
        tier("joint", CandidateFacts(members=members(1), statements=(said("consent", 0),)))


def test_a_public_interest_action_needs_all_its_conditions() -> None:
    facts = CandidateFacts(
        statements=(
            of_people("public_risk"),
            of_people("preliminary_proof"),
            of_people("mediation_duties_done"),
            of_people("association_may_sue", holds=False),
        )
    )

    decision = tier("public_interest", facts)

    assert [one.state for one in decision.conditions] == ["met", "met", "met", "not_met"]
    assert decision.state == "not_met"
    assert "entitled filer" in decision.why.en


def test_a_child_in_one_account_is_enough_to_flag_capacity() -> None:
    facts = CandidateFacts(members=members(3), statements=(said("minor_involved", 1),))

    decision = tier("limited_capacity", facts)

    assert decision.state == "met"
    assert [one.complaint_id for one in decision.support] == ["board:1"]


def test_the_presumption_of_forty_leaves_fewer_open() -> None:
    facts = CandidateFacts(certain=12, possible=12, statements=(of_people("same_kind"),))

    states = {one.code: one.state for one in tier("us_class_action", facts).conditions}

    assert states["numerosity"] == "unknown"
    assert states["commonality"] == "met"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2019, 12, 31), None),
        (date(2020, 1, 1), "market_complaints_2020"),
        (date(2022, 10, 31), "market_complaints_2020"),
        (date(2022, 11, 1), "market_complaints_2022"),
        (date(2026, 4, 14), "market_complaints_2022"),
        (date(2026, 4, 15), "market_complaints_2026"),
    ],
)
def test_the_rule_is_the_one_in_force_on_the_day(day: date, text: str | None) -> None:
    facts = CandidateFacts(certain=3, possible=3, statements=tuple(map(of_people, JOINT)))

    decision = tier("joint", facts, day)

    assert (decision.rule.text.code if decision.rule else None) == text
    assert decision.state == ("unknown" if text is None else "met")


def test_where_the_new_wording_was_not_seen_the_older_decides_and_says_so() -> None:
    facts = CandidateFacts(certain=3, possible=3, statements=tuple(map(of_people, JOINT)))

    decision = tier("joint", facts, date(2026, 11, 22))

    rule = decision.rule
    assert rule is not None
    assert rule.standing == "older_text"
    assert [one.en for one in decision.notes] == ["rule of 2022, superseded; new text not seen"]
    assert rule.older is not None
    assert (rule.older.text.code, rule.older.article) == ("market_complaints_2022", "11")


def test_what_is_known_from_memory_only_says_so() -> None:
    facts = CandidateFacts(certain=12, possible=12, statements=(of_people("same_kind"),))

    older, newer = (tier("numerous", facts, day) for day in (date(2016, 1, 4), DAY))

    assert [one.en for one in older.notes] == ["from memory, unverified"]
    assert newer.notes == ()


@pytest.mark.parametrize(
    "facts",
    [
        {"certain": 3, "possible": 2},
        {"certain": -1},
        {"members": (*members(1), *members(1))},
        {"statements": (said("same_kind", 0),)},
    ],
)
def test_facts_that_contradict_themselves_are_refused(facts: dict[str, object]) -> None:
    with pytest.raises(FactsError):
        CandidateFacts(**facts)  # type: ignore[arg-type]


def test_a_fact_that_no_file_declares_is_refused() -> None:
    with pytest.raises(FactsError, match="same_weather"):
        tier("joint", CandidateFacts(statements=(of_people("same_weather"),)))


def test_people_beyond_the_members_leave_open_what_the_members_are_too_few_for() -> None:
    told = told_by_all(9, "same_kind")
    alone = CandidateFacts(members=members(9), certain=9, possible=9, statements=told)
    with_others = CandidateFacts(members=members(9), certain=9, possible=11, statements=told)

    assert tier("numerous", alone).state == "not_met"
    assert tier("numerous", with_others).state == "unknown"
