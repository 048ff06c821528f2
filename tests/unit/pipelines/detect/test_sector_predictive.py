"""The Gamma-Poisson model of a sector: what it learns from others, and what leaves it unmoved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.detect.cadence import Cadence
from pipelines.detect.sector_predictive import USUAL, SectorSettings, sector_predictive
from pipelines.detect.week_tests import Verdict
from pipelines.detect.weekly import Floats


def drawn(seed: int = 1, series: int = 20, weeks: int = 30, mean: float = 8.0) -> Floats:
    """Draw overdispersed counts of one level and one season."""
    rng = np.random.default_rng(seed)
    season = np.exp(0.5 * np.cos(2 * np.pi * np.arange(weeks) / 52))
    return rng.poisson(mean * season * rng.gamma(4, 0.25, (series, weeks))).astype(float)


@pytest.mark.parametrize("weeks", [9, 27, 120])
def test_in_quiet_weeks_alarms_are_about_as_often_as_alpha(weeks: int) -> None:
    count = np.concatenate([drawn(seed, 60, weeks) for seed in range(8)])

    shares = [
        sector_predictive(count[start : start + 60], settings=SectorSettings(alpha=0.05)).alarm
        for start in range(0, len(count), 60)
    ]

    assert 0.01 < np.mean(shares) < 0.075


def test_a_sector_tells_a_short_series_its_season() -> None:
    count = drawn(series=60, weeks=160, mean=40.0)
    count[0, :152] = np.nan

    among = sector_predictive(count, [159]).expected[0, 0]
    alone = sector_predictive(count[[0]], [159]).expected[0, 0]

    truth = 40 * np.exp(0.5 * np.cos(2 * np.pi * 159 / 52))
    assert abs(among - truth) < 0.15 * truth
    assert abs(among - truth) <= abs(alone - truth)


def test_a_sector_of_steady_counts_lowers_the_bound_of_a_short_series() -> None:
    steady = np.random.default_rng(1).poisson(6, (60, 9)).astype(float)
    alone = sector_predictive(steady[[0]], settings=replace(USUAL, two_looks=False))
    among = sector_predictive(steady, settings=replace(USUAL, two_looks=False))

    assert among.upper[0, 0] < alone.upper[0, 0]


@pytest.mark.parametrize("weeks", [8, 40, 200])
def test_the_future_changes_nothing(weeks: int) -> None:
    count = drawn(weeks=weeks + 20)
    later = count.copy()
    later[:, weeks + 1 :] = 500

    one, other = (sector_predictive(each, [weeks]) for each in (count, later))

    assert one.upper.tolist() == other.upper.tolist()
    assert one.p_value.tolist() == other.p_value.tolist()


@pytest.mark.parametrize("weeks", [20, 70, 140])
def test_a_week_is_tested_alike_alone_and_among_all_weeks(weeks: int) -> None:
    count = drawn(weeks=weeks + 1)

    newest, every = sector_predictive(count), sector_predictive(count, np.arange(weeks + 1))

    assert newest.upper[:, 0].tolist() == every.upper[:, -1].tolist()
    assert newest.p_value[:, 0] == pytest.approx(every.p_value[:, -1], rel=1e-9)


def test_the_order_of_a_sector_changes_nothing() -> None:
    count = drawn(series=40)
    turned = np.random.default_rng(2).permutation(40)

    one, other = sector_predictive(count), sector_predictive(count[turned])

    assert other.p_value[:, 0] == pytest.approx(one.p_value[turned, 0], rel=1e-6)


@given(seed=st.integers(0, 1000), more=st.integers(1, 40))
@settings(max_examples=15, deadline=None)
def test_more_complaints_in_the_week_never_end_its_alarm(seed: int, more: int) -> None:
    count = drawn(seed, series=4)
    higher = count.copy()
    higher[:, -1] += more

    low, high = sector_predictive(count), sector_predictive(higher)

    assert high.upper.tolist() == low.upper.tolist()
    assert (high.p_value <= low.p_value).all()
    assert (high.alarm >= low.alarm).all()


@pytest.mark.parametrize("mean", [0.0, 0.02, 0.3, 4000.0, 3e6])
@pytest.mark.parametrize("series", [1, 30])
def test_sparse_and_large_counts_have_bounds_that_are_numbers(mean: float, series: int) -> None:
    tests = sector_predictive(drawn(series=series, weeks=90, mean=mean), [8, 40, 89])

    assert (tests.expected > 0).all()
    assert np.isfinite(tests.upper).all()
    assert (tests.upper >= 0).all()
    assert ((tests.p_value >= 0) & (tests.p_value <= 1)).all()


def test_an_alarm_is_a_count_beyond_the_bound_and_a_p_value_of_alpha_or_less() -> None:
    count = drawn(series=60, weeks=60)
    count[::3, 40:] *= 3

    tests = sector_predictive(count, np.arange(60), SectorSettings(alpha=0.01))

    tested = tests.verdict == Verdict.TESTED
    assert tests.alarm.any()
    assert tests.alarm[tested].tolist() == (tests.observed > tests.upper)[tested].tolist()
    assert tests.alarm[tested].tolist() == (tests.p_value <= 0.01)[tested].tolist()


def test_a_missing_week_is_left_out_and_a_zero_is_not() -> None:
    known = drawn(series=1, weeks=40)
    absent, zero = known.copy(), known.copy()
    absent[:, 30:38], zero[:, 30:38] = np.nan, 0

    absent_mean, zero_mean = (sector_predictive(each).expected[0, 0] for each in (absent, zero))

    assert zero_mean < 0.7 * absent_mean


def test_a_missing_week_has_no_alarm_and_too_short_a_history_no_bound() -> None:
    count = drawn(series=3, weeks=30)
    count[0, -1] = np.nan
    count[1, :-3] = np.nan

    tests = sector_predictive(count)

    assert tests.verdict[:, 0].tolist() == [Verdict.MISSING, Verdict.NO_HISTORY, Verdict.TESTED]
    assert not tests.alarm[:2].any()
    assert np.isnan(tests.upper[1, 0])


def test_months_and_days_have_their_seasons() -> None:
    rng = np.random.default_rng(4)
    winter = np.exp(0.6 * np.cos(2 * np.pi * np.arange(73) / 12))
    sunday = np.where(np.arange(141) % 7 == 6, 0.2, 1.0)

    monthly = sector_predictive(
        rng.poisson(50 * winter, (30, 73)).astype(float), [66, 72], cadence=Cadence(kind="month")
    )
    daily = sector_predictive(
        rng.poisson(20 * sunday, (30, 141)).astype(float),
        [138, 139],
        cadence=Cadence(kind="day", first=4),
    )

    assert monthly.expected.mean(axis=0) == pytest.approx([27, 91], rel=0.15)
    assert daily.expected.mean(axis=0) == pytest.approx([20, 4], rel=0.25)


def test_a_past_outbreak_hardly_raises_what_is_expected() -> None:
    count = drawn(series=20, weeks=120)
    struck = count.copy()
    struck[0, 60:62] += 80

    quiet, after = (sector_predictive(each).expected[0, 0] for each in (count, struck))

    assert after == pytest.approx(quiet, rel=0.12)


def test_an_event_of_two_middling_weeks_is_found_in_its_second() -> None:
    count = np.random.default_rng(5).poisson(9, (40, 60)).astype(float)
    count[0, -2:] = [17, 17]

    two = sector_predictive(count)
    one = sector_predictive(count, settings=replace(USUAL, two_looks=False))

    assert (two.alarm[0, 0], one.alarm[0, 0]) == (True, False)
    assert two.upper[0, 0] < one.upper[0, 0]


def test_no_series_and_no_weeks_give_no_tests() -> None:
    assert sector_predictive(np.zeros((0, 30))).alarm.shape == (0, 1)
    assert sector_predictive(np.zeros((3, 0))).alarm.shape == (3, 0)
    assert sector_predictive(np.full((2, 9), np.nan)).verdict.tolist() == [[3], [3]]


def test_settings_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="alpha"):
        SectorSettings(alpha=0)
    with pytest.raises(ValueError, match="known_columns"):
        SectorSettings(known_columns=0)
