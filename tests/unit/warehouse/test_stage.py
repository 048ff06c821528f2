"""Staging casts what sources wrote, without judgement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.warehouse_scene import (
    load,
    new_work,
    post,
)
from warehouse.work import Work


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    with new_work(tmp_path) as opened:
        yield opened


def staged(work: Work, columns: str) -> list[tuple[object, ...]]:
    work.stage()
    return work.connection.execute(
        f"select {columns} from staged.complaints order by complaint_id"
    ).fetchall()


@pytest.mark.parametrize(
    ("written", "moment", "day"),
    [
        ("2026-03-01T00:30:00+08:00", "2026-02-28 16:30:00", date(2026, 3, 1)),
        ("2026-03-01T23:30:00Z", "2026-03-01 23:30:00", date(2026, 3, 1)),
        ("2026-03-01T08:15:30.25", "2026-03-01 08:15:30.250000", date(2026, 3, 1)),
        ("2026-03-01 08:15", "2026-03-01 08:15:00", date(2026, 3, 1)),
        ("2026-3-1", "2026-03-01 00:00:00", date(2026, 3, 1)),
        ("2019/4/25 9:32:09", "2019-04-25 09:32:09", date(2019, 4, 25)),
        ("2019/4/25 9:32", "2019-04-25 09:32:00", date(2019, 4, 25)),
        ("2019/4/25", "2019-04-25 00:00:00", date(2019, 4, 25)),
        ("12/02/11", "2011-12-02 00:00:00", date(2011, 12, 2)),
        ("12/02/2011", "2011-12-02 00:00:00", date(2011, 12, 2)),
        ("2020年10月17日", "2020-10-17 00:00:00", date(2020, 10, 17)),
        ("2020年1月7日 9:05", "2020-01-07 09:05:00", date(2020, 1, 7)),
        (" 2020-10-17 ", "2020-10-17 00:00:00", date(2020, 10, 17)),
    ],
)
def test_dates_of_many_spellings_are_cast(work: Work, written: str, moment: str, day: date) -> None:
    load(work, [post("1", published_at=written)])

    utc = datetime.fromisoformat(f"{moment}+00:00")
    assert staged(work, "published_at, event_date") == [(utc, day)]


@pytest.mark.parametrize(
    "written", ["昨天", "3小时前", "2020-02-30", "13/45/20", "20201017", "infinity"]
)
def test_a_date_that_does_not_parse_is_unknown(work: Work, written: str) -> None:
    load(work, [post("1", published_at=written)])

    assert staged(work, "published_at, event_date") == [(None, None)]


def test_the_received_date_counts_where_nothing_was_published(work: Work) -> None:
    load(work, [post("1", published_at=None, received_at="12/02/11")])

    assert staged(work, "event_date") == [(date(2011, 12, 2),)]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("320", Decimal("320.00")),
        ("￥1,234.5元", Decimal("1234.50")),
        ("$ 12.30", Decimal("12.30")),
        ("99元", Decimal("99.00")),
        ("一万", None),
        ("10-20", None),
        (None, None),
    ],
)
def test_amounts_are_cast_or_unknown(
    work: Work, written: str | None, value: Decimal | None
) -> None:
    load(work, [post("1", amount_value=written)])

    assert staged(work, "amount_value") == [(value,)]


def test_the_latest_version_is_the_complaint_and_all_stay_in_history(work: Work) -> None:
    load(work, [post("1", status="处理中")])
    load(work, [post("1", status="已完成")], load_id="load-2")

    assert staged(work, "version_no, status") == [(2, "已完成")]
    history = work.connection.execute(
        "select version_no, status from staged.complaint_versions order by version_no"
    ).fetchall()
    assert history == [(1, "处理中"), (2, "已完成")]


def test_replies_are_unknown_where_the_source_records_none(work: Work) -> None:
    by_merchant = '[{"by": "merchant", "at": null, "text": "-"}]'
    by_complainant = '[{"by": "complainant", "at": null, "text": "-"}]'
    load(
        work,
        [
            post("1", replies=by_merchant),
            post("2", replies=by_complainant),
            post("3", replies="[]"),
            post("4"),
        ],
    )
    load(work, [post("5")], load_id="load-2", source="silent")

    assert staged(work, "has_replies") == [(True,), (False,), (False,), (False,), (None,)]


def test_a_row_of_labels_only_is_staged_with_an_empty_text(work: Work) -> None:
    load(work, [{"record_id": "1", "product": "Mortgage", "issue": "Fees"}])

    assert staged(work, "text, product, issue") == [("", "Mortgage", "Fees")]


@pytest.mark.parametrize(
    "column",
    [
        "title", "text", "respondent", "platform", "region", "amount_value", "amount_currency",
        "status", "kind", "published_at", "received_at", "problem", "demand", "product",
        "sub_product", "issue", "sub_issue",
    ],
)  # fmt: skip
def test_every_column_that_reading_uses_moves_the_input_hash(work: Work, column: str) -> None:
    load(work, [post("1", **{column: "1999-01-01"})])
    before = staged(work, "input_hash")
    load(
        work,
        [post("1", **{column: "1998-01-01" if column != "amount_value" else "7"})],
        load_id="b",
    )

    assert staged(work, "input_hash") != before


def test_a_reply_does_not_move_the_input_hash(work: Work) -> None:
    load(work, [post("1")])
    before = staged(work, "input_hash")
    load(work, [post("1", replies="[]")], load_id="load-2")

    assert staged(work, "input_hash") == before


def test_contacts_of_the_latest_version_are_staged(work: Work) -> None:
    load(work, [post("1", extra='{"contacts": {"mobile": "10000000000"}}'), post("2")])
    load(work, [post("3", extra='{"contacts": {"mobile": "10000000000"}}')], load_id="load-2")
    work.stage()

    rows = work.connection.execute("from staged.contacts order by complaint_id").fetchall()

    assert [row[:2] for row in rows] == [("posts:1", "mobile"), ("posts:3", "mobile")]
    assert rows[0][2] == rows[1][2]


def test_staging_again_without_loads_does_nothing(work: Work) -> None:
    load(work, [post("1")])
    work.stage()
    work.connection.execute("delete from staged.complaints")

    assert work.stage() == 0


def test_staging_in_any_order_of_loads_gives_the_same_complaints(tmp_path: Path) -> None:
    found = []
    for order in (("a", "b"), ("b", "a")):
        with new_work(tmp_path / "".join(order)) as work:
            for name in order:
                load(work, [post(name)], load_id=name)
            found.append((staged(work, "*"), work.input_fingerprint({}, "0")))

    assert found[0] == found[1]


def test_a_reply_by_somebody_whom_the_contract_does_not_name_leaves_it_open(work: Work) -> None:
    by_name = '[{"by": "a shop\'s name", "text": "-"}, {"by": "complainant", "text": "-"}]'
    by_both = '[{"by": "a shop\'s name", "text": "-"}, {"by": "platform", "text": "-"}]'
    by_nobody = '[{"at": null, "text": "-"}]'
    load(
        work,
        [post("1", replies=by_name), post("2", replies=by_both), post("3", replies=by_nobody)],
    )

    assert staged(work, "has_replies") == [(None,), (True,), (None,)]


@pytest.mark.parametrize(
    "malformed", ["none so far", "[1]", '{"by": "merchant"}', '[{}, "x"]', "7"]
)
def test_replies_that_are_no_list_of_objects_say_nothing(work: Work, malformed: str) -> None:
    load(work, [post("1", replies=malformed), post("2", replies="[]")])
    load(work, [post("3", replies=malformed), post("4")], load_id="load-2", source="silent")

    assert staged(work, "has_replies") == [(None,), (False,), (None,), (None,)]
