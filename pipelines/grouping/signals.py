"""The forecast of covered weeks, asked by group.

In: covered complaints. Out: for a group's merchant, code and window what was to be expected,
and the weekly table that is stored. Out of scope: the forecast itself
(`pipelines.detect.expected`), and alarms of the week (`pipelines.grouping.alarms`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pipelines.detect.expected import (
    Forecast,
    WindowTest,
    check_window,
    forecast,
    upper_bounds,
)
from pipelines.detect.weekly import ALL_CODES, DatedComplaints, Ints, count_weeks
from pipelines.grouping.covered import Covered
from pipelines.grouping.tables import EXPECTED_SCHEMA

METHOD = "gamma_poisson"
"""The model behind every expected count here (`pipelines.detect.expected`)."""

SMALLEST_SERIES = 5
"""Complaints in covered weeks; a series below it is tested but not stored week by week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """The forecast and the dated complaints of each covered series."""

    forecast: Forecast
    row_of: dict[tuple[int, int], int]
    days_of: dict[tuple[int, int], Ints]
    merchant_number: dict[str, int]
    code_names: tuple[tuple[str, str], ...]

    @property
    def series(self) -> int:
        """Count the merchant x code series that were looked at: those with a covered week."""
        counts = self.forecast.counts
        looked_at = (counts.code != ALL_CODES) & counts.is_covered.any(axis=1)
        return int(np.count_nonzero(looked_at))

    def of(self, merchant_keys: Iterable[str]) -> Signals:
        """Keep the series of these merchants."""
        counts = self.forecast.counts
        known = self.merchant_number.keys() & set(merchant_keys)
        kept = {key: self.merchant_number[key] for key in sorted(known)}
        rows = np.flatnonzero(np.isin(counts.merchant, list(kept.values())))
        pairs = zip(counts.merchant[rows].tolist(), counts.code[rows].tolist(), strict=True)
        row_of = {pair: row for row, pair in enumerate(pairs)}
        return Signals(
            forecast=self.forecast.of(rows),
            row_of=row_of,
            days_of={pair: self.days_of[pair] for pair in row_of if pair in self.days_of},
            merchant_number=kept,
            code_names=self.code_names,
        )

    def check(self, merchant_key: str, code: int, window: tuple[int, int]) -> WindowTest | None:
        """Test all complaints of a merchant and code in a window; None where not covered."""
        series = (self.merchant_number.get(merchant_key, -1), code)
        row = self.row_of.get(series)
        if row is None:
            return None
        days = self.days_of[series]
        observed = int(np.searchsorted(days, window[1], "right") - np.searchsorted(days, window[0]))
        return check_window(self.forecast, row, window[0], window[1], observed)

    def weeks(self) -> pa.Table:
        """Give the covered weeks of every series that is not too small to be stored."""
        counts = self.forecast.counts
        stored = (counts.code != ALL_CODES) & (counts.count.sum(axis=1) >= SMALLEST_SERIES)
        row, week = np.nonzero(counts.is_covered & stored[:, None])
        names = np.array(list(self.merchant_number), dtype=object)
        axes = np.array([axis for axis, _ in self.code_names], dtype=object)
        codes = np.array([code for _, code in self.code_names], dtype=object)
        expected = self.forecast.expected[row, week]
        start = (counts.first_week + 7 * week).astype(np.int32)
        return pa.table(
            [
                pa.array(names[counts.merchant[row]], pa.string()),
                pa.array(axes[counts.code[row]], pa.string()),
                pa.array(codes[counts.code[row]], pa.string()),
                pa.array(start, pa.int32()).cast(pa.date32()),
                pa.array(counts.count[row, week].astype(np.int32)),
                pa.array(expected),
                pa.array(upper_bounds(expected, self.forecast.size[row, week])),
            ],
            schema=EXPECTED_SCHEMA,
        )


def read_signals(covered: Covered | None) -> Signals | None:
    """Count and forecast every merchant and code in the covered weeks; None without any."""
    if covered is None:
        return None
    complaints = covered.complaints
    counts = count_weeks(complaints, covered.coverage)
    pairs = zip(counts.merchant.tolist(), counts.code.tolist(), strict=True)
    return Signals(
        forecast=forecast(counts),
        row_of={pair: row for row, pair in enumerate(pairs)},
        days_of=_days_by_series(complaints),
        merchant_number={name: number for number, name in enumerate(complaints.merchant_names)},
        code_names=covered.code_names,
    )


def _days_by_series(complaints: DatedComplaints) -> dict[tuple[int, int], Ints]:
    """Sort the days of every merchant and code."""
    merchant = complaints.merchant[complaints.code_row]
    day = complaints.day[complaints.code_row]
    order = np.lexsort((day, complaints.code, merchant))
    pair = np.c_[merchant, complaints.code][order]
    is_new = np.r_[True, (pair[1:] != pair[:-1]).any(axis=1)][: len(pair)]
    opens = np.flatnonzero(is_new).tolist()
    ends = [*opens[1:], len(pair)]
    return {
        (int(pair[start, 0]), int(pair[start, 1])): day[order[start:end]]
        for start, end in zip(opens, ends, strict=True)
    }
