"""The lab of surveillance: what it draws, how it scores; false alarms stay in their band."""

from __future__ import annotations

import math

import numpy as np
import pytest

from benchmarks.lab.contenders import contenders, scores
from benchmarks.lab.scenarios import FIRST_TESTED, KINDS, WEEKS, draw, true_means
from benchmarks.lab.scoring import Outbreaks, delay, detection, false_alarms
from pipelines.detect.false_alarms import load_false_alarms
from pipelines.detect.sector_predictive import sector_predictive


def test_there_are_42_scenarios_with_the_published_means() -> None:
    mean, spread = true_means()

    assert mean.shape == (42, WEEKS)
    assert len(set(KINDS)) == 42
    plain = KINDS.index((2, 0, 0))
    assert mean[plain] == pytest.approx(np.full(WEEKS, math.exp(1.5)))
    waved = KINDS.index((4, 1, 1))
    assert mean[waved, 51] == pytest.approx(math.exp(2.5 + 0.001 * 52 + 1.0))
    assert spread[plain] == 1.0


def test_drawn_counts_have_the_mean_and_the_variance_of_their_scenario() -> None:
    drawn = [draw(seed) for seed in range(1, 41)]
    mean, spread = true_means()
    quiet = np.stack([(one.count - one.planted)[:, :300] for one in drawn])

    pearson = ((quiet - mean[:, :300]) ** 2 / mean[:, :300]).mean(axis=(0, 2))

    assert quiet.mean(axis=(0, 2)) == pytest.approx(mean[:, :300].mean(axis=1), rel=0.1)
    assert pearson == pytest.approx(spread, rel=0.2)


def test_one_outbreak_lies_in_the_tested_weeks_and_four_before() -> None:
    drawn = draw(7)

    assert (drawn.planted[:, :312] == 0).all()
    assert (drawn.planted[:, 312:FIRST_TESTED].sum(axis=1) >= 8).all()
    assert (drawn.planted[:, FIRST_TESTED:].sum(axis=1) >= 2).all()
    starts = np.diff(drawn.is_outbreak().astype(int), axis=1, prepend=0)
    assert ((starts == 1).sum(axis=1) == 1).all()
    assert set(drawn.size.tolist()) <= set(range(1, 11))


def test_the_threshold_lets_no_more_than_the_rate_of_quiet_weeks_through() -> None:
    score = np.random.default_rng(1).random((300, 49))
    inside = np.zeros(score.shape, dtype=bool)
    inside[:, 20:22] = True
    score[:200, 21] = 2.0

    assert detection(score, Outbreaks(inside=inside), 0.01) == pytest.approx(2 / 3, abs=0.02)
    assert delay(score, Outbreaks(inside=inside), 0.01) == pytest.approx(1.0, abs=0.05)
    assert false_alarms(-np.log10(score), Outbreaks(inside=inside), 0.01)[0] < 0.02


def test_each_contender_scores_a_short_history() -> None:
    for contender in contenders(13):
        found = scores(contender, [draw(3)], 13)
        assert found.shape == (1, 42, WEEKS - FIRST_TESTED)
        assert not np.isnan(found).all()


@pytest.mark.parametrize("alpha", [0.01, 0.05])
def test_without_events_the_default_alarms_within_its_band(alpha: float) -> None:
    """The null run: no event is planted, and the stated rate is at most doubled or quartered."""
    stated = load_false_alarms()["gamma_poisson_sector"].rate(alpha, np.array([260.0]))[0]
    drawn = [draw(seed) for seed in (51, 52)]

    alarms = [
        sector_predictive(one.count - one.planted, np.arange(580, 610)).p_value <= alpha
        for one in drawn
    ]

    assert stated / 4 < np.mean(alarms) < 2 * stated
