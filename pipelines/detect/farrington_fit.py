"""What the past years let expect of one week, for many series.

In: counts of the baseline's weeks and the settings. Out: predicted mean,
dispersion and trend per series. Out of scope: bounds and alarms
(`farrington_bounds`).

Fit, weigh down what lay high above the fit, fit again; then keep the trend, or
do all of it again without one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from scipy.special import stdtr

from pipelines.detect.coverage import Flags
from pipelines.detect.farrington_weeks import Baseline, FarringtonSettings
from pipelines.detect.seasonal_fit import (
    Design,
    SeasonalFit,
    dispersion,
    fit_seasons,
    relative_dispersion,
)
from pipelines.detect.weekly import Floats

_AT_ONCE = 30_000
"""Counts fitted at once: few enough to stay in a core's cache with what is made of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What is expected of a week, per series; NaN where too little is known of the past.

    `mean` is in complaints, `dispersion` is variance over mean (at least 1),
    `log_variance` the variance of log mean as estimated, infinite at mean 0.
    `slope` is in logs per week, NaN where no trend was kept; `slope_p` the
    p-value of the trend that was tried, and `reach` the mean with it, taking a
    season without complaints as one with half of one.
    """

    mean: Floats
    dispersion: Floats
    log_variance: Floats
    slope: Floats
    slope_p: Floats
    reach: Floats


def predict_week(
    count: Floats, week: int, base: Baseline, settings: FarringtonSettings
) -> Prediction:
    """Predict a column of `count` (series x weeks, NaN where missing) from its baseline."""
    time = base.columns.astype(np.float64)
    design = Design(time=time, season=base.season, seasons=settings.seasons)
    rows = max(_AT_ONCE // len(time), 1)
    parts = [
        _predict(count[start : start + rows, base.columns], week, design, settings)
        for start in range(0, max(len(count), 1), rows)
    ]
    return Prediction(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Prediction)
        }
    )


def outlier_weights(
    count: Floats, known: Floats, fit: SeasonalFit, spread: Floats, beyond: float
) -> Floats:
    """Weigh weeks by their Anscombe residual s: s**-2 beyond the limit, else alike.

    `known` is 1 or 0 per week; `spread` the dispersion per series. The weights
    of a series sum to its known weeks. Only high weeks count for less.
    """
    positive = fit.mean > 0
    mean = np.where(positive, fit.mean, 1.0)
    raw = 1.5 * (np.cbrt(count) ** 2 * mean ** (-1 / 6) - np.sqrt(mean))
    left = np.maximum(1 - fit.leverage(known), 1e-10)
    residual = np.where(positive, raw / np.sqrt(spread[:, None] * left), 0.0)
    high = residual > beyond
    weight = known * np.where(high, residual, 1.0) ** -2.0
    total = weight.sum(axis=1, keepdims=True)
    return np.asarray(weight * known.sum(axis=1, keepdims=True) / np.where(total > 0, total, 1.0))


def _predict(count: Floats, week: int, design: Design, settings: FarringtonSettings) -> Prediction:
    """Predict with a trend, and again without for the series that do not keep it."""
    known = (~np.isnan(count)).astype(np.float64)
    count = np.nan_to_num(count)
    tried = np.full(len(count), settings.trend and settings.years >= 3)
    found = _try(count, known, design, tried, week, settings)
    with np.errstate(invalid="ignore"):
        kept = (found.slope_p < settings.trend_below) & (found.reach <= count.max(axis=1))
    again = np.flatnonzero(~np.isnan(found.slope) & ~kept)
    if len(again):
        without = np.zeros(len(again), dtype=np.bool_)
        plain = _try(count[again], known[again], design, without, week, settings)
        for field in fields(Prediction):
            if field.name not in ("slope_p", "reach"):
                getattr(found, field.name)[again] = getattr(plain, field.name)
    own = design.season == design.seasons - 1
    usable = (known.mean(axis=1) >= settings.known_share) & known[:, own].any(axis=1)
    usable &= ~np.isnan(found.dispersion)
    return Prediction(
        **{
            field.name: np.where(usable, getattr(found, field.name), np.nan)
            for field in fields(Prediction)
        }
    )


def _try(
    count: Floats,
    known: Floats,
    design: Design,
    with_slope: Flags,
    week: int,
    settings: FarringtonSettings,
) -> Prediction:
    """Fit, reweight and fit again, and read off what is expected of the week."""
    weight = known
    fit = fit_seasons(count, weight, design, with_slope)
    if settings.reweight:
        spread = np.fmax(dispersion(count, weight, fit), 1.0)
        weight = outlier_weights(count, known, fit, spread, settings.outlier_beyond)
        fit = fit_seasons(count, weight, design, with_slope, start=fit.slope)
    spread = dispersion(count, weight, fit)
    by_oversight = settings.reweight and settings.errors == "surveillance"
    error_spread = relative_dispersion(count, weight, fit) if by_oversight else spread
    own, time = design.seasons - 1, float(week)
    with np.errstate(invalid="ignore", divide="ignore"):
        tilt = fit.slope / np.sqrt(error_spread * fit.slope_variance())
        return Prediction(
            mean=fit.predict(time, own),
            dispersion=np.maximum(spread, 1.0),
            log_variance=error_spread * fit.log_variance(time, own),
            slope=fit.slope_per_time(),
            slope_p=2 * stdtr(fit.free, -np.abs(tilt)),
            reach=fit.reach(time, own),
        )
