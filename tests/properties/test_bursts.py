"""Laws of finding bursts: where they lie, that they are apart, and that even days give none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.detect.scan import WINDOW_DAYS, Burst, find_bursts

YEAR = np.linspace(0, 1, 366)
DAYS = st.lists(st.integers(0, 364), max_size=60)


def bursts(days: Sequence[int], gain_at_least: float = 5.0, first_day: int = 0) -> list[Burst]:
    """Find the bursts against a background that is even over a year."""
    return find_bursts(np.array(days, dtype=float), YEAR, first_day, gain_at_least)


@given(days=DAYS, data=st.data())
def test_the_order_of_complaints_changes_nothing(days: list[int], data: st.DataObject) -> None:
    assert bursts(data.draw(st.permutations(days))) == bursts(days)


@given(days=DAYS)
def test_bursts_are_few_apart_and_best_first(days: list[int]) -> None:
    found = bursts(days, 1.0)

    assert len(found) <= 5
    assert [burst.gain for burst in found] == sorted((b.gain for b in found), reverse=True)
    covered = [day for burst in found for day in range(burst.first_day, burst.last_day + 1)]
    assert len(covered) == len(set(covered))


@given(days=DAYS)
def test_a_burst_says_what_it_holds_and_has_its_gain(days: list[int]) -> None:
    for burst in bursts(days, 1.0):
        inside = [day for day in days if burst.first_day <= day <= burst.last_day]
        width = burst.last_day - burst.first_day + 1
        assert burst.observed == len(inside) >= 2
        assert {burst.first_day, burst.last_day} <= set(inside)
        assert width <= max(WINDOW_DAYS)
        assert burst.expected == pytest.approx(len(days) * width / 365)
        ratio = burst.observed / burst.expected
        gain = burst.observed * np.log(ratio) - (burst.observed - burst.expected)
        assert burst.gain == pytest.approx(gain)
        assert burst.gain >= 1.0


@given(days=DAYS, start=st.integers(-20_000, 20_000))
def test_the_calendar_may_begin_anywhere(days: list[int], start: int) -> None:
    moved = bursts([start + day for day in days], 1.0, first_day=start)

    assert [(b.first_day - start, b.observed, b.gain) for b in moved] == [
        (b.first_day, b.observed, pytest.approx(b.gain)) for b in bursts(days, 1.0)
    ]


@given(every=st.integers(3, 120), start=st.integers(0, 10))
def test_even_days_hold_no_burst(every: int, start: int) -> None:
    assert bursts(range(start, 365, every)) == []


@given(start=st.integers(0, 340), size=st.integers(8, 30))
def test_a_planted_burst_is_found_where_it_lies(start: int, size: int) -> None:
    background = list(range(0, 365, 30))

    found = bursts([*background, *(start + number % 5 for number in range(size))])

    assert found
    assert start - 30 <= found[0].first_day <= start
    assert start + 4 <= found[0].last_day <= start + 34
    assert found[0].observed >= size


def test_a_busy_season_of_the_background_is_no_burst() -> None:
    season = np.ones(365)
    season[100:110] = 60.0
    cumulative = np.r_[0.0, np.cumsum(season) / season.sum()]
    days = np.array([5.0, 60.0, *range(100, 110), *range(100, 110), 200.0, 300.0])

    against_season = find_bursts(days, cumulative, 0, 5.0)
    against_even = find_bursts(days, YEAR, 0, 5.0)

    assert against_season == []
    assert len(against_even) == 1


def test_one_complaint_is_no_burst() -> None:
    assert bursts([100], 0.0) == []
