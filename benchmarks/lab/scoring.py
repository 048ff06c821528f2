"""What alarms find, at the same rate of false ones.

In: scores, and where outbreaks lie. Out: the probability of detection (POD: the
share of outbreaks with any alarm between their first and last week) when the
threshold lets a given share of all quiet weeks through, with bootstrap
intervals. Out of scope: the methods (`contenders`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.detect.coverage import Flags
from pipelines.detect.weekly import Floats, Ints

RATES = (0.0055, 0.01)
RESAMPLES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbreaks:
    """Per series x tested week, whether it lies in the outbreak."""

    inside: Flags

    @property
    def series(self) -> int:
        """Count the series."""
        return len(self.inside)


def detection(score: Floats, outbreaks: Outbreaks, rate: float, rows: Ints | None = None) -> float:
    """Give the POD of series x week scores at a rate of false alarms, over some of the series.

    >>> inside = np.array([[True, False, False], [True, False, False]])
    >>> found = Outbreaks(inside=inside)
    >>> detection(np.array([[5.0, 1, 2], [0, 3, 1]]), found, 0.25)
    0.5
    """
    taken = slice(None) if rows is None else rows
    inside = outbreaks.inside[taken]
    known = np.where(np.isnan(score[taken]), -np.inf, score[taken])
    quiet = known[~inside]
    allowed = int(rate * len(quiet))
    threshold = np.partition(quiet, len(quiet) - 1 - allowed)[len(quiet) - 1 - allowed]
    return float(((known > threshold) & inside).any(axis=1).mean())


def resampled(score: Floats, outbreaks: Outbreaks, rate: float) -> Floats:
    """Give the POD over series drawn with replacement; the same draws for every method."""
    rng = np.random.default_rng(20130424)
    draws = rng.integers(0, outbreaks.series, (RESAMPLES, outbreaks.series))
    return np.array([detection(score, outbreaks, rate, rows) for rows in draws])


def interval(values: Floats) -> tuple[float, float]:
    """Give the middle 95 % of resampled values."""
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def false_alarms(score: Floats, outbreaks: Outbreaks, alpha: float) -> tuple[float, int, int]:
    """Give the share of quiet tested weeks with a p-value of alpha or less, alarms and weeks."""
    quiet = score[~outbreaks.inside & ~np.isnan(score)]
    alarms = int((quiet >= -np.log10(alpha) - 1e-12).sum())
    return alarms / max(len(quiet), 1), alarms, len(quiet)


def delay(score: Floats, outbreaks: Outbreaks, rate: float) -> float:
    """Give the mean weeks from an outbreak's first week to its first alarm, of those found."""
    known = np.where(np.isnan(score), -np.inf, score)
    quiet = known[~outbreaks.inside]
    allowed = int(rate * len(quiet))
    threshold = np.partition(quiet, len(quiet) - 1 - allowed)[len(quiet) - 1 - allowed]
    hit = (known > threshold) & outbreaks.inside
    found = hit.any(axis=1)
    weeks = hit.argmax(axis=1) - outbreaks.inside.argmax(axis=1)
    return float(weeks[found].mean()) if found.any() else float("nan")
