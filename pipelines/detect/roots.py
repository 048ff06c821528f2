"""Where many falling functions cross zero.

In: functions of one number each, evaluated together. Out: their roots. Out of
scope: functions that do not fall.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pipelines.detect.weekly import Floats, Ints


def falling_roots(
    value_and_fall: Callable[[Ints, Floats], tuple[Floats, Floats]],
    start: Floats,
    low: float,
    high: float,
) -> Floats:
    """Find the root of each function between two bounds, or the bound nearest to it.

    `value_and_fall(rows, points)` gives the values of the functions `rows` at
    their points, and how fast they fall there (0 or more). `start` holds one
    point per function. Newton's method within a bracket; only what has not
    settled is evaluated again. With the slope of a log-likelihood this is
    Fisher's scoring, and what is left to gain in likelihood is below 1e-15.

    >>> squares = np.array([2.0, 9.0])
    >>> roots = falling_roots(lambda row, x: (squares[row] - x**2, 2 * x), np.ones(2), 0.0, 10.0)
    >>> roots.round(9).tolist()
    [1.414213562, 3.0]
    """
    point = start.copy()
    floor, ceiling = np.full(len(point), low), np.full(len(point), high)
    active = np.arange(len(point))
    for _ in range(100):
        here = point[active]
        value, fall = value_and_fall(active, here)
        floor[active] = np.where(value > 0, here, floor[active])
        ceiling[active] = np.where(value > 0, ceiling[active], here)
        step = value / np.maximum(fall, 1e-300)
        inside = (here + step >= floor[active]) & (here + step <= ceiling[active])
        point[active] = np.where(inside, here + step, (floor[active] + ceiling[active]) / 2)
        gained = np.where(inside, value * step, np.inf)
        active = active[(gained > 1e-15) & (ceiling[active] - floor[active] > 1e-12)]
        if not len(active):
            break
    return point
