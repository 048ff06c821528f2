"""CUSUM charts of counts: does a small rise last?

In: weekly counts with what was expected of each (from any model that did not
know the week), series x weeks, NaN where a week is missing. Out: the charts'
statistic and the alarms of every week (`week_tests`). Out of scope: where the
expectation comes from.

`likelihood_cusum` sums the log-likelihood ratio of a given rise of negative
binomial or Poisson counts; `generalised_cusum` takes the rise that fits best
since the week that fits best. Both start anew after an alarm (Hoehle and Paul
2008, Computational Statistics and Data Analysis 52:4357; `glrnb` of R's
`surveillance`). `standardised_cusum` sums standardised counts and goes on after
an alarm (Rossi et al. 1999, Statistics in Medicine 18:2111; `algo.cusum`). A
missing week changes no sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from pipelines.detect.coverage import Flags
from pipelines.detect.farrington_bounds import negative_binomial_tail
from pipelines.detect.roots import falling_roots
from pipelines.detect.week_tests import WeekTests, checked_counts, judge
from pipelines.detect.weekly import Floats, Ints

Transform = Literal["standard", "rossi", "negative_binomial"]

_AT_ONCE = 2_000_000
"""Likelihoods of (series, first week, week) worked out at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CusumTests:
    """Every week tested, and the chart's statistic after it, series x weeks.

    The exceedance is the statistic over the limit. The p-value is that of the
    single week, for a chart has none. `upper` is what the week may bring
    without an alarm given the weeks before, below 0 where nothing is too much;
    for `generalised_cusum` it is not worked out (NaN).
    """

    tests: WeekTests
    statistic: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chart:
    """Counts, means and alphas (variance = mean + alpha * mean**2), series x weeks."""

    count: Floats
    mean: Floats
    alpha: Floats

    @property
    def known(self) -> Flags:
        return ~np.isnan(self.count) & ~np.isnan(self.mean)


def likelihood_cusum(
    count: Floats,
    expected: Floats,
    alpha: Floats | float = 0.0,
    *,
    rise: float = 2.0,
    limit: float = 5.0,
) -> CusumTests:
    """Watch many series for a rise by a given ratio.

    `expected` and `alpha` broadcast to the counts; the variance is expected +
    alpha * expected**2, so that alpha is 1 / size and 0 is Poisson. `limit` is
    in nats; an alarm needs more.

    Raises:
        ValueError: when counts, expectations, `rise` (above 1) or `limit`
            (above 0) are out of range.

    >>> chart = likelihood_cusum(np.array([[3.0, 3, 9, 8, 3]]), np.array([[3.0]]))
    >>> chart.statistic.round(2).tolist(), chart.tests.alarm.tolist()
    ([[0.0, 0.0, 3.24, 5.78, 0.0]], [[False, False, False, True, False]])
    """
    chart = _checked(count, expected, alpha, limit)
    if rise <= 1:
        raise ValueError(f"rise: expected a ratio above 1; found {rise}")
    per_case, per_week = _ratio_parts(chart.mean, chart.alpha, np.array(np.log(rise)))
    gain = np.where(chart.known, chart.count * per_case - per_week, 0.0)
    statistic, before = _summed(gain, anew_beyond=limit)
    with np.errstate(divide="ignore"):
        upper = (limit - before + per_week) / per_case
    return _result(chart, statistic, upper, limit, "negative_binomial_cusum", statistic > limit)


