"""How ratios of observed to expected complaints usually are, learned from all cells at once.

In: counts with their expected counts. Out: the mixture of two Gammas under which the
counts are likeliest, and how sure the search was. Out of scope: what then to believe of a
cell (`pipelines.detect.gamma_mixture`).

Sources: DuMouchel 1999 (doi:10.1080/00031305.1999.10474456); squashing after DuMouchel &
Pregibon 2001 (doi:10.1145/502512.502526); several starts and the check that they agree
after R's openEBGM.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import digamma, expit, gammaln, logit, xlogy

from pipelines.detect.four_fold import Floats
from pipelines.detect.gamma_mixture import (
    DUMOUCHEL_START,
    GammaMixture,
    PriorError,
    check_counts,
)

STARTS = (
    DUMOUCHEL_START,
    GammaMixture(alpha1=0.1, beta1=0.1, alpha2=10.0, beta2=10.0, share=0.2),
    GammaMixture(alpha1=0.3, beta1=0.5, alpha2=6.0, beta2=6.0, share=0.5),
    GammaMixture(alpha1=3.0, beta1=0.5, alpha2=2.0, beta2=2.0, share=0.1),
    GammaMixture(alpha1=1.0, beta1=0.3, alpha2=1.0, beta2=1.5, share=0.6),
)
"""Where the search begins: DuMouchel's own values, then others far apart."""

_FAR = np.log(1e4)
_LOW = np.array([-_FAR, -_FAR, -_FAR, -_FAR, -12.0])
_HIGH = -_LOW
"""Bounds of a search: shapes and rates from 1e-4 to 1e4, the share 6e-6 or more from 0 and 1."""

