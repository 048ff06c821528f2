"""Alarms of the newest seven covered days: which are raised, and which fit the budget."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipelines.detect.null_run import Curve, NullRun
from pipelines.grouping.alarms import METHOD, raise_alarms
from pipelines.grouping.covered import Covered
from pipelines.grouping.criteria import load_criteria
from pipelines.grouping.signals import METHOD as BAND_METHOD
from tests.week_scene import FIRST_DAY, Row, dated, day, declared

CRITERIA = load_criteria()
HALVED = Curve(levels=np.array([1e-4, 0.05]), rates=np.array([0.5e-4, 0.025]))
HALF = NullRun(weeks={METHOD: HALVED, BAND_METHOD: HALVED})


def watched(weeks: np.ndarray, *, covered_days: int | None = None, later: int = 0) -> Covered:
    """Watch merchants whose every complaint carries one code; a row of weeks each.

    Complaints lie on the first days of their weeks, `later` days later; the first `covered_days`
    are covered, by default all weeks.
    """
    rows: list[Row] = [
        (f"merchant{merchant:03d}", "posts", day(7 * week + number % 4 + later), (0,))
        for merchant, counts in enumerate(weeks.astype(int).tolist())
        for week, count in enumerate(counts)
        for number in range(count)
    ]
    last = 7 * weeks.shape[1] - 1 if covered_days is None else covered_days - 1
    coverage = declared(("posts", None, None, day(0), day(last)))
    assert coverage is not None
    return Covered(
        complaints=dated(*rows), coverage=coverage, code_names=(("pattern", "refund_refused"),)
    )


def quiet(merchants: int = 20, weeks: int = 80) -> np.ndarray:
    return np.random.default_rng(11).poisson(1.0, size=(merchants, weeks)).astype(float)


def test_a_week_far_above_the_usual_is_an_alarm() -> None:
    weeks = quiet()
    weeks[4, -1] = 14

    week, alarms = raise_alarms(watched(weeks), CRITERIA, HALF)

    (row,) = alarms.to_pylist()
    assert (row["merchant_key"], row["issue_code"]) == ("merchant004", "refund_refused")
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
    assert row["level"] == pytest.approx(2 / 600)  # at which half as many alarm
    assert row["expected_false"] == pytest.approx(1.0)


def test_the_newest_covered_week_is_tested_and_no_later_one() -> None:
    weeks = quiet()
    weeks[4, -1] = 14

    week, alarms = raise_alarms(watched(weeks, covered_days=7 * 79), CRITERIA, HALF)

    assert week["week_start"].cast("int32").to_pylist() == [FIRST_DAY + 7 * 78]
    assert alarms.num_rows == 0


def test_the_seven_days_end_on_the_newest_covered_day_whichever_it_is() -> None:
    weeks = quiet()
    weeks[4, -1] = 14  # from Tuesday to Friday of the last week

    week, alarms = raise_alarms(watched(weeks, covered_days=7 * 80 - 2, later=1), CRITERIA, HALF)

    assert week["week_start"].cast("int32").to_pylist() == [FIRST_DAY + 7 * 79 - 2]
    assert alarms["merchant_key"].to_pylist() == ["merchant004"]


def test_what_was_an_alarm_on_the_days_before_lasts_and_is_listed_behind_new_ones() -> None:
    weeks = quiet()
    weeks[4, -1] = 30  # on the first four of the last seven days
    weeks[7, -1] = 8
    rows = watched(weeks, covered_days=7 * 80)
    moved = rows.complaints.day.copy()
    is_late = (rows.complaints.merchant == 7) & (moved >= FIRST_DAY + 7 * 79)
    moved[is_late] = FIRST_DAY + 7 * 80 - 1
    scene = replace(rows, complaints=replace(rows.complaints, day=moved))

    week, alarms = raise_alarms(scene, CRITERIA, HALF)

    found = list(
        zip(alarms["merchant_key"].to_pylist(), alarms["is_lasting"].to_pylist(), strict=True)
    )
    assert found == [("merchant007", False), ("merchant004", True)]
    assert (week["alarms"][0].as_py(), week["alarms_lasting"][0].as_py()) == (2, 1)


def test_a_series_with_less_than_four_weeks_behind_it_is_not_tested() -> None:
    weeks = quiet(weeks=4)
    weeks[4, -1] = 40

    week, alarms = raise_alarms(watched(weeks), CRITERIA, HALF)

    assert week["series_tested"].to_pylist() == [0]
    assert week["expected_false"].to_pylist() == [0.0]
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
    six_days = watched(quiet(weeks=8), covered_days=6)

    for covered in (None, six_days):
        week, alarms = raise_alarms(covered, CRITERIA, HALF)
        assert (week.num_rows, alarms.num_rows) == (0, 0)