def generalised_cusum(
    count: Floats,
    expected: Floats,
    alpha: Floats | float = 0.0,
    *,
    limit: float = 5.0,
    window: int | None = 52,
) -> CusumTests:
    """Watch many series for a rise by any ratio, since any week.

    As `likelihood_cusum`, maximised over the ratio (1 or more) and over the
    weeks at which the rise may have begun: at most `window` back, or any since
    the last alarm if None. The work grows with the square of the window.

    Raises:
        ValueError: when counts, expectations, `limit` or `window` (1 or more)
            are out of range.

    >>> chart = generalised_cusum(np.array([[3.0, 3, 9, 8, 3]]), np.array([[3.0]]))
    >>> chart.statistic.round(2).tolist(), chart.tests.alarm.tolist()
    ([[0.0, 0.0, 3.89, 6.7, 0.0]], [[False, False, False, True, False]])
    """
    chart = _checked(count, expected, alpha, limit)
    if window is not None and window < 1:
        raise ValueError(f"window: expected 1 week or more; found {window}")
    statistic = np.zeros(chart.count.shape)
    weeks = chart.count.shape[1]
    widest = max(min(weeks, window or weeks), 1)
    rows = max(_AT_ONCE // widest**2, 1)
    for start in range(0, len(statistic), rows):
        here = slice(start, start + rows)
        part = _Chart(count=chart.count[here], mean=chart.mean[here], alpha=chart.alpha[here])
        statistic[here] = _generalised(part, limit, widest)
    upper = np.full(statistic.shape, np.nan)
    return _result(chart, statistic, upper, limit, "negative_binomial_glr_cusum", statistic > limit)


def standardised_cusum(
    count: Floats,
    expected: Floats,
    alpha: Floats | float = 0.0,
    *,
    transform: Transform = "rossi",
    reference: float = 1.04,
    limit: float = 2.26,
) -> CusumTests:
    """Sum how far counts lie above expectation, in standard deviations less `reference`.

    `transform` "standard" takes (y - mu) / sqrt(mu), "rossi" a form nearer to
    normal, "negative_binomial" the Pearson residual with alpha. An alarm needs
    `limit` or more (so at `upper` already), and does not start the sum anew. A
    week with an expectation of 0 is without history.

    Raises:
        ValueError: when counts, expectations or `limit` are out of range.

    >>> chart = standardised_cusum(np.array([[4.0, 9, 9]]), np.array([[4.0]]), transform="standard")
    >>> chart.statistic.round(2).tolist()
    [[0.0, 1.46, 2.92]]
    """
    chart = _checked(count, expected, alpha, limit)
    mean = np.where(chart.mean > 0, chart.mean, np.nan)
    chart = _Chart(count=chart.count, mean=mean, alpha=chart.alpha)
    step = _standardised(chart, transform) - reference
    statistic, before = _summed(np.where(chart.known, step, 0.0), anew_beyond=np.inf)
    upper = _count_at(chart, reference + limit - before, transform)
    return _result(chart, statistic, upper, limit, f"cusum_{transform}", statistic >= limit)


def _checked(count: Floats, expected: Floats, alpha: Floats | float, limit: float) -> _Chart:
    table = checked_counts(count)
    mean = np.broadcast_to(np.asarray(expected, dtype=np.float64), table.shape)
    spread = np.broadcast_to(np.asarray(alpha, dtype=np.float64), table.shape)
    if np.isinf(mean).any() or (mean < 0).any() or not np.isfinite(spread).all():
        raise ValueError("expected: finite from 0 on, NaN where unknown; alpha: finite")
    if (spread < 0).any() or not limit > 0:
        raise ValueError("alpha: expected 0 or more; limit: above 0")
    return _Chart(count=table, mean=mean, alpha=spread)


def _result(
    chart: _Chart, statistic: Floats, upper: Floats, limit: float, model: str, beyond: Flags
) -> CusumTests:
    """Judge by the statistic; the bound is for show where there is one."""
    weeks = np.arange(chart.count.shape[1], dtype=np.int64)
    tests = judge(
        weeks,
        chart.count,
        chart.mean,
        upper,
        exceedance=statistic / limit,
        p_value=negative_binomial_tail(chart.count, chart.mean, 1 + chart.alpha * chart.mean),
        model=np.ones(statistic.shape, dtype=np.int8),
        models=("none", model),
        beyond=beyond,
    )
    return CusumTests(tests=tests, statistic=statistic)


def _summed(gain: Floats, anew_beyond: float) -> tuple[Floats, Floats]:
    """Sum week by week from 0 up, from 0 again once beyond a limit; after and before each week."""
    by_week = np.ascontiguousarray(gain.T)
    after, before = np.empty_like(by_week), np.empty_like(by_week)
    last = np.zeros(len(gain))
    for week, gained in enumerate(by_week):
        before[week] = np.where(last > anew_beyond, 0.0, last)
        last = np.maximum(before[week] + gained, 0.0)
        after[week] = last
    return np.ascontiguousarray(after.T), np.ascontiguousarray(before.T)


def _ratio_parts(mean: Floats, alpha: Floats, log_rise: Floats) -> tuple[Floats, Floats]:
    """Give what a complaint adds to the log-likelihood ratio of a rise, and what a week takes."""
    rise = np.exp(log_rise)
    some = alpha > 0
    safe = np.where(some, alpha, 1.0)
    turn = np.log1p(alpha * mean * (rise - 1) / (1 + alpha * mean))
    return log_rise - np.where(some, turn, 0.0), np.where(some, turn / safe, mean * (rise - 1))


def _generalised(chart: _Chart, limit: float, window: int) -> Floats:
    """Run the chart week by week; the sums since every first week of the window at once."""
    series, weeks = chart.count.shape
    statistic, anew = np.zeros((series, weeks)), np.zeros(series, dtype=np.int64)
    last = np.zeros(series)
    for week in range(weeks):
        known = chart.known[:, week]
        if known.any():
            first = max(week + 1 - window, int(anew.min()), 0)
            best = _best_ratio(chart, first, week, anew)
            last = np.where(known, best, last)
        statistic[:, week] = last
        anew = np.where(last > limit, week + 1, anew)
        last = np.where(last > limit, 0.0, last)
    return statistic


def _best_ratio(chart: _Chart, first: int, week: int, anew: Ints) -> Floats:
    """Give the highest log-likelihood ratio of a rise since any week from `first` and `anew` on."""
    span = slice(first, week + 1)
    known = chart.known[:, span]
    count, mean = (
        np.where(known, chart.count[:, span], 0.0),
        np.where(known, chart.mean[:, span], 0.0),
    )
    starts = np.arange(first, week + 1)
    since = starts[None, :] >= starts[:, None]
    alpha = chart.alpha[:, span]
    rising = np.cumsum(((count - mean) / (1 + alpha * mean))[:, ::-1], axis=1)[:, ::-1] > 0
    row, start = np.nonzero(rising & (starts >= anew[:, None]))
    best = np.zeros(len(count))
    if len(row):
        taken = since[start]
        pairs = _Chart(count=count[row] * taken, mean=mean[row] * taken, alpha=alpha[row])
        per_case, per_week = _ratio_parts(pairs.mean, pairs.alpha, _fitted_rise(pairs)[:, None])
        np.maximum.at(best, row, (pairs.count * per_case - per_week).sum(axis=1))
    return best


def _fitted_rise(chart: _Chart) -> Floats:
    """Fit the log ratio, from 0 to 30, that makes the counts of each row most likely."""

    def score(rows: Ints, log_ratio: Floats) -> tuple[Floats, Floats]:
        count, alpha = chart.count[rows], chart.alpha[rows]
        mean = chart.mean[rows] * np.exp(log_ratio[:, None])
        pull = (1 + alpha * count) * mean / (1 + alpha * mean)
        return (count - pull).sum(axis=1), (pull / (1 + alpha * mean)).sum(axis=1)

    ratio = chart.count.sum(axis=1) / np.maximum(chart.mean.sum(axis=1), 1e-12)
    return falling_roots(score, np.log(np.clip(ratio, 1.0, 1e12)), 0.0, 30.0)


def _standardised(chart: _Chart, transform: Transform) -> Floats:
    """Standardise counts; NaN where the mean is 0 or unknown."""
    root = np.sqrt(chart.mean)
    if transform == "standard":
        return (chart.count - chart.mean) / root
    if transform == "negative_binomial":
        return (chart.count - chart.mean) / np.sqrt(chart.mean + chart.alpha * chart.mean**2)
    return np.asarray((chart.count - 3 * chart.mean + 2 * np.sqrt(chart.count) * root) / (2 * root))


def _count_at(chart: _Chart, score: Floats, transform: Transform) -> Floats:
    """Give the count of a standardised score, -1 where there is none so low."""
    root = np.sqrt(chart.mean)
    if transform == "standard":
        return chart.mean + root * score
    if transform == "negative_binomial":
        return chart.mean + np.sqrt(chart.mean + chart.alpha * chart.mean**2) * score
    inner = np.sqrt(np.maximum(4 * chart.mean + 2 * root * score, 0.0)) - root
    return np.where(inner >= 0, inner**2, -1.0 + 0.0 * chart.mean)
