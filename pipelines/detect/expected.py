"""How many complaints a week was to bring, judged by the weeks before it.

In: weekly counts of covered weeks. Out: one-week-ahead expected counts and how
sure they are, as a negative binomial. Out of scope: seasons, trends and alarms.

Two Gamma-Poisson steps. First the merchant's level: his own recent weeks,
shrunk to his sector's usual level. Then the code's part of that level: his own
recent counts of the code against the sector's share of it, shrunk to 1 as
strongly as merchants of the sector agree. Weeks are forgotten with a half-life
of about ten, so that the expectation follows a change of level. A merchant
without history gets his sector's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv
from scipy.stats import nbinom

from pipelines.detect.multiplicity import count_tail
from pipelines.detect.weekly import ALL_CODES, Floats, Ints, WeeklyCounts

MEMORY = 0.93
"""What a week weighs against the week after it."""

UPPER_SHARE = 0.995

LEAST_KNOWN = 0.5
"""Complaints in all covered weeks: that fewer are to be expected, those weeks cannot tell."""

USUAL_FROM = 5.0
"""Complaints expected in all, from which on a series says something of how much series vary."""

USUAL_WEEKS = 20
"""Ordinary weeks that are added to a series' own when its unrest is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One-week-ahead expected counts, series x weeks, with negative-binomial sizes.

    NaN where the week is not covered. The variance is mean + mean**2 / size. `unrest` is the
    part of 1 / size by which each series' own weeks vary more than counts do, and `usual`
    the variance beyond Poisson's of an ordinary series, in times its mean.
    """

    counts: WeeklyCounts
    expected: Floats
    size: Floats
    unrest: Floats
    usual: float

    def of(self, rows: Ints) -> Forecast:
        """Keep the forecast of some series."""
        return Forecast(
            counts=self.counts.of(rows),
            expected=self.expected[rows],
            size=self.size[rows],
            unrest=self.unrest[rows],
            usual=self.usual,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowTest:
    """What a window held against what it was to hold.

    `tail` is the chance of as many or more complaints without an event, of a negative
    binomial of `size`, and `lower` the 5 % point of observed over expected. `windows` is how
    many windows of its length the merchant's covered days hold side by side: among so many
    this one was chosen (`pipelines.detect.multiplicity`).
    """

    observed: int
    expected: float
    size: float
    windows: float
    tail: float
    lower: float


def forecast(counts: WeeklyCounts) -> Forecast:
    """Forecast every covered week of every series from the covered weeks before it."""
    total_rows = np.flatnonzero(counts.code == ALL_CODES)
    total_of = np.full(int(counts.merchant.max(initial=0)) + 1, -1)
    total_of[counts.merchant[total_rows]] = np.arange(len(total_rows))
    level, level_size = _levels(counts, total_rows)
    own_total = total_of[counts.merchant]
    share, strength = _code_shares(counts, own_total, total_rows)
    base = level[own_total] * share
    seen = counts.count[total_rows][own_total] * share
    past_count, past_base = _remembered(counts.count), _remembered(seen)
    ratio = (strength[:, None] + past_count) / (strength[:, None] + past_base)
    is_total = (counts.code == ALL_CODES)[:, None]
    expected = np.where(is_total, level[own_total], base * ratio)
    doubt = 1 / level_size[own_total] + np.where(
        is_total, 0.0, 1 / (strength[:, None] + past_count)
    )
    known_weeks = np.maximum(counts.is_covered.sum(axis=1), 1)[:, None]
    expected = np.maximum(expected, LEAST_KNOWN / known_weeks)
    expected[~counts.is_covered] = np.nan
    unrest = _unrest(counts.count, expected)
    return Forecast(
        counts=counts,
        expected=expected,
        size=1 / (doubt + unrest[:, None]),
        unrest=unrest,
        usual=_usual_unrest(counts.count, expected),
    )


def upper_bounds(expected: Floats, size: Floats) -> Floats:
    """Give the count that a week without an event exceeds once in 200 weeks."""
    return np.asarray(nbinom.ppf(UPPER_SHARE, size, size / (size + expected)), dtype=np.float64)


def check_window(
    series: Forecast, row: int, first_day: int, last_day: int, observed: int
) -> WindowTest | None:
    """Test the days of a window against the forecast made the week before it began.

    How much the series varies is taken from its weeks outside of the window, so that an event
    does not pass for unrest.

    None where a day of the window is not covered.
    """
    counts = series.counts
    covered = counts.covered_days.get(int(counts.merchant[row]))
    low, high = first_day - counts.first_day, last_day - counts.first_day + 1
    if covered is None or low < 0 or high > len(covered) or not covered[low:high].all():
        return None
    week = (first_day - counts.first_week) // 7
    known = np.flatnonzero(~np.isnan(series.expected[row, week:]))
    if not len(known):
        return None
    week += int(known[0])
    days = last_day - first_day + 1
    expected = float(series.expected[row, week]) * days / 7
    last_week = (last_day - counts.first_week) // 7
    unrest = _unrest_beside(series, row, week, last_week)
    size = 1 / (1 / float(series.size[row, week]) - float(series.unrest[row]) + unrest)
    return WindowTest(
        observed=observed,
        expected=expected,
        size=size,
        windows=float(np.count_nonzero(covered)) / days,
        tail=float(count_tail(observed, expected, size)),
        lower=float(gammaincinv(observed + 0.5, 0.05) / (expected + 0.5)),
    )


def _remembered(values: Floats) -> Floats:
    """Sum the weeks before each week, older ones weighing less."""
    sums = np.zeros(values.shape)
    for week in range(1, values.shape[1]):
        sums[:, week] = MEMORY * sums[:, week - 1] + values[:, week - 1]
    return sums


def _unrest(count: Floats, expected: Floats) -> Floats:
    """Estimate, per series, the variance beyond Poisson over the squared mean, by moments."""
    beyond = np.nansum((count - expected) ** 2 - expected, axis=1)
    return np.asarray(np.maximum(beyond, 0.0) / np.maximum(np.nansum(expected**2, axis=1), 1.0))


def _usual_unrest(count: Floats, expected: Floats) -> float:
    """Give the median, over series of some size, of the variance beyond Poisson over the mean."""
    total = np.nansum(expected, axis=1)
    beyond = np.nansum((count - expected) ** 2 - expected, axis=1)
    known = total >= USUAL_FROM
    return max(float(np.median(beyond[known] / total[known])), 0.0) if known.any() else 0.0


def _unrest_beside(series: Forecast, row: int, first_week: int, last_week: int) -> float:
    """Estimate a series' unrest by its weeks outside of a window and some ordinary weeks."""
    expected, count = series.expected[row], series.counts.count[row]
    beside = ~np.isnan(expected)
    mean = float(expected[beside].mean())
    beside[first_week : last_week + 1] = False
    expected, count = expected[beside], count[beside]
    beyond = float(((count - expected) ** 2 - expected).sum()) + USUAL_WEEKS * series.usual * mean
    return max(beyond, 0.0) / (float((expected**2).sum()) + USUAL_WEEKS * mean**2)


