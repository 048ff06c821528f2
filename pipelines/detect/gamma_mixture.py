"""What to believe of a ratio of observed to expected, given how such ratios usually are.

In: counts with their expected counts, and a prior of their ratios: a mixture of two
Gammas. Out: the posterior of each ratio, with its geometric mean (EBGM), quantiles (EB05,
EB95) and the chance that it is at most so much. Out of scope: finding the prior
(`pipelines.detect.prior_fit`).

Source: DuMouchel 1999, "Bayesian data mining in large frequency tables"
(doi:10.1080/00031305.1999.10474456): count ~ Poisson(ratio x expected), so that a count
is marginally a mixture of two negative binomials, and the posterior is a mixture again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, expit, gammainc, gammaincinv, gammaln

from pipelines.detect.four_fold import CountError, Floats
from pipelines.errors import PipelineError

_LEAST = 1e-300
_STEPS_AT_MOST = 200


class PriorError(PipelineError):
    """A prior that is none, or counts from which none can be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GammaMixture:
    """A prior of ratios: with chance `share` Gamma(alpha1, beta1), else Gamma(alpha2, beta2).

    Shapes and rates are positive; the mean of a component is alpha / beta.

    >>> GammaMixture(alpha1=2, beta1=1, alpha2=3, beta2=3, share=0.25).mean
    1.25
    """

    alpha1: float
    beta1: float
    alpha2: float
    beta2: float
    share: float

    def __post_init__(self) -> None:
        """Refuse parameters that are no mixture of Gammas."""
        shapes_and_rates = (self.alpha1, self.beta1, self.alpha2, self.beta2)
        are_sound = all(np.isfinite(value) and value > 0 for value in shapes_and_rates)
        if not (are_sound and 0 <= self.share <= 1):
            raise PriorError(
                f"prior: expected positive shapes and rates and a share from 0 to 1; found {self}. "
                "Fit it with pipelines.detect.prior_fit.fit_prior."
            )

    @property
    def mean(self) -> float:
        """Give the mean of the ratios that this prior expects."""
        first, second = self.alpha1 / self.beta1, self.alpha2 / self.beta2
        return self.share * first + (1 - self.share) * second


