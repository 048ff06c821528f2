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
_WIDTHS = np.array(WINDOW_DAYS)


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
        burst = _best(left, cumulative, first_day, len(days), found)
        if burst is None or burst.gain < gain_at_least:
            break
        found.append(burst)
        left = left[(left < burst.first_day) | (left > burst.last_day)]
    return found


def _best(
    days: npt.NDArray[np.int64],
    cumulative: Floats,
    first_day: int,
    total: int,
    found: list[Burst],
) -> Burst | None:
    """Choose among the windows that start at one of the sorted days and hold no found one.

    In a tie the shortest comes first.
    """
    is_first = np.ones(len(days), dtype=np.bool_)
    np.greater(days[1:], days[:-1], out=is_first[1:])
    low = is_first.nonzero()[0]
    starts = days[low]
    high = days.searchsorted(starts + _WIDTHS[:, None])
    ends = days[high - 1]
    observed = high - low
    mass = cumulative[ends - first_day + 1] - cumulative[starts - first_day]
    expected = np.maximum(total * mass, 1e-3)
    gain = observed * np.log(observed / expected) - (observed - expected)
    gain[(observed <= expected) | (observed < 2)] = 0.0
    for burst in found:
        gain[(starts < burst.first_day) & (ends > burst.last_day)] = 0.0
    width, start = np.unravel_index(int(gain.argmax()), gain.shape)
    if gain[width, start] <= 0:
        return None
    return Burst(
        first_day=int(starts[start]),
        last_day=int(ends[width, start]),
        observed=int(observed[width, start]),
        expected=float(expected[width, start]),
        gain=float(gain[width, start]),
    )
