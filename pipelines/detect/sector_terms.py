"""What moves a series: level, trend, a recent shift, the year's waves, days of the week.

In: columns and their cadence. Out: the terms of a regression of log means, and
how far each term usually goes before anything is known. Out of scope: counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.detect.cadence import Cadence
from pipelines.detect.weekly import Floats, Ints

_WAVES = 2
_SHIFT_COLUMNS = {"day": 14.0, "week": 8.0, "month": 4.0}
"""Columns back after which a recent shift of level counts for a third."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms of some past columns (columns x terms), and of the column that is tested."""

    past: Floats
    tested: Floats

    def products(self) -> Floats:
        """Give the products of all pairs of terms, columns x terms**2."""
        past = self.past
        return np.asarray((past[:, :, None] * past[:, None, :]).reshape(len(past), -1))


def term_names(cadence: Cadence) -> tuple[str, ...]:
    """Name the terms in their order.

    >>> term_names(Cadence())
    ('level', 'trend', 'shift', 'cosine_1', 'sine_1', 'cosine_2', 'sine_2')
    """
    waves = [f"{form}_{wave + 1}" for wave in range(_WAVES) for form in ("cosine", "sine")]
    weekdays = [f"weekday_{day}" for day in range(7)] if cadence.kind == "day" else []
    return ("level", "trend", "shift", *waves, *weekdays)


def usual_spread(cadence: Cadence) -> Floats:
    """Give how far terms usually lie from 0, as standard deviations in logs.

    The weak prior of a series without a sector: a level within a factor of 20,
    a trend of 20 % a year, a recent shift of 10 %, a season of 30 %, its second
    wave of 15 %, days of the week of 30 %.

    >>> usual_spread(Cadence()).tolist()
    [3.0, 0.2, 0.1, 0.3, 0.3, 0.15, 0.15]
    """
    waves = [0.3 / (wave + 1) for wave in range(_WAVES) for _ in range(2)]
    weekdays = [0.3] * 7 if cadence.kind == "day" else []
    return np.array([3.0, 0.2, 0.1, *waves, *weekdays])


def make_terms(columns: Ints, tested: int, cadence: Cadence) -> Terms:
    """Work out the terms of past columns for the test of a later one; time 0 is the tested one.

    The shift is whole in the newest past column and stays so in the tested one:
    what rose of late is expected to stay, not to rise on.

    >>> make_terms(np.arange(8), 8, Cadence()).past[-2:, 2].round(2).tolist()
    [0.88, 1.0]
    """
    every = np.r_[columns, tested]
    years = cadence.years(every)
    shift = np.exp(np.minimum(every - tested + 1, 0) / _SHIFT_COLUMNS[cadence.kind])
    parts = [np.ones(len(every)), years - years[-1], shift]
    for wave in range(1, _WAVES + 1):
        angle = 2 * np.pi * wave * years
        parts += [np.cos(angle), np.sin(angle)]
    if cadence.kind == "day":
        weekday = cadence.weekdays(every)
        parts += [(weekday == day).astype(np.float64) for day in range(7)]
    table = np.stack(parts, axis=1)
    return Terms(past=table[:-1], tested=table[-1])
