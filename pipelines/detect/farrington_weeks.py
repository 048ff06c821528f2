"""Which past weeks Farrington's method compares a week with, and their seasons.

In: the column of a week and the settings. Out: columns of the baseline with the
season of each, the week's own season last. Out of scope: counts.

With one season the baseline is the same weeks of past years, some weeks to each
side. With more, it is every week since the oldest of these: the windows around
the same week are one season, and what lies between two windows is cut into the
others, forward in time, longer ones first (Noufaily et al. 2013, as in R's
`surveillance::farringtonFlexible`).
"""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import numpy as np

from pipelines.detect.weekly import Ints

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FarringtonSettings:
    """How Farrington's flexible method is run; the defaults are Noufaily's of 2013.

    `years` back, `half_window` weeks to each side of the same week, `seasons` of
    a year, the newest `gap` weeks left out. Weeks that lay more than
    `outlier_beyond` standard deviations high count for less, if `reweight`. A
    trend is kept when its p-value is below `trend_below`, there are three years
    or more, and it does not lead beyond all that was seen; `trend` False never
    asks. `alpha` is the chance of an alarm in a week without event, by
    `bound`: the quantile of a negative binomial at the predicted mean
    ("plug_in") or at the mean's own upper quantile ("upper_mean"), or of a
    normal on the scale of `power` ("delta"). An alarm needs `recent_count`
    complaints in the last `recent_weeks`, this one included (a missing week
    adds none). With less than `known_share` of the baseline known there is no
    test.

    `errors` says which dispersion the trend's p-value and the error of the
    prediction use after reweighting: the model's ("textbook"), or the one that
    R's `surveillance` takes by oversight ("surveillance", see
    `seasonal_fit.relative_dispersion`); only to compare with R.
    """

    years: int = 5
    half_window: int = 3
    seasons: int = 10
    gap: int = 26
    reweight: bool = True
    outlier_beyond: float = 2.58
    trend: bool = True
    trend_below: float = 1.0
    alpha: float = 0.005
    bound: Literal["plug_in", "upper_mean", "delta"] = "plug_in"
    power: Literal["2/3", "1/2", "none"] = "2/3"
    recent_count: int = 5
    recent_weeks: int = 4
    known_share: float = 0.5
    errors: Literal["textbook", "surveillance"] = "textbook"

    def __post_init__(self) -> None:
        between = 52 - 2 * self.half_window - 1
        if self.years < 1 or self.half_window < 0 or self.seasons < 1 or self.recent_weeks < 1:
            raise ValueError("years, seasons and recent_weeks: expected 1 or more; window: 0")
        if between < 0 or self.seasons - 1 > between:
            raise ValueError(f"seasons: {between} weeks lie between windows; found {self.seasons}")
        if self.gap < 0 or not 0 < self.alpha < 1 or not 0 <= self.known_share <= 1:
            raise ValueError("gap: expected 0 or more; alpha and known_share: shares")


NOUFAILY = FarringtonSettings()
"""Noufaily et al. 2013 (Statistics in Medicine 32:1206), with their alpha of .005."""

R_DEFAULTS = FarringtonSettings(
    seasons=1, gap=3, trend_below=0.05, alpha=0.05, bound="delta", power="2/3"
)
"""What `farringtonFlexible` of R's `surveillance` does when asked nothing: the method of 1996."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Columns to compare with, in order, and their seasons; the tested week's own is the last."""

    columns: Ints
    season: Ints


def same_weeks(week: int, years: int, first_day: int | None = None) -> list[int]:
    """List a column and the same weeks of the years before it, newest first.

    Without `first_day` (the day of column 0, since 1970) a year is 52 columns.
    With it, the same week starts nearest to the same date, so that 53 columns
    may lie between; the 29th of February goes with the 1st of March.

    >>> same_weeks(200, 2)
    [200, 148, 96]
    >>> same_weeks(313, 6, first_day=16440)  # column 0 is Monday, 2015-01-05
    [313, 261, 209, 156, 104, 52, 0]
    """
    if first_day is None:
        return [week - 52 * back for back in range(years + 1)]
    day = first_day + 7 * week
    dates = [_same_date(_EPOCH + timedelta(days=day), back) for back in range(years + 1)]
    return [week - (day - (then - _EPOCH).days + 3) // 7 for then in dates]


def _same_date(today: date, years: int) -> date:
    """Step back whole years; from the 29th of February to the 1st of March where there is none."""
    if (today.month, today.day) == (2, 29) and not isleap(today.year - years):
        return date(today.year - years, 3, 1)
    return today.replace(year=today.year - years)


def baseline(
    week: int, settings: FarringtonSettings, first_day: int | None = None
) -> Baseline | None:
    """Find the weeks to compare a column with; None where the counts do not go back so far.

    >>> small = FarringtonSettings(years=1, half_window=1, seasons=3, gap=40)
    >>> found = baseline(60, small)
    >>> found.columns.tolist()
    [7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]
    >>> found.season.tolist()
    [2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    """
    half, own = settings.half_window, settings.seasons - 1
    same = same_weeks(week, settings.years, first_day)
    first = same[-1] - half
    if first < 0:
        return None
    season = np.full(week + 1, -1, dtype=np.int64)
    for newer, older in pairwise(same):
        season[older - half : older + half + 1] = own
        if own:
            season[older + half + 1 : newer - half] = _cut(newer - older - 2 * half - 1, own)
    columns = np.flatnonzero(season[: max(week - settings.gap, 0)] >= 0)
    return Baseline(columns=columns, season=season[columns]) if len(columns) else None


def _cut(weeks: int, parts: int) -> Ints:
    """Cut weeks into consecutive parts of nearly equal length, longer ones first."""
    each, more = divmod(weeks, parts)
    return np.repeat(np.arange(parts), [each + (part < more) for part in range(parts)])
