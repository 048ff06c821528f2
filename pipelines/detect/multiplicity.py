"""How likely chance alone is to bring so dense a window, when many were looked at.

In: what windows held against what they were to hold, and how many windows and series were
looked at. Out: p-values that count the looking. Out of scope: what was to be expected
(`pipelines.detect.expected`), and which windows are chosen.

The family of tests is every merchant x code series of the covered weeks, in each of them
every window of days. It is paid for in two steps:

* within a series, `searched_tail`: a window was chosen because it is dense, so that its own
  tail is optimistic. The windows slide and have any length; in disjoint ones alone chance
  has far fewer tries (in our simulations .05 came up to three times in four);
* between series, `adjusted_p`: Benjamini and Hochberg 1995. A series in which no window
  was proposed counts with a p-value of 1.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, gammaln
from scipy.stats import false_discovery_control

from pipelines.detect.scan import WINDOW_DAYS
from pipelines.detect.weekly import Floats


def count_tail(count: npt.ArrayLike, mean: npt.ArrayLike, size: npt.ArrayLike) -> Floats:
    """Give the chance of so many or more, for a negative binomial of this mean and size.

    The variance is mean + mean**2 / size. Arguments broadcast; a count of 0 has 1.

    >>> count_tail([0, 5], 1.0, 1e9).round(4).tolist()
    [1.0, 0.0037]
    """
    n, m, s = (np.asarray(value, dtype=np.float64) for value in (count, mean, size))
    return np.where(n > 0, betainc(np.maximum(n, 1.0), s, m / (s + m)), 1.0)


def searched_tail(
    count: npt.ArrayLike, mean: npt.ArrayLike, size: npt.ArrayLike, windows: npt.ArrayLike
) -> Floats:
    """Give the chance that some window of a quiet series is as dense as this one.

    `mean` and `size` are the negative binomial's of the window; `windows` is how many
    windows of its length the searched days hold side by side, not always a whole number.

    A window that slides finds new dense stretches at a rate that Alm (1983) gave for Poisson
    counts; over a Gamma-mixed rate it is n P(n) - (n + 1) P(n + 1) per length of the
    window, at least the tail itself. As windows of all lengths are tried, the sum is taken
    for each length of `scan.WINDOW_DAYS`. The result is at most 1, never below `count_tail`,
    and falls with the count as it does; it is larger than the truth rather than smaller.

    >>> searched_tail([3, 5, 9, 15], 1.0, 20.0, [1, 36, 36, 36]).round(6).tolist()
    [0.592879, 1.0, 0.006144, 0.0]
    """
    n, m, s, w = np.broadcast_arrays(
        *(np.asarray(value, dtype=np.float64) for value in (count, mean, size, windows))
    )
    tail = count_tail(n, m, s)
    rate = n * _chance(n, m, s) - (n + 1) * _chance(n + 1, m, s)
    tries = tail + np.maximum(w - 1, 0.0) * np.maximum(rate, tail)
    return np.asarray(np.minimum(len(WINDOW_DAYS) * tries, 1.0))


def adjusted_p(searched: npt.ArrayLike, series: int) -> Floats:
    """Adjust p-values for all series that were looked at, by Benjamini and Hochberg.

    `searched` holds the proposed windows, NaN where there was no test; the other
    series, up to `series` in all, count with 1. Those at most q hold in the mean at most the
    share q of chance finds. The order is kept and no value becomes smaller.

    >>> adjusted_p([1e-5, float("nan"), 0.001], 100).tolist()
    [0.001, nan, 0.05]
    """
    p_values = np.asarray(searched, dtype=np.float64)
    tested = ~np.isnan(p_values)
    rest = np.ones(max(series - int(tested.sum()), 0))
    adjusted = np.full(p_values.shape, np.nan)
    if tested.any():
        family = false_discovery_control(np.concatenate([p_values[tested], rest]))
        adjusted[tested] = family[: int(tested.sum())]
    return adjusted


def _chance(count: Floats, mean: Floats, size: Floats) -> Floats:
    """Give the chance of exactly so many."""
    ways = gammaln(count + size) - gammaln(size) - gammaln(count + 1)
    log_chance = ways - size * np.log1p(mean / size) + count * np.log(mean / (size + mean))
    return np.asarray(np.exp(log_chance))
