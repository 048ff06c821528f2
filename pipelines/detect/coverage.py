"""Which days are covered completely, for whom.

In: the declared periods (source, merchant or everyone, from, to). Out: for one
merchant and the sources that speak of him, the covered days. A day that no load
covers is missing, not zero. Out of scope: what was counted on covered days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One declaration; `merchant_key` None means everyone the source speaks of. Days since 1970."""

    source: str
    merchant_key: str | None
    first_day: int
    last_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """All declared periods, with the days that they span."""

    periods: tuple[Period, ...]
    first_day: int
    last_day: int

    @property
    def day_count(self) -> int:
        """Count the days from the first to the last that any period covers."""
        return self.last_day - self.first_day + 1

    def within(self, first_day: int, last_day: int) -> Coverage | None:
        """Keep what lies between two days; None if nothing does."""
        periods = tuple(
            replace(
                period,
                first_day=max(period.first_day, first_day),
                last_day=min(period.last_day, last_day),
            )
            for period in self.periods
            if period.first_day <= last_day and period.last_day >= first_day
        )
        if not periods:
            return None
        return Coverage(
            periods=periods,
            first_day=min(period.first_day for period in periods),
            last_day=max(period.last_day for period in periods),
        )

    def covered_days(self, source: str, merchant_key: str) -> Flags:
        """Mark the days, from `first_day` on, that the source covers for the merchant."""
        covered = np.zeros(self.day_count, dtype=np.bool_)
        for period in self.periods:
            if period.source == source and period.merchant_key in (None, merchant_key):
                low = period.first_day - self.first_day
                covered[low : period.last_day - self.first_day + 1] = True
        return covered


def read_coverage(table: pa.Table) -> Coverage | None:
    """Read the declarations; None when there is none that names a known merchant or everyone.

    Columns: source, respondent (as declared, null for everyone), merchant_key
    (the respondent resolved), covered_from and covered_to (both included).
    """
    usable = pc.or_(pc.is_null(table["respondent"]), pc.is_valid(table["merchant_key"]))
    table = table.filter(usable)
    if not table.num_rows:
        return None
    first = pc.cast(pc.cast(table["covered_from"], pa.date32()), pa.int32()).to_pylist()
    last = pc.cast(pc.cast(table["covered_to"], pa.date32()), pa.int32()).to_pylist()
    merchants = zip(table["respondent"].to_pylist(), table["merchant_key"].to_pylist(), strict=True)
    periods = tuple(
        Period(
            source=source,
            merchant_key=None if respondent is None else merchant,
            first_day=low,
            last_day=high,
        )
        for source, (respondent, merchant), low, high in zip(
            table["source"].to_pylist(), merchants, first, last, strict=True
        )
    )
    return Coverage(periods=periods, first_day=min(first), last_day=max(last))
