"""EARS: the bound of a few weeks, what C2 leaves out, what C3 adds up; beside R's `earsC`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pytest

from pipelines.detect.ears import EarsSettings, ears
from pipelines.detect.week_tests import Verdict

Method = Literal["C1", "C2", "C3"]
WEEKS = np.arange(239, 340)


@pytest.fixture(scope="module")
def reference(shared_data: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The reference's series, and what R made of them."""
    folder = shared_data / "surveillance_reference"
    return pd.read_csv(folder / "series_wide.csv"), pd.read_csv(folder / "ears.csv")


def chosen(
    reference: tuple[pd.DataFrame, pd.DataFrame], settings: EarsSettings
) -> tuple[np.ndarray, pd.DataFrame, tuple[np.ndarray, np.ndarray]]:
    """Give the counts, R's rows for the settings, and where in our answer each row is."""
    series, rows = reference
    rows = rows[
        (rows["method"] == settings.method)
        & (rows["baseline"] == settings.baseline)
        & (rows["minSigma"] == settings.least_deviation)
    ]
    row = rows["series"].map(list(series.columns[2:]).index).to_numpy()
    return series.iloc[:, 2:].to_numpy(dtype=float).T, rows, (row, rows["t"].to_numpy() - 240)


@pytest.mark.data
@pytest.mark.parametrize("method", ["C1", "C2"])
@pytest.mark.parametrize(("baseline", "least"), [(7, 0.0), (7, 0.5), (13, 0.5)])
def test_bounds_and_alarms_of_c1_and_c2_are_those_of_r(
    reference: tuple[pd.DataFrame, pd.DataFrame], method: Method, baseline: int, least: float
) -> None:
    settings = EarsSettings(method=method, baseline=baseline, least_deviation=least)
    count, rows, at = chosen(reference, settings)

    tests = ears(count, WEEKS, settings)

    assert len(rows) >= 404
    assert tests.upper[at] == pytest.approx(rows["upperbound"].to_numpy(), abs=1e-4)
    assert tests.alarm[at].tolist() == (rows["alarm"] == 1).tolist()


@pytest.mark.data
@pytest.mark.parametrize(("baseline", "least"), [(7, 0.0), (7, 0.5), (13, 0.5)])
def test_c3_of_r_is_ours_without_the_week_itself(
    reference: tuple[pd.DataFrame, pd.DataFrame], baseline: int, least: float
) -> None:
    c3 = EarsSettings(method="C3", baseline=baseline, least_deviation=least)
    c2 = replace(c3, method="C2")
    count, rows, at = chosen(reference, c3)

    at_c2 = ears(count, np.r_[WEEKS[0] - 2, WEEKS[0] - 1, WEEKS], c2)
    beyond = np.maximum(at_c2.exceedance * c2.z - 1, 0)
    before = beyond[:, 1:-1] + beyond[:, :-2]
    deviation = ((at_c2.upper - at_c2.expected) / c2.z)[:, 2:]
    with np.errstate(invalid="ignore"):
        bound = np.maximum(count[:, WEEKS] + deviation * (c3.z - before), 0)

    told = rows["upperbound"].notna().to_numpy()
    assert bound[at][told] == pytest.approx(rows["upperbound"].to_numpy()[told], abs=1e-4)
    statistic = ears(count, WEEKS, c3).exceedance * c3.z
    assert statistic == pytest.approx(before + beyond[:, 2:], abs=1e-9)


def test_c1_takes_the_seven_weeks_before_and_c2_leaves_the_last_two_out() -> None:
    count = np.array([[1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10]])

    means = {
        method: ears(count, settings=EarsSettings(method=method)).expected[0, 0]
        for method in ("C1", "C2", "C3")
    }

    assert means == {"C1": 6.0, "C2": 4.0, "C3": 4.0}


def test_three_weeks_that_are_each_a_little_high_are_an_alarm_of_c3_only() -> None:
    count = np.array([[9.0, 11, 10, 9, 11, 10, 9, 11, 10, 12, 12, 12]])

    alarms = {
        method: bool(ears(count, settings=EarsSettings(method=method)).alarm[0, 0])
        for method in ("C1", "C2", "C3")
    }

    assert alarms == {"C1": False, "C2": False, "C3": True}


def test_the_week_itself_moves_c3() -> None:
    count = np.random.default_rng(2).poisson(10, (1, 30)).astype(float)
    higher = count.copy()
    higher[0, -1] += 100

    low, high = (ears(each, settings=EarsSettings(method="C3")) for each in (count, higher))

    assert high.exceedance[0, 0] > low.exceedance[0, 0]
    assert high.alarm[0, 0]


@pytest.mark.parametrize("method", ["C1", "C2", "C3"])
@pytest.mark.parametrize("least", [0.0, 0.5])
def test_alarm_bound_and_exceedance_say_the_same(method: Method, least: float) -> None:
    count = np.random.default_rng(8).negative_binomial(1, 0.2, (300, 40)).astype(float)

    tests = ears(count, range(12, 40), EarsSettings(method=method, least_deviation=least))

    assert (tests.alarm == (tests.observed > tests.upper)).all()
    assert (tests.alarm == (tests.exceedance > 1)).all()
    assert tests.alarm.any()


def test_equal_weeks_have_no_deviation_and_any_more_is_an_alarm_unless_one_is_set() -> None:
    count = np.array([[7.0] * 9 + [8.0], [7.0] * 10])

    bare = ears(count, settings=EarsSettings(least_deviation=0.0))
    floored = ears(count, settings=EarsSettings(least_deviation=0.5))

    assert bare.alarm[:, 0].tolist() == [True, False]
    assert bare.p_value[:, 0].tolist() == [0.0, 0.5]
    assert floored.alarm[:, 0].tolist() == [False, False]


def test_missing_weeks_leave_the_baseline_until_too_few_are_known() -> None:
    count = np.array([[4.0, 6, 5, 4, 6, 5, 5, 5, 5, 5]] * 3)
    count[1, [1, 2]] = np.nan
    count[2, [1, 2, 3]] = np.nan

    tests = ears(count)

    assert tests.expected[:, 0].tolist() == pytest.approx([5, 24 / 5, np.nan], nan_ok=True)
    assert tests.verdict[:, 0].tolist() == [Verdict.TESTED, Verdict.TESTED, Verdict.NO_HISTORY]
    assert tests.model_names()[:, 0].tolist() == ["ears_c2", "ears_c2", "none"]


def test_a_missing_week_has_a_bound_and_no_alarm_and_the_first_weeks_have_neither() -> None:
    count = np.array([[4.0, 6, 5, 4, 6, 5, 5, 5, 5, np.nan]])

    tests = ears(count, range(10))

    assert tests.verdict[0].tolist() == [Verdict.NO_HISTORY] * 9 + [Verdict.MISSING]
    assert np.isfinite(tests.upper[0, -1])
    assert not tests.alarm.any()


def test_settings_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="2 weeks or more"):
        EarsSettings(baseline=1)
    with pytest.raises(ValueError, match="expected a share"):
        EarsSettings(alpha=1.0)
