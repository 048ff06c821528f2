"""What is usual in a sector, learned from its series: empirical Bayes.

In: counts of a sector's series, with their terms. Out: the sector's usual
level, trend, shift and season, how far its members lie from it, the share of
steady series, and which dispersions go with which levels. Out of scope: a
single series' fit (`sector_fit`).

Expectation and maximisation by turns: fit every series under the prior, then
take the prior from the fits. A documented weak prior counts as four more
series, so that a sector of few members believes little of them, and a series
that is alone believes the weak prior.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipelines.detect.cadence import Cadence
from pipelines.detect.sector_fit import (
    DISPERSIONS,
    MOVES,
    Fit,
    Prior,
    advance,
    start_fit,
)
from pipelines.detect.sector_terms import Terms, usual_spread
from pipelines.detect.weekly import Floats

MOST_MEMBERS = 256
"""Series that a prior is learned from at most; more tell little more."""

_ROUNDS = 14
_WEAK_SERIES = 4.0
"""How many series the weak prior counts for."""


def weak_prior(cadence: Cadence, level: float = 0.0) -> Prior:
    """Give the prior of a series of which no sector is known.

    Terms lie around 0 as `usual_spread` says, the level around `level`; half of
    the series move; the dispersion is about 1.6, nine in ten between 1 and 5.
    """
    spread = usual_spread(cadence)
    mean = np.zeros(len(spread))
    mean[0] = level
    usual = np.exp(-0.5 * ((np.log(DISPERSIONS) - 0.5) / 0.7) ** 2)
    return Prior(
        mean=mean,
        variance=spread**2,
        moving=0.5,
        levels=np.zeros(0),
        spreads=np.zeros((0, len(DISPERSIONS))),
        usual=usual / usual.sum(),
    )


def learn_prior(count: Floats, terms: Terms, cadence: Cadence) -> Prior:
    """Learn a sector's prior from series x columns of counts, NaN where missing.

    Only the first `MOST_MEMBERS` series with a known column, evenly chosen, are
    looked at. A single one gives the weak prior about its own level.
    """
    taken = np.flatnonzero((~np.isnan(count)).any(axis=1))
    if len(taken) > MOST_MEMBERS:
        taken = taken[np.linspace(0, len(taken) - 1, MOST_MEMBERS).round().astype(np.int64)]
    count = count[taken]
    known = ~np.isnan(count)
    prior = weak_prior(cadence)
    if not len(count):
        return prior
    fit = start_fit(count, terms, prior)
    prior = weak_prior(cadence, float(fit.level().mean()))
    if len(count) == 1:
        return prior
    filled, products = np.nan_to_num(count), terms.products()
    for turn in range(_ROUNDS):
        is_weighing = turn % 3 == 2 or turn == _ROUNDS - 1
        fit = advance(fit, filled, known, terms, products, prior, weigh_spreads=is_weighing)
        if turn:
            prior = _renew(prior, fit, usual_spread(cadence))
    return prior


def _renew(prior: Prior, fit: Fit, spread: Floats) -> Prior:
    """Take the prior from the fits of a round."""
    scale = np.ones((len(MOVES), 1, len(spread)))
    scale[:, 0, 1:] = MOVES[:, None]
    unit = fit.effect / scale
    doubt = np.diagonal(fit.covariance, axis1=2, axis2=3) / scale**2
    share = fit.share[:, :, None]
    members = float(fit.share.sum())
    pull = 1 / spread**2
    pull[0] = 1e-3
    mean = (share * unit).sum(axis=(0, 1)) / prior.variance
    mean = mean / (members / prior.variance + pull)
    squares = (share * ((unit - mean) ** 2 + doubt)).sum(axis=(0, 1))
    variance = (_WEAK_SERIES * spread**2 + squares) / (_WEAK_SERIES + members)
    moving = (float(fit.share[1].sum()) + 1) / (members + 2)
    return replace(
        prior,
        mean=mean,
        variance=variance,
        moving=moving,
        levels=fit.level(),
        spreads=fit.spread_share,
    )
