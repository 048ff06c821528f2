"""EARS C1, C2 and C3: is this week more than the few weeks before it let expect?

In: weekly counts, series x weeks, NaN where a week is missing. Out: expected
count, bound, p-value and alarm of the tested weeks (`week_tests`). Out of
scope: seasons and trends; on sparse counts the normal bound alarms far more
often than its alpha says, so that these are measured against, not relied on.

Hutwagner et al. 2003 (Journal of Urban Health 80:i89-i96), as in `earsC` of R's
`surveillance` but for C3, which there leaves out the week that is tested; here
it is the published sum over three weeks. R also gives up where one week of the
baseline is missing; here the known ones do, if they are enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

import numpy as np
from scipy.special import ndtr, ndtri

from pipelines.detect.week_tests import WeekTests, checked_counts, checked_weeks, judge
from pipelines.detect.weekly import Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class EarsSettings:
    """How EARS is run.

    "C1" compares with the `baseline` weeks just before, "C2" with those before
    the last two; "C3" sums what C2 exceeds 1 by over three weeks. `alpha` is
    the normal tail behind the bound; None takes .001 for C1 and C2 (z 3.09) and
    .025 for C3 (z 1.96). `least_deviation` is the least standard deviation, in
    complaints; the published methods have none (0), and then one complaint
    after weeks of zeros is an alarm. With less than `known_share` of the
    baseline known there is no test.
    """

    method: Literal["C1", "C2", "C3"] = "C2"
    baseline: int = 7
    alpha: float | None = None
    least_deviation: float = 0.5
    known_share: float = 0.7

    def __post_init__(self) -> None:
        if self.baseline < 2:
            raise ValueError(f"baseline: expected 2 weeks or more; found {self.baseline}")
        if self.least_deviation < 0 or not 0 < self.known_share <= 1:
            raise ValueError("least_deviation: expected 0 or more; known_share: above 0, at most 1")
        if self.alpha is not None and not 0 < self.alpha < 1:
            raise ValueError(f"alpha: expected a share; found {self.alpha}")

    @property
    def z(self) -> float:
        """Give the statistic beyond which there is an alarm."""
        usual = 0.025 if self.method == "C3" else 0.001
        return float(ndtri(1 - (usual if self.alpha is None else self.alpha)))


C2 = EarsSettings()


def ears(
    count: Floats, weeks: Sequence[int] | Ints | None = None, settings: EarsSettings = C2
) -> WeekTests:
    """Test weeks of many series by the weeks just before them.

    `count` is series x weeks, NaN where a week is missing; `weeks` are the
    columns to test, by default the newest. The exceedance is the statistic over
    its bound. The p-value is the normal tail of the statistic, for C3 only in
    name. The bound of C3 is -1 where the two weeks before suffice for an alarm;
    a missing one of these adds nothing.

    Raises:
        ValueError: when counts are not a table of finite numbers from 0 on, or
            a week lies outside of it.

    >>> tests = ears(np.array([[2.0, 4, 3, 2, 4, 3, 3, 2, 4, 3], [0.0] * 9 + [9]]))
    >>> tests.expected[:, 0].tolist(), tests.alarm[:, 0].tolist()
    ([3.0, 0.0], [False, True])
    """
    table = checked_counts(count)
    columns = checked_weeks(weeks, table)
    observed = table[:, columns]
    lag = 0 if settings.method == "C1" else 2
    mean, deviation = _baseline(table, columns, lag, settings)
    statistic = _standardised(observed, mean, deviation)
    upper = mean + settings.z * deviation
    if settings.method == "C3":
        before = sum(
            (_beyond_one(table, columns - back, settings) for back in (1, 2)),
            start=np.zeros(observed.shape),
        )
        statistic = np.maximum(statistic - 1, 0.0) + before
        room = settings.z - before
        with np.errstate(invalid="ignore"):
            upper = np.where(room >= 0, mean + deviation * (1 + room), -1.0)
    return judge(
        columns,
        observed,
        mean,
        upper,
        exceedance=statistic / settings.z,
        p_value=ndtr(-statistic),
        model=np.ones(observed.shape, dtype=np.int8),
        models=("none", f"ears_{settings.method.lower()}"),
    )


def _beyond_one(count: Floats, weeks: Ints, settings: EarsSettings) -> Floats:
    """Give what C2 exceeds 1 by in some weeks, 0 where it is not known."""
    mean, deviation = _baseline(count, weeks, 2, settings)
    observed = np.where(weeks >= 0, count[:, np.maximum(weeks, 0)], np.nan)
    return np.maximum(np.nan_to_num(_standardised(observed, mean, deviation) - 1, posinf=np.inf), 0)


def _standardised(observed: Floats, mean: Floats, deviation: Floats) -> Floats:
    """Give (y - mean) / deviation; without any deviation, 0 at the mean and infinite elsewhere."""
    away = observed - mean
    flat = np.where(away > 0, np.inf, np.where(away < 0, -np.inf, 0.0 * away))
    return np.where(deviation == 0, flat, away / np.where(deviation == 0, 1.0, deviation))


def _baseline(
    count: Floats, weeks: Ints, lag: int, settings: EarsSettings
) -> tuple[Floats, Floats]:
    """Give mean and standard deviation of the weeks before, NaN where too few are known."""
    back = weeks[None, :] - lag - 1 - np.arange(settings.baseline)[:, None]
    columns = [np.where(row >= 0, count[:, np.maximum(row, 0)], np.nan) for row in back]
    known = sum((~np.isnan(column) for column in columns), start=np.zeros((len(count), len(weeks))))
    enough = (known >= max(ceil(settings.known_share * settings.baseline), 2)) & (back[-1] >= 0)
    divisor = np.where(enough, known, 2)
    mean = sum((np.nan_to_num(column) for column in columns), start=0.0 * known) / divisor
    squares = sum((np.nan_to_num(column - mean) ** 2 for column in columns), start=0.0 * known)
    deviation = np.maximum(np.sqrt(squares / (divisor - 1)), settings.least_deviation)
    return np.where(enough, mean, np.nan), np.where(enough, deviation, np.nan)
