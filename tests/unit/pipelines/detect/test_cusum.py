"""CUSUM charts: beside R's `glrnb` and `algo.cusum`, started anew after alarms, deaf to gaps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import nbinom

from pipelines.detect.cusum import (
    CusumTests,
    Transform,
    generalised_cusum,
    likelihood_cusum,
    standardised_cusum,
)
from pipelines.detect.week_tests import Verdict
from pipelines.detect.weekly import Floats


def rows_of(shared_data: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(shared_data / "surveillance_reference" / name)


def column(rows: pd.DataFrame, name: str) -> Floats:
    """Give a column as one series."""
    return np.asarray(rows[[name]], dtype=np.float64).T


def drawn(seed: int, mean: float = 6.0, alpha: float = 0.2) -> Floats:
    rng = np.random.default_rng(seed)
    return rng.poisson(mean * rng.gamma(1 / alpha, alpha, (20, 60))).astype(float)


def assert_as_r(found: CusumTests, rows: pd.DataFrame, statistic: str) -> None:
    assert found.statistic[0] == pytest.approx(rows[statistic].to_numpy(), abs=1e-4)
    assert found.tests.alarm[0].tolist() == (rows["alarm"] == 1).tolist()


@pytest.mark.data
def test_likelihood_charts_are_those_of_r(shared_data: Path) -> None:
    rows = rows_of(shared_data, "nb_cusum.csv")
    runs = rows[rows["detector"] == "lr"].groupby(["series", "theta", "c.ARL"])

    for (_, theta, limit), run in runs:
        count, mean, alpha = (column(run, name) for name in ("observed", "mu0", "alpha"))
        found = likelihood_cusum(count, mean, alpha, rise=np.exp(theta), limit=limit)
        assert_as_r(found, run, "statistic")

    assert len(runs) == 24


@pytest.mark.data
def test_generalised_charts_are_those_of_r(shared_data: Path) -> None:
    rows = rows_of(shared_data, "nb_cusum.csv")
    runs = rows[rows["detector"] == "glr"].groupby(["series", "c.ARL"])

    for (_, limit), run in runs:
        count, mean, alpha = (column(run, name) for name in ("observed", "mu0", "alpha"))
        found = generalised_cusum(count, mean, alpha, limit=limit, window=None)
        assert_as_r(found, run, "statistic")

    assert len(runs) == 12


@pytest.mark.data
@pytest.mark.parametrize(
    ("in_r", "transform"),
    [("standard", "standard"), ("rossi", "rossi"), ("pearsonNegBin", "negative_binomial")],
)
def test_standardised_charts_are_those_of_r(
    shared_data: Path, in_r: str, transform: Transform
) -> None:
    rows = rows_of(shared_data, "cusum.csv")
    runs = rows[rows["trans"] == in_r].groupby("series")

    for _, run in runs:
        count, mean, alpha = (column(run, name) for name in ("observed", "m", "alpha"))
        assert_as_r(standardised_cusum(count, mean, alpha, transform=transform), run, "cusum")

    assert len(runs) == 4


def test_one_week_is_worth_its_log_likelihood_ratio() -> None:
    size, count = 1 / 0.3, np.arange(30.0)
    chart = likelihood_cusum(count[:, None], np.full((30, 1), 5.0), 0.3, rise=1.7, limit=99)

    low, high = (nbinom.logpmf(count, size, size / (size + mean)) for mean in (5.0, 8.5))

    assert chart.statistic[:, 0] == pytest.approx(np.maximum(high - low, 0), abs=1e-12)


@given(seed=st.integers(0, 500))
@settings(max_examples=15)
def test_the_generalised_chart_is_the_maximum_over_starts_and_ratios(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count, mean = rng.poisson(7, 8).astype(float), rng.uniform(2, 9, 8)
    size = 1 / 0.25

    def gain(log_ratio: float, start: int) -> float:
        rise = mean[start:] * np.exp(log_ratio)
        chances = size / (size + rise), size / (size + mean[start:])
        high, low = (np.sum(nbinom.logpmf(count[start:], size, chance)) for chance in chances)
        return float(low - high)

    best = max(
        -minimize_scalar(gain, (0, 5), args=(start,), bounds=(0, 5), method="bounded").fun
        for start in range(8)
    )
    chart = generalised_cusum(count[None], mean[None], 0.25, limit=1e6)

    assert chart.statistic[0, -1] == pytest.approx(max(best, 0), abs=1e-4)


@pytest.mark.parametrize("alpha", [0.0, 0.2])
def test_the_bound_is_what_the_week_may_bring(alpha: float) -> None:
    count = drawn(1)

    chart = likelihood_cusum(count, np.full((20, 1), 5.0), alpha, rise=1.5, limit=2.0)

    assert chart.tests.alarm.any()
    assert (chart.tests.alarm == (count > chart.tests.upper)).all()
    assert (chart.tests.alarm == (chart.tests.exceedance > 1)).all()


@pytest.mark.parametrize("transform", ["standard", "rossi", "negative_binomial"])
def test_the_bound_of_standardised_sums_is_reached_at_the_alarm(transform: Transform) -> None:
    count = drawn(2)

    chart = standardised_cusum(count, np.full((20, 1), 5.0), 0.2, transform=transform)

    assert chart.tests.alarm.any()
    assert (chart.tests.alarm == (count >= chart.tests.upper)).all()


def test_a_small_rise_that_lasts_is_found_and_no_rise_is_not() -> None:
    quiet = np.random.default_rng(4).poisson(10, (200, 60)).astype(float)
    risen = np.random.default_rng(5).poisson(15, (200, 60)).astype(float)

    calm, found = (likelihood_cusum(each, np.array(10.0), rise=1.5) for each in (quiet, risen))

    assert found.tests.alarm[:, :10].any(axis=1).mean() > 0.9
    assert calm.tests.alarm[:, :10].any(axis=1).mean() < 0.05


@pytest.mark.parametrize("chart_of", [likelihood_cusum, generalised_cusum])
def test_after_an_alarm_a_chart_starts_anew(chart_of: type) -> None:
    once = np.array([[5.0, 5, 60, 5, 6, 7, 5]])

    found = chart_of(once, np.array([[5.0]]))
    after = chart_of(once[:, 3:], np.array([[5.0]]))

    assert found.tests.alarm[0].tolist() == [False, False, True] + [False] * 4
    assert found.statistic[0, 3:] == pytest.approx(after.statistic[0])


@pytest.mark.parametrize("chart_of", [likelihood_cusum, generalised_cusum, standardised_cusum])
def test_a_missing_week_changes_nothing_and_a_zero_does(chart_of: type) -> None:
    count = np.array([[5.0, 8, 8, np.nan, 8, 8]])
    zero = np.nan_to_num(count)
    without = np.delete(count, 3, axis=1)

    gap, emptied, short = (chart_of(each, np.array([[5.0]])) for each in (count, zero, without))

    assert np.delete(gap.statistic, 3, axis=1) == pytest.approx(short.statistic)
    assert gap.statistic[0, 3] == gap.statistic[0, 2]
    assert gap.tests.verdict[0].tolist() == [0, 0, 0, Verdict.MISSING, 0, 0]
    assert emptied.statistic[0, -1] < gap.statistic[0, -1]


def test_a_week_of_which_nothing_was_expected_is_without_history() -> None:
    expected = np.array([[np.nan, 5.0, 5.0]])

    chart = likelihood_cusum(np.array([[90.0, 5, 5]]), expected)

    assert chart.tests.verdict[0].tolist() == [Verdict.NO_HISTORY, 0, 0]
    assert chart.statistic[0].tolist() == [0, 0, 0]


def test_series_are_charted_alike_alone_and_among_others() -> None:
    count = drawn(6)

    among = generalised_cusum(count, np.array(6.0), 0.2, window=10)

    alone = generalised_cusum(count[[7]], np.array(6.0), 0.2, window=10)
    assert alone.statistic[0] == pytest.approx(among.statistic[7])


def test_a_longer_window_never_lowers_the_statistic_before_the_first_alarm() -> None:
    count = drawn(9)

    short, long = (
        generalised_cusum(count, np.array(5.0), 0.2, limit=1e9, window=window).statistic
        for window in (4, None)
    )

    assert (long >= short - 1e-9).all()


def test_what_is_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match="ratio above 1"):
        likelihood_cusum(np.ones((1, 3)), np.ones((1, 3)), rise=1.0)
    with pytest.raises(ValueError, match="limit"):
        likelihood_cusum(np.ones((1, 3)), np.ones((1, 3)), limit=0)
    with pytest.raises(ValueError, match="finite from 0 on"):
        likelihood_cusum(np.ones((1, 3)), -np.ones((1, 3)))
    with pytest.raises(ValueError, match="1 week or more"):
        generalised_cusum(np.ones((1, 3)), np.ones((1, 3)), window=0)
