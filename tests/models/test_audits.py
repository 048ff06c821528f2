"""Every audit is fed one bad row and reports it; without bad rows none reports anything."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.warehouse_scene import (
    assignment,
    declare,
    group_all,
    load,
    new_work,
    post,
    read_all,
    write_candidates,
)
from warehouse.checks import (
    BUILD_AUDITS,
    PUBLIC_AUDITS,
    WORK_AUDITS,
    AuditResult,
    require_passed,
    run_audits,
)
from warehouse.errors import AuditFailedError
from warehouse.load import CoveredPeriod
from warehouse.statements import read_folder
from warehouse.work import Work

BAD_WORK_ROWS = {
    "casework_undated_candidates": "update casework.candidates set first_flagged_on = null",
    "clusters_deadlines_in_disorder": (
        "update enriched.cluster_deadlines set state = 'overdue', days_left = null"
    ),
    "clusters_expected_without_coverage": (
        "update enriched.clusters set expected = 1, window_start = '1999-01-01', "
        "window_end = '1999-02-01'"
    ),
    "clusters_further_people_inside": (
        "insert into enriched.further_people values "
        "('cluster-of-3', 'posts:1', 'contact', 1, 'c-1', null)"
    ),
    "clusters_losses_miscounted": (
        "insert into enriched.cluster_losses values ('cluster-of-3', 'CNY', 9, 3, 10, 10)"
    ),
    "clusters_miscounted_members": "update enriched.clusters set complaints = 4",
    "clusters_overlapping": (
        "insert into enriched.cluster_members by name "
        "select 'other' as cluster_id, * exclude (cluster_id) "
        "from enriched.cluster_members limit 1; "
        "insert into enriched.clusters by name "
        "select 'other' as cluster_id, * exclude (cluster_id) from enriched.clusters"
    ),
    "clusters_people_out_of_order": "update enriched.clusters set complainants_certain = 99",
    "clusters_repeated": "insert into enriched.clusters from enriched.clusters",
    "clusters_tiers_missing": "delete from enriched.cluster_tiers",
    "clusters_tiers_of_strangers": (
        "update enriched.cluster_tiers set members = ['posts:unheard-of', 'posts:1', 'posts:2']"
    ),
    "clusters_tiers_unsupported": "update enriched.cluster_tiers set members = ['posts:1']",
    "clusters_windows_in_disorder": "update enriched.clusters set window_end = null",
    "codes_repeated_entries": "insert into codes.entries from codes.entries limit 1",
    "enriched_failing_steps": (
        "insert into meta.issues "
        "select 'posts:' || n, 'find_dates', 'failed' from range(11) as t (n)"
    ),
    "enriched_failed_readings": "insert into meta.issues values ('posts:1', 'dates', 'failed')",
    "enriched_losses_not_positive": (
        "update enriched.readings set loss_value = 0, loss_currency = 'CNY' "
        "where complaint_id = 'posts:1'"
    ),
    "enriched_orphan_rows": "insert into enriched.copies values ('posts:unheard-of', 'posts:1', 1)",
    "enriched_repeated_findings": "insert into enriched.findings from enriched.findings limit 1",
    "enriched_repeated_readings": "insert into enriched.readings from enriched.readings limit 1",
    "enriched_repeated_respondents": (
        "insert into enriched.respondents from enriched.respondents limit 1"
    ),
    "enriched_scores_out_of_range": "update enriched.findings set score = 1.5",
    "enriched_spans_outside_text": "update enriched.findings set spans = [[0, 999]]",
    "enriched_title_outside_text": "update enriched.readings set title_length = 999",
    "enriched_unknown_codes": "update enriched.findings set code = 'never_heard_of'",
    "enriched_unnamed_with_merchant": "update enriched.respondents set identity = 'unnamed'",
    "enriched_unread_complaints": "delete from enriched.readings where complaint_id = 'posts:1'",
    "enriched_unresolved_names": "delete from enriched.merchant_names",
    "marts_clusters_without_candidate": "delete from casework.candidates",
    "marts_repeated_candidates": "insert into marts.candidates from marts.candidates",
    "raw_items_not_conserved": "delete from raw.items where item_no = 1",
    "raw_kept_without_record": "delete from raw.records where record_id = '1'",
    "raw_rejected_without_reason": "update raw.items set disposition = 'rejected', reason = null",
    "raw_repeated_versions": "insert into raw.records from raw.records limit 1",
    "staged_future_dates": "update staged.complaints set event_date = '2099-01-01'",
    "staged_repeated_complaints": "insert into staged.complaints from staged.complaints limit 1",
    "staged_unbelievable_amounts": "update staged.complaints set amount_value = 1000000000000",
    "staged_undeclared_sources": "delete from codes.sources",
    "staged_unparsed_amounts": "update raw.records set amount_value = 'a lot'",
    "staged_unparsed_dates": "update raw.records set received_at = 'yesterday'",
}

UNHEARD_OF = "'posts:unheard-of' as complaint_id, "
NEW_LOSS = "insert into enriched.cluster_losses values"
ONE_READ_AND_KEPT_TOO_MANY = (
    "update meta.loads set read_count = read_count + 1, kept_count = kept_count + 1"
)

# Audits that look in several places find a bad row in each of them.
BAD_ROWS_ELSEWHERE = [
    (
        "clusters_repeated",
        "insert into enriched.cluster_members from enriched.cluster_members limit 1",
    ),
    *(
        (
            "enriched_orphan_rows",
            f"insert into enriched.{table} by name select {UNHEARD_OF} * exclude (complaint_id) "
            f"from enriched.{table} limit 1",
        )
        for table in ("findings", "parties", "respondents", "cluster_members")
    ),
    *(
        ("enriched_orphan_rows", f"insert into enriched.{table} by name select {UNHEARD_OF} {rest}")
        for table, rest in (
            ("amounts", "1 as value, 'CNY' as currency, 'loss' as role, [0, 1] as span"),
            ("dates", "'day' as precision, [0, 1] as span"),
            ("links", "'order' as kind, '-' as link_key"),
        )
    ),
    (
        "clusters_expected_without_coverage",
        "update enriched.clusters set expected = 1, window_end = '2026-03-11'",
    ),
    (
        "clusters_expected_without_coverage",
        "update enriched.clusters set expected = 1, window_start = '2025-12-31'",
    ),
    (
        "clusters_expected_without_coverage",
        "update enriched.clusters set expected = 1; update meta.coverage set respondent = 'Other'",
    ),
    *(
        ("clusters_deadlines_in_disorder", f"update enriched.cluster_deadlines set {fault}")
        for fault in (
            "due_date = '2026-03-01', days_left = -13",
            "days_left = 99",
            "days_over = -1",
            "done_date = '2026-03-02'",
            "done_date = '2026-04-02', is_done = true",
            "start_date = null",
        )
    ),
    (
        "clusters_tiers_of_strangers",
        "update enriched.cluster_deadlines set complaint_id = 'posts:unheard-of'",
    ),
    ("clusters_tiers_missing", "insert into enriched.cluster_tiers from enriched.cluster_tiers"),
    ("clusters_tiers_unsupported", "update enriched.cluster_tiers set conditions = []"),
    *(
        (
            "clusters_tiers_unsupported",
            "update enriched.cluster_tiers set conditions = list_transform(conditions, "
            f"lambda one: struct_update(one, {fault}))",
        )
        for fault in ("state := 'unknown'", "certain := 1")
    ),
    ("clusters_losses_miscounted", f"{NEW_LOSS} ('cluster-of-3', 'CNY', 1, 3, 0, 10)"),
    ("clusters_losses_miscounted", f"{NEW_LOSS} ('cluster-of-3', 'CNY', 1, 3, 10, -1)"),
    ("clusters_losses_miscounted", f"{NEW_LOSS} ('cluster-of-3', 'CNY', 0, 3, 10, 10)"),
    ("clusters_miscounted_members", "delete from enriched.clusters"),
    ("clusters_miscounted_members", "delete from enriched.cluster_members"),
    ("clusters_miscounted_members", "update enriched.cluster_members set is_member = false"),
    ("clusters_people_out_of_order", "update enriched.clusters set complainants_certain = 0"),
    ("clusters_people_out_of_order", "update enriched.clusters set complainants_possible = 99"),
    ("clusters_windows_in_disorder", "update enriched.clusters set window_start = null"),
    ("clusters_windows_in_disorder", "update enriched.clusters set window_end = '1999-01-01'"),
    ("enriched_losses_not_positive", "update enriched.readings set loss_value = 5"),
    ("enriched_losses_not_positive", "update enriched.readings set loss_currency = 'CNY'"),
    ("enriched_scores_out_of_range", "update enriched.respondents set score = -0.1"),
    ("enriched_title_outside_text", "update enriched.readings set title_length = -1"),
    ("enriched_unread_complaints", "delete from staged.complaints where record_id = '1'"),
    ("marts_clusters_without_candidate", "delete from enriched.clusters"),
    ("raw_items_not_conserved", "delete from meta.loads"),
    ("raw_items_not_conserved", "delete from raw.items"),
    *(
        ("raw_items_not_conserved", f"update meta.loads set {count} = {count} + 1")
        for count in ("read_count", "kept_count", "duplicate_count", "rejected_count")
    ),
    ("raw_items_not_conserved", ONE_READ_AND_KEPT_TOO_MANY),
    ("raw_items_not_conserved", "update raw.items set disposition = 'kept'"),
    ("raw_kept_without_record", "delete from raw.items where disposition = 'kept'"),
    (
        "raw_rejected_without_reason",
        "update raw.items set disposition = 'rejected', reason = '' where item_no = 1",
    ),
    ("staged_unparsed_dates", "update staged.complaints set published_at = null"),
    (
        "enriched_spans_outside_text",
        "insert into enriched.amounts values ('posts:1', 1, 'CNY', 'loss', [0, 999])",
    ),
    (
        "enriched_spans_outside_text",
        "insert into enriched.dates values ('posts:1', null, 'relative', [-1, 1])",
    ),
    ("enriched_spans_outside_text", "update enriched.parties set span = [1, 1]"),
]


@pytest.fixture(scope="module")
def sound_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    with new_work(folder) as work:
        declare(work)
        period = CoveredPeriod(covered_from=date(2026, 1, 1), covered_to=date(2026, 3, 10))
        items = [post("1"), post("2"), post("3"), post("3"), {"reject_reason": "broken_json"}]
        load(work, items, covers=(period,))
        read_all(work)
        cluster_id, members = group_all(work)
        named = assignment(cluster_id, members, "c-1", date(2026, 3, 14))
        write_candidates(work, [named])
        work.build_marts()
    return folder / "work.duckdb"


@pytest.fixture
def work(sound_file: Path, tmp_path: Path) -> Iterator[Work]:
    path = tmp_path / "work.duckdb"
    shutil.copy(sound_file, path)
    with Work.at(path) as opened:
        yield opened


def test_a_sound_warehouse_passes_every_audit(work: Work) -> None:
    found = {result.name: result.bad_rows for result in run_audits(work.connection, WORK_AUDITS)}

    assert {name: rows for name, rows in found.items() if rows} == {}
    assert set(found) == set(BAD_WORK_ROWS)


@pytest.mark.parametrize(("audit", "damage"), [*BAD_WORK_ROWS.items(), *BAD_ROWS_ELSEWHERE])
def test_an_audit_reports_its_bad_row(work: Work, audit: str, damage: str) -> None:
    work.connection.execute(damage)

    found = {result.name: result.bad_rows for result in run_audits(work.connection, WORK_AUDITS)}

    assert found[audit] >= 1


@pytest.mark.parametrize("respondent", ["null", "'Acme'"])
def test_an_expected_count_inside_coverage_is_sound(work: Work, respondent: str) -> None:
    work.connection.execute("update enriched.clusters set expected = 1")
    work.connection.execute(f"update meta.coverage set respondent = {respondent}")

    found = {result.name: result.bad_rows for result in run_audits(work.connection, WORK_AUDITS)}

    assert found["clusters_expected_without_coverage"] == 0


def test_a_label_without_a_code_is_no_failed_reading(work: Work) -> None:
    work.connection.execute("insert into meta.issues values ('posts:1', 'labels', 'unmapped')")

    found = {result.name: result.bad_rows for result in run_audits(work.connection, WORK_AUDITS)}

    assert found["enriched_failed_readings"] == 0


def test_every_audit_says_what_it_means() -> None:
    for folder in (WORK_AUDITS, BUILD_AUDITS, PUBLIC_AUDITS):
        for statement in read_folder(folder):
            assert "severity: " in statement.comment
            assert len(statement.comment.split(". severity")[0]) > 20


def test_an_error_stops_and_a_warning_does_not() -> None:
    warning = AuditResult(name="dates", severity="warning", meaning="Odd dates.", bad_rows=7)
    error = AuditResult(name="rows", severity="error", meaning="Odd rows.", bad_rows=2)

    require_passed([warning], "work database")

    with pytest.raises(AuditFailedError, match=r"rows: 2 \(Odd rows\.\)"):
        require_passed([warning, error], "work database")


def test_an_audit_without_severity_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vague.sql").write_text("-- Something is odd.\nselect 1\n")

    with duckdb.connect() as connection, pytest.raises(ValueError, match="vague"):
        run_audits(connection, tmp_path)


def build_file(definition: str, role: str = "internal") -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        "create schema meta; create schema marts; create schema open; "
        "create table meta.builds (role varchar); "
        "comment on table meta.builds is 'Builds [sensitivity: public]'"
    )
    connection.execute("insert into meta.builds values ($role)", {"role": role})
    connection.execute(definition)
    return connection


TABLE = "create table marts.a (x int); comment on table marts.a is '[sensitivity: {}]'"
PRIVATE_COLUMN = "; comment on column marts.a.x is '[sensitivity: private]'"
NAMES_NEVER_PUBLISHED = ("author", "author_key", "link_key", "text", "title", "url", "extra")


@pytest.mark.parametrize(
    ("definition", "role", "bad"),
    [
        (TABLE.format("internal"), "internal", 0),
        (TABLE.format("public"), "public", 0),
        (TABLE.format("internal"), "public", 1),
        (TABLE.format("private"), "internal", 1),
        ("create table marts.a (x int)", "internal", 1),
        (TABLE.format("public") + PRIVATE_COLUMN, "public", 1),
        *(
            (f"{TABLE.format('public')}; alter table marts.a rename x to {name}", "internal", 1)
            for name in NAMES_NEVER_PUBLISHED
        ),
    ],
)
def test_a_private_column_in_a_published_file_is_reported(
    definition: str, role: str, bad: int
) -> None:
    with build_file(definition, role) as connection:
        (result,) = run_audits(connection, BUILD_AUDITS)

    assert (result.name, result.bad_rows) == ("private_columns", bad)


@pytest.mark.parametrize("cube", ["code_totals", "merchant_codes", "merchant_code_months"])
@pytest.mark.parametrize(("complaints", "bad"), [("null", 0), ("5", 0), ("4", 1), ("1", 1)])
def test_a_small_cell_in_the_public_file_is_reported(cube: str, complaints: str, bad: int) -> None:
    definition = (
        "create table open.code_totals (issue_code varchar, complaints int); "
        "create table open.merchant_codes (merchant_key varchar, complaints int); "
        "create table open.merchant_code_months (merchant_key varchar, complaints int); "
        f"insert into open.{cube} values ('a cell', {complaints})"
    )
    with build_file(definition, "public") as connection:
        (result,) = run_audits(connection, PUBLIC_AUDITS)

    assert (result.name, result.bad_rows) == ("small_cells", bad)
