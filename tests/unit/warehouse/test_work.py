"""The work database feeds the pipelines and takes what they found."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from tests.warehouse_scene import (
    NOON,
    VERSIONS,
    declare,
    load,
    new_work,
    post,
    read_all,
    reading_tables,
)
from warehouse.errors import SchemaOutdatedError, UnknownTableError
from warehouse.home import Home
from warehouse.runs import StageRecord
from warehouse.work import READING_TABLES, Work


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    with new_work(tmp_path) as opened:
        declare(opened)
        yield opened


def stale_ids(work: Work, step: str = "step-1", taxonomy: str = "taxonomy-1") -> list[str]:
    batches = work.stale_complaints(step, taxonomy, batch_rows=2)
    return sorted(key for batch in batches for key in batch["complaint_id"].to_pylist())


def test_only_new_and_changed_complaints_are_stale(work: Work) -> None:
    load(work, [post("1"), post("2"), post("3")])
    read_all(work)
    load(work, [post("2", "改了"), post("3"), post("4")], load_id="load-2")
    work.stage()

    assert stale_ids(work) == ["posts:2", "posts:4"]
    assert work.count_stale("step-1", "taxonomy-1") == 2


@pytest.mark.parametrize(("step", "taxonomy"), [("step-2", "taxonomy-1"), ("step-1", "taxonomy-2")])
def test_another_version_makes_everything_stale(work: Work, step: str, taxonomy: str) -> None:
    load(work, [post("1"), post("2")])
    read_all(work)

    assert stale_ids(work, step, taxonomy) == ["posts:1", "posts:2"]


def test_complaints_are_found_by_their_ids(work: Work) -> None:
    load(work, [post("1"), post("2", "没到货", title="等"), post("3")])
    work.stage()

    found = work.complaints_of_ids(pa.table({"complaint_id": ["posts:3", "posts:2", "gone:9"]}))

    assert found["complaint_id"].to_pylist() == ["posts:2", "posts:3"]
    assert (found["title"][0].as_py(), found["text"][0].as_py()) == ("等", "没到货")


def test_complaints_found_by_id_are_as_those_that_wait_to_be_read(work: Work) -> None:
    load(work, [post("1", problem="退款", product="Mortgage")])
    work.stage()
    [waiting] = work.stale_complaints("step-1", "taxonomy-1")

    found = work.complaints_of_ids(pa.table({"complaint_id": ["posts:1"]}))

    assert found.schema.names == waiting.schema.names
    assert found.to_pylist() == waiting.to_pylist()


def test_complaints_can_be_asked_for_again_and_give_their_last_version(work: Work) -> None:
    ids = pa.table({"complaint_id": ["posts:1"]})
    load(work, [post("1")])
    work.stage()
    work.complaints_of_ids(ids)
    load(work, [post("1", "改了")], load_id="load-2")
    work.stage()

    assert work.complaints_of_ids(ids)["text"].to_pylist() == ["改了"]
    assert work.complaints_of_ids(ids.slice(0, 0)).num_rows == 0


def test_a_loop_may_write_while_it_reads(work: Work) -> None:
    load(work, [post(str(number)) for number in range(11)])
    work.stage()
    seen: list[str] = []

    for batch in work.stale_complaints("step-1", "taxonomy-1", batch_rows=3):
        seen.extend(batch["complaint_id"].to_pylist())
        work.write_readings(reading_tables(batch))

    assert len(set(seen)) == len(seen) == 11
    assert stale_ids(work) == []


def test_reading_again_replaces_what_was_read(work: Work) -> None:
    load(work, [post("1"), post("2")])
    read_all(work)
    load(work, [post("1", "新的文字")], load_id="load-2")
    read_all(work)

    for table in READING_TABLES:
        rows = work.connection.execute(
            f"select count(*), count(distinct complaint_id) from enriched.{table}"
        ).fetchall()
        assert rows in ([(2, 2)], [(0, 0)])


def test_a_reading_of_a_complaint_that_is_gone_is_dropped(work: Work) -> None:
    load(work, [post("1"), post("2")])
    read_all(work)
    work.connection.execute("delete from staged.complaints where record_id = '2'")

    assert work.drop_vanished() == 1

    kept = work.connection.execute("select complaint_id from enriched.readings").fetchall()
    assert kept == [("posts:1",)]


def test_issues_are_kept_with_the_complaint_and_replaced_with_it(work: Work) -> None:
    load(work, [post("1")])
    work.stage()
    batch = next(work.stale_complaints("step-1", "taxonomy-1"))
    issues = pa.table({"complaint_id": ["posts:1"], "step": ["money"], "reason": ["too large"]})

    work.write_readings({**reading_tables(batch), "issues": issues})
    work.write_readings({**reading_tables(batch), "issues": issues})

    assert work.connection.execute("from meta.issues").fetchall() == [
        ("posts:1", "money", "too large")
    ]


def test_a_complaint_that_a_step_failed_on_is_stale_until_it_is_read(work: Work) -> None:
    load(work, [post("1"), post("2"), post("3")])
    work.stage()
    [batch] = work.stale_complaints("step-1", "taxonomy-1")
    issues = pa.table(
        {
            "complaint_id": ["posts:1", "posts:1", "posts:2"],
            "step": ["money", "dates", "labels"],
            "reason": ["failed", "failed", "unmapped"],
        }
    )

    work.write_readings({**reading_tables(batch), "issues": issues})
    failed = stale_ids(work), work.count_stale("step-1", "taxonomy-1")
    for again in work.stale_complaints("step-1", "taxonomy-1"):
        work.write_readings(reading_tables(again))

    assert failed == (["posts:1"], 1)
    assert stale_ids(work) == []


def test_issues_are_counted_by_step_and_reason_with_the_most_frequent_first(work: Work) -> None:
    load(work, [post("1"), post("2")])
    work.stage()
    batch = next(work.stale_complaints("step-1", "taxonomy-1"))
    issues = pa.table(
        {
            "complaint_id": ["posts:1", "posts:1", "posts:2", "posts:2"],
            "step": ["dates", "labels", "labels", "labels"],
            "reason": ["failed", "unmapped", "unmapped", "unmapped"],
        }
    )

    work.write_readings({**reading_tables(batch), "issues": issues})

    assert work.issue_counts() == (("labels", "unmapped", 2), ("dates", "failed", 1))


def test_readings_of_an_unknown_table_are_refused(work: Work) -> None:
    with pytest.raises(UnknownTableError, match="expected tables"):
        work.write_readings({"opinions": pa.table({"complaint_id": ["posts:1"]})})


def test_only_known_tables_are_replaced(work: Work) -> None:
    with pytest.raises(UnknownTableError, match="expected one of"):
        work.replace("raw.records", pa.table({"source": ["x"]}))


def test_names_count_complaints_and_include_those_that_are_only_declared(work: Work) -> None:
    load(work, [post("1"), post("2")])
    read_all(work)
    work.connection.execute(
        "insert into meta.coverage values "
        "('l', 'posts', 'Acme Bank, N.A.', '2020-01-01', '2020-02-01')"
    )

    names = {row["raw"]: row["complaints"] for row in work.distinct_names().to_pylist()}

    assert names == {"Acme": 2, "Acme Bank, N.A.": 0}


def test_party_batches_hold_every_complaint_once_and_whole(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.work._PARTY_ROWS_PER_BATCH", 5)
    load(work, [post(str(number)) for number in range(10)])
    work.stage()
    for batch in work.stale_complaints("step-1", "taxonomy-1"):
        tables = reading_tables(batch)
        parties = tables["parties"].filter(pa.array([True] * 5 + [False] * 5))
        work.write_readings({**tables, "parties": pa.concat_tables([parties, parties])})

    batches = [batch["complaint_id"].to_pylist() for batch in work.party_batches()]

    assert len(batches) > 1
    assert sum(len(set(ids)) for ids in batches) == 10
    assert sum(len(ids) for ids in batches) == 15


def test_grouping_inputs_are_ordered_and_complete(work: Work) -> None:
    load(work, [post("2", author="某人"), post("1", extra='{"contacts": {"mobile": "1"}}')])
    read_all(work)

    first, second = work.grouping_inputs().to_pylist()

    assert (first["complaint_id"], second["complaint_id"]) == ("posts:1", "posts:2")
    assert len(first["link_keys"]) == 1
    assert second["link_keys"] == []
    assert second["author_key"] is not None
    assert first["codes"] == [
        {"axis": "pattern", "code": "refund_refused", "score": 0.9, "origin": "rule"}
    ]
    assert first["merchant_key"] == "acme"
    assert first["label_text"] == ""


def test_people_of_the_same_name_or_address_share_no_link(work: Work) -> None:
    shared = '{"contacts": {"person": "王先生", "address": "某市某路1号"}}'
    load(work, [post(number, extra=shared) for number in ("1", "2", "3")])
    read_all(work)

    assert work.grouping_inputs()["link_keys"].to_pylist() == [[], [], []]


@pytest.mark.parametrize(
    "kind", ["mobile", "landline", "email", "qq", "wechat", "id_card", "bank_card"]
)
def test_complaints_that_give_the_same_contact_share_a_link(work: Work, kind: str) -> None:
    contacts = f'{{"contacts": {{"{kind}": "00000000000", "person": "王先生"}}}}'
    load(work, [post("1", extra=contacts), post("2", extra=contacts)])
    read_all(work)

    first, second = work.grouping_inputs()["link_keys"].to_pylist()

    assert first == second
    assert len(first) == 1


def test_rows_of_labels_only_say_their_labels(work: Work) -> None:
    load(work, [{"record_id": "1", "product": "Mortgage", "issue": "Fees"}])
    read_all(work)

    assert work.grouping_inputs()["label_text"].to_pylist() == ["Mortgage|Fees"]


def test_the_fingerprint_moves_with_content_versions_and_decisions_only(work: Work) -> None:
    load(work, [post("1")])
    work.stage()
    first = work.input_fingerprint(VERSIONS, "0")
    read_all(work)

    assert work.input_fingerprint(VERSIONS, "0") == first
    assert work.input_fingerprint({**VERSIONS, "reading": "step-2"}, "0") != first
    assert work.input_fingerprint(VERSIONS, "1") != first
    load(work, [post("1", status="closed")], load_id="load-2")
    work.stage()
    assert work.input_fingerprint(VERSIONS, "0") != first


def test_runs_are_noted_when_they_begin_and_when_they_end(work: Work) -> None:
    killed = work.begin_run(NOON)
    begun = work.begin_run(NOON + timedelta(hours=1))
    ended = replace(
        begun,
        ended_at=NOON + timedelta(hours=2),
        input_fingerprint="f",
        build_id="b",
        complaint_count=3,
        reread_count=2,
        stages=(StageRecord(stage="read", seconds=1.5, rows=2),),
    )

    work.finish_run(ended)

    assert work.last_finished_run() == ended
    notes = work.connection.execute("select run_id, ended_at from meta.runs order by 1").fetchall()
    assert notes == [(killed.run_id, None), (begun.run_id, ended.ended_at)]


def test_before_the_first_run_there_is_no_last(work: Work) -> None:
    work.begin_run(NOON)

    assert work.last_finished_run() is None


def test_a_work_database_of_other_tables_is_refused(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with Work.open(home) as work:
        work.connection.execute("update meta.markers set value = 'older' where name = 'schema'")

    with pytest.raises(SchemaOutdatedError, match="found older"):
        Work.open(home)


def test_what_was_committed_is_there_when_opened_again(tmp_path: Path) -> None:
    with Work.open(Home(tmp_path)) as work:
        load(work, [post("1")])

    with Work.open(Home(tmp_path)) as work:
        assert work.loaded_ids() == {"load-1"}
        assert work.stage() == 1


@pytest.mark.parametrize("left_behind", ["no tables", "no bytes", "half a file", "another file"])
def test_a_work_database_whose_making_broke_off_is_outdated(
    tmp_path: Path, left_behind: str
) -> None:
    home = Home(tmp_path)
    home.prepare()
    duckdb.connect(str(home.work_database)).close()
    whole = home.work_database.read_bytes()
    contents = {"no tables": whole, "no bytes": b"", "half a file": whole[:6_000]}
    home.work_database.write_bytes(contents.get(left_behind, b"a letter"))

    with pytest.raises(SchemaOutdatedError, match=r"found .* Delete the file"):
        Work.open(home)


def test_a_work_database_that_somebody_else_writes_is_not_outdated(tmp_path: Path) -> None:
    home = Home(tmp_path)
    Work.open(home).close()
    other = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print(held); input()"
    command = [sys.executable, "-u", "-c", other, str(home.work_database)]

    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(duckdb.IOException, match="lock"):
            Work.open(home)
        writer.communicate(b"\n")


def test_what_a_killed_run_spilled_is_removed(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    spilled = home.warehouse / "spill"
    spilled.mkdir()
    (spilled / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"left over")

    Work.open(home).close()

    assert not spilled.exists()
