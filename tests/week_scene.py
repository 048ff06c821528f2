"""Complaints per week and where they are covered, written by hand, all invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from pipelines.detect.coverage import Coverage, read_coverage
from pipelines.detect.weekly import ALL_CODES, DatedComplaints, WeeklyCounts

MONDAY = date(2024, 1, 1)
FIRST_DAY = (MONDAY - date(1970, 1, 1)).days

Row = tuple[str, str, date, tuple[int, ...]]
"""Merchant, source, day and codes of one complaint."""


def day(number: int) -> date:
    """Give the day so many days after the first Monday."""
    return MONDAY + timedelta(days=number)


def dated(*rows: Row, sectors: dict[str, int] | None = None) -> DatedComplaints:
    """Give complaints as the counting of weeks takes them."""
    merchants = sorted({row[0] for row in rows})
    sources = sorted({row[1] for row in rows})
    return DatedComplaints(
        merchant=np.array([merchants.index(row[0]) for row in rows], dtype=np.int64),
        source=np.array([sources.index(row[1]) for row in rows], dtype=np.int64),
        day=np.array([(row[2] - date(1970, 1, 1)).days for row in rows], dtype=np.int64),
        code_row=np.array([no for no, row in enumerate(rows) for _ in row[3]], dtype=np.int64),
        code=np.array([code for row in rows for code in row[3]], dtype=np.int64),
        merchant_names=merchants,
        source_names=sources,
        sector=np.array([(sectors or {}).get(name, 0) for name in merchants], dtype=np.int64),
    )


def declared(*periods: tuple[str, str | None, str | None, date, date]) -> Coverage | None:
    """Read declarations of source, respondent, merchant, first and last day."""
    columns = list(zip(*periods, strict=True)) if periods else [()] * 5
    return read_coverage(
        pa.table(
            {
                "source": pa.array(columns[0], pa.string()),
                "respondent": pa.array(columns[1], pa.string()),
                "merchant_key": pa.array(columns[2], pa.string()),
                "covered_from": pa.array(columns[3], pa.date32()),
                "covered_to": pa.array(columns[4], pa.date32()),
            }
        )
    )


def covering(weeks: int) -> Coverage:
    """Cover everyone in the source `posts` for so many weeks from the first Monday on."""
    coverage = declared(("posts", None, None, day(0), day(7 * weeks - 1)))
    assert coverage is not None
    return coverage


def counts(
    totals: Sequence[Sequence[float]],
    codes: Sequence[Sequence[float]] | None = None,
    *,
    sectors: Sequence[int] | None = None,
    missing_weeks: Sequence[int] = (),
) -> WeeklyCounts:
    """Give weekly counts: a row of totals per merchant, and of code 0, which is all of them."""
    total, code = np.array(totals, dtype=float), np.array(codes or totals, dtype=float)
    merchants, weeks = total.shape
    covered = np.ones(weeks, dtype=np.bool_)
    covered[list(missing_weeks)] = False
    count = np.stack([total, code], axis=1).reshape(2 * merchants, weeks) * covered
    return WeeklyCounts(
        merchant=np.repeat(np.arange(merchants), 2),
        code=np.tile([ALL_CODES, 0], merchants),
        sector=np.repeat(np.array(sectors or [0] * merchants), 2),
        count=count,
        is_covered=np.tile(covered, (2 * merchants, 1)),
        first_week=FIRST_DAY,
        first_day=FIRST_DAY,
        covered_days={number: np.repeat(covered, 7) for number in range(merchants)},
    )
