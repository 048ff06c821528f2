"""The report 002: who else met the same counterparty, and what that makes of it (T8, T9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from pipelines.extract.further_people import find_further_people
from pipelines.grouping.further import Beyond, further_people
from pipelines.grouping.told import read_told
from pipelines.law.facts import CandidateFacts, Member, Statement, Support
from pipelines.law.rulebook import load_rulebook
from pipelines.law.tiers import TierDecision, decide_tiers
from pipelines.normalise import normalise
from pipelines.reading import ReadingContext, read_complaint
from pipelines.records import Complaint, ComplaintId, Reading
from pipelines.segment import sentences
from tests.witness_scene import Told, count

pytestmark = pytest.mark.data

DAY = date(2025, 3, 1)
SELLERS_HIT_BY_A_RETURN = (5, 6)
"""Places of the two cases that allege malicious returns, among the seven."""


@pytest.fixture(scope="module")
def report(article: Callable[[str], str], context: ReadingContext) -> Reading:
    complaint = Complaint(complaint_id=ComplaintId("news:002"), source="news", text=article("002"))
    return read_complaint(complaint, context)


def told_in_cases(report: Reading) -> pa.Table:
    """Read each case's own passages for further people, as stored texts are read."""
    texts = ["".join(report.redacted_text[slice(*one)] for one in case.passages)
             for case in report.cases]  # fmt: skip
    ids = [f"case {number}" for number in range(len(texts))]
    return read_told(pa.table({"complaint_id": ids, "redacted_text": texts}))


def group_of(report: Reading, cases: tuple[int, ...]) -> tuple[int, int]:
    """Count the people of some cases, and those whom these tell of."""
    told = {row["complaint_id"]: row for row in told_in_cases(report).to_pylist()}
    rows = [told.get(f"case {number}") for number in range(len(report.cases))]
    beyond = Beyond(
        told=np.array([row["people"] if row else 0 for row in rows]),
        person=np.arange(len(rows)),
        spans={number: tuple(row["span"]) for number, row in enumerate(rows) if row},
        reached={},
    )
    members = np.array(cases)
    nobody_copies = np.full(len(rows), -1)
    further = further_people(members, nobody_copies, beyond, [f"case {one}" for one in cases])
    people = count([Told(source=0, author=number, words=frozenset({number})) for number in cases])
    return people.certain, people.possible + further.people


def test_one_further_seller_met_the_same_buyer_and_many_people_are_no_number(
    report: Reading,
) -> None:
    view = normalise(report.redacted_text).text
    found = find_further_people(view, sentences(view))

    assert sorted(one.people or 0 for one in found) == [0, 1]
    (counted,) = (one for one in found if one.people)
    assert "same buyer" in view[slice(*counted.span)]
    (uncounted,) = (one for one in found if one.people is None)
    assert "many people" in view[slice(*uncounted.span)]


def test_the_guides_and_the_contested_case_tell_of_nobody_who_can_be_counted(
    article: Callable[[str], str],
) -> None:
    texts = pa.table(
        {
            "complaint_id": ["000", "001", "003", "004"],
            "redacted_text": [article(number) for number in ("000", "001", "003", "004")],
        }
    )

    assert read_told(texts).num_rows == 0


def test_the_further_seller_is_told_of_in_the_case_of_the_returned_lipstick(
    report: Reading,
) -> None:
    (row,) = told_in_cases(report).to_pylist()

    assert (row["complaint_id"], row["people"]) == (f"case {SELLERS_HIT_BY_A_RETURN[0]}", 1)


def test_the_further_seller_is_one_possible_person_more_and_no_certain_one(
    report: Reading,
) -> None:
    assert group_of(report, SELLERS_HIT_BY_A_RETURN) == (2, 3)
    assert group_of(report, tuple(range(7))) == (7, 8)


def decided(report: Reading, cases: tuple[int, ...]) -> dict[str, TierDecision]:
    """Ask the law of some cases that say the same, each against a counterparty nobody names."""
    certain, possible = group_of(report, cases)
    members = tuple(
        Member(complaint_id=f"case {one}", person_no=place, surely_no=place)
        for place, one in enumerate(cases, 1)
    )
    named = [case for case in cases if report.cases[case].reading.parties
             and report.cases[case].reading.parties[0].identity != "unnamed"]  # fmt: skip
    assert not named
    statements = tuple(
        Statement(fact="same_kind", holds=True, support=Support(complaint_id=f"case {one}"))
        for one in cases
    )
    facts = CandidateFacts(
        members=members, certain=certain, possible=possible, statements=statements
    )
    return {tier.code: tier for tier in decide_tiers(facts, DAY, load_rulebook())}


def test_joint_is_unknown_where_the_counterparty_differs_and_numerous_is_not_met(
    report: Reading,
) -> None:
    of_returns = decided(report, SELLERS_HIT_BY_A_RETURN)
    of_all = decided(report, tuple(range(7)))

    assert of_returns["joint"].state == of_all["joint"].state == "unknown"
    assert of_returns["numerous"].state == of_all["numerous"].state == "not_met"
    assert not any(tier.state == "met" for tier in of_all.values() if tier.role == "tier")
