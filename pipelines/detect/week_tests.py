"""What a test of weekly counts answers, whichever method gave it.

In: nothing; this module holds the answer's shape and what every method checks
first. Out: expected, upper bound, exceedance, p-value, alarm, verdict and model
per series and week. Out of scope: the methods (`farrington`, `ears`, `cusum`,
`predictive`), how many alarms are too many, and where counts come from.

Counts come as an array of series x weeks. A week that nobody covered is NaN; a
week without complaints is 0. The two are never taken for each other: a missing
week has no alarm and tells nothing to later weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from pipelines.detect.coverage import Flags
from pipelines.detect.weekly import Floats, Ints

Codes = npt.NDArray[np.int8]


class Verdict(IntEnum):
    """Whether a week could be tested, and if not, why."""

    TESTED = 0
    TOO_FEW = 1
    """There is a bound, but too few complaints of late to raise an alarm at all."""
    MISSING = 2
    """The week itself is missing; there may be a bound."""
    NO_HISTORY = 3
    """Too little is known of the weeks before; nothing was expected, and there is no bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekTests:
    """Tested weeks; all arrays but `weeks` are series x tested weeks.

    `weeks` are columns of the counts. `expected` and `upper` are in complaints
    per week; an alarm needs more than `upper`. `exceedance` is 1 at the bound
    and more than 1 beyond it. `p_value` is the chance, without an event, of as
    many complaints or more. These are NaN where they are not known. `model`
    indexes `models`, whose first name, "none", stands where there is no history.
    """

    weeks: Ints
    observed: Floats
    expected: Floats
    upper: Floats
    exceedance: Floats
    p_value: Floats
    alarm: Flags
    verdict: Codes
    model: Codes
    models: tuple[str, ...]

    def model_names(self) -> npt.NDArray[np.str_]:
        """Name the model behind every tested week, series x tested weeks."""
        return np.array(self.models)[self.model]


def checked_counts(count: npt.ArrayLike) -> Floats:
    """Give the counts as floats, series x weeks, NaN where a week is missing.

    Raises:
        ValueError: when they are not a table, or one is negative or infinite.

    >>> checked_counts([[3, 0, float("nan")]])
    array([[ 3.,  0., nan]])
    """
    table = np.asarray(count, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"counts: expected series x weeks; found {table.ndim} dimension(s)")
    if np.isinf(table).any() or (table < 0).any():
        raise ValueError("counts: expected finite numbers from 0 on, NaN for a missing week")
    return table


def checked_weeks(weeks: Sequence[int] | Ints | None, count: Floats) -> Ints:
    """Give the columns to test; without a choice, the newest.

    Raises:
        ValueError: when a column lies outside the counts.

    >>> checked_weeks(None, np.zeros((2, 520))).tolist()
    [519]
    """
    last = count.shape[1] - 1
    if weeks is None:
        return np.array([last] if last >= 0 else [], dtype=np.int64)
    columns = np.asarray(weeks, dtype=np.int64).reshape(-1)
    if len(columns) and (columns.min() < 0 or columns.max() > last):
        raise ValueError(f"weeks: expected columns from 0 to {last}; found {columns.tolist()}")
    return columns


def judge(
    weeks: Ints,
    observed: Floats,
    expected: Floats,
    upper: Floats,
    *,
    exceedance: Floats,
    p_value: Floats,
    model: Codes,
    models: tuple[str, ...],
    enough: Flags | None = None,
    beyond: Flags | None = None,
) -> WeekTests:
    """Raise alarms where more was observed than the bound allows, and say why not elsewhere.

    `enough` marks the weeks with complaints enough of late for an alarm;
    `beyond` the alarms of a method that does not decide by the bound. A week
    without expected count is without history, whatever else is given for it.
    """
    unknown, missing = np.isnan(expected), np.isnan(observed)
    few = np.zeros(observed.shape, dtype=np.bool_) if enough is None else ~enough
    verdict = np.select(
        [unknown, missing, few],
        [Verdict.NO_HISTORY, Verdict.MISSING, Verdict.TOO_FEW],
        default=Verdict.TESTED,
    ).astype(np.int8)
    tested = verdict == Verdict.TESTED
    alarm = tested & (observed > upper if beyond is None else beyond)
    return WeekTests(
        weeks=weeks,
        observed=observed,
        expected=expected,
        upper=np.where(unknown, np.nan, upper),
        exceedance=np.where(unknown | missing, np.nan, exceedance),
        p_value=np.where(unknown | missing, np.nan, p_value),
        alarm=alarm,
        verdict=verdict,
        model=np.where(unknown, 0, model).astype(np.int8),
        models=models,
    )


def exceedances(observed: Floats, expected: Floats, upper: Floats) -> Floats:
    """Measure how far the way from the expected count to the bound was gone; 1 is the bound.

    (y - mu) / (U - mu). Where the bound lies at or below the mean, 1 and the
    complaints beyond the bound.

    >>> exceedances(np.array([9.0, 3.0]), np.array([5.0, 1e-9]), np.array([7.0, 0.0]))
    array([2., 4.])
    """
    room = upper - expected
    return np.where(
        room > 0, (observed - expected) / np.where(room > 0, room, 1.0), 1 + observed - upper
    )
