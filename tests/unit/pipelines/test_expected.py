"""How many complaints were to be expected: levels, shrinkage, and null where nothing is covered."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom

from pipelines.detect.expected import (
    Forecast,
    WindowTest,
    check_window,
    forecast,
    upper_bounds,
)
from tests.week_scene import FIRST_DAY, counts

QUIET = [[2.0] * 60, [3.0] * 60, [4.0] * 60]


def steady(expected: float, weeks: int = 10, size: float = 50.0) -> Forecast:
    """Give a forecast of one merchant that is the same in every week, and met."""
    weekly = counts([[expected] * weeks])
    return Forecast(
        counts=weekly,
        expected=np.full(weekly.count.shape, expected),
        size=np.full(weekly.count.shape, size),
        unrest=np.zeros(len(weekly.code)),
        usual=0.0,
    )


def checked(forecasted: Forecast, first: int, last: int, observed: int) -> WindowTest | None:
    """Test a window of the first merchant's code, given in days after the first Monday."""
    return check_window(forecasted, 1, FIRST_DAY + first, FIRST_DAY + last, observed)


def test_a_steady_level_is_expected_to_go_on() -> None:
    found = forecast(counts(QUIET))

    assert found.expected[:, -1].tolist() == pytest.approx([2, 2, 3, 3, 4, 4], rel=0.15)


def test_the_expectation_follows_a_change_of_level() -> None:
    found = forecast(counts([[2.0] * 30 + [8.0] * 30, [2.0] * 60]))

    assert found.expected[0, 31] < 4
    assert found.expected[0, -1] == pytest.approx(8, rel=0.15)


def test_over_quiet_years_expected_and_observed_sum_to_the_same() -> None:
    drawn = np.random.default_rng(7).poisson([[1.0], [4.0], [9.0]], size=(3, 156)).astype(float)

    found = forecast(counts(drawn.tolist()))

    last_year = found.expected[:, -52:].sum(axis=1)
    assert last_year == pytest.approx(found.counts.count[:, -52:].sum(axis=1), rel=0.2)


def test_before_any_history_the_level_is_that_of_the_sector() -> None:
    found = forecast(counts([[1.0] * 50, [3.0] * 50, [5.0] * 50]))

    assert found.expected[::2, 0] == pytest.approx(3.0)


def test_a_level_lies_between_the_own_and_the_sectors_and_nears_the_own() -> None:
    found = forecast(counts([[10.0] * 50, [1.0] * 50, [1.0] * 50]))

    level = found.expected[0]
    assert all(4.0 <= week <= 10.0 for week in level)
    assert (np.diff(level) > 0).all()


def test_another_sector_changes_nothing() -> None:
    alone = forecast(counts([[2.0] * 40, [3.0] * 40]))

    beside = forecast(counts([[2.0] * 40, [3.0] * 40, [90.0] * 40], sectors=[0, 0, 1]))

    assert beside.expected[:4] == pytest.approx(alone.expected)


def test_a_merchant_without_the_code_yet_is_expected_to_have_the_sectors_share_of_it() -> None:
    totals = [[10.0] * 60] * 3
    with_code = [[5.0] * 60, [5.0] * 60, [0.0] * 60]

    found = forecast(counts(totals, with_code))

    first, newcomer = found.expected[1], found.expected[5]
    assert 0 < newcomer[-1] < newcomer[5] < first[5]
    assert found.size[5, 1] < found.size[1, -1]


def test_the_order_of_merchants_changes_nothing() -> None:
    straight = forecast(counts(QUIET)).expected

    turned = forecast(counts(QUIET[::-1])).expected

    assert turned.reshape(3, 2, -1)[::-1] == pytest.approx(straight.reshape(3, 2, -1))


@given(missing=st.sets(st.integers(0, 29), min_size=1, max_size=29))
def test_there_is_an_expectation_in_covered_weeks_and_nowhere_else(missing: set[int]) -> None:
    found = forecast(counts([[2.0] * 30, [5.0] * 30], missing_weeks=sorted(missing)))

    assert (np.isnan(found.expected) == ~found.counts.is_covered).all()
    assert (found.expected[found.counts.is_covered] > 0).all()
    assert (found.size > 0).all()


def test_a_missing_week_is_not_taken_for_a_week_without_complaints() -> None:
    whole = forecast(counts([[6.0] * 40, [6.0] * 40]))
    gap = forecast(counts([[6.0] * 40, [6.0] * 40], missing_weeks=range(10, 30)))

    assert gap.expected[:, -1] == pytest.approx(whole.expected[:, -1], rel=0.05)


