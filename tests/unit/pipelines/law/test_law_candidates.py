"""The law over stored groups: who states what, what runs, and rows that say it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from pipelines.law import load_rulebook
from pipelines.law.candidates import LawTables, StoredGroups, decide_groups
from pipelines.law.tables import reference_tables

BOOK = load_rulebook()
DAY = date(2026, 3, 16)
NO_REPLIES = pa.schema(
    {"complaint_id": pa.string(), "by": pa.string(), "replied_on": pa.date32(), "text": pa.string()}
).empty_table()
NO_DATES = pa.schema(
    {"complaint_id": pa.string(), "column_name": pa.string(), "day": pa.date32()}
).empty_table()

Row = dict[str, Any]


def member(number: int, **fields: Any) -> Row:
    """A member of a group against acme who alleges its code; of a person of his own."""
    return {
        "cluster_id": "k-1",
        "merchant_key": "acme",
        "issue_axis": "pattern",
        "complainants_certain": 12,
        "complainants_possible": 12,
        "complaint_id": f"posts:{number:02}",
        "person_no": number,
        "surely_no": number,
        "is_alleging": True,
        "respondent_key": "acme",
        "respondent_span": [0, 4],
        "spans": [[9, 12], [5, 8]],
        "source": "posts",
        "status": None,
        "event_date": date(2026, 3, 1),
        "region": None,
        "outcome": "unresolved",
        "is_minor": False,
        "redacted_text": "买了卡，不能用。",
        **fields,
    }


def twelve(**fields: Any) -> list[Row]:
    return [member(number, **fields) for number in range(1, 13)]


def decided(rows: list[Row], **inputs: pa.Table) -> LawTables:
    groups = StoredGroups(
        members=pa.Table.from_pylist(rows),
        replies=inputs.get("replies", NO_REPLIES),
        dates=inputs.get("dates", NO_DATES),
    )
    return decide_groups(groups, DAY, BOOK, b"a key for tests only")


def tier(rows: list[Row], code: str) -> Row:
    found: list[Row] = decided(rows).cluster_tiers.to_pylist()
    return next(row for row in found if row["tier_code"] == code)


def test_twelve_people_who_allege_one_thing_of_one_merchant_meet_two_tiers() -> None:
    joint, numerous = tier(twelve(), "joint"), tier(twelve(), "numerous")

    assert (joint["state"], numerous["state"]) == ("met", "met")
    assert len(numerous["members"]) == 12
    assert (joint["rule_code"], joint["article"]) == ("market_complaints_2022", "11")
    assert joint["as_of_date"] == DAY
    assert {one["code"]: one["state"] for one in joint["beside"]} == {
        "consent": "unknown",
        "representatives_elected": "unknown",
    }


def test_every_group_has_one_row_for_every_tier() -> None:
    rows = [*twelve(), member(1, cluster_id="k-2", complaint_id="posts:99")]

    found = decided(rows).cluster_tiers.to_pylist()

    assert [(row["cluster_id"], row["tier_code"]) for row in found] == [
        (cluster, one.code) for cluster in ("k-1", "k-2") for one in BOOK.tiers
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"respondent_key": None, "respondent_span": None},
        {"merchant_key": None},
        {"is_alleging": None, "issue_axis": "topic"},
    ],
)
def test_unnamed_respondents_and_mere_words_leave_a_tier_unknown(fields: Row) -> None:
    for code in ("joint", "numerous"):
        found = tier(twelve(**fields), code)

        assert found["state"] == "unknown"
        assert found["members"] == []
        assert "not said in 12" in found["why_en"]


def test_a_shared_nature_is_a_kind_and_no_dispute() -> None:
    rows = twelve(issue_axis="nature")

    assert tier(rows, "joint")["state"] == "unknown"
    assert tier(rows, "numerous")["state"] == "met"


def test_a_member_of_another_merchant_stands_against() -> None:
    rows = [member(1), member(2, respondent_key="zenith"), member(3, is_alleging=False)]
    for row in rows:
        row |= {"complainants_certain": 3, "complainants_possible": 3}

    found = tier(rows, "joint")

    assert found["state"] == "unknown"
    assert found["members"] == ["posts:01"]
    assert "same operator: different in 1" in found["why_en"]
    assert "同一争议：2件未说明" in found["why_zh"]


def test_a_doubtful_member_is_possible_and_never_certain() -> None:
    rows = [member(1), member(2, surely_no=None)]
    for row in rows:
        row |= {"complainants_certain": 1, "complainants_possible": 2}

    assert tier(rows, "joint")["state"] == "unknown"


def test_a_childs_act_is_a_flag_beside_the_tiers() -> None:
    rows = [member(1, is_minor=True), *twelve()[1:]]

    flag = tier(rows, "limited_capacity")

    assert (flag["state"], flag["members"]) == ("met", ["posts:01"])
    assert tier(twelve(), "limited_capacity")["state"] == "unknown"


def test_the_rule_of_2022_is_superseded_after_the_day_of_the_new_one() -> None:
    groups = StoredGroups(
        members=pa.Table.from_pylist(twelve()), replies=NO_REPLIES, dates=NO_DATES
    )

    tables = decide_groups(groups, date(2026, 5, 1), BOOK, b"k")

    joint = tables.cluster_tiers.to_pylist()[0]
    assert (joint["rule_code"], joint["standing"]) == ("market_complaints_2026", "older_text")
    assert (joint["older_rule_code"], joint["older_article"]) == ("market_complaints_2022", "11")
    assert joint["notes_zh"] == ["2022年规定，已被取代；新文本未见"]


def test_a_reply_that_promises_runs_a_clock() -> None:
    reply = {
        "complaint_id": "posts:01",
        "by": "merchant",
        "replied_on": date(2026, 3, 10),
        "text": "您好，10个工作日内退款。",
    }
    replies = pa.Table.from_pylist([reply, {**reply, "by": "somebody"}], schema=NO_REPLIES.schema)

    rows = decided([member(1)], replies=replies).cluster_deadlines.to_pylist()

    assert [row["owed_by_en"] for row in rows] == ["merchant", "who promised it"]
    first = rows[0]
    assert (first["deadline_code"], first["state"]) == ("promised_refund", "running")
    assert (first["due_date"], first["days_left"]) == (date(2026, 3, 24), 8)
    assert first["calendar"] == "CN_working_days"


def test_a_due_day_in_a_year_without_a_calendar_is_unknown_and_says_so() -> None:
    late = date(2026, 12, 24)
    reply = {
        "complaint_id": "posts:01",
        "by": "merchant",
        "replied_on": late,
        "text": "30个工作日内退款",
    }
    groups = StoredGroups(
        members=pa.Table.from_pylist([member(1)]),
        replies=pa.Table.from_pylist([reply], schema=NO_REPLIES.schema),
        dates=NO_DATES,
    )

    (row,) = decide_groups(groups, late, BOOK, b"k").cluster_deadlines.to_pylist()

    assert (row["state"], row["due_date"], row["days_left"]) == ("running", None, None)
    assert row["due_not_before_date"] is not None
    assert any("calendar of that year is not known" in note for note in row["notes_en"])


def test_a_companys_answer_without_a_day_is_done_and_not_overdue() -> None:
    dates = pa.Table.from_pylist(
        [
            {
                "complaint_id": "cfpb:1",
                "column_name": "Date sent to company",
                "day": date(2025, 1, 2),
            },
            {
                "complaint_id": "cfpb:2",
                "column_name": "Date sent to company",
                "day": date(2026, 3, 10),
            },
        ],
        schema=NO_DATES.schema,
    )
    rows = [
        member(1, complaint_id="cfpb:1", source="cfpb", status="Closed with explanation"),
        member(2, complaint_id="cfpb:2", source="cfpb", status=None),
    ]

    found = decided(rows, dates=dates).cluster_deadlines.to_pylist()

    assert [(row["complaint_id"], row["state"], row["is_done"]) for row in found] == [
        ("cfpb:1", "unknown", True),
        ("cfpb:1", "unknown", True),
        ("cfpb:2", "running", False),
        ("cfpb:2", "running", False),
    ]


def test_nothing_in_gives_empty_tables_of_the_same_columns() -> None:
    empty = pa.Table.from_pylist(twelve()).slice(0, 0)

    tables = decide_groups(
        StoredGroups(members=empty, replies=NO_REPLIES, dates=NO_DATES), DAY, BOOK, b"k"
    )

    assert tables.cluster_tiers.schema == decided(twelve()).cluster_tiers.schema
    assert tables.cluster_deadlines.num_rows == 0


def test_the_reference_holds_all_that_a_row_may_name() -> None:
    tables = reference_tables(BOOK)
    texts = set(tables["law_texts"]["code"].to_pylist())

    rules = [one.rule for tier in BOOK.tiers for one in tier.versions]
    rules += [one.rule for deadline in BOOK.deadlines for one in deadline.versions]
    assert {rule.text.code for rule in rules} == texts
    assert tables["law_tiers"]["code"].to_pylist() == [one.code for one in BOOK.tiers]
    deadlines = set(tables["law_deadlines"]["code"].to_pylist())
    assert deadlines == {one.code for one in BOOK.deadlines} | {
        f"promised_{what}" for what in BOOK.promises
    }
