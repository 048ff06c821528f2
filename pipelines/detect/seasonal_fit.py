"""Quasi-Poisson regression of many weekly series at once, on seasons and a trend.

In: counts and weights, series x weeks, and one design for all of them. Out:
means, slope, dispersion, leverages and the precision of predictions. Out of
scope: which weeks are taken and what the fit is used for (`farrington`).

log mean = level of the week's season + slope * time. Given the slope, the level
of a season that fits best is known in closed form: the seasons' observed sums
are met exactly. What is left is one equation in the slope, whose derivative has
one sign, so that Newton's method within a bracket finds the maximum likelihood
of thousands of series in a few passes, where the usual reweighted least squares
solve 11 x 11 systems for each. A season without complaints has mean 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.detect.coverage import Flags
from pipelines.detect.roots import falling_roots
from pipelines.detect.weekly import Floats, Ints

_STEEPEST = 300.0
"""Bound of the slope, in logs per half of the time; who reaches it has no finite best slope."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """The weeks of a baseline: `time` (any unit), and `season`, numbered from 0, per week."""

    time: Floats
    season: Ints
    seasons: int

    def __post_init__(self) -> None:
        if self.time.shape != self.season.shape:
            raise ValueError(
                f"design: expected a season per week; found {self.season.shape} seasons"
                f" for {self.time.shape} weeks"
            )

    @property
    def middle(self) -> float:
        """Give the time that the fit takes as 0."""
        return float(self.time.min() + self.time.max()) / 2

    @property
    def half(self) -> float:
        """Give half the time from the first week to the last, at least a little."""
        return max(float(self.time.max() - self.time.min()) / 2, 1e-9)

    def scaled_time(self) -> Floats:
        """Give the time on a scale from -1 to 1."""
        return np.asarray((self.time - self.middle) / self.half)

    def powers(self) -> Floats:
        """Give 1, time and time squared in the columns of each week's season, weeks x 3 seasons."""
        marks = np.asarray(self.season[:, None] == np.arange(self.seasons), dtype=np.float64)
        time = self.scaled_time()[:, None]
        return np.hstack([marks, time * marks, time**2 * marks])


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonalFit:
    """Fitted series. Arrays are series x weeks, series x seasons, or per series.

    `mean` is 0 where the weight is. `slope` is per unit of scaled time, 0 where
    there is no trend. `mass` sums weight * count (and weight * mean) per season;
    over `exposure` it is the mean at the middle of the time. `centre` is the
    time's mean under weight * mean and `information` the sum of squares about
    the centres. `free` counts weeks less parameters.
    """

    design: Design
    mean: Floats
    slope: Floats
    has_slope: Flags
    mass: Floats
    exposure: Floats
    centre: Floats
    information: Floats
    free: Floats

    def slope_per_time(self) -> Floats:
        """Give the slope in logs per unit of the design's time, NaN where there is no trend."""
        return np.where(self.has_slope, self.slope / self.design.half, np.nan)

    def predict(self, time: float, season: int) -> Floats:
        """Give the mean at a time of a season; NaN where no week of the season is known."""
        return self._carry(self.mass[:, season], time, season)

    def reach(self, time: float, season: int) -> Floats:
        """Give `predict`, taking a season without complaints as one with half of one."""
        mass = self.mass[:, season]
        return self._carry(np.where(mass > 0, mass, 0.5), time, season)

    def log_variance(self, time: float, season: int) -> Floats:
        """Give the variance of log `predict` for a dispersion of 1; infinite at mean 0."""
        scaled = (time - self.design.middle) / self.design.half
        return self._level_variance(season) + _ratio(
            (scaled - self.centre[:, season]) ** 2, self.information, self.has_slope
        )

    def slope_variance(self) -> Floats:
        """Give the variance of the scaled slope for a dispersion of 1; NaN without a trend."""
        return np.where(self.has_slope, 1 / np.where(self.has_slope, self.information, 1), np.nan)

    def leverage(self, weight: Floats) -> Floats:
        """Give the hat values, series x weeks; 0 where the mean is."""
        season, time = self.design.season, self.design.scaled_time()
        away = (time - self.centre[:, season]) ** 2
        by_season = _ratio(np.ones_like(self.mass), self.mass, self.mass > 0)[:, season]
        by_slope = _ratio(away, self.information[:, None], self.has_slope[:, None])
        return np.asarray(weight * self.mean * (by_season + by_slope))

    def _carry(self, mass: Floats, time: float, season: int) -> Floats:
        """Carry a season's sum along the trend; infinite where the trend runs away."""
        scaled = (time - self.design.middle) / self.design.half
        exposure = self.exposure[:, season]
        level = np.where(exposure > 0, mass / np.where(exposure > 0, exposure, 1), np.nan)
        with np.errstate(over="ignore"):
            return np.asarray(level * np.exp(np.minimum(self.slope * scaled, 700.0)))

    def _level_variance(self, season: int) -> Floats:
        mass = self.mass[:, season]
        return np.where(mass > 0, 1 / np.where(mass > 0, mass, 1), np.inf)


