"""Alarms of the newest complete week: which are raised, which are false, which fit the budget."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipelines.detect.expected import forecast
from pipelines.detect.null_run import NullRun
from pipelines.grouping.alarms import raise_alarms
from pipelines.grouping.criteria import load_criteria
from pipelines.grouping.signals import Signals
from tests.week_scene import FIRST_DAY, counts

CRITERIA = load_criteria()
HALF = NullRun(levels=np.array([1e-4, 0.05]), rates=np.array([0.5e-4, 0.025]))


def watched(weeks: np.ndarray, missing_weeks: tuple[int, ...] = ()) -> Signals:
    """Watch merchants whose every complaint carries one code; a row of weeks each."""
    weekly = counts(weeks.tolist(), missing_weeks=missing_weeks)
    return Signals(
        forecast=forecast(weekly),
        row_of={},
        days_of={},
        merchant_number={f"merchant{number}": number for number in range(len(weeks))},
        code_names=(("pattern", "refund_refused"),),
    )


def quiet(merchants: int = 20, weeks: int = 80) -> np.ndarray:
    return np.random.default_rng(11).poisson(1.0, size=(merchants, weeks)).astype(float)


def test_a_week_far_above_the_usual_is_an_alarm() -> None:
    weeks = quiet()
    weeks[4, -1] = 14

    week, alarms = raise_alarms(watched(weeks), CRITERIA, HALF)

    (row,) = alarms.to_pylist()
    assert (row["merchant_key"], row["issue_code"]) == ("merchant4", "refund_refused")
    assert (row["observed"], row["place"], row["is_within_budget"]) == (14, 1, True)
    assert row["p_value"] <= week["level"][0].as_py()
    assert week["alarms"].to_pylist() == [1]


def test_the_expected_false_alarms_are_the_tests_times_the_measured_rate() -> None:
    week, _ = raise_alarms(watched(quiet(merchants=20)), CRITERIA, HALF)

    (row,) = week.to_pylist()
    assert row["series_tested"] == 20
    assert row["level"] == CRITERIA.alarm_level_at_most
    assert row["expected_false"] == pytest.approx(20 * row["level"] / 2)


def test_the_more_series_are_watched_the_stricter_is_the_level() -> None:
    many = np.tile(quiet(), (30, 1))

    week, _ = raise_alarms(watched(many), CRITERIA, HALF)

    (row,) = week.to_pylist()
    assert row["level"] == pytest.approx(1 / 600)
    assert row["expected_false"] == pytest.approx(0.5)


def test_the_newest_covered_week_is_tested_and_no_later_one() -> None:
    weeks = quiet()
    weeks[4, -1] = 14

    week, alarms = raise_alarms(watched(weeks, missing_weeks=(79,)), CRITERIA, HALF)

    assert week["week_start"].cast("int32").to_pylist() == [FIRST_DAY + 7 * 78]
    assert alarms.num_rows == 0


def test_alarms_beyond_the_budget_are_listed_and_marked() -> None:
    weeks = quiet()
    weeks[:, -1] = 20 + np.arange(20)

    week, alarms = raise_alarms(watched(weeks), replace(CRITERIA, alarms_at_most=3.0), HALF)

    assert week["alarms"].to_pylist() == [20]
    assert alarms["is_within_budget"].to_pylist() == [True] * 3 + [False] * 17
    assert alarms["p_value"].to_pylist() == sorted(alarms["p_value"].to_pylist())


def test_a_single_complaint_is_no_alarm_however_rare() -> None:
    weeks = np.zeros((20, 80))
    weeks[:, 0] = 1
    weeks[3, -1] = 1

    _, alarms = raise_alarms(watched(weeks), CRITERIA, HALF)

    assert alarms.num_rows == 0


def test_without_coverage_there_is_neither_week_nor_alarm() -> None:
    uncovered = watched(quiet(weeks=8), missing_weeks=tuple(range(8)))

    for signals in (None, uncovered):
        week, alarms = raise_alarms(signals, CRITERIA, HALF)
        assert (week.num_rows, alarms.num_rows) == (0, 0)
