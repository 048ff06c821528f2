"""Farrington's flexible method: which weeks it compares, what moves its bound, what does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.detect.farrington import (
    NOUFAILY,
    R_DEFAULTS,
    FarringtonSettings,
    farrington_flexible,
)
from pipelines.detect.farrington_bounds import negative_binomial_quantile, negative_binomial_tail
from pipelines.detect.farrington_weeks import baseline, same_weeks
from pipelines.detect.week_tests import Verdict
from pipelines.detect.weekly import Floats

SETTINGS = [
    NOUFAILY,
    R_DEFAULTS,
    replace(NOUFAILY, bound="upper_mean", trend_below=0.05),
    replace(NOUFAILY, bound="delta", reweight=False),
    replace(R_DEFAULTS, power="none"),
    replace(R_DEFAULTS, power="1/2", trend=False),
]


def drawn(seed: int = 1, series: int = 6, mean: float = 8.0) -> Floats:
    """Draw 300 weeks of overdispersed counts with a season."""
    rng = np.random.default_rng(seed)
    season = np.exp(0.5 * np.cos(2 * np.pi * np.arange(300) / 52))
    return rng.poisson(mean * season * rng.gamma(4, 0.25, (series, 300))).astype(float)


def test_the_baseline_is_every_week_between_the_oldest_window_and_the_gap() -> None:
    found = baseline(280, NOUFAILY)

    assert found is not None
    assert found.columns.tolist() == list(range(280 - 260 - 3, 280 - 26))
    assert set(found.season.tolist()) == set(range(10))


def test_each_week_of_the_year_lies_in_one_season_and_the_own_is_the_last() -> None:
    found = baseline(280, replace(NOUFAILY, gap=0))

    assert found is not None
    year = found.season[(found.columns >= 280 - 52 - 3) & (found.columns < 280 - 3)]
    assert year.tolist() == [9] * 7 + [season for season in range(9) for _ in range(5)]


def test_one_season_compares_with_the_same_weeks_only() -> None:
    found = baseline(280, R_DEFAULTS)

    assert found is not None
    assert len(found.columns) == 5 * 7
    assert set(((280 - found.columns + 3) % 52).tolist()) == set(range(7))


def test_a_year_of_53_weeks_is_told_by_dates() -> None:
    first = (date(2015, 1, 5) - date(1970, 1, 1)).days

    by_date = same_weeks(313, 6, first)

    days = [date(2015, 1, 5) + timedelta(weeks=week) for week in by_date]
    assert [abs((day - date(day.year, 1, 4)).days) <= 3 for day in days] == [True] * 7
    assert by_date[-1] == 0
    assert same_weeks(313, 6)[-1] == 1


def test_the_29th_of_february_has_the_same_week_in_common_years() -> None:
    first = (date(2020, 2, 29) - date(1970, 1, 1)).days - 7 * 300

    weeks = same_weeks(300, 4, first)

    days = [date(2020, 2, 29) - timedelta(weeks=300 - week) for week in weeks]
    assert [day.isoformat() for day in days][1:] == [
        "2019-03-02", "2018-03-03", "2017-03-04", "2016-02-27",
    ]  # fmt: skip


@pytest.mark.parametrize("chosen", SETTINGS)
def test_the_future_changes_nothing(chosen: FarringtonSettings) -> None:
    count = drawn()
    later = count.copy()
    later[:, 281:] = 500

    one, other = (farrington_flexible(each, [280], chosen) for each in (count, later))

    assert one.tests.upper.tolist() == other.tests.upper.tolist()
    assert one.tests.alarm.tolist() == other.tests.alarm.tolist()


@pytest.mark.parametrize("chosen", SETTINGS)
def test_a_series_is_tested_alike_alone_and_among_many(chosen: FarringtonSettings) -> None:
    count = drawn(series=3000)
    count[::7, 40:90] = np.nan

    among = farrington_flexible(count, settings=chosen).tests

    for row in range(0, 3000, 611):
        alone = farrington_flexible(count[[row]], settings=chosen).tests
        assert alone.upper[0] == pytest.approx(among.upper[row], rel=1e-8)
        assert alone.p_value[0] == pytest.approx(among.p_value[row], rel=1e-7)


@pytest.mark.parametrize("chosen", SETTINGS)
@given(seed=st.integers(0, 1000), more=st.integers(1, 40))
@settings(max_examples=10)
def test_more_complaints_in_the_week_never_end_its_alarm(
    chosen: FarringtonSettings, seed: int, more: int
) -> None:
    count = drawn(seed, series=3)
    higher = count.copy()
    higher[:, -1] += more

    low, high = (farrington_flexible(each, settings=chosen).tests for each in (count, higher))

    assert high.upper.tolist() == low.upper.tolist()
    assert (high.p_value <= low.p_value).all()
    assert (high.exceedance > low.exceedance).all()
    assert (high.alarm >= low.alarm).all()


@pytest.mark.parametrize("chosen", SETTINGS)
@pytest.mark.parametrize("mean", [0.0, 0.02, 0.3, 400.0])
def test_sparse_and_large_counts_have_bounds_that_are_numbers(
    chosen: FarringtonSettings, mean: float
) -> None:
    with np.errstate(all="raise", under="ignore"):
        found = farrington_flexible(drawn(series=200, mean=mean), [285, 299], chosen)

    assert (found.tests.expected >= 0).all()
    assert not np.isnan(found.tests.upper).any()
    assert ((found.tests.p_value >= 0) & (found.tests.p_value <= 1)).all()
    assert (found.dispersion >= 1).all()


def test_an_alarm_is_a_count_beyond_the_bound_and_an_exceedance_beyond_one() -> None:
    count = drawn(series=400, mean=5.0)
    count[::3, -1] += 20

    tests = farrington_flexible(count).tests

    tested = tests.verdict == Verdict.TESTED
    assert tests.alarm[tested].tolist() == (tests.observed > tests.upper)[tested].tolist()
    assert tests.alarm[tested].tolist() == (tests.exceedance > 1)[tested].tolist()
    assert tests.alarm[tested].tolist() == (tests.p_value < 0.005)[tested].tolist()
    assert tests.alarm.any()
    assert not tests.alarm.all()


def test_a_bound_below_the_mean_is_never_below_zero() -> None:
    count = drawn(series=50, mean=0.2)

    tests = farrington_flexible(count, settings=replace(R_DEFAULTS, alpha=0.9)).tests

    assert (tests.upper >= 0).all()
    assert (tests.upper <= tests.expected).all()


def test_in_quiet_years_alarms_are_about_as_rare_as_alpha() -> None:
    count = np.random.default_rng(11).poisson(12, (4000, 300)).astype(float)

    share = farrington_flexible(count).tests.alarm.mean()

    assert 0.001 < share < 0.01


def test_past_outbreaks_hardly_raise_the_bound() -> None:
    count = np.random.default_rng(5).poisson(8, (50, 300)).astype(float)
    struck = count.copy()
    struck[:, [40, 92, 200]] += 60

    plain, after, naive = (
        farrington_flexible(each, settings=chosen).tests.upper.mean()
        for each, chosen in (
            (count, NOUFAILY),
            (struck, NOUFAILY),
            (struck, replace(NOUFAILY, reweight=False)),
        )
    )

    assert after - plain < 3
    assert naive - plain > 6


def test_a_missing_week_is_not_a_week_of_zero() -> None:
    count = drawn(series=2)
    absent, zero = count.copy(), count.copy()
    absent[:, 100:120], zero[:, 100:120] = np.nan, 0.0

    full, unknown, empty = (
        farrington_flexible(each, settings=replace(NOUFAILY, trend=False)).tests.expected
        for each in (count, absent, zero)
    )

    assert unknown == pytest.approx(full, rel=0.25)
    assert (empty != unknown).all()


def test_a_week_that_is_itself_missing_has_a_bound_but_no_alarm() -> None:
    count = drawn(series=1)
    count[0, -1] = np.nan

    tests = farrington_flexible(count).tests

    assert tests.verdict.tolist() == [[Verdict.MISSING]]
    assert tests.upper[0, 0] > tests.expected[0, 0]
    assert np.isnan(tests.p_value[0, 0])
    assert np.isnan(tests.exceedance[0, 0])
    assert not tests.alarm.any()


def test_without_the_years_or_with_half_of_them_missing_there_is_no_history() -> None:
    count = drawn(series=2)
    count[1, 60:200] = np.nan

    tests = farrington_flexible(count, [200, 299]).tests

    assert tests.verdict.tolist() == [
        [Verdict.NO_HISTORY, Verdict.TESTED],
        [Verdict.NO_HISTORY, Verdict.NO_HISTORY],
    ]
    assert tests.model_names()[1].tolist() == ["none", "none"]
    assert np.isnan(tests.expected[1]).all()


def test_four_complaints_in_four_weeks_are_too_few_however_rare() -> None:
    count = np.zeros((2, 300))
    count[0, -1], count[1, -1] = 4, 5

    tests = farrington_flexible(count).tests

    assert tests.verdict[:, 0].tolist() == [Verdict.TOO_FEW, Verdict.TESTED]
    assert tests.alarm[:, 0].tolist() == [False, True]
    assert tests.upper[:, 0].tolist() == [0, 0]


def test_a_trend_is_followed_and_named() -> None:
    mean = 5 * np.exp(0.006 * np.arange(300))
    count = np.random.default_rng(4).poisson(mean, (40, 300)).astype(float)

    found = farrington_flexible(count, settings=replace(NOUFAILY, gap=4))

    kept = ~np.isnan(found.trend)
    assert found.trend[kept].mean() == pytest.approx(0.006, abs=0.001)
    names = found.tests.model_names()
    assert set(names[kept]) == {"farrington_flexible"}
    assert set(names[~kept]) <= {"farrington_flexible_without_trend"}


def test_a_trend_that_leads_beyond_all_that_was_seen_is_not_kept() -> None:
    count = np.round(np.exp(0.02 * np.arange(300)))[None, :]

    found = farrington_flexible(count)

    assert np.isnan(found.trend).all()


def test_the_tail_is_poisson_without_dispersion_and_wider_with_it() -> None:
    mean, spread = np.full(3, 10.0), np.array([1.0, 1 + 1e-7, 3.0])

    bounds = negative_binomial_quantile(0.995, mean, spread)
    tails = negative_binomial_tail(np.full(3, 20.0), mean, spread)

    assert bounds[0] == bounds[1] < bounds[2]
    assert tails[0] == pytest.approx(tails[1], rel=1e-4)
    assert tails[2] > tails[0]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: FarringtonSettings(years=0),
        lambda: FarringtonSettings(half_window=26),
        lambda: FarringtonSettings(seasons=60),
        lambda: FarringtonSettings(alpha=0.0),
        lambda: FarringtonSettings(gap=-1),
    ],
)
def test_settings_out_of_range_are_refused(wrong: Callable[[], FarringtonSettings]) -> None:
    with pytest.raises(ValueError, match=r"expected|between"):
        wrong()


def test_counts_that_are_no_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="from 0 on"):
        farrington_flexible(np.array([[1.0, -2.0]]))
    with pytest.raises(ValueError, match="series x weeks"):
        farrington_flexible(np.zeros(300))
    with pytest.raises(ValueError, match="expected columns"):
        farrington_flexible(np.zeros((1, 300)), [300])


def test_no_series_and_no_weeks_give_empty_answers() -> None:
    assert farrington_flexible(np.zeros((0, 300))).tests.alarm.shape == (0, 1)
    assert farrington_flexible(np.zeros((3, 0))).tests.alarm.shape == (3, 0)
    assert farrington_flexible(np.zeros((3, 300)), []).tests.alarm.shape == (3, 0)