_LEAST = 1e-300
_AGREES_WITHIN = 0.5
"""Nats; data do not tell apart what is so nearly as likely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellSample:
    """Cells for a fit: counts, expected counts, and how many cells each entry stands for."""

    count: Floats
    expected: Floats
    weight: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorFit:
    """A fitted prior; the first component is the one with the larger mean.

    `log_likelihood` is that of all `cells`, in nats; the fit was made on `points` of them, or
    of bins of them. `agreeing_starts` of the `starts` came within half a nat of the best:
    with one alone, a better prior may have been missed.
    `is_at_bound`: a shape or rate ran to 1e-4 or 1e4, or the share to 0 or 1; the cells do
    not tell two components apart, and the prior is good for use but its values mean little.
    """

    prior: GammaMixture
    log_likelihood: float
    starts: int
    agreeing_starts: int
    is_at_bound: bool
    cells: int
    points: int


def fit_prior(
    count: npt.ArrayLike,
    expected: npt.ArrayLike,
    *,
    zero_truncated: bool = True,
    starts: tuple[GammaMixture, ...] = STARTS,
    squash_above: int = 50_000,
) -> PriorFit:
    """Find the prior under which the counts of all cells are likeliest.

    `count` and `expected` are one-dimensional, one entry per cell. With `zero_truncated`
    the cells are those that hold a complaint: cells of 0, if given, are left out, and each
    chance is that of a count given that it is not 0. Without, all cells of the table must
    be given, those of 0 included. More than `squash_above` cells are squashed first.
    Every start climbs on roughly squashed cells, and the best ends on the cells themselves.
    The order of the cells does not matter; equal cells give an equal prior.

    Raises:
        CountError: a count or an expected count is negative or not finite, or complaints
            came where none could.
        PriorError: the lengths differ, no cell holds a complaint, or no start is given.

    >>> fit = fit_prior([0, 1, 2, 9, 1, 0, 30], [1, 1, 2, 1, 1.5, 0.5, 3], zero_truncated=False)
    >>> fit.prior.alpha1 / fit.prior.beta1 > fit.prior.alpha2 / fit.prior.beta2
    True
    """
    cells = _usable_cells(np.atleast_1d(count), np.atleast_1d(expected), zero_truncated)
    if not starts:
        raise PriorError("starts: expected one or more; found none. Leave them out for our own.")
    whole = fine = _Likelihood(cells, zero_truncated)
    if len(cells.count) > squash_above:
        fine = _Likelihood(squash(cells.count, cells.expected), zero_truncated)
    rough = _Likelihood(squash(cells.count, cells.expected, width=0.2), zero_truncated)
    ends = _climb_twice(rough, fine, starts)
    place, best = max(ends, key=lambda end: end[1])
    return PriorFit(
        prior=_prior_at(place),
        log_likelihood=whole.value_and_slope(place)[0] + whole.constant,
        starts=len(ends),
        agreeing_starts=sum(value > best - _AGREES_WITHIN for _, value in ends),
        is_at_bound=bool((np.abs(place) > _HIGH - 1e-3).any()),
        cells=len(cells.count),
        points=fine.points,
    )


def squash(count: npt.ArrayLike, expected: npt.ArrayLike, *, width: float = 0.02) -> CellSample:
    """Put cells of one count and nearly one expected count together, for a faster fit.

    Cells share a bin when their counts are the same and the logarithms of their expected
    counts, in steps of `width`, too; the bin has their mean. Bins of a set number of cells,
    as R's openEBGM makes them, grow wide where cells are rare, and there the components part:
    on 234,000 drawn cells they cost 6 nats and moved a shape by half, these .001 nats. Cells,
    complaints and expected complaints keep their sums.

        count 1, expected .1000 .1002 .3 .9  ->  count 1, expected .1001 .3 .9, weight 2 1 1

    >>> squash([1, 1, 1, 1], [0.1000, 0.1002, 0.3, 0.9]).weight.tolist()
    [2.0, 1.0, 1.0]
    """
    n, e = np.asarray(count, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    step = np.floor(np.log(np.maximum(e, _LEAST)) / width)
    order = np.lexsort((e, step, n))
    n, e, step = n[order], e[order], step[order]
    begins = np.r_[True, (np.diff(n) != 0) | (np.diff(step) != 0)][: len(n)]
    point = np.cumsum(begins) - 1
    weight = np.bincount(point).astype(np.float64)
    return CellSample(
        count=n[begins], expected=np.bincount(point, weights=e) / weight, weight=weight
    )


def _usable_cells(count: npt.ArrayLike, expected: npt.ArrayLike, truncated: bool) -> CellSample:
    """Take the cells that can teach something, each standing for itself."""
    n, e = np.asarray(count, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    if n.ndim != 1 or n.shape != e.shape:
        raise PriorError(
            f"count, expected: expected two lists of one length; found {n.shape}, {e.shape}."
        )
    check_counts(n, e)
    if not (n > 0).any():
        raise PriorError(
            "count: expected a cell with complaints; found none. Fit once there are some."
        )
    used = (e > 0) & (n > 0) if truncated else e > 0
    n, e = n[used], e[used]
    order = np.lexsort((e, n))
    return CellSample(count=n[order], expected=e[order], weight=np.ones(len(n)))


def _climb_twice(
    rough: _Likelihood, fine: _Likelihood, starts: tuple[GammaMixture, ...]
) -> list[tuple[Floats, float]]:
    """Climb roughly from each start, then finely from each end that is not like the one before.

    Gives, per start, the fine place and log-likelihood that it led to.
    """
    reached = [rough.climb(_place_of(start)) for start in starts]
    ends: list[tuple[Floats, float]] = []
    before = np.inf
    for place, value in sorted(reached, key=lambda end: -end[1]):
        is_like = before - value < _AGREES_WITHIN
        ends.append(ends[-1] if is_like else fine.climb_along_bounds(place))
        before = value
    return ends


class _Likelihood:
    """The log-likelihood of a sample and its slope.

    A place is (log alpha1, log beta1, log alpha2, log beta2, logit share). Functions of
    the count alone are worked out once per distinct count.
    """

    def __init__(self, sample: CellSample, truncated: bool) -> None:
        self._n, self._e, self._w = sample.count, sample.expected, sample.weight
        self._distinct, self._number = np.unique(self._n, return_inverse=True)
        self._truncated = truncated
        self._cells = float(self._w.sum())
        self.points = len(self._n)
        self.constant = _sum(self._w, xlogy(self._n, self._e) - gammaln(self._n + 1))

    def climb(self, start: Floats) -> tuple[Floats, float]:
        """Climb from a place; give the place reached and the log-likelihood there."""
        found = minimize(
            self._downhill, start, jac=True, method="BFGS", options={"gtol": 1e-8, "maxiter": 300}
        )
        place = np.clip(found.x, _LOW, _HIGH)
        return place, self.value_and_slope(place)[0]

    def climb_along_bounds(self, start: Floats) -> tuple[Floats, float]:
        """Climb as `climb` does, and go on along a bound where one stands in the way.

        BFGS is several times faster than a method that knows bounds; few fits need one.
        """
        place, value = self.climb(start)
        if (np.abs(place) < _HIGH).all():
            return place, value
        found = minimize(
            self._downhill,
            place,
            jac=True,
            method="L-BFGS-B",
            bounds=np.c_[_LOW, _HIGH],
            options={"ftol": 1e-12, "gtol": 1e-8, "maxiter": 50},
        )
        return found.x, self.value_and_slope(found.x)[0]

    def _downhill(self, place: Floats) -> tuple[float, Floats]:
        """Give the mean loss per cell and its slope; beyond the bounds a slope leads back."""
        inside = np.clip(place, _LOW, _HIGH)
        value, slope = self.value_and_slope(inside)
        beyond = place - inside
        loss = -value / self._cells + _sum(beyond, beyond) / 2
        return loss, np.where(beyond == 0, -slope / self._cells, beyond)

    def value_and_slope(self, place: Floats) -> tuple[float, Floats]:
        """Give the log-likelihood, less `constant`, and its slope at a place."""
        share = float(expit(place[4]))
        chance1, slopes1, zero1, zero_slopes1 = self._component(*np.exp(place[:2]))
        chance2, slopes2, zero2, zero_slopes2 = self._component(*np.exp(place[2:4]))
        chance1 += np.log(expit(place[4]))
        chance2 += np.log(expit(-place[4]))
        both = np.logaddexp(chance1, chance2)
        is_first = np.exp(chance1 - both)
        weights = (self._w * is_first, self._w * (1 - is_first))
        slope = np.array([*_sums(slopes1, weights[0]), *_sums(slopes2, weights[1]), 0.0])
        slope[4] = weights[0].sum() - share * self._cells
        if self._truncated:
            seen = share * zero1 + (1 - share) * zero2
            both -= np.log(seen)
            per_seen = self._w / seen
            slope[:2] -= share * _sums(zero_slopes1, per_seen)
            slope[2:4] -= (1 - share) * _sums(zero_slopes2, per_seen)
            slope[4] -= share * (1 - share) * _sum(per_seen, zero1 - zero2)
        return _sum(self._w, both), slope

    def _component(self, alpha: float, beta: float) -> tuple[Floats, Floats, Floats, Floats]:
        """Give the log-chance of each cell under one component, and the chance of no 0.

        Each is followed by its slopes by log alpha and log beta, 2 x cells.
        """
        log_none = np.log1p(self._e / beta)
        pull = self._e / (beta + self._e)
        by_count = gammaln(alpha + self._distinct) - gammaln(alpha)
        slope_by_count = digamma(alpha + self._distinct) - digamma(alpha)
        chance = by_count[self._number] - alpha * log_none - self._n * np.log(beta + self._e)
        slopes = np.stack(
            [
                alpha * (slope_by_count[self._number] - log_none),
                alpha * pull - self._n * (1 - pull),
            ]
        )
        seen = -np.expm1(-alpha * log_none)
        return chance, slopes, seen, (1 - seen) * alpha * np.stack([log_none, -pull])


def _sum(left: Floats, right: Floats) -> float:
    """Sum products in one thread: the same to the last bit on any number of cores."""
    return float(np.einsum("i,i->", left, right))


def _sums(slopes: Floats, weight: Floats) -> Floats:
    return np.asarray(np.einsum("ij,j->i", slopes, weight))


def _place_of(prior: GammaMixture) -> Floats:
    shapes_and_rates = (prior.alpha1, prior.beta1, prior.alpha2, prior.beta2)
    return np.array([*np.log(shapes_and_rates), logit(prior.share)])


def _prior_at(place: Floats) -> GammaMixture:
    """Read a place as a prior, the component with the larger mean first."""
    alpha1, beta1, alpha2, beta2 = (float(value) for value in np.exp(place[:4]))
    share = float(expit(place[4]))
    if alpha1 / beta1 < alpha2 / beta2:
        alpha1, beta1, alpha2, beta2, share = alpha2, beta2, alpha1, beta1, 1 - share
    return GammaMixture(alpha1=alpha1, beta1=beta1, alpha2=alpha2, beta2=beta2, share=share)
