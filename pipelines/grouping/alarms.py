"""The alarms of the newest complete week, against what a desk can read in a week.

In: the forecast of all series, the thresholds, and the measured rate of false alarms. Out:
one row on the week, and one per alarm. Out of scope: groups (a week may be unusual whose
complaints are not alike), and alarms on counts from elsewhere (`pipelines.detect.surveillance`).

An alarm is a merchant x code series whose count in that week, of two complaints or more,
comes so seldom without an event that of all series tested in the week no more are
expected to do so than the budget of false alarms allows. The level therefore falls as
more series are watched. What exceeds the budget of alarms is listed, and marked as beyond.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from pipelines.detect.multiplicity import count_tail
from pipelines.detect.null_run import NullRun, load_null_run
from pipelines.detect.weekly import ALL_CODES
from pipelines.grouping.arrays import Flags, Floats
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.signals import METHOD, Signals
from pipelines.grouping.tables import ALARM_WEEKS_SCHEMA, ALARMS_SCHEMA

AlarmTables = tuple[pa.Table, pa.Table]
"""Alarm weeks (one row, or none) and alarms."""


def raise_alarms(
    signals: Signals | None, criteria: Criteria, null_run: NullRun | None = None
) -> AlarmTables:
    """Raise the alarms of the newest week that is covered for some series, the least likely first.

    Without `null_run`, the one that comes with the project. No rows where nothing is covered.
    """
    week = None if signals is None else _newest_week(signals)
    if signals is None or week is None:
        return ALARM_WEEKS_SCHEMA.empty_table(), ALARMS_SCHEMA.empty_table()
    counts = signals.forecast.counts
    tested = counts.is_covered[:, week] & (counts.code != ALL_CODES)
    tests = int(np.count_nonzero(tested))
    level = min(criteria.alarm_level_at_most, criteria.false_alarms_at_most / tests)
    chances = week_chances(signals)[:, week]
    is_alarm = tested & (chances <= level) & (counts.count[:, week] >= criteria.people_at_least)
    alarms = _alarms(signals, week, is_alarm, chances, criteria.alarms_at_most)
    rate = (null_run or load_null_run()).rate(level)
    row = {
        "week_start": counts.first_week + 7 * week,
        "method": METHOD,
        "series_tested": tests,
        "level": level,
        "false_alarm_rate": rate,
        "expected_false": tests * rate,
        "budget": int(criteria.alarms_at_most),
        "alarms": alarms.num_rows,
    }
    return pa.Table.from_pylist([row], schema=ALARM_WEEKS_SCHEMA), alarms


def week_chances(signals: Signals) -> Floats:
    """Give each series' and covered week's chance of so many complaints; NaN elsewhere."""
    forecast = signals.forecast
    return count_tail(forecast.counts.count, forecast.expected, forecast.size)


def _newest_week(signals: Signals) -> int | None:
    counts = signals.forecast.counts
    weeks = np.flatnonzero(counts.is_covered[counts.code != ALL_CODES].any(axis=0))
    return int(weeks[-1]) if len(weeks) else None


def _alarms(
    signals: Signals, week: int, is_alarm: Flags, chances: Floats, budget: float
) -> pa.Table:
    """Make the rows of the alarms; in a tie the series with more complaints comes first."""
    counts, expected = signals.forecast.counts, signals.forecast.expected
    names = list(signals.merchant_number)
    rows = np.flatnonzero(is_alarm)
    order = np.lexsort((rows, -counts.count[rows, week], chances[rows]))
    found = [
        {
            "place": place,
            "merchant_key": names[int(counts.merchant[row])],
            "issue_axis": signals.code_names[int(counts.code[row])][0],
            "issue_code": signals.code_names[int(counts.code[row])][1],
            "observed": int(counts.count[row, week]),
            "expected": float(expected[row, week]),
            "p_value": float(chances[row]),
            "is_within_budget": place <= budget,
        }
        for place, row in enumerate(rows[order].tolist(), 1)
    ]
    return pa.Table.from_pylist(found, schema=ALARMS_SCHEMA)
