"""The ordinary complaints: how many each merchant gets, when, and under which code.

In: merchants and parameters. Out: arrays, one entry per background post. Out of scope:
planted events, and what the posts say.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.simulate.merchants import Merchant
from flows.simulate.parameters import SimulationParams

WEEKDAYS = (1.15, 1.1, 1.05, 1.0, 0.95, 0.9, 0.85)
"""How busy each day is, Monday first, relative to the mean day."""

HOURS = (2, 1, 1, 1, 1, 1, 2, 3, 5, 8, 9, 8, 7, 7, 8, 8, 8, 7, 7, 8, 9, 10, 8, 5)
"""How busy each hour is, midnight first, in parts of the day's whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """Background posts in order of merchant and week.

    `merchant` is the merchant's number, `code` an index into the merchant's codes and
    `minute` counts from the start of the simulation.
    """

    merchant: NDArray[np.int32]
    code: NDArray[np.int8]
    minute: NDArray[np.int64]


def draw_background(
    params: SimulationParams, merchants: tuple[Merchant, ...], generator: np.random.Generator
) -> Background:
    """Draw negative-binomial weekly counts about each merchant's season and trend."""
    counts = _weekly_counts(weekly_means(params, merchants), merchants, generator)
    total = int(counts.sum())
    number = np.repeat(np.arange(len(merchants), dtype=np.int32), counts.sum(axis=1))
    week = np.repeat(np.tile(np.arange(params.weeks), len(merchants)), counts.ravel())
    day = _draw_index(np.array(WEEKDAYS), total, generator)
    hour = _draw_index(np.array(HOURS), total, generator)
    minute = ((week * 7 + day) * 24 + hour) * 60 + generator.integers(0, 60, total)
    widest = max(len(merchant.codes) for merchant in merchants)
    limits = np.ones((len(merchants), widest))
    for merchant in merchants:
        limits[merchant.number, : len(merchant.codes) - 1] = merchant.code_limits[:-1]
    draws = generator.random(total)
    code = np.zeros(total, dtype=np.int8)
    for column in range(widest - 1):
        code += draws >= limits[number, column]
    return Background(merchant=number, code=code, minute=minute)


def weekly_means(params: SimulationParams, merchants: tuple[Merchant, ...]) -> NDArray[np.float64]:
    """Return merchants x weeks expected counts; every merchant's mean is its weekly rate."""
    weeks = np.arange(params.weeks)
    growth = np.array([merchant.growth for merchant in merchants])[:, None]
    season = np.array([merchant.season for merchant in merchants])[:, None]
    peak = np.array([merchant.season_week for merchant in merchants])[:, None]
    rate = np.array([merchant.weekly_rate for merchant in merchants])[:, None]
    shape = growth ** (weeks / 52) * (1 + season * np.cos(2 * np.pi * (weeks - peak) / 52))
    means: NDArray[np.float64] = rate * shape / shape.mean(axis=1, keepdims=True)
    return means


def _weekly_counts(
    means: NDArray[np.float64], merchants: tuple[Merchant, ...], generator: np.random.Generator
) -> NDArray[np.int64]:
    """Draw counts with variance = dispersion x mean; a dispersion near 1 is Poisson."""
    dispersion = np.maximum([merchant.dispersion for merchant in merchants], 1.001)[:, None]
    return generator.negative_binomial(means / (dispersion - 1), 1 / dispersion)


def _draw_index(
    weights: NDArray[np.float64], size: int, generator: np.random.Generator
) -> NDArray[np.int64]:
    limits = np.cumsum(weights) / weights.sum()
    return np.searchsorted(limits, generator.random(size), side="right")
