"""The negative-binomial predictive: beside R's `bayes`, and what missing weeks mean to it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipelines.detect.predictive import PredictiveSettings, predictive
from pipelines.detect.week_tests import Verdict


@pytest.mark.data
@pytest.mark.parametrize(
    ("years", "weeks", "alpha"), [(0, 6, 0.05), (0, 13, 0.01), (0, 26, 0.005), (2, 6, 0.01)]
)
def test_bounds_and_alarms_are_those_of_r(
    shared_data: Path, years: int, weeks: int, alpha: float
) -> None:
    folder = shared_data / "surveillance_reference"
    series, rows = pd.read_csv(folder / "series_wide.csv"), pd.read_csv(folder / "bayes.csv")
    rows = rows[(rows["b"] == years) & (rows["w"] == weeks)]
    count = series.iloc[:, 2:].to_numpy(dtype=float).T
    at = (
        rows["series"].map(list(series.columns[2:]).index).to_numpy(),
        rows["t"].to_numpy() - 281,
    )

    tests = predictive(
        count,
        np.arange(280, 340),
        PredictiveSettings(recent=weeks, years=years, half_window=weeks, alpha=alpha),
    )

    assert len(rows) == 900
    assert tests.upper[at].tolist() == rows["upperbound"].tolist()
    assert tests.alarm[at].tolist() == (rows["alarm"] == 1).tolist()


def test_in_quiet_weeks_alarms_are_no_more_often_than_alpha() -> None:
    rng = np.random.default_rng(3)
    count = rng.poisson(rng.gamma(2, 3, (20_000, 1)), (20_000, 14)).astype(float)

    share = predictive(count, settings=PredictiveSettings(recent=13, alpha=0.05)).alarm.mean()

    assert 0.02 < share < 0.055


def test_the_longer_the_quiet_the_lower_the_bound() -> None:
    bounds = [predictive(np.array([[1.0] * weeks + [1.0]])).upper[0, 0] for weeks in (4, 8, 13, 26)]

    assert bounds == sorted(bounds, reverse=True)
    assert bounds[0] > bounds[-1]


def test_a_missing_week_is_left_out_and_a_zero_is_not() -> None:
    known = np.array([[2.0, 2, 2, 2, 2, 2, 2]])
    absent, zero = known.copy(), known.copy()
    absent[0, 2], zero[0, 2] = np.nan, 0

    means = [predictive(each).expected[0, 0] for each in (known, absent, zero)]

    assert means == pytest.approx([12.5 / 6, 10.5 / 5, 10.5 / 6])


def test_three_known_weeks_are_no_history_and_a_missing_week_no_test() -> None:
    count = np.array([[1.0, np.nan, 1, 1, 9], [1.0, 1, 1, 1, np.nan]])

    tests = predictive(count)

    assert tests.verdict[:, 0].tolist() == [Verdict.NO_HISTORY, Verdict.MISSING]
    assert not tests.alarm.any()


def test_settings_without_any_week_are_refused() -> None:
    with pytest.raises(ValueError, match="some weeks"):
        PredictiveSettings(recent=0)
