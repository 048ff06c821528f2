"""How many complaints a week may bring before it is more than expected.

In: predictions of one week and what was observed. Out: upper bound, exceedance
and p-value per series. Out of scope: predictions (`farrington_fit`), and
whether an alarm may be raised at all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, gammainc, ndtr, ndtri
from scipy.stats import nbinom, poisson

from pipelines.detect.coverage import Flags
from pipelines.detect.farrington_fit import Prediction
from pipelines.detect.farrington_weeks import FarringtonSettings
from pipelines.detect.week_tests import exceedances
from pipelines.detect.weekly import Floats

_POWERS = {"2/3": 2 / 3, "1/2": 1 / 2, "none": 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Upper bound, exceedance and p-value of one week, per series; NaN where unknown."""

    upper: Floats
    exceedance: Floats
    p_value: Floats


def find_bounds(observed: Floats, predicted: Prediction, settings: FarringtonSettings) -> Bounds:
    """Bound a week in the way that the settings name; `observed` may be NaN."""
    if settings.bound == "delta":
        return _delta(observed, predicted, settings)
    mean = predicted.mean
    if settings.bound == "upper_mean":
        far = ndtri(1 - settings.alpha) * np.sqrt(predicted.log_variance)
        with np.errstate(over="ignore", invalid="ignore"):
            mean = np.where(mean > 0, mean * np.exp(far), np.inf + 0 * mean)
    upper = negative_binomial_quantile(1 - settings.alpha, mean, predicted.dispersion)
    tail = negative_binomial_tail(observed, mean, predicted.dispersion)
    return Bounds(
        upper=upper, exceedance=exceedances(observed, predicted.mean, upper), p_value=tail
    )


def negative_binomial_quantile(share: float, mean: Floats, spread: Floats) -> Floats:
    """Give the least count that is not exceeded with chance `share`.

    `spread` is variance over mean; 1 is Poisson. 0 where the mean is 0,
    infinite where it is.

    >>> mean = np.array([10.0, 10.0, 0.0])
    >>> negative_binomial_quantile(0.995, mean, np.array([1.0, 3.0, 3.0])).tolist()
    [19.0, 29.0, 0.0]
    """
    some, wide, size, chance = _parameters(mean, spread)
    found = mean.copy()
    plain = some & ~wide
    found[plain] = poisson.ppf(share, mean[plain])
    found[wide] = nbinom.ppf(share, size[wide], chance[wide])
    return found


def negative_binomial_tail(observed: Floats, mean: Floats, spread: Floats) -> Floats:
    """Give the chance of `observed` or more; NaN where either is.

    >>> tail = negative_binomial_tail(np.array([5.0, 0.0]), np.array([1.0, 0.0]), np.ones(2))
    >>> tail.round(5).tolist()
    [0.00366, 1.0]
    """
    some, wide, size, chance = _parameters(mean, spread)
    found = np.where((mean > 0) | (observed <= 0), 1.0, 0.0)
    some &= observed > 0
    wide &= some
    plain = some & ~wide
    found[plain] = gammainc(observed[plain], mean[plain])
    found[wide] = betainc(observed[wide], size[wide], 1 - chance[wide])
    return np.where(np.isnan(observed) | np.isnan(mean), np.nan, found)


def _parameters(mean: Floats, spread: Floats) -> tuple[Flags, Flags, Floats, Floats]:
    """Give where there is a mean, where it is overdispersed, and size and chance there."""
    some = np.isfinite(mean) & (mean > 0)
    wide = some & (spread > 1 + 1e-9)
    with np.errstate(divide="ignore", invalid="ignore"):
        return some, wide, mean / (spread - 1), 1 / spread


def _delta(observed: Floats, predicted: Prediction, settings: FarringtonSettings) -> Bounds:
    """Take counts to a power that makes them nearly normal (Farrington et al. 1996)."""
    power, some = _POWERS[settings.power], predicted.mean > 0
    mean = np.where(some, predicted.mean, 1.0)
    variance = mean * predicted.dispersion + mean**2 * np.where(some, predicted.log_variance, 0.0)
    error = power * mean ** (power - 1) * np.sqrt(variance)
    upper = np.maximum(mean**power + ndtri(1 - settings.alpha) * error, 0.0) ** (1 / power)
    tail = ndtr((mean**power - observed**power) / error)
    nothing = 0.0 * predicted.mean
    upper = np.where(some, upper, nothing)
    tail = np.where(some, tail, np.where(observed > 0, 0.0, 0.5) + nothing)
    return Bounds(
        upper=upper, exceedance=exceedances(observed, predicted.mean, upper), p_value=tail
    )
