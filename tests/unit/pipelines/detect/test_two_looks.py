"""A week and the week before it as one test: how often it alarms, and what its bound means."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.detect.two_looks import combined_p, own_level

share = st.floats(1e-12, 1.0)


@pytest.mark.parametrize("alpha", [0.001, 0.005, 0.01, 0.05, 0.15])
def test_without_an_event_alarms_are_as_often_as_alpha_says(alpha: float) -> None:
    now, before = np.random.default_rng(1).random((2, 2_000_000))

    found = (combined_p(now, before) <= alpha).mean()

    assert found == pytest.approx(alpha, rel=0.05)


@given(now=share, before=share, alpha=st.sampled_from([0.0001, 0.005, 0.05, 0.3, 0.9]))
def test_the_level_of_the_week_itself_says_the_same_as_the_combined_p(
    now: float, before: float, alpha: float
) -> None:
    together = combined_p(np.array([now]), np.array([before]))[0]
    level = own_level(alpha, np.array([before]))[0]

    if abs(now - level) > 1e-9 * level:
        assert (together <= alpha) == (now <= level)


@given(now=share, before=share, higher=st.floats(1.0, 3.0))
def test_the_combined_p_rises_with_either(now: float, before: float, higher: float) -> None:
    pairs = [(now, before), (min(now * higher, 1.0), before), (now, min(before * higher, 1.0))]

    low, *more = combined_p(*np.array(pairs).T)

    assert min(more) >= low * (1 - 1e-9)


def test_a_week_that_is_not_high_itself_raises_no_alarm_after_the_highest_one() -> None:
    assert combined_p(np.array([0.21]), np.array([1e-300]))[0] == 0.21
    assert own_level(0.01, np.array([1e-300]))[0] == 0.2


def test_without_a_week_before_a_week_is_judged_by_itself() -> None:
    assert combined_p(np.array([0.004]), np.array([np.nan]))[0] == 0.004
    assert own_level(0.004, np.array([np.nan]))[0] == 0.004
