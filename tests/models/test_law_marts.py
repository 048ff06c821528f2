"""What the law asks of the loads, and the marts that show what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse_scene import (
    NOON,
    assignment,
    declare,
    group_all,
    load,
    new_work,
    post,
    read_all,
    write_candidates,
)
from warehouse.work import Work


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    with new_work(tmp_path) as opened:
        declare(opened)
        yield opened


def build(work: Work) -> None:
    read_all(work)
    cluster_id, members = group_all(work)
    write_candidates(work, [assignment(cluster_id, members, "c-1", date(2026, 3, 14))])
    work.build_marts()


def inputs(work: Work, *items: dict[str, str | None]) -> dict[str, list[dict[str, Any]]]:
    load(work, items)
    read_all(work)
    group_all(work)
    return {name: table.to_pylist() for name, table in work.law_inputs().items()}


def test_before_the_first_load_no_day_is_known(work: Work) -> None:
    work.stage()

    assert work.as_of_date() is None


def test_a_fetch_knows_until_its_own_day(work: Work) -> None:
    load(work, [post("1", published_at="2025-01-01")])
    work.stage()

    assert work.as_of_date() == NOON.date()


def test_a_backfill_knows_until_its_last_record(work: Work) -> None:
    items = [
        post("1", published_at="2025-01-01"),
        post("2", published_at="2025-02-03T02:50:00+08:00"),
    ]
    load(work, items, is_backfill=True)
    work.stage()

    assert work.as_of_date() == date(2025, 2, 3)


def test_an_undated_record_of_a_backfill_does_not_say_until_when_it_knows(work: Work) -> None:
    load(
        work, [post("1", published_at="2025-01-01"), post("2", published_at=None)], is_backfill=True
    )
    work.stage()

    assert work.as_of_date() == date(2025, 1, 1)


def test_a_backfill_without_any_date_knows_until_its_load(work: Work) -> None:
    load(work, [post("1", published_at=None)], is_backfill=True)
    work.stage()

    assert work.as_of_date() == NOON.date()


def test_a_day_that_a_source_misdates_into_the_future_does_not_count(work: Work) -> None:
    items = [post("1", published_at="2025-01-01"), post("2", published_at="2099-01-01")]
    load(work, items, is_backfill=True)
    work.stage()

    assert work.as_of_date() == date(2025, 1, 1)


def test_a_later_fetch_moves_the_day_and_a_later_backfill_of_old_records_does_not(
    work: Work,
) -> None:
    load(work, [post("1", published_at="2025-01-01")])
    later = datetime(2026, 5, 1, tzinfo=UTC)
    load(work, [post("2", published_at="2024-01-01")], load_id="2", at=later, is_backfill=True)
    work.stage()

    assert work.as_of_date() == NOON.date()


def test_the_replies_of_members_come_with_their_days(work: Work) -> None:
    replies = [
        {"by": "merchant", "at": "2026-03-04T09:00:00+08:00", "text": "三天内退款"},
        {"by": "platform", "text": "已转交"},
        {"by": "regulator", "at": "2020/1/3 15:07:21", "text": "已核实"},
    ]

    found = inputs(work, post("1", replies=json.dumps(replies)), post("2", replies="没有"))

    assert [(row["by"], row["replied_on"]) for row in found["replies"]] == [
        ("regulator", date(2020, 1, 3)),
        ("merchant", date(2026, 3, 4)),
        ("platform", None),
    ]


def test_columns_of_the_sources_own_that_hold_days_are_given_and_others_are_not(work: Work) -> None:
    extra = {"Date sent to company": "12/02/11", 'odd "name"': "2026-03-04", "zip": "23804"}

    found = inputs(work, post("1", extra=json.dumps(extra)), post("2"))

    assert [(row["column_name"], row["day"]) for row in found["dates"]] == [
        ("Date sent to company", date(2011, 12, 2)),
        ('odd "name"', date(2026, 3, 4)),
    ]


def test_a_member_comes_with_its_respondent_and_the_passages_of_its_code(work: Work) -> None:
    first, second = inputs(work, post("1"), post("2", text="另一件"))["members"]

    assert (first["merchant_key"], first["respondent_key"]) == ("acme", "acme")
    assert (first["spans"], first["surely_no"], first["is_alleging"]) == ([[0, 1]], 1, True)
    assert second["redacted_text"] == "另一件"


def test_marts_name_the_rule_of_a_tier_with_its_days_in_force(work: Work) -> None:
    load(work, [post("1"), post("2")])

    build(work)

    ((state, rule, older, members),) = work.connection.execute(
        "select state, rule, older_rule, members from marts.candidate_tiers"
    ).fetchall()
    assert (state, older, members) == ("met", None, ["posts:1", "posts:2"])
    assert (rule["name_zh"], rule["article"], rule["first_day"], rule["standing"]) == (
        "办法",
        "11",
        date(2022, 11, 1),
        "read",
    )


def test_the_next_deadline_is_the_nearest_that_runs(work: Work) -> None:
    load(work, [post("1"), post("2")])
    read_all(work)
    cluster_id, members = group_all(work)
    write_candidates(work, [assignment(cluster_id, members, "c-1", date(2026, 3, 14))])
    add_clock(work, "posts:2", due_date=date(2026, 3, 20), days_left=6)
    add_clock(work, "posts:1", due_date=date(2026, 3, 2), days_left=None, state="overdue")

    work.build_marts()

    ((due,),) = work.connection.execute("select deadline_next from marts.candidates").fetchall()
    assert (due["complaint_id"], due["due_date"], due["days_left"]) == (
        "posts:2",
        date(2026, 3, 20),
        6,
    )


def test_a_deadline_of_an_unknown_calendar_is_next_by_the_earliest_day_it_can_be(
    work: Work,
) -> None:
    load(work, [post("1"), post("2")])
    read_all(work)
    cluster_id, members = group_all(work)
    write_candidates(work, [assignment(cluster_id, members, "c-1", date(2026, 3, 14))])
    early = date(2026, 3, 16)
    add_clock(work, "posts:2", due_date=None, due_not_before_date=early, days_left=None)

    work.build_marts()

    ((due,),) = work.connection.execute("select deadline_next from marts.candidates").fetchall()
    assert (due["due_date"], due["due_not_before_date"]) == (None, early)


def add_clock(work: Work, complaint_id: str, **fields: Any) -> None:
    """Add a copy of the scene's clock for another complaint."""
    table = work.connection.execute(
        "from enriched.cluster_deadlines where deadline_code = 'promised_refund'"
    ).to_arrow_table()
    rows = table.to_pylist()
    changed = {**rows[0], "complaint_id": complaint_id, **fields}
    work.replace(
        "enriched.cluster_deadlines", type(table).from_pylist([*rows, changed], table.schema)
    )


def test_a_candidate_without_a_clock_has_no_next_deadline(work: Work) -> None:
    load(work, [post("1"), post("2")])
    read_all(work)
    cluster_id, members = group_all(work)
    write_candidates(work, [assignment(cluster_id, members, "c-1", date(2026, 3, 14))])
    work.connection.execute("delete from enriched.cluster_deadlines")

    work.build_marts()

    found = work.connection.execute(
        "select deadline_next, list_transform(tiers, lambda one: one.state) from marts.candidates"
    ).fetchall()
    assert found == [(None, ["met"])]


def test_days_are_counted_from_the_day_that_the_data_know(work: Work) -> None:
    load(work, [post("1"), post("2")])

    build(work)

    found = work.connection.execute(
        "select as_of_date, due_date - as_of_date = days_left from marts.candidate_deadlines"
    ).fetchall()
    assert found == [(NOON.date(), True)]
    assert work.as_of_date() == NOON.date() < NOON.date() + timedelta(days=1)
