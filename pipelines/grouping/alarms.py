"""The alarms of the newest seven days, against what a desk can read in a week.

In: covered complaints, the thresholds, and the measured rate of false alarms. Out: one row on
the week, and one per alarm. Out of scope: groups (a week may be unusual whose complaints are
not alike), and the methods of testing weeks (`pipelines.detect.surveillance`).

The week ends on the newest day that is covered, whichever day of the week that is. An alarm is
a merchant x code series whose count in it, of two complaints or more, comes so seldom without
an event that of all series tested no more do so by the measured rate than the budget of false
alarms allows. The level therefore falls as more series are watched. A series that would have been
an alarm on one of the days before, within the cooldown, goes on and is not raised anew. What
exceeds the budget of alarms is listed, and marked as beyond.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pipelines.detect.cadence import Cadence
from pipelines.detect.null_run import NullRun, load_null_run
from pipelines.detect.sector_predictive import USUAL
from pipelines.detect.surveillance import watch
from pipelines.detect.weekly import ALL_CODES, WeeklyCounts, count_weeks, newest_week_end
from pipelines.grouping.arrays import Flags, Floats, Ints
from pipelines.grouping.covered import Covered
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.signals import METHOD as BAND_METHOD
from pipelines.grouping.tables import ALARM_WEEKS_SCHEMA, ALARMS_SCHEMA

METHOD = "gamma_poisson_sector"
"""The model behind the alarms: what `watch` takes by itself for series of a sector."""

AlarmTables = tuple[pa.Table, pa.Table]
"""Alarm weeks (one row, or none) and alarms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedWeeks:
    """Counts of weeks and their tests, series x tested weeks; NaN where there was no test.

    `observed` and `expected` are complaints per week, `p_value` the chance of as many or more
    without an event.
    """

    counts: WeeklyCounts
    observed: Floats
    expected: Floats
    p_value: Floats

    def beyond(self, level: float, at_least: float) -> Flags:
        """Mark the weeks of so many complaints whose chance is at most the level."""
        return (self.p_value <= level) & (self.observed >= at_least)


def raise_alarms(
    covered: Covered | None, criteria: Criteria, null_run: NullRun | None = None
) -> AlarmTables:
    """Raise the alarms of the newest seven days covered for some series, the least likely first.

    Without `null_run`, the one that comes with the project. No rows where no week is covered.
    """
    day = None if covered is None else newest_week_end(covered.complaints, covered.coverage)
    if covered is None or day is None:
        return ALARM_WEEKS_SCHEMA.empty_table(), ALARMS_SCHEMA.empty_table()
    counts = count_weeks(covered.complaints, covered.coverage, day)
    testable = _testable(counts)
    tests = int(np.count_nonzero(testable))
    measured = null_run or load_null_run()
    level = measured.level(criteria.false_alarms_at_most / max(tests, 1), METHOD)
    level = min(level, criteria.alarm_level_at_most)
    is_high = testable & (counts.count[:, -1] >= criteria.people_at_least)
    week = _newest_week(counts, np.flatnonzero(is_high))
    rows = np.flatnonzero(week.beyond(level, criteria.people_at_least)[:, 0])
    lasting = _lasting(covered, day, counts, rows, level, criteria)
    alarms = _alarms(covered, week, rows, lasting, criteria.alarms_at_most)
    rate = measured.rate(level, METHOD)
    row = {
        "week_start": day - 6,
        "method": METHOD,
        "series_tested": tests,
        "level": level,
        "false_alarm_rate": rate,
        "expected_false": tests * rate,
        "budget": int(criteria.alarms_at_most),
        "alarms": alarms.num_rows,
        "alarms_lasting": int(np.count_nonzero(lasting)),
        "band_false_alarm_rate": measured.rate(criteria.alarm_level_at_most, BAND_METHOD),
    }
    return pa.Table.from_pylist([row], schema=ALARM_WEEKS_SCHEMA), alarms


