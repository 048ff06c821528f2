"""Fits many series to the terms of their sector, each drawn to what is usual there.

In: counts, terms and the sector's prior. Out: per series the likeliest
coefficients with their precision, how surely the series moves at all, and how
much it is dispersed. Out of scope: where the prior comes from (`sector_prior`)
and what is expected of a week (`sector_predictive`).

log mean = terms * coefficients; the variance is dispersion * mean. A series is
one of two sorts: a moving one, whose trend, shift and seasons are of the
sector's usual size, or a steady one, with a tenth of that. Both are fitted
(Newton's method from the series' own level; the posterior is taken as normal
about its peak) and count by their marginal likelihood. Dispersion is weighed on
a grid. Weeks far above the fit count for less, as in Farrington's method.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import gammaln

from pipelines.detect.coverage import Flags
from pipelines.detect.sector_terms import Terms
from pipelines.detect.weekly import Floats

DISPERSIONS = np.exp(np.linspace(0.0, np.log(400.0), 22))
"""Ratios of variance to mean that are weighed; 1 is Poisson."""

MOVES = np.array([0.1, 1.0])
"""How far a steady series and a moving one go, against the sector's usual."""

STEPS = 9
"""Newton steps of a fit. The last ones change expected counts by less than one in a thousand."""

_OUTLIER_BEYOND = 2.58
_LONG = 60
"""Columns from which on the dispersion is told by squared residuals alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What is usual in a sector, before a series is looked at.

    `mean` and `variance` are per term. `moving` is the share of moving series.
    `levels` and `spreads` say which dispersions (members x grid) series of
    which log level have; `weight` is how many series the sector's general
    belief `usual` about dispersion counts for.
    """

    mean: Floats
    variance: Floats
    moving: float
    levels: Floats
    spreads: Floats
    usual: Floats
    weight: float = 1.0

    def dispersion_shares(self, level: Floats) -> Floats:
        """Give the chances of each dispersion for series of some log levels, series x grid."""
        near = np.exp(-0.5 * ((level[:, None] - self.levels[None, :]) / 0.8) ** 2)
        share = near @ self.spreads + self.weight * self.usual
        return np.asarray(share / share.sum(axis=1, keepdims=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Fitted series. Sorts are steady and moving, in this order.

    `effect` is sorts x series x terms, `covariance` with a further axis of
    terms, `share` sorts x series the chance of each sort, `spread_share` series
    x grid that of each dispersion and `spread` a dispersion between them.
    `weight` is series x columns, 0 where a count is missing.
    """

    effect: Floats
    covariance: Floats
    share: Floats
    spread_share: Floats
    spread: Floats
    weight: Floats

    def level(self) -> Floats:
        """Give the log level per series at the tested column, without season."""
        return np.asarray((self.share * self.effect[:, :, 0]).sum(axis=0))


def start_fit(count: Floats, terms: Terms, prior: Prior) -> Fit:
    """Start from each series' own mean, without movement."""
    known = (~np.isnan(count)).astype(np.float64)
    level = np.log((np.nan_to_num(count).sum(axis=1) + 0.5) / (known.sum(axis=1) + 0.5))
    sorts, size = len(MOVES), terms.past.shape[1]
    effect = np.zeros((sorts, len(count), size))
    effect[:, :, 0] = level
    shares = prior.dispersion_shares(level)
    return Fit(
        effect=effect,
        covariance=np.zeros((sorts, len(count), size, size)),
        share=np.full((sorts, len(count)), 1 / sorts),
        spread_share=shares,
        spread=1 / (shares @ (1 / DISPERSIONS)),
        weight=known,
    )


def fit_series(count: Floats, terms: Terms, prior: Prior) -> Fit:
    """Fit series x columns of counts (NaN where missing) under a prior.

    >>> from pipelines.detect.cadence import Cadence
    >>> from pipelines.detect.sector_prior import weak_prior
    >>> from pipelines.detect.sector_terms import make_terms
    >>> terms = make_terms(np.arange(8), 8, Cadence())
    >>> fit = fit_series(np.full((1, 8), 20.0), terms, weak_prior(Cadence()))
    >>> float(np.exp(fit.level())[0].round())
    20.0
    """
    known = ~np.isnan(count)
    filled = np.nan_to_num(count)
    fit = start_fit(count, terms, prior)
    products = terms.products()
    for step in range(STEPS):
        is_weighing = step in (3, 6, STEPS - 1)
        fit = advance(fit, filled, known, terms, products, prior, weigh_spreads=is_weighing)
    return fit


def advance(
    fit: Fit,
    count: Floats,
    known: Flags,
    terms: Terms,
    products: Floats,
    prior: Prior,
    *,
    weigh_spreads: bool,
) -> Fit:
    """Take one Newton step, then weigh weeks, sorts and, if asked, dispersions anew."""
    size = terms.past.shape[1]
    mean = _means(fit.effect, terms)
    scale = np.ones((len(MOVES), 1, size))
    scale[:, 0, 1:] = MOVES[:, None]
    precision, centre = 1 / (scale**2 * prior.variance), scale * prior.mean
    pull = fit.weight / fit.spread[:, None]
    curve = ((pull * mean) @ products).reshape(*mean.shape[:2], size, size)
    covariance = _inverse(curve + precision[..., None] * np.eye(size))
    slope = (pull * (count - mean)) @ terms.past - precision * (fit.effect - centre)
    step = (covariance @ slope[..., None])[..., 0]
    step /= np.maximum(np.abs(step).max(axis=-1, keepdims=True) / 2, 1.0)
    effect = fit.effect + step
    leverage = (curve * covariance).sum(axis=(2, 3))
    mean = _means(effect, terms)
    away = effect - centre
    log_prior = 0.5 * (np.log(precision) - precision * away**2).sum(axis=-1)
    evidence = (
        _quasi_likelihood(count, effect, mean, pull, terms)
        + log_prior
        + 0.5 * np.linalg.slogdet(covariance)[1]
        + np.log([[1 - prior.moving], [prior.moving]])
    )
    share = np.exp(evidence - evidence.max(axis=0))
    share /= share.sum(axis=0)
    between = (share[:, :, None] * mean).sum(axis=0)
    weight = known * _outlier_weights(count, between, fit.spread)
    fit = replace(fit, effect=effect, covariance=covariance, share=share, weight=weight)
    if not weigh_spreads:
        return fit
    shares = _spread_shares(count, between, fit, (share * leverage).sum(axis=0))
    shares = shares * prior.dispersion_shares(fit.level())
    shares /= shares.sum(axis=1, keepdims=True)
    return replace(fit, spread_share=shares, spread=1 / (shares @ (1 / DISPERSIONS)))


def _inverse(matrix: Floats) -> Floats:
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


def _means(effect: Floats, terms: Terms) -> Floats:
    return np.exp(np.clip(effect @ terms.past.T, -12.0, 25.0))


def _quasi_likelihood(
    count: Floats, effect: Floats, mean: Floats, pull: Floats, terms: Terms
) -> Floats:
    """Sum the log quasi-likelihood of each sort; `pull` is weight over dispersion."""
    told = ((pull * count) @ terms.past * effect).sum(axis=-1)
    return np.asarray(told - (pull * mean).sum(axis=-1))


def _log_likelihood(count: Floats, mean: Floats, spread: Floats, weight: Floats) -> Floats:
    """Sum the weighed log-likelihood of negative binomials; what does not hang on them is left."""
    spread = np.maximum(spread, 1.0001)
    size = mean / (spread - 1)
    logs = gammaln(count + size) - gammaln(size) - size * np.log(spread)
    logs = logs + count * np.log((spread - 1) / spread)
    return np.asarray((weight * logs).sum(axis=-1))


def _outlier_weights(count: Floats, mean: Floats, spread: Floats) -> Floats:
    """Weigh down weeks whose Anscombe residual lies beyond the limit, by its square."""
    raw = 1.5 * (np.cbrt(count) ** 2 * mean ** (-1 / 6) - np.sqrt(mean))
    residual = raw / np.sqrt(spread[:, None])
    return np.asarray(np.maximum(residual / _OUTLIER_BEYOND, 1.0) ** -2)


def _spread_shares(count: Floats, mean: Floats, fit: Fit, leverage: Floats) -> Floats:
    """Give the likelihood of each dispersion, series x grid, with 1 the highest of a series."""
    logs = (
        _by_residuals(count, mean, fit, leverage)
        if count.shape[1] > _LONG
        else np.stack(
            [
                _log_likelihood(count, mean, np.full((len(mean), 1), spread), fit.weight)
                for spread in DISPERSIONS
            ],
            axis=1,
        )
        + 0.5 * leverage[:, None] * np.log(DISPERSIONS)
    )
    return np.asarray(np.exp(logs - logs.max(axis=1, keepdims=True)))


def _by_residuals(count: Floats, mean: Floats, fit: Fit, leverage: Floats) -> Floats:
    """Weigh dispersions by squared residuals; rare counts tell less, as theirs scatter more."""
    spread = fit.spread[:, None]
    excess = (6 * (spread - 1) + 1 / spread) / mean
    weight = fit.weight * 2 / (2 + excess)
    taken = 1 - leverage / np.maximum((fit.weight > 0).sum(axis=1), 1)
    free = np.maximum(weight.sum(axis=1) * taken, 0.05)
    squares = (weight * (count - mean) ** 2 / mean).sum(axis=1)
    return np.asarray(-0.5 * (free[:, None] * np.log(DISPERSIONS) + squares[:, None] / DISPERSIONS))
