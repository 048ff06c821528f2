"""A negative-binomial predictive for short histories: what a few weeks let expect of the next.

In: weekly counts, series x weeks, NaN where a week is missing. Out: expected
count, bound, p-value and alarm of the tested weeks (`week_tests`). Out of
scope: trends, overdispersion and what a sector knows (`expected`).

Counts are Poisson with a rate of which Jeffreys' prior Gamma(1/2, 0) knows
nothing; after n weeks with a sum of s the next week is negative binomial with
size s + 1/2 and mean (s + 1/2) / n (Riebler 2004; `bayes` of R's
`surveillance`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import nbinom

from pipelines.detect.farrington_weeks import same_weeks
from pipelines.detect.week_tests import (
    WeekTests,
    checked_counts,
    checked_weeks,
    exceedances,
    judge,
)
from pipelines.detect.weekly import Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictiveSettings:
    """Which weeks are taken: the `recent` newest, and windows around the same week of past years.

    `alpha` is the chance of an alarm in a week without event. With fewer than
    `known_weeks` known weeks there is no test.
    """

    recent: int = 26
    years: int = 0
    half_window: int = 0
    alpha: float = 0.005
    known_weeks: int = 4

    def __post_init__(self) -> None:
        if min(self.recent, self.years, self.half_window) < 0 or self.recent + self.years < 1:
            raise ValueError("recent, years, half_window: expected 0 or more, and some weeks")
        if not 0 < self.alpha < 1 or self.known_weeks < 1:
            raise ValueError("alpha: expected a share; known_weeks: 1 or more")


LAST_HALF_YEAR = PredictiveSettings()


def predictive(
    count: Floats,
    weeks: Sequence[int] | Ints | None = None,
    settings: PredictiveSettings = LAST_HALF_YEAR,
) -> WeekTests:
    """Test weeks of many series by the sum of some weeks before them.

    `count` is series x weeks, NaN where a week is missing; `weeks` are the
    columns to test, by default the newest. Weeks that are missing, or lie
    before the counts begin, are not taken.

    Raises:
        ValueError: when counts are not a table of finite numbers from 0 on, or
            a week lies outside of it.

    >>> tests = predictive(np.array([[1.0, 0, 2, 1, 0, 1, 9]]))
    >>> tests.expected.round(2).tolist(), tests.upper.tolist(), tests.alarm.tolist()
    ([[0.92]], [[5.0]], [[True]])
    """
    table = checked_counts(count)
    columns = checked_weeks(weeks, table)
    observed = table[:, columns]
    total, known = _sums(table, columns, settings)
    enough = known >= settings.known_weeks
    size, taken = total + 0.5, np.where(enough, known, 1)
    expected = np.where(enough, size / taken, np.nan)
    chance = taken / (taken + 1)
    upper = np.asarray(nbinom.ppf(1 - settings.alpha, size, chance))
    return judge(
        columns,
        observed,
        expected,
        upper,
        exceedance=exceedances(observed, expected, upper),
        p_value=np.asarray(nbinom.sf(observed - 1, size, chance)),
        model=np.ones(observed.shape, dtype=np.int8),
        models=("none", "negative_binomial_predictive"),
    )


def _sums(count: Floats, weeks: Ints, settings: PredictiveSettings) -> tuple[Floats, Floats]:
    """Sum the counts of the weeks taken, and count the known ones among them."""
    known = ~np.isnan(count)
    sums = np.cumsum(np.hstack([np.zeros((len(count), 1)), np.nan_to_num(count)]), axis=1)
    numbers = np.cumsum(np.hstack([np.zeros((len(count), 1)), known]), axis=1)
    total, number = np.zeros((2, len(count), len(weeks)))
    for first, last in _spans(weeks, settings):
        total += sums[:, last] - sums[:, first]
        number += numbers[:, last] - numbers[:, first]
    return total, number


def _spans(weeks: Ints, settings: PredictiveSettings) -> list[tuple[Ints, Ints]]:
    """List what is taken of each week's past, as half-open spans of columns."""
    spans = [(weeks - settings.recent, weeks)]
    for back in same_weeks(0, settings.years)[1:]:
        same = weeks + back
        spans.append((same - settings.half_window, same + settings.half_window + 1))
    return [(np.maximum(first, 0), np.maximum(last, 0)) for first, last in spans]