def fit_seasons(
    count: Floats, weight: Floats, design: Design, with_slope: Flags, start: Floats | None = None
) -> SeasonalFit:
    """Fit every series by maximum quasi-likelihood.

    `count` and `weight` are series x weeks; a week of weight 0 takes no part
    (its count may be anything finite). `with_slope` says per series whether a
    trend is wanted; it is left out where the data cannot tell one. `start` may
    give slopes to begin from. Agrees with R's `glm(family = quasipoisson)`.

    >>> design = Design(time=np.arange(4.0), season=np.zeros(4, dtype=np.int64), seasons=1)
    >>> count = np.array([[1.0, 2, 4, 8]])
    >>> fit = fit_seasons(count, np.ones((1, 4)), design, np.array([True]))
    >>> fit.predict(4.0, 0).round(6).tolist(), np.exp(fit.slope_per_time()).round(6).tolist()
    ([16.0], [2.0])
    """
    time, powers = design.scaled_time(), design.powers()
    sums = (weight * count) @ powers[:, : design.seasons]
    has_slope = with_slope & _tells_a_slope(_moments(weight, powers)[2], sums)
    slope = np.zeros(len(count))
    rows = np.flatnonzero(has_slope)
    if len(rows):
        first = np.zeros(len(rows)) if start is None else start[rows]
        weighed = weight[rows]
        target = (weighed * count[rows]) @ time
        slope[rows], has_slope[rows] = _solve(weighed, sums[rows], target, design, first)
    growth = np.exp(slope[:, None] * time)
    part = weight * growth
    exposure, centre, spread = _moments(part, powers)
    level = sums / np.where(exposure > 0, exposure, 1)
    return SeasonalFit(
        design=design,
        mean=np.where(weight > 0, level[:, design.season] * growth, 0.0),
        slope=slope,
        has_slope=has_slope,
        mass=sums,
        exposure=exposure,
        centre=centre,
        information=(sums * spread).sum(axis=1),
        free=(weight > 0).sum(axis=1) - (exposure > 0).sum(axis=1) - has_slope,
    )


def dispersion(count: Floats, weight: Floats, fit: SeasonalFit) -> Floats:
    """Estimate variance over mean by Pearson's chi-squared; NaN without degrees of freedom."""
    positive = fit.mean > 0
    mean = np.where(positive, fit.mean, 1.0)
    chi_squared = np.where(positive, weight * (count - mean) ** 2 / mean, 0.0).sum(axis=1)
    return _per_degree(chi_squared, fit.free)


def relative_dispersion(count: Floats, weight: Floats, fit: SeasonalFit) -> Floats:
    """Sum weight * ((y - mu) / mu)**2 per degree of freedom, as R does after reweighting.

    It lacks a factor mu and is no dispersion; it is here because R's `summary`
    and `predict` use it after `surveillance` replaced a model's weights.
    """
    positive = fit.mean > 0
    mean = np.where(positive, fit.mean, 1.0)
    ratio = np.where(positive, (count - mean) / mean, 1.0)
    return _per_degree((weight * ratio**2).sum(axis=1), fit.free)


def _per_degree(total: Floats, free: Floats) -> Floats:
    return np.where(free > 0, total / np.where(free > 0, free, 1), np.nan)


def _ratio(top: Floats, bottom: Floats, valid: Flags) -> Floats:
    return np.where(valid, top / np.where(valid, bottom, 1.0), 0.0)


def _moments(part: Floats, powers: Floats) -> tuple[Floats, Floats, Floats]:
    """Give per season the sum of `part`, the time's mean under it, and its variance."""
    whole, first, second = np.split(part @ powers, 3, axis=1)
    safe = np.where(whole > 0, whole, 1.0)
    centre = first / safe
    return whole, centre, np.maximum(second / safe - centre**2, 0.0)


def _tells_a_slope(spread: Floats, sums: Floats) -> Flags:
    """Tell whether any season with complaints has known weeks at two times."""
    return np.asarray((sums * spread).sum(axis=1) > 1e-9 * np.maximum(sums.sum(axis=1), 1e-300))


def _solve(
    weight: Floats, sums: Floats, target: Floats, design: Design, start: Floats
) -> tuple[Floats, Flags]:
    """Find the slopes at which the expected sum of times is the observed one.

    Where the likelihood rises for ever (say, all complaints in the last week of
    their season) there is no such slope: 0 and False.
    """
    time, powers, total = design.scaled_time(), design.powers(), sums.sum(axis=1)

    def score(rows: Ints, slope: Floats) -> tuple[Floats, Floats]:
        part = weight[rows] * np.exp(slope[:, None] * time)
        _, centre, spread = _moments(part, powers)
        return target[rows] - (sums[rows] * centre).sum(axis=1), (sums[rows] * spread).sum(axis=1)

    slope = falling_roots(score, start, -_STEEPEST, _STEEPEST)
    _, information = score(np.arange(len(slope)), slope)
    finite = (np.abs(slope) < 0.999 * _STEEPEST) & (information > 1e-8 * total)
    return np.where(finite, slope, 0.0), finite
