"""Marts of alarms and of unusual mixes: named, joined to candidates, null with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipelines.grouping.tables import ALARM_WEEKS_SCHEMA, ALARMS_SCHEMA, MIXES_SCHEMA
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
from warehouse.work import Work

DAY = date(2026, 3, 4)
MONDAY = date(2026, 3, 2)
WEEK = {
    "week_start": MONDAY,
    "method": "gamma_poisson",
    "series_tested": 40,
    "level": 0.005,
    "false_alarm_rate": 0.002,
    "expected_false": 0.08,
    "budget": 1,
    "alarms": 2,
    "alarms_lasting": 0,
    "band_false_alarm_rate": 0.0018,
}
ALARM = {
    "merchant_key": "acme",
    "issue_axis": "pattern",
    "observed": 5,
    "expected": 0.3,
    "p_value": 0.0001,
    "is_lasting": False,
}
MIX = {
    "merchant_key": "acme",
    "issue_axis": "pattern",
    "issue_code": "refund_refused",
    "complaints": 5,
    "share": 0.5,
}


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    with new_work(tmp_path) as opened:
        declare(opened)
        load(opened, [post("1", published_at=str(DAY)), post("2", published_at=str(DAY))])
        read_all(opened)
        cluster_id, members = group_all(opened)
        write_candidates(opened, [assignment(cluster_id, members, "c-1", DAY)])
        yield opened


def rows(work: Work, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = work.connection.sql(f"from {table}").to_arrow_table().to_pylist()
    return found


def put(work: Work, week_start: date = MONDAY) -> None:
    """Store a week with two alarms, of which the budget has room for one."""
    week = {**WEEK, "week_start": week_start}
    alarms = [
        {**ALARM, "issue_code": "refund_refused", "place": 1, "is_within_budget": True},
        {**ALARM, "issue_code": "late_delivery", "place": 2, "is_within_budget": False},
    ]
    work.replace("enriched.alarm_weeks", pa.Table.from_pylist([week], schema=ALARM_WEEKS_SCHEMA))
    work.replace("enriched.alarms", pa.Table.from_pylist(alarms, schema=ALARMS_SCHEMA))


def test_an_alarm_leads_to_the_candidate_whose_days_reach_into_the_week(work: Work) -> None:
    put(work)
    work.build_marts()

    found = [(row["issue_code"], row["candidate_id"]) for row in rows(work, "marts.alarms")]
    (week,) = rows(work, "marts.alarm_weeks")

    assert found == [("refund_refused", "c-1"), ("late_delivery", None)]
    assert (week["alarms"], week["alarms_within_budget"]) == (2, 1)


def test_a_candidate_of_another_week_is_not_the_alarms(work: Work) -> None:
    put(work, MONDAY + timedelta(weeks=1))
    work.build_marts()

    assert {row["candidate_id"] for row in rows(work, "marts.alarms")} == {None}


def test_without_a_week_there_is_no_row(work: Work) -> None:
    work.build_marts()

    assert rows(work, "marts.alarm_weeks") == []
    assert rows(work, "marts.alarms") == []


def test_a_mix_stands_beside_its_candidate(work: Work) -> None:
    measured = {
        "background": 900,
        "background_share": 0.1,
        "mix_expected": 1.0,
        "ratio": 4.0,
        "lower": 2.1,
        "upper": 6.0,
        "ic": 1.8,
        "ic_lower": 0.6,
        "ic_upper": 2.4,
        "is_signal": True,
    }
    mixes = pa.Table.from_pylist([{**MIX, "sector": "shop", **measured}], schema=MIXES_SCHEMA)
    work.replace("enriched.code_mixes", mixes)
    work.build_marts()

    (candidate,) = rows(work, "marts.candidates")

    assert candidate["unusual_mix_missing"] is None
    assert candidate["unusual_mix"]["method"] == "ebgm"
    assert candidate["unusual_mix"]["lower"] == 2.1
    assert candidate["unusual_mix"]["is_signal"] is True


@pytest.mark.parametrize("missing", ["no_sector", "no_background"])
def test_a_missing_mix_says_why(work: Work, missing: str) -> None:
    mixes = pa.Table.from_pylist([{**MIX, "missing": missing}], schema=MIXES_SCHEMA)
    work.replace("enriched.code_mixes", mixes)
    work.build_marts()

    (candidate,) = rows(work, "marts.candidates")

    assert candidate["unusual_mix"] is None
    assert candidate["unusual_mix_missing"] == missing


def test_a_candidate_that_was_not_tested_has_no_rate_of_false_alarms(work: Work) -> None:
    put(work)
    work.build_marts()

    (candidate,) = rows(work, "marts.candidates")

    assert candidate["expected"] is None
    assert candidate["signal_false_alarm_rate"] is None
