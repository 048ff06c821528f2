"""Weekly counts per merchant and code, where a load covers the week.

In: dated complaints with merchant and codes, and the coverage. Out: a dense
table of counts, series by weeks, with a mark for each week that is covered. A
week is covered when all of its seven days are, in every source that declares
coverage for the merchant. Weeks are calendar weeks (from Monday), or such as
end on a given day. Out of scope: what was to be expected
(`pipelines.detect.expected`, `pipelines.detect.surveillance`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pipelines.detect.coverage import Coverage, Flags

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

ALL_CODES = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedComplaints:
    """Dated complaints of named merchants, one entry per complaint; numbers index the names.

    `code_row` and `code` list the allegations: complaint `code_row[i]` carries `code[i]`.
    """

    merchant: Ints
    source: Ints
    day: Ints
    code_row: Ints
    code: Ints
    merchant_names: Sequence[str]
    source_names: Sequence[str]
    sector: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyCounts:
    """Counts of covered weeks; `count` and `is_covered` are series x weeks.

    A series is a merchant and a code; code -1 counts all complaints of the
    merchant once. `first_week` is the first day of column 0, in days since 1970.
    `covered_days` marks, per merchant number, the covered days from `first_day`.
    """

    merchant: Ints
    code: Ints
    sector: Ints
    count: Floats
    is_covered: Flags
    first_week: int
    first_day: int
    covered_days: dict[int, Flags]

    def of(self, rows: Ints) -> WeeklyCounts:
        """Keep the counts of some series."""
        merchants = set(self.merchant[rows].tolist()) & self.covered_days.keys()
        return replace(
            self,
            merchant=self.merchant[rows],
            code=self.code[rows],
            sector=self.sector[rows],
            count=self.count[rows],
            is_covered=self.is_covered[rows],
            covered_days={merchant: self.covered_days[merchant] for merchant in merchants},
        )


def count_weeks(
    complaints: DatedComplaints, coverage: Coverage, ending_on: int | None = None
) -> WeeklyCounts:
    """Count covered complaints per merchant, code and week.

    Weeks are calendar weeks, or with `ending_on` (a day since 1970) the weeks
    of which the newest ends on that day; what lies after it is not counted.
    """
    if ending_on is None:
        first_week = _monday(coverage.first_day)
        weeks = (_monday(coverage.last_day) - first_week) // 7 + 1
    else:
        coverage = coverage.within(coverage.first_day, ending_on) or coverage
        weeks = -(-(ending_on + 1 - coverage.first_day) // 7)
        first_week = ending_on + 1 - 7 * weeks
    days, sources = _covered_days(complaints, coverage)
    counted = _countable(complaints, coverage, days, sources)
    merchant = np.r_[complaints.merchant, complaints.merchant[complaints.code_row]]
    code = np.r_[np.full(len(complaints.merchant), ALL_CODES), complaints.code]
    row = np.r_[np.arange(len(complaints.merchant)), complaints.code_row]
    kept = counted[row]
    merchant, code, row = merchant[kept], code[kept], row[kept]
    series, place = np.unique(np.c_[merchant, code], axis=0, return_inverse=True)
    count = np.zeros((len(series), weeks))
    week = (complaints.day[row] - first_week) // 7
    np.add.at(count, (place.ravel(), week), 1.0)
    by_merchant = {
        number: _full_weeks(mask, coverage.first_day - first_week, weeks)
        for number, mask in days.items()
    }
    is_covered = np.array([by_merchant[int(number)] for number in series[:, 0]], dtype=np.bool_)
    return WeeklyCounts(
        merchant=series[:, 0],
        code=series[:, 1],
        sector=complaints.sector[series[:, 0]],
        count=np.where(is_covered.reshape(count.shape), count, 0.0),
        is_covered=is_covered.reshape(count.shape),
        first_week=first_week,
        first_day=coverage.first_day,
        covered_days=days,
    )


def newest_week_end(complaints: DatedComplaints, coverage: Coverage) -> int | None:
    """Find the newest day that ends seven covered days of some merchant; None if none does."""
    days, _ = _covered_days(complaints, coverage)
    newest = -1
    for covered in {id(mask): mask for mask in days.values()}.values():
        so_far = np.cumsum(covered)
        whole = np.flatnonzero(so_far[6:] - np.r_[0, so_far[:-7]] == 7)
        newest = max(newest, int(whole[-1]) + 6 if len(whole) else -1)
    return coverage.first_day + newest if newest >= 0 else None


def _monday(day: int) -> int:
    """Step back to Monday; day 0 (1970-01-01) was a Thursday."""
    return day - (day + 3) % 7


def _covered_days(
    complaints: DatedComplaints, coverage: Coverage
) -> tuple[dict[int, Flags], set[tuple[int, int]]]:
    """Mark per merchant the days that all his declared sources cover; list those sources."""
    days: dict[int, Flags] = {}
    declared: set[tuple[int, int]] = set()
    everyone = {period.source for period in coverage.periods if period.merchant_key is None}
    special = {period.merchant_key for period in coverage.periods}
    plain: dict[int, Flags] = {}
    pairs = np.unique(np.c_[complaints.merchant, complaints.source], axis=0)
    for merchant, source in pairs.tolist():
        key, name = complaints.merchant_names[merchant], complaints.source_names[source]
        if key in special:
            mask = coverage.covered_days(name, key)
        elif name in everyone:
            mask = plain.setdefault(source, coverage.covered_days(name, key))
        else:
            continue
        if mask.any():
            declared.add((merchant, source))
            days[merchant] = days[merchant] & mask if merchant in days else mask
    return days, declared


def _countable(
    complaints: DatedComplaints,
    coverage: Coverage,
    days: dict[int, Flags],
    declared: set[tuple[int, int]],
) -> Flags:
    """Mark the complaints of declared sources that lie on covered days."""
    place = complaints.day - coverage.first_day
    counted = np.zeros(len(place), dtype=np.bool_)
    inside = (place >= 0) & (place < coverage.day_count)
    if not len(place):
        return counted
    order = np.lexsort((complaints.source, complaints.merchant))
    pair = np.c_[complaints.merchant, complaints.source][order]
    opens = np.flatnonzero(np.r_[True, (pair[1:] != pair[:-1]).any(axis=1)])
    for start, end in zip(opens, [*opens[1:], len(order)], strict=True):
        merchant, source = pair[start].tolist()
        if (merchant, source) in declared:
            rows = order[start:end]
            rows = rows[inside[rows]]
            counted[rows] = days[merchant][place[rows]]
    return counted


def _full_weeks(days: Flags, offset: int, weeks: int) -> Flags:
    padded = np.zeros(weeks * 7, dtype=np.bool_)
    padded[offset : offset + len(days)] = days
    return np.asarray(padded.reshape(weeks, 7).all(axis=1))
