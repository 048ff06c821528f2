"""How much the date of a complaint speaks for a theme.

In: a block, and how many complaints each source holds per day. Out: a window
per theme, and for every complaint a log-likelihood ratio in nats. Out of scope:
expected counts and tests (`pipelines.detect`): where coverage is partial, many
complaints in one week may only mean that this week was collected, so that a
burst is measured against the sources' own volume.
"""

from __future__ import annotations

import numpy as np

from pipelines.grouping.arrays import Floats, Ints
from pipelines.grouping.blocks import Block
from pipelines.grouping.corpus import Calendar

INSIDE_SHARE = 0.9
"""Share of a theme's complaints that its window holds; the rest are stragglers."""

LEAST_SHARE = 0.7
"""Share of a theme's dates that its window must hold."""

END_POINTS = 60
"""Days tried as the first or last of a window: all of a small theme's, some of a large one's."""

SLACK_SHARE = 0.1
"""A complaint may come this share of a window, and one day, before or after it."""

LEAST_MASS = 1e-6
"""Share of the background that a window holds at least: a logarithm is taken of it."""

OWN_PART, SOURCES_PART, EVEN_PART = 0.2, 0.5, 0.3
"""Parts of the background: a burst is to stand out against what the sources held then; the
block's own level follows slow growth, and evenness keeps days without complaints possible."""

OWN_DAYS, SOURCES_DAYS = 181, 7
"""Days over which these are averaged: half a year, longer than a burst, and one week."""


class TimeModel:
    """The dates of one block against the background of the block and its sources."""

    def __init__(self, block: Block, calendar: Calendar) -> None:
        self._day = block.day
        self._calendar = calendar
        self._of_source = np.bincount(block.source, minlength=len(calendar.volume))
        self._known: dict[bytes, tuple[int, int] | None] = {}
        self.is_dated = ~np.isnan(block.day)
        self.first_day, self.cumulative = _cumulative(block, calendar)

    def position(self, day: Floats) -> Floats:
        """Give the background's cumulative share up to the end of each day."""
        return self.cumulative[(day - self.first_day + 1).astype(np.int64)]

    def usual_share(self, window: tuple[int, int]) -> float:
        """Give the share of all that the block's sources hold, of whomever, in these days."""
        volume = self._calendar.volume
        low, high = (day - self._calendar.first_day for day in window)
        inside = volume[:, low : high + 1].sum(axis=1)
        share = inside / np.maximum(volume.sum(axis=1), 1.0)
        return float(share @ self._of_source / self._of_source.sum())

    def window(self, members: Ints) -> tuple[int, int] | None:
        """Choose the days that the members' dates show best; None with fewer than two dates."""
        key = members.tobytes()
        if key not in self._known:
            self._known[key] = self._best_window(members)
        return self._known[key]

    def _best_window(self, members: Ints) -> tuple[int, int] | None:
        days = np.sort(self._day[members][self.is_dated[members]])
        if len(days) < 2:
            return None
        ends = days
        if len(days) > END_POINTS:
            ends = days[np.linspace(0, len(days) - 1, END_POINTS).astype(np.int64)]
        held = days.searchsorted(ends, "right") - days.searchsorted(ends, "left")[:, None]
        mass = self.position(ends) - self.position(ends - 1)[:, None]
        mass = np.maximum(mass, LEAST_MASS)
        gain = held * np.log(INSIDE_SHARE / mass + 1 - INSIDE_SHARE)
        gain = gain + (len(days) - held) * np.log(1 - INSIDE_SHARE)
        gain[(ends < ends[:, None]) | (held < LEAST_SHARE * len(days))] = -np.inf
        low, high = divmod(int(gain.argmax()), len(ends))
        return int(ends[low]), int(ends[high])

    def dominance(self, members: Ints, window: tuple[int, int] | None) -> float:
        """Say how many times more numerous the members are than all else in their window.

        All else is what the block's other complaints, spread as the background is,
        would bring in as many days. 0 without a window.
        """
        if window is None:
            return 0.0
        inside = (self._day >= window[0]) & (self._day <= window[1])
        held = np.count_nonzero(inside[members])
        others = np.count_nonzero(self.is_dated) - np.count_nonzero(self.is_dated[members])
        days = (window[1] - window[0] + 1) / (len(self.cumulative) - 1)
        ends = self.position(np.array([window[0] - 1.0, window[1]]))
        usual = others * min(days, float(ends[1] - ends[0]))
        return (held + 0.5) / (usual + 1.0)

    def evidence(self, windows: list[tuple[int, int] | None]) -> Floats:
        """Judge every complaint against every window (nats); 0 where either has no date."""
        gain = np.zeros((len(self._day), len(windows)))
        last_day = self.first_day + len(self.cumulative) - 2
        for number, window in enumerate(windows):
            if window is None:
                continue
            slack = 1 + round(SLACK_SHARE * (window[1] - window[0]))
            low = max(window[0] - slack, self.first_day)
            high = min(window[1] + slack, last_day)
            ends = self.position(np.array([low - 1.0, high]))
            mass = max(float(ends[1] - ends[0]), LEAST_MASS)
            inside = (self._day >= low) & (self._day <= high)
            gain[:, number] = np.where(
                inside, np.log(INSIDE_SHARE / mass + 1 - INSIDE_SHARE), np.log(1 - INSIDE_SHARE)
            )
        gain[~self.is_dated] = 0.0
        return gain


def _cumulative(block: Block, calendar: Calendar) -> tuple[int, Floats]:
    """Blend the block's own level, its sources' volume elsewhere, and evenness.

    Gives the first day, and the background's cumulative share from 0 on.
    """
    dated = ~np.isnan(block.day)
    if not dated.any():
        return 0, np.array([0.0, 1.0])
    first, last = int(block.day[dated].min()), int(block.day[dated].max())
    length = last - first + 1
    own = np.zeros(length)
    elsewhere = np.zeros(length)
    for source in np.unique(block.source[dated]):
        days = block.day[dated & (block.source == source)] - first
        count = np.bincount(days.astype(np.int64), minlength=length)
        volume = calendar.volume[source, first - calendar.first_day :][:length]
        own += count
        elsewhere += len(days) * _share(np.maximum(volume - count, 0.0))
    parts = (
        OWN_PART * _share(_smoothed(own, OWN_DAYS)),
        SOURCES_PART * _share(_smoothed(elsewhere, SOURCES_DAYS)),
        EVEN_PART * np.full(length, 1 / length),
    )
    density = np.sum(parts, axis=0)
    return first, np.r_[0.0, np.cumsum(density)]


def _smoothed(series: Floats, days: int) -> Floats:
    sums = np.r_[0.0, np.cumsum(series)]
    low = np.maximum(np.arange(len(series)) - days // 2, 0)
    high = np.minimum(np.arange(len(series)) + days // 2 + 1, len(series))
    return np.asarray((sums[high] - sums[low]) / (high - low))


def _share(series: Floats) -> Floats:
    total = series.sum()
    return series / total if total > 0 else np.full(len(series), 1 / len(series))