DUMOUCHEL_START = GammaMixture(alpha1=0.2, beta1=0.1, alpha2=2.0, beta2=4.0, share=1 / 3)
"""The values from which DuMouchel (1999) begins to fit; no finding about any data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioBelief:
    """The posterior of ratios, one per cell: a mixture of two Gammas each.

    `share` is the chance of the first component, Gamma(shape1, rate1).
    """

    share: Floats
    shape1: Floats
    rate1: Floats
    shape2: Floats
    rate2: Floats

    @property
    def geometric_mean(self) -> Floats:
        """Give EBGM, the exponential of the expected logarithm of the ratio."""
        first = digamma(self.shape1) - np.log(self.rate1)
        second = digamma(self.shape2) - np.log(self.rate2)
        return np.asarray(np.exp(self.share * first + (1 - self.share) * second))

    def chance_at_most(self, ratio: npt.ArrayLike) -> Floats:
        """Give the chance that the true ratio is at most `ratio` (0 or more), 0 to 1."""
        bound = np.asarray(ratio, dtype=np.float64)
        first = gammainc(self.shape1, self.rate1 * bound)
        second = gammainc(self.shape2, self.rate2 * bound)
        return np.asarray(self.share * first + (1 - self.share) * second)

    def quantile(self, chance: float) -> Floats:
        """Give the ratios below which the true ones lie with this chance, between 0 and 1.

        EB05 and EB95 are those at .05 and .95. Exact to 9 digits; ratios below 1e-300 are
        given as that.

        Raises:
            ValueError: the chance is not between 0 and 1.
        """
        if not 0 < chance < 1:
            raise ValueError(f"expected a chance between 0 and 1; found {chance}")
        return _mixture_quantile(self, chance)


def update(prior: GammaMixture, count: npt.ArrayLike, expected: npt.ArrayLike) -> RatioBelief:
    """Say what to believe of each ratio after its count has come.

    `count` and `expected` (complaints) broadcast; counts are 0 or more, expected counts
    are 0 or more, and 0 says nothing: the belief stays the prior.

    Raises:
        CountError: a count or an expected count is negative or not finite, or complaints
            came where none could.

    >>> belief = update(DUMOUCHEL_START, [10, 1], [1.2, 0.001])
    >>> belief.geometric_mean.round(4).tolist(), belief.quantile(0.05).round(4).tolist()
    ([7.4593, 3.2381], [4.278, 0.3018])
    """
    n, e = np.broadcast_arrays(
        np.asarray(count, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    )
    check_counts(n, e)
    first = component_log_chance(prior.alpha1, prior.beta1, n, e)
    second = component_log_chance(prior.alpha2, prior.beta2, n, e)
    with np.errstate(divide="ignore"):
        log_odds = np.log(prior.share) - np.log1p(-prior.share) + (first - second)
    return RatioBelief(
        share=np.asarray(expit(log_odds)),
        shape1=prior.alpha1 + n,
        rate1=prior.beta1 + e,
        shape2=prior.alpha2 + n,
        rate2=prior.beta2 + e,
    )


def check_counts(count: Floats, expected: Floats) -> None:
    """Refuse counts and expected counts that cannot be.

    Raises:
        CountError: one is negative or not finite, or there is a count where 0 is expected.
    """
    for name, values in (("count", count), ("expected", expected)):
        is_sound = np.isfinite(values) & (values >= 0)
        if not is_sound.all():
            raise CountError(
                f"{name}: expected finite numbers from 0; found {values[~is_sound][:3].tolist()}. "
                "Correct them."
            )
    if ((count > 0) & (expected == 0)).any():
        raise CountError(
            "expected: expected more than 0 where complaints came; found 0. "
            "Take it from the same table as the counts."
        )


def component_log_chance(alpha: float, beta: float, count: Floats, expected: Floats) -> Floats:
    """Give the log-chance of counts under one component, less what both components share.

    That of a negative binomial with size alpha and probability beta / (beta + expected),
    without - log(count!) + count log(expected).
    """
    return np.asarray(
        gammaln(alpha + count)
        - gammaln(alpha)
        - alpha * np.log1p(expected / beta)
        - count * np.log(beta + expected)
    )


def _mixture_quantile(belief: RatioBelief, chance: float) -> Floats:
    """Solve for the quantile, by Newton's steps on a logarithmic scale inside a bracket.

    The quantile of a mixture lies between those of its components.
    """
    parts = (belief.share, belief.shape1, belief.rate1, belief.shape2, belief.rate2)
    cells = tuple(np.ravel(part) for part in parts)
    share, shape1, rate1, shape2, rate2 = cells
    first = np.log(np.maximum(gammaincinv(shape1, chance) / rate1, _LEAST))
    second = np.log(np.maximum(gammaincinv(shape2, chance) / rate2, _LEAST))
    low, high = np.minimum(first, second), np.maximum(first, second)
    place = np.clip(share * first + (1 - share) * second, low, high)
    left = np.flatnonzero(high - low > 1e-13)
    for _ in range(_STEPS_AT_MOST):
        if not len(left):
            break
        at = place[left]
        over, slope = _excess(tuple(part[left] for part in cells), at, chance)
        high[left] = np.where(over > 0, at, high[left])
        low[left] = np.where(over > 0, low[left], at)
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            step = at - over / slope
        is_inside = (step > low[left]) & (step < high[left])
        place[left] = np.where(is_inside, step, (low[left] + high[left]) / 2)
        left = left[np.abs(place[left] - at) > 1e-10]
    return np.exp(place).reshape(belief.share.shape)


def _excess(cells: tuple[Floats, ...], log_ratio: Floats, chance: float) -> tuple[Floats, Floats]:
    """Say by how much the chance of at most a ratio exceeds `chance`, and its slope."""
    share, shape1, rate1, shape2, rate2 = cells
    over, slope = np.full_like(share, -chance), np.zeros_like(share)
    for part, shape, rate in ((share, shape1, rate1), (1 - share, shape2, rate2)):
        scaled = rate * np.exp(log_ratio)
        over += part * gammainc(shape, scaled)
        log_density = shape * (np.log(rate) + log_ratio) - scaled - gammaln(shape)
        slope += part * np.exp(log_density)
    return over, slope