def _levels(counts: WeeklyCounts, rows: Ints) -> tuple[Floats, Floats]:
    """Forecast the merchants' totals, shrunk to the usual level of their sector."""
    count, covered = counts.count[rows], counts.is_covered[rows].astype(np.float64)
    weeks = np.maximum(covered.sum(axis=1), 1.0)
    rate = count.sum(axis=1) / weeks
    shape, scale = np.empty(len(rows)), np.empty(len(rows))
    for sector in np.unique(counts.sector[rows]):
        here = counts.sector[rows] == sector
        mean = max(float(rate[here].mean()), 1e-3)
        spread = max(float((rate[here] - mean).var() - (rate[here] / weeks[here]).mean()), 1e-6)
        scale[here] = np.clip(mean / spread, 0.25, 4.0)
        shape[here] = mean * scale[here]
    past_count, past_weeks = _remembered(count), _remembered(covered)
    size = shape[:, None] + past_count
    return size / (scale[:, None] + past_weeks), size


def _code_shares(counts: WeeklyCounts, own_total: Ints, total_rows: Ints) -> tuple[Floats, Floats]:
    """Give each series' sector share of its code before each week, and how far to trust it."""
    share = np.ones(counts.count.shape)
    strength = np.ones(len(counts.code))
    totals = counts.count[total_rows]
    for sector in np.unique(counts.sector):
        in_sector = counts.sector == sector
        sector_total = totals[counts.sector[total_rows] == sector].sum(axis=0)
        for code in np.unique(counts.code[in_sector & (counts.code != ALL_CODES)]):
            rows = np.flatnonzero(in_sector & (counts.code == code))
            code_total = counts.count[rows].sum(axis=0)
            overall = max(code_total.sum() / max(sector_total.sum(), 1.0), 1e-6)
            before = np.cumsum(code_total) - code_total + 20 * overall
            share[rows] = before / (np.cumsum(sector_total) - sector_total + 20)
            strength[rows] = _agreement(counts.count[rows], totals[own_total[rows]], overall)
    return share, strength


def _agreement(count: Floats, total: Floats, share: float) -> float:
    """Estimate the Gamma shape of the merchants' ratios to their sector, by moments."""
    base = np.maximum(total.sum(axis=1) * share, 1e-3)
    ratio = count.sum(axis=1) / base
    weight = base / base.sum()
    mean = float(weight @ ratio)
    spread = float(weight @ (ratio - mean) ** 2 - weight @ (ratio / base))
    return float(np.clip(mean**2 / max(spread, 1e-6), 0.5, 20.0))