def judge_weeks(counts: WeeklyCounts, columns: Ints, series: Ints | None = None) -> JudgedWeeks:
    """Test some weeks of each merchant x code series beside the other series of its sector.

    `series` are the rows of the counts that need an answer, by default all. Merchants of no
    known sector are compared with each other.
    """
    count = np.where(counts.is_covered, counts.count, np.nan)
    expected, p_value = np.full((2, len(count), len(columns)), np.nan)
    cadence = Cadence(kind="week", first=counts.first_week)
    is_code = counts.code != ALL_CODES
    wanted = np.flatnonzero(is_code) if series is None else series
    for sector in np.unique(counts.sector[wanted]):
        members = np.flatnonzero((counts.sector == sector) & is_code)
        asked = np.flatnonzero(np.isin(members, wanted))
        tests = watch(count[members], cadence, columns=columns, rows=asked).tests
        expected[members], p_value[members] = tests.expected, tests.p_value
    return JudgedWeeks(
        counts=counts, observed=count[:, columns], expected=expected, p_value=p_value
    )


def _newest_week(counts: WeeklyCounts, series: Ints) -> JudgedWeeks:
    """Test the last column of some series by the columns before it."""
    return judge_weeks(counts, np.array([counts.count.shape[1] - 1]), series)


def _testable(counts: WeeklyCounts) -> Flags:
    """Mark the series of a code that are covered in the newest week and long enough before it."""
    known = counts.is_covered[:, :-1].sum(axis=1) >= USUAL.known_columns
    return np.asarray(known & counts.is_covered[:, -1] & (counts.code != ALL_CODES))


def _lasting(
    covered: Covered, day: int, counts: WeeklyCounts, rows: Ints, level: float, criteria: Criteria
) -> Flags:
    """Mark the alarms that would have been raised on one of the days before, too."""
    pairs = _pairs(counts, rows)
    earlier: set[tuple[int, int]] = set()
    for back in range(1, int(criteria.alarm_cooldown_days) + 1):
        asked = set(pairs) - earlier
        if not asked or day - back < covered.coverage.first_day:
            break
        past = count_weeks(covered.complaints, covered.coverage, day - back)
        every = np.arange(len(past.code))
        series = every[[pair in asked for pair in _pairs(past, every)]]
        week = _newest_week(past, series)
        found = np.flatnonzero(week.beyond(level, criteria.people_at_least)[:, 0])
        earlier |= set(_pairs(past, found))
    return np.array([pair in earlier for pair in pairs], dtype=np.bool_)


def _pairs(counts: WeeklyCounts, rows: Ints) -> list[tuple[int, int]]:
    """Name the merchant and code of some rows."""
    return list(zip(counts.merchant[rows].tolist(), counts.code[rows].tolist(), strict=True))


def _alarms(
    covered: Covered, week: JudgedWeeks, rows: Ints, lasting: Flags, budget: float
) -> pa.Table:
    """Make the rows of the alarms: new ones first, and in a tie that with more complaints."""
    names = covered.complaints.merchant_names
    observed, p_value = week.observed[rows, 0], week.p_value[rows, 0]
    order = np.lexsort((rows, -observed, p_value, lasting)).tolist()
    found = [
        {
            "place": place,
            "merchant_key": names[int(week.counts.merchant[rows[at]])],
            "issue_axis": covered.code_names[int(week.counts.code[rows[at]])][0],
            "issue_code": covered.code_names[int(week.counts.code[rows[at]])][1],
            "observed": int(observed[at]),
            "expected": float(week.expected[rows[at], 0]),
            "p_value": float(p_value[at]),
            "is_within_budget": place <= budget,
            "is_lasting": bool(lasting[at]),
        }
        for place, at in enumerate(order, 1)
    ]
    return pa.Table.from_pylist(found, schema=ALARMS_SCHEMA)
