"""What was known by a day: states of records, replies, coverage, receipts, readings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.warehouse_scene import (
    VERSIONS,
    declare,
    load,
    new_work,
    post,
    read_all,
)
from warehouse.checks import WORK_AUDITS, run_audits
from warehouse.known import copy_known
from warehouse.load import CoveredPeriod
from warehouse.work import Work

MARCH = date(2026, 3, 1)
EARLY = datetime(2026, 3, 10, 12, tzinfo=UTC)
LATE = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    with new_work(tmp_path / "now") as opened:
        declare(opened)
        yield opened


def states(work: Work, day: date, tmp_path: Path) -> dict[str, tuple[int, str]]:
    """Give version and text of every complaint that was known by a day."""
    rows = asked(work, day, tmp_path, "select record_id, version_no, text from staged.complaints")
    return {str(record_id): (int(str(no)), str(text)) for record_id, no, text in rows}


def asked(work: Work, day: date, tmp_path: Path, sql: str) -> list[tuple[object, ...]]:
    """Ask the database of what was known by a day, whose audits of loading hold."""
    file = tmp_path / f"{day}.duckdb"
    file.unlink(missing_ok=True)
    copy_known(work, file, day)
    with Work.at(file) as known:
        known.stage()
        found = run_audits(known.connection, WORK_AUDITS)
        assert [each.name for each in found if each.is_failure and "raw" in each.name] == []
        return known.connection.execute(sql).fetchall()


def reply(day: date | None, text: str = "已处理") -> dict[str, str | None]:
    return {"by": "merchant", "at": None if day is None else day.isoformat(), "text": text}


def test_a_fetched_record_is_known_from_its_fetch_whatever_its_date(
    work: Work, tmp_path: Path
) -> None:
    load(work, [post("1", published_at="2026-01-05")], at=EARLY)

    assert states(work, EARLY.date() - timedelta(days=1), tmp_path) == {}
    assert set(states(work, EARLY.date(), tmp_path)) == {"1"}


def test_a_backfilled_record_is_known_from_its_date(work: Work, tmp_path: Path) -> None:
    records = [
        post("published", published_at="2026-01-05T23:30:00-08:00"),
        post("received", published_at=None, received_at="2026-01-07"),
        post("both", published_at="2026-01-05", received_at="2026-01-08"),
        post("undated", published_at=None),
        post("misdated", published_at="2199-01-01"),
    ]
    load(work, records, at=LATE, is_backfill=True)

    known = {day: set(states(work, date(2026, 1, day), tmp_path)) for day in (4, 5, 7, 8)}

    assert known == {
        4: set(),
        5: {"published"},
        7: {"published", "received"},
        8: {"published", "received", "both"},
    }
    assert set(states(work, LATE.date(), tmp_path)) == {*known[8], "undated", "misdated"}


def test_a_fetched_change_is_known_from_its_fetch(work: Work, tmp_path: Path) -> None:
    load(work, [post("1", text="退款")], at=EARLY, load_id="one")
    load(work, [post("1", text="已退款")], at=LATE, load_id="two")

    assert states(work, LATE.date() - timedelta(days=1), tmp_path) == {"1": (1, "退款")}
    assert states(work, LATE.date(), tmp_path) == {"1": (2, "已退款")}


def test_a_backfilled_change_of_no_day_of_its_own_is_known_from_its_load(
    work: Work, tmp_path: Path
) -> None:
    for load_id, text in (("one", "退款"), ("two", "已退款")):
        record = post("1", text=text, published_at="2026-01-05")
        load(work, [record], at=LATE, load_id=load_id, is_backfill=True)

    assert states(work, LATE.date() - timedelta(days=1), tmp_path) == {"1": (1, "退款")}
    assert states(work, LATE.date(), tmp_path) == {"1": (2, "已退款")}


def test_a_backfilled_change_is_known_from_the_reply_that_it_adds(
    work: Work, tmp_path: Path
) -> None:
    answers = ([reply(MARCH)], [reply(MARCH), reply(date(2026, 3, 5))])
    for load_id, replies in zip(("one", "two"), answers, strict=True):
        record = post("1", text=load_id, published_at="2026-02-01", replies=json.dumps(replies))
        load(work, [record], at=LATE, load_id=load_id, is_backfill=True)

    known = [states(work, date(2026, 3, day), tmp_path)["1"] for day in (1, 4, 5)]

    assert known == [(1, "one"), (1, "one"), (2, "two")]


def test_no_state_is_known_before_the_states_before_it(work: Work, tmp_path: Path) -> None:
    load(work, [post("1", text="退款", published_at="2026-01-05")], at=EARLY, load_id="fetched")
    older = post("1", text="已退款", published_at="2026-01-09")
    load(work, [older], at=LATE, load_id="backfilled", is_backfill=True)

    assert states(work, date(2026, 1, 31), tmp_path) == {}
    assert states(work, EARLY.date(), tmp_path)["1"] == (2, "已退款")


def test_replies_of_a_later_day_are_not_known(work: Work, tmp_path: Path) -> None:
    replies = [reply(None, "收到"), reply(MARCH, "处理中"), reply(date(2026, 3, 5), "已退款")]
    record = post("1", published_at="2026-02-01", replies=json.dumps(replies))
    load(work, [record], at=LATE, is_backfill=True)

    by_day = {
        day: asked(work, day, tmp_path, "select replies, has_replies from staged.complaints")[0]
        for day in (date(2026, 2, 28), date(2026, 3, 4), LATE.date())
    }

    told = [[each["text"] for each in json.loads(str(text))] for text, _ in by_day.values()]
    assert told == [["收到"], ["收到", "处理中"], ["收到", "处理中", "已退款"]]
    assert by_day[LATE.date()][0] == json.dumps(replies)


def test_who_was_answered_later_was_not_answered(work: Work, tmp_path: Path) -> None:
    record = post("1", published_at="2026-02-01", replies=json.dumps([reply(MARCH)]))
    load(work, [record], at=LATE, is_backfill=True)
    question = "select has_replies from staged.complaints"

    assert asked(work, date(2026, 2, 28), tmp_path, question) == [(False,)]
    assert asked(work, MARCH, tmp_path, question) == [(True,)]


def test_coverage_is_known_with_its_load_and_of_a_backfill_day_by_day(
    work: Work, tmp_path: Path
) -> None:
    period = CoveredPeriod(covered_from=date(2026, 1, 1), covered_to=date(2026, 3, 31))
    load(work, [post("1")], at=LATE, load_id="fetched", covers=(period,))
    load(work, [], at=LATE, load_id="backfilled", covers=(period,), is_backfill=True)
    question = "select load_id, covered_from, covered_to from meta.coverage order by load_id"

    before = asked(work, date(2025, 12, 31), tmp_path, question)
    within = asked(work, date(2026, 2, 1), tmp_path, question)
    at_last = asked(work, LATE.date(), tmp_path, question)

    assert before == []
    assert within == [("backfilled", date(2026, 1, 1), date(2026, 2, 1))]
    assert at_last == [
        ("backfilled", date(2026, 1, 1), LATE.date()),
        ("fetched", date(2026, 1, 1), date(2026, 3, 31)),
    ]


def test_what_had_not_settled_by_the_day_is_not_covered_as_of_it(
    work: Work, tmp_path: Path
) -> None:
    period = CoveredPeriod(covered_from=date(2026, 1, 1), covered_to=date(2026, 3, 31))
    declare(work, settles_after_days=15)
    load(work, [post("1", published_at="2026-01-05")], covers=(period,), is_backfill=True)
    file = tmp_path / "known.duckdb"

    copy_known(work, file, date(2026, 2, 20))

    with Work.at(file) as known:
        declare(known, settles_after_days=15)
        assert known.coverage()["covered_to"].to_pylist() == [date(2026, 2, 5)]


def test_receipts_count_what_was_known(work: Work, tmp_path: Path) -> None:
    rejected: dict[str, str | None] = {"reject_reason": "no_content", "rejected_payload": "{}"}
    records = [
        post("1", published_at="2026-01-05"),
        post("2", published_at="2026-02-05"),
        rejected,
    ]
    load(work, records, at=EARLY, load_id="backfilled", is_backfill=True)
    load(work, records, at=LATE, load_id="fetched")
    question = (
        "select load_id, read_count, kept_count, duplicate_count, rejected_count "
        "from meta.loads order by load_id"
    )

    assert asked(work, date(2026, 1, 31), tmp_path, question) == [("backfilled", 1, 1, 0, 0)]
    assert asked(work, LATE.date(), tmp_path, question) == [
        ("backfilled", 2, 2, 0, 0),
        ("fetched", 3, 0, 2, 1),
    ]


def test_readings_come_along_and_only_other_texts_are_read_again(
    work: Work, tmp_path: Path
) -> None:
    load(work, [post("1", text="退款"), post("2", text="发货")], at=EARLY, load_id="one")
    load(work, [post("1", text="已退款"), post("3", text="盗号")], at=LATE, load_id="two")
    read_all(work)
    file = tmp_path / "aside.duckdb"

    copy_known(work, file, EARLY.date())

    with Work.at(file) as known:
        known.stage()
        assert known.connection.execute("select count(*) from enriched.readings").fetchone() == (2,)
        stale = [
            key
            for batch in known.stale_complaints(VERSIONS["reading"], VERSIONS["taxonomy"])
            for key in batch["complaint_id"].to_pylist()
        ]
    assert stale == ["posts:1"]


def test_what_was_copied_from_is_as_before(work: Work, tmp_path: Path) -> None:
    load(work, [post("1"), post("2")], at=EARLY)
    read_all(work)
    before = contents(work)

    copy_known(work, tmp_path / "aside.duckdb", EARLY.date())

    assert contents(work) == before


def contents(work: Work) -> dict[str, list[tuple[object, ...]]]:
    tables = work.connection.execute(
        "select database_name || '.' || schema_name || '.' || table_name from duckdb_tables()"
    ).fetchall()
    return {
        name: sorted(work.connection.execute(f"select * from {name}").fetchall(), key=str)
        for (name,) in sorted(tables)
    }
