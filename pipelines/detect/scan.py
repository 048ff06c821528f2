"""Windows in which complaints come thicker than their background.

In: the days of some complaints and where each day lies in the background's
cumulative share. Out: the windows with the highest log-likelihood ratio, best
first, apart from each other. Out of scope: what the background is, and whether
a window may be tested at all (`pipelines.detect.expected`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

WINDOW_DAYS = (3, 7, 14, 30, 60, 90, 120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """A window of days, both ends included, with its evidence in nats."""

    first_day: int
    last_day: int
    observed: int
    expected: float
    gain: float


def find_bursts(
    days: Floats, cumulative: Floats, first_day: int, gain_at_least: float
) -> list[Burst]:
    """List up to five windows in which `days` are denser than the background.

    `cumulative[d]` is the background's share up to the end of day
    `first_day + d - 1` (so it starts with 0 and ends with 1). The gain is the
    Poisson log-likelihood ratio n log(n / e) - (n - e), 0 where n <= e.

    >>> even = np.linspace(0, 1, 366)
    >>> burst, = find_bursts(np.array([10., 90, 200, 201, 202, 203, 330]), even, 0, 5.0)
    >>> burst.first_day, burst.last_day, burst.observed
    (200, 203, 4)
    """
    left = np.sort(days.astype(np.int64))
    found: list[Burst] = []
    while len(left) >= 2 and len(found) < 5:
        burst = _best(left, cumulative, first_day, len(days))
        if burst is None or burst.gain < gain_at_least:
            break
        found.append(burst)
        left = left[(left < burst.first_day) | (left > burst.last_day)]
    return found


def _best(
    days: npt.NDArray[np.int64], cumulative: Floats, first_day: int, total: int
) -> Burst | None:
    starts = np.unique(days)
    best: Burst | None = None
    for width in WINDOW_DAYS:
        low = np.searchsorted(days, starts)
        high = np.searchsorted(days, starts + width)
        ends = days[high - 1]
        observed = high - low
        mass = cumulative[ends - first_day + 1] - cumulative[starts - first_day]
        expected = np.maximum(total * mass, 1e-3)
        gain = np.where(
            observed > expected,
            observed * np.log(observed / expected) - (observed - expected),
            0.0,
        )
        top = int(gain.argmax())
        if observed[top] >= 2 and (best is None or gain[top] > best.gain):
            best = Burst(
                first_day=int(starts[top]),
                last_day=int(ends[top]),
                observed=int(observed[top]),
                expected=float(expected[top]),
                gain=float(gain[top]),
            )
    return best
