"""Farrington's flexible method: is this week more than the same weeks of past years let expect?

In: weekly counts, series x weeks, NaN where a week is missing. Out: expected
count, bound, p-value and alarm of the tested weeks (`week_tests`), with trend
and dispersion. Out of scope: series of less than the years asked for (they come
back as without history; `predictive` and `expected` know what to do), late
complaints, and how many alarms are too many.

Farrington et al. 1996 with the improvements of Noufaily et al. 2013
(Statistics in Medicine 32:1206-1222): quasi-Poisson regression on ten seasons
and a trend, past outbreaks weighed down by their Anscombe residuals, bound by a
negative binomial. Agrees with `farringtonFlexible` of R's `surveillance` 1.20
but for what `FarringtonSettings.errors` names, and for three more points: the
exceedance of a negative-binomial bound lies on the scale of counts; a season
(or a whole baseline) of zeros has mean 0 and bound 0 instead of no answer; and
missing weeks shift no time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.detect.coverage import Flags
from pipelines.detect.farrington_bounds import find_bounds
from pipelines.detect.farrington_fit import predict_week
from pipelines.detect.farrington_weeks import (
    NOUFAILY,
    R_DEFAULTS,
    FarringtonSettings,
    baseline,
)
from pipelines.detect.week_tests import WeekTests, checked_counts, checked_weeks, judge
from pipelines.detect.weekly import Floats, Ints

__all__ = [
    "MODELS",
    "NOUFAILY",
    "R_DEFAULTS",
    "FarringtonSettings",
    "FarringtonTests",
    "farrington_flexible",
]

MODELS = ("none", "farrington_flexible", "farrington_flexible_without_trend")


@dataclass(frozen=True, slots=True, kw_only=True)
class FarringtonTests:
    """Tested weeks, and per series x tested week the fit behind each.

    `dispersion` is variance over mean, at least 1, and NaN without history.
    `trend` is the slope in logs per week, NaN where none was kept.
    """

    tests: WeekTests
    dispersion: Floats
    trend: Floats


def farrington_flexible(
    count: Floats,
    weeks: Sequence[int] | Ints | None = None,
    settings: FarringtonSettings = NOUFAILY,
    first_day: int | None = None,
) -> FarringtonTests:
    """Test weeks of many series by their past years.

    `count` is series x weeks, NaN where a week is missing; `weeks` are the
    columns to test, by default the newest. With `first_day` (the day of column
    0, in days since 1970) the same week of another year is found by its date,
    else 52 columns back. A week is tested by what lies before it alone.

    Raises:
        ValueError: when counts are not a table of finite numbers from 0 on, or
            a week lies outside of it.

    >>> count = np.random.default_rng(1).poisson(6, size=(2, 300)).astype(float)
    >>> count[1, -1] = 25
    >>> tests = farrington_flexible(count).tests
    >>> tests.alarm[:, 0].tolist(), tests.model_names()[:, 0].tolist()
    ([False, True], ['farrington_flexible', 'farrington_flexible'])
    """
    table = checked_counts(count)
    columns = checked_weeks(weeks, table)
    expected, upper, exceedance, p_value, spread, trend = np.full(
        (6, len(table), len(columns)), np.nan
    )
    for place, week in enumerate(columns.tolist()):
        base = baseline(week, settings, first_day)
        if base is None:
            continue
        predicted = predict_week(table, week, base, settings)
        bounds = find_bounds(table[:, week], predicted, settings)
        expected[:, place], spread[:, place] = predicted.mean, predicted.dispersion
        trend[:, place] = predicted.slope
        upper[:, place], p_value[:, place] = bounds.upper, bounds.p_value
        exceedance[:, place] = bounds.exceedance
    tests = judge(
        columns,
        table[:, columns],
        expected,
        upper,
        exceedance=exceedance,
        p_value=p_value,
        model=np.where(np.isnan(trend), 2, 1).astype(np.int8),
        models=MODELS,
        enough=_enough_of_late(table, columns, settings),
    )
    return FarringtonTests(tests=tests, dispersion=spread, trend=trend)


def _enough_of_late(count: Floats, weeks: Ints, settings: FarringtonSettings) -> Flags:
    """Tell whether the newest weeks hold complaints enough; what is missing counts as none."""
    sums = np.cumsum(np.nan_to_num(count), axis=1)
    sums = np.hstack([np.zeros((len(count), 1)), sums])
    since = np.maximum(weeks + 1 - settings.recent_weeks, 0)
    return np.asarray(sums[:, weeks + 1] - sums[:, since] >= settings.recent_count)