@given(expected=st.floats(0.01, 200), size=st.floats(0.5, 100))
def test_a_week_exceeds_its_upper_bound_once_in_two_hundred(expected: float, size: float) -> None:
    upper = float(upper_bounds(np.array(expected), np.array(size)))

    chance = size / (size + expected)
    assert nbinom.sf(upper, size, chance) <= 0.005 + 1e-9
    assert upper == 0 or nbinom.sf(upper - 1, size, chance) > 0.005 - 1e-9


def test_what_a_window_was_to_hold_goes_by_its_days() -> None:
    week, fortnight = checked(steady(7.0), 7, 13, 9), checked(steady(7.0), 7, 20, 9)

    assert week is not None
    assert fortnight is not None
    assert (week.expected, fortnight.expected) == pytest.approx((7.0, 14.0))


@pytest.mark.parametrize("window", [(-1, 5), (65, 71), (14, 20), (20, 21), (10, 14)])
def test_a_window_that_is_not_covered_is_not_tested(window: tuple[int, int]) -> None:
    quiet = steady(2.0)
    days = quiet.counts.covered_days[0].copy()
    days[14:21] = False
    gap = replace(quiet, counts=replace(quiet.counts, covered_days={0: days}))

    assert checked(gap, *window, 5) is None


def test_a_merchant_without_coverage_is_not_tested() -> None:
    quiet = steady(2.0)

    nowhere = replace(quiet, counts=replace(quiet.counts, covered_days={}))

    assert checked(nowhere, 7, 13, 5) is None


@given(expected=st.floats(0.05, 50), observed=st.integers(1, 100), more=st.integers(1, 20))
def test_more_complaints_are_stronger_evidence(expected: float, observed: int, more: int) -> None:
    fewer, many = (checked(steady(expected), 7, 13, n) for n in (observed, observed + more))

    assert fewer is not None
    assert many is not None
    assert 0 <= many.tail <= fewer.tail <= 1
    assert fewer.lower < many.lower
    assert fewer.lower < (observed + 0.5) / (expected + 0.5)


# Counts with what was expected, the information component and its lower 2.5 % point, computed
# independently (METHODS.md section 1). The 5 % point used here lies between the two.
VECTORS = [(10, 1.2, 2.6268, 1.5966), (3, 0.043, 2.6883, 0.6379), (2, 0.021, 2.2626, -0.3261)]


@pytest.mark.parametrize(("observed", "expected", "component", "lower"), VECTORS)
def test_the_lower_bound_agrees_with_independent_values(
    observed: int, expected: float, component: float, lower: float
) -> None:
    found = checked(steady(expected), 7, 13, observed)

    assert found is not None
    assert lower < np.log2(found.lower) < component


def test_two_complaints_say_less_than_ten_at_the_same_ratio() -> None:
    two, ten = checked(steady(0.2), 7, 13, 2), checked(steady(1.0), 7, 13, 10)

    assert two is not None
    assert ten is not None
    assert two.lower < ten.lower


def test_an_event_does_not_pass_for_unrest() -> None:
    quiet = np.random.default_rng(3).poisson(0.3, size=(6, 120)).astype(float)
    quiet[0, 100] = 12
    found = forecast(counts(quiet.tolist()))

    test = checked(found, 700, 706, 12)

    assert test is not None
    assert test.size > 3 * found.size[1, 100]
    assert test.tail < 1e-6


def test_a_restless_series_keeps_its_unrest_outside_of_the_window() -> None:
    generator = np.random.default_rng(4)
    calm = generator.poisson(2.0, size=(3, 120)).astype(float)
    restless = generator.negative_binomial(0.5, 0.2, size=(3, 120)).astype(float)
    found = forecast(counts([*calm.tolist(), *restless.tolist()]))

    sizes = [check_window(found, row, FIRST_DAY + 700, FIRST_DAY + 706, 9) for row in (1, 3, 7, 9)]

    assert all(test is not None for test in sizes)
    assert min(test.size for test in sizes[:2] if test) > max(
        test.size for test in sizes[2:] if test
    )


def test_the_windows_searched_are_the_covered_days_over_the_length() -> None:
    test = checked(steady(2.0, weeks=12), 14, 20, 3)

    assert test is not None
    assert test.windows == pytest.approx(12)


def test_no_history_tells_that_next_to_nothing_is_to_be_expected() -> None:
    silent = np.zeros((3, 100))
    silent[1:] = 50.0
    silent[0, 0] = 1.0
    rare = np.zeros((3, 100))
    rare[0, 60] = 2.0

    found = forecast(counts(silent.tolist(), rare.tolist()))

    assert found.expected[1, 60] >= 0.5 / 100
    test = checked(found, 420, 426, 2)
    assert test is not None
    assert test.tail > 1e-6
