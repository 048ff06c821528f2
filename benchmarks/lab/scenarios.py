"""The 42 scenarios of Noufaily et al. 2013, with planted outbreaks.

In: seeds. Out: weekly counts, and where the outbreaks lie. Out of scope: who looks for them.

Statistics in Medicine 32:1206. Seven kinds of series, with or without trend, with 0, 1 or 2
waves of season a year; 624 weeks. Four outbreaks lie in the weeks 313-575, one in the 49
weeks from 576 on that are tested. An outbreak of size k brings a Poisson number of complaints
with mean k standard deviations (drawn again until 2 or more), spread over its weeks by a
log-normal with shape 1/2.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from pipelines.detect.coverage import Flags
from pipelines.detect.weekly import Floats, Ints

WEEKS = 624
FIRST_TESTED = 575
"""Column of week 576."""

_FIRST_PLANTED = 312
_PAST_SIZES = (2, 3, 5, 10)

_LEVEL = (0.1, -2.0, 1.5, 0.5, 2.5, 3.75, 5.0)
_SLOPE = (0.0025, 0.005, 0.003, 0.002, 0.001, 0.001, 0.0001)
_COSINE = (0.6, 0.1, 0.2, 0.5, 1.0, 0.1, 0.05)
_SINE = (0.6, 0.3, -0.4, 0.5, 0.1, -0.1, 0.01)
_DISPERSION = (1.5, 2.0, 1.0, 5.0, 3.0, 1.1, 1.2)

KINDS = tuple(product(range(7), (0, 1), (0, 1, 2)))
"""Per scenario: which parameters (from 0), whether there is a trend, and how many waves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replicate:
    """One drawing of all 42 scenarios; arrays are scenarios x weeks, or per scenario.

    `count` holds the outbreaks, `planted` what they brought. `size` is the k of
    the tested outbreak. `mean` and `dispersion` (variance over mean) are the truth.
    """

    seed: int
    count: Floats
    planted: Floats
    mean: Floats
    dispersion: Floats
    size: Ints

    def is_outbreak(self) -> Flags:
        """Mark, scenarios x tested weeks, the weeks from the outbreak's first to its last."""
        here = self.planted[:, FIRST_TESTED:] > 0
        begun = np.maximum.accumulate(here, axis=1)
        unended = np.maximum.accumulate(here[:, ::-1], axis=1)[:, ::-1]
        return np.asarray(begun & unended)


def true_means() -> tuple[Floats, Floats]:
    """Give the mean of every week, scenarios x weeks, and the dispersion per scenario."""
    week = np.arange(1, WEEKS + 1)
    means, spreads = [], []
    for kind, trend, waves in KINDS:
        log_mean = _LEVEL[kind] + _SLOPE[kind] * trend * week
        for wave in range(1, waves + 1):
            angle = 2 * np.pi * wave * week / 52
            log_mean = log_mean + _COSINE[kind] * np.cos(angle) + _SINE[kind] * np.sin(angle)
        means.append(np.exp(log_mean))
        spreads.append(_DISPERSION[kind])
    return np.array(means), np.array(spreads)


def draw(seed: int) -> Replicate:
    """Draw all scenarios once; the same seed gives the same counts.

    >>> replicate = draw(1)
    >>> replicate.count.shape, bool((replicate.is_outbreak().sum(axis=1) >= 1).all())
    ((42, 624), True)
    """
    rng = np.random.default_rng([20130424, seed])
    mean, spread = true_means()
    count = _negative_binomial(rng, mean, spread[:, None])
    planted = np.zeros(mean.shape)
    deviation = np.sqrt(mean * spread[:, None])
    size = rng.integers(1, 11, len(mean))
    for row in range(len(mean)):
        starts = np.sort(rng.choice(np.arange(_FIRST_PLANTED, FIRST_TESTED), 4, replace=False))
        for start, past in zip(starts, rng.permutation(_PAST_SIZES), strict=True):
            _plant(rng, planted[row, :FIRST_TESTED], start, past * deviation[row, start])
        start = int(rng.integers(FIRST_TESTED, WEEKS))
        _plant(rng, planted[row], start, size[row] * deviation[row, start])
    return Replicate(
        seed=seed,
        count=count + planted,
        planted=planted,
        mean=mean,
        dispersion=spread,
        size=size,
    )


def _negative_binomial(rng: np.random.Generator, mean: Floats, spread: Floats) -> Floats:
    """Draw counts with variance spread * mean; spread 1 is Poisson."""
    shape = mean / np.maximum(spread - 1, 1e-9)
    rate = np.where(spread > 1, rng.gamma(shape) * np.maximum(spread - 1, 1e-9), mean)
    return rng.poisson(rate).astype(np.float64)


def _plant(rng: np.random.Generator, weeks: Floats, start: int, expected: float) -> None:
    """Add an outbreak; what falls behind the last week falls into it.

    A first week that gets nothing by chance would make the outbreak start later.
    """
    total = 0
    while total < 2:
        total = int(rng.poisson(expected))
    later = np.floor(rng.lognormal(0.0, 0.5, total)).astype(np.int64)
    np.add.at(weeks, np.minimum(start + later, len(weeks) - 1), 1.0)
