"""Loading conserves items, keeps what is new, and hashes who wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse_scene import (
    KEY,
    NOON,
    declare,
    item_batch,
    load,
    new_work,
    post,
)
from warehouse.errors import LoadRefusedError
from warehouse.load import CoveredPeriod, LoadEnvelope, load_items
from warehouse.work import Work


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    with new_work(tmp_path) as opened:
        yield opened


def records(work: Work, columns: str) -> list[tuple[object, ...]]:
    return work.connection.execute(
        f"select {columns} from raw.records order by record_id, version_no"
    ).fetchall()


ITEMS = st.lists(
    st.fixed_dictionaries(
        {
            "record_id": st.sampled_from([None, "1", "2", " 1 "]),
            "text": st.sampled_from([None, "", "a", "b", "a ", "\u3000a"]),
            "reject_reason": st.sampled_from([None, None, "broken_json"]),
        }
    ),
    max_size=12,
)


@given(first=ITEMS, second=ITEMS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_read_is_kept_plus_duplicate_plus_rejected(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[dict[str, str | None]],
    second: list[dict[str, str | None]],
) -> None:
    with new_work(tmp_path_factory.mktemp("work")) as work:
        receipts = [load(work, first, load_id="a"), load(work, second, load_id="b")]
        again = load(work, second, load_id="c")

        for receipt, items in zip(receipts, (first, second), strict=True):
            assert receipt.read == len(items)
            assert receipt.read == receipt.kept + receipt.duplicate + receipt.rejected
            assert receipt.rejected == sum(count for _, count in receipt.rejects)
        kept = sum(receipt.kept for receipt in (*receipts, again))
        assert kept == len(records(work, "record_id"))


def test_the_same_load_again_changes_nothing_and_returns_its_receipt(work: Work) -> None:
    first = load(work, [post("1"), post("2")])

    second = load(work, [post("3")])

    assert second == first
    assert len(records(work, "record_id")) == 2


def test_the_same_items_under_another_load_are_all_duplicates(work: Work) -> None:
    load(work, [post("1"), post("2")])

    receipt = load(work, [post("1"), post("2")], load_id="load-2")

    assert (receipt.read, receipt.kept, receipt.duplicate) == (2, 0, 2)


def test_white_space_alone_is_no_change(work: Work) -> None:
    load(work, [post("1", "没有 退款")])

    receipt = load(work, [post("1", " 没有\u3000退款\n")], load_id="load-2")

    assert receipt.duplicate == 1


def test_a_changed_status_keeps_both_states(work: Work) -> None:
    load(work, [post("1", status="处理中")])

    receipt = load(work, [post("1", status="已完成")], load_id="load-2")

    assert (receipt.kept, receipt.changed) == (1, 1)
    assert records(work, "version_no, status") == [(1, "处理中"), (2, "已完成")]


def test_a_status_that_comes_back_is_a_third_state(work: Work) -> None:
    receipt = load(
        work,
        [
            post("1", status="a"),
            post("1", status="b"),
            post("1", status="b"),
            post("1", status="a"),
        ],
    )

    assert (receipt.kept, receipt.changed, receipt.duplicate) == (3, 2, 1)
    assert records(work, "version_no, status") == [(1, "a"), (2, "b"), (3, "a")]


def test_an_old_file_loaded_once_more_does_not_turn_newer_states_back(work: Work) -> None:
    load(work, [post("1", status="a"), post("2")], load_id="old", sha256="old bytes")
    load(work, [post("1", status="b")], load_id="new")

    receipt = load(work, [post("1", status="a"), post("2")], load_id="again", sha256="old bytes")

    assert (receipt.kept, receipt.duplicate) == (0, 2)
    assert records(work, "version_no, status") == [(1, "a"), (2, "b"), (1, None)]


def test_an_old_file_that_is_mapped_anew_brings_its_new_columns(work: Work) -> None:
    load(work, [post("1"), post("2")], load_id="old", sha256="old bytes")

    receipt = load(work, [post("1", region="湖南"), post("2")], load_id="again", sha256="old bytes")

    assert (receipt.kept, receipt.changed, receipt.duplicate) == (1, 1, 1)


def test_without_an_id_the_identity_columns_tell_records_apart(work: Work) -> None:
    first: dict[str, str | None] = {"title": "t", "text": "x", "status": "open"}
    other: dict[str, str | None] = {"title": "t", "text": "y", "status": "open"}

    receipt = load(work, [first, other, {**first, "status": "closed"}])

    ids = {row[0] for row in records(work, "record_id")}
    assert len(ids) == 2
    assert all(str(record_id).startswith("h-") for record_id in ids)
    assert (receipt.kept, receipt.changed) == (3, 1)


def test_values_do_not_run_into_each_other_in_the_identity(work: Work) -> None:
    receipt = load(work, [{"title": "ab", "text": "c"}, {"title": "a", "text": "bc"}])

    assert receipt.kept == 2


def test_without_id_and_identity_an_item_is_rejected(work: Work) -> None:
    receipt = load(work, [{"text": "x"}, post("1")], identity=())

    assert receipt.rejects == (("no_record_id", 1),)


def test_an_item_without_content_is_rejected(work: Work) -> None:
    receipt = load(work, [{"record_id": "1", "text": " \u3000"}, post("2")])

    assert receipt.rejects == (("no_content", 1),)


def test_a_rejected_item_keeps_its_reason_and_payload(work: Work) -> None:
    load(work, [{"reject_reason": "broken_json", "rejected_payload": "{"}])

    rows = work.connection.execute(
        "select disposition, reason, rejected_payload, record_id from raw.items"
    ).fetchall()

    assert rows == [("rejected", "broken_json", "{", None)]


def test_authors_are_keyed_hashes(work: Work) -> None:
    load(
        work,
        [post("1", author=" 某人 "), post("2", author="某人"), post("3"), post("4", author=" ")],
    )

    keys = [row[0] for row in records(work, "author_key")]

    assert keys[0] == keys[1]
    assert keys[2] is None
    assert keys[3] is None
    assert "某人" not in str(work.connection.execute("from raw.records").fetchall())


def test_the_same_author_name_on_two_sites_is_not_one_key(work: Work) -> None:
    load(work, [post("1", author="某人")])
    load(work, [post("1", author="某人")], load_id="load-2", source="heimao")

    assert len({row[0] for row in records(work, "author_key")}) == 2


def test_contacts_are_keyed_hashes_and_other_extras_stay(work: Work) -> None:
    extra = json.dumps({"contacts": {"mobile": "10000000000", "email": None}, "colour": "red"})

    load(work, [post("1", extra=extra), post("2", extra='{"colour": "blue"}')])

    first, second = (json.loads(str(row[0])) for row in records(work, "extra"))
    assert first["colour"] == "red"
    assert list(first["contacts"]) == ["mobile"]
    assert first["contacts"]["mobile"] != "10000000000"
    assert second == {"colour": "blue"}


def test_coverage_is_noted_with_the_load(work: Work) -> None:
    period = CoveredPeriod(
        covered_from=date(2020, 1, 1), covered_to=date(2020, 6, 30), respondent="Acme"
    )

    load(work, [post("1")], covers=(period,))

    assert work.coverage().to_pylist() == [
        {
            "source": "posts",
            "respondent": "Acme",
            "merchant_key": None,
            "covered_from": date(2020, 1, 1),
            "covered_to": date(2020, 6, 30),
        }
    ]


@pytest.mark.parametrize(("settles_after_days", "last"), [(0, 0), (15, 15)])
def test_days_of_which_more_may_still_come_are_not_covered(
    work: Work, settles_after_days: int, last: int
) -> None:
    today = NOON.date()
    period = CoveredPeriod(covered_from=date(2020, 1, 1), covered_to=today + timedelta(days=30))
    declare(work, settles_after_days=settles_after_days)

    load(work, [post("1")], covers=(period,))

    assert work.coverage()["covered_to"].to_pylist() == [today - timedelta(days=last)]


def test_a_period_of_which_nothing_has_settled_is_not_covered(work: Work) -> None:
    today = NOON.date()
    declare(work, settles_after_days=15)

    load(work, [post("1")], covers=(CoveredPeriod(covered_from=today, covered_to=today),))

    assert work.coverage().num_rows == 0


def test_a_load_that_breaks_off_leaves_nothing(work: Work) -> None:
    def breaking() -> Iterator[object]:
        yield item_batch([post("1")])
        raise OSError("the disk went away")

    envelope = LoadEnvelope(load_id="x", source="posts", fetched_at=NOON, identity=("text",))

    with pytest.raises(OSError, match="went away"):
        load_items(work, envelope, breaking(), KEY)  # type: ignore[arg-type]

    assert records(work, "record_id") == []
    assert work.loaded_ids() == frozenset()
    assert load(work, [post("1")], load_id="x").kept == 1


def test_a_batch_of_another_shape_is_refused(work: Work) -> None:
    envelope = LoadEnvelope(load_id="x", source="posts", fetched_at=NOON, identity=("text",))

    with pytest.raises(LoadRefusedError, match=r"missing \['author'\]"):
        load_items(work, envelope, [item_batch([post("1")]).drop(["author"])], KEY)


def test_an_identity_of_no_column_is_refused(work: Work) -> None:
    with pytest.raises(LoadRefusedError, match="expected identity columns among"):
        load(work, [post("1")], identity=("colour",))


def test_a_backfill_knows_records_from_their_own_dates(work: Work) -> None:
    load(
        work,
        [post("1", received_at="2026-02-03"), post("2", published_at=None)],
        is_backfill=True,
    )
    load(work, [post("3")], load_id="load-2", at=NOON + timedelta(days=1))
    work.stage()

    rows = dict(
        work.connection.execute(
            "select complaint_id, known_at::date from staged.complaints"
        ).fetchall()
    )

    assert rows == {
        "posts:1": date(2026, 2, 3),
        "posts:2": NOON.date(),
        "posts:3": date(2026, 3, 15),
    }


@pytest.mark.parametrize("other", ["a\nb", "a  b", "a\u3000b", "a\u00a0b", "a\tb", "ab"])
def test_ids_that_differ_inside_are_two_records(work: Work, other: str) -> None:
    load(work, [post("a b"), post(other, "another text")])

    assert sorted(records(work, "record_id")) == sorted([("a b",), (other,)])


@pytest.mark.parametrize("padded", [" a b", "a b\n", "\u3000a b\t \u00a0"])
def test_blanks_around_an_id_are_not_part_of_it(work: Work, padded: str) -> None:
    receipt = load(work, [post("a b"), post(padded)])

    assert (receipt.kept, receipt.duplicate) == (1, 1)


@pytest.mark.parametrize(
    "nobody",
    ["匿名", " 匿名用户 ", "Anonymous", "ANONYMOUS", "游客", "N/A", "\uff2e/\uff21", "", " ", None],
)
def test_an_author_who_is_nobody_has_no_key(work: Work, nobody: str | None) -> None:
    load(work, [post("1", author=nobody), post("2", author="an invented name")])

    (first,), (second,) = records(work, "author_key")
    assert first is None
    assert second is not None
