"""Alarms on counts per day, week or month: which method, how surely, how often falsely.

In: counts of the series of one sector, series x columns, NaN where a period is
missing, and their cadence. Out: the tested periods (`week_tests`), which alarms
are raised, and the measured false-alarm rate of each. Out of scope: reading
counts from files (`flows.surveil`) and from a warehouse (`weekly`), and how many
alarms a desk can bear.

The default, "auto", is the sector's Gamma-Poisson model at every length of
history: in the lab it finds more than each other method at the same rate of
false alarms, with two months of history and with eleven years
(docs/methods.md). The other methods are there to compare with.

A period that may still grow is never tested and tells nothing: those that end
after `known_until`. Who knows that complaints arrive late by some days takes
these from the day up to which everything is known. An alarm is not raised
anew within the cooldown after one that was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

import numpy as np

from pipelines.detect.cadence import Cadence
from pipelines.detect.coverage import Flags
from pipelines.detect.ears import EarsSettings, ears
from pipelines.detect.false_alarms import load_false_alarms
from pipelines.detect.farrington import NOUFAILY, farrington_flexible
from pipelines.detect.predictive import PredictiveSettings, predictive
from pipelines.detect.sector_predictive import SectorSettings, sector_predictive
from pipelines.detect.week_tests import WeekTests, checked_counts, checked_weeks
from pipelines.detect.weekly import Floats, Ints
from pipelines.errors import PipelineError

Method = Literal["auto", "sector", "farrington", "ears_c1", "ears_c2", "ears_c3", "predictive"]
METHODS: tuple[Method, ...] = get_args(Method)

_LEAST_YEARS = 2
"""Years of history from which on Farrington's method is tried; five are taken if there are."""


class CadenceRefusedError(PipelineError):
    """A method was asked for that cannot test periods of this length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchSettings:
    """Which method, the chance `alpha` of an alarm by chance, and the days without a new alarm."""

    method: Method = "auto"
    alpha: float = 0.005
    cooldown_days: int = 7

    def __post_init__(self) -> None:
        if not 0 < self.alpha < 1 or self.cooldown_days < 0:
            raise ValueError("alpha: expected a share; cooldown_days: 0 or more")


DEFAULT = WatchSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Tested periods; arrays are series x tested periods.

    `score` is -log10 of the p-value, at most 300: an alarm has -log10(alpha) or
    more. `raised` is the alarm outside of the cooldown. `false_alarm_rate` is
    the share of quiet periods with an alarm that the lab measured for the
    model, alpha and length of history. NaN where there was no test.
    """

    tests: WeekTests
    score: Floats
    raised: Flags
    false_alarm_rate: Floats


def watch(
    count: Floats,
    cadence: Cadence,
    settings: WatchSettings = DEFAULT,
    *,
    columns: Ints | None = None,
    rows: Ints | None = None,
    known_until: date | None = None,
) -> Watched:
    """Test the series of one sector; by default every period.

    What ends after `known_until` counts as missing. Each period is tested by
    what lies before it alone. `rows` are the series that need an answer, by
    default all; the sector's model then leaves out the work for the others.

    Raises:
        CadenceRefusedError: the method knows weeks only, and these are none.
        ValueError: counts are not a table of finite numbers from 0 on.

    >>> count = np.random.default_rng(1).poisson(6, size=(20, 30)).astype(float)
    >>> count[3, 20] = 25
    >>> watched = watch(count, Cadence())
    >>> bool(watched.raised[3, 20]), bool(watched.score[3, 20] > 4)
    (True, True)
    """
    table = checked_counts(count)
    if known_until is not None:
        table = table.copy()
        table[:, first_incomplete(cadence, known_until) :] = np.nan
    tested = np.arange(table.shape[1]) if columns is None else checked_weeks(columns, table)
    tests = _run(table, tested, rows, cadence, settings)
    with np.errstate(divide="ignore"):
        score = np.minimum(-np.log10(tests.p_value), 300.0) + 0.0
    known = np.cumsum(~np.isnan(table), axis=1)[:, tested] - ~np.isnan(table[:, tested])
    return Watched(
        tests=tests,
        score=score,
        raised=_raised(tests.alarm, tested, cadence, settings.cooldown_days),
        false_alarm_rate=_false_alarm_rates(tests, known.astype(np.float64), settings.alpha),
    )


def first_incomplete(cadence: Cadence, known_until: date) -> int:
    """Give the first column whose period ends after a day; never less than 0.

    >>> first_incomplete(Cadence(kind="month", first=12 * 50), date(2020, 3, 30))
    2
    >>> first_incomplete(Cadence(kind="week", first=4), date(1970, 1, 11))  # Mondays
    1
    """
    column = cadence.column(known_until)
    begin = cadence.begin(column)
    return max(column + (cadence.last_day(begin) <= known_until), 0)


def _run(
    table: Floats, columns: Ints, rows: Ints | None, cadence: Cadence, settings: WatchSettings
) -> WeekTests:
    """Run the method that the settings name."""
    alpha = settings.alpha
    if settings.method == "farrington":
        return _farrington(table, columns, cadence, alpha)
    methods: dict[Method, Callable[[], WeekTests]] = {
        "ears_c1": lambda: ears(table, columns, EarsSettings(method="C1", alpha=alpha)),
        "ears_c2": lambda: ears(table, columns, EarsSettings(method="C2", alpha=alpha)),
        "ears_c3": lambda: ears(table, columns, EarsSettings(method="C3", alpha=alpha)),
        "predictive": lambda: predictive(table, columns, PredictiveSettings(alpha=alpha)),
    }
    if settings.method in methods:
        return methods[settings.method]()
    return sector_predictive(table, columns, SectorSettings(alpha=alpha), cadence, rows)


def _farrington(table: Floats, columns: Ints, cadence: Cadence, alpha: float) -> WeekTests:
    """Test each week by as many past years as there are, from two to five."""
    if cadence.kind != "week":
        raise CadenceRefusedError(
            f"farrington: expected weekly counts; found one a {cadence.kind}. Use --method auto."
        )
    reach = columns - NOUFAILY.half_window - 1  # a column more: a year may have 53 weeks
    years = np.clip(reach // 52, _LEAST_YEARS, NOUFAILY.years)
    parts = {
        int(back): farrington_flexible(
            table,
            columns[years == back],
            replace(NOUFAILY, years=int(back), alpha=alpha),
            cadence.first,
        ).tests
        for back in np.unique(years)
    }
    if not parts:
        return farrington_flexible(table, columns, replace(NOUFAILY, alpha=alpha)).tests
    order = np.argsort(np.concatenate([np.flatnonzero(years == back) for back in parts]))
    first = next(iter(parts.values()))

    def joined(field: str) -> np.ndarray:
        return np.concatenate([getattr(part, field) for part in parts.values()], axis=-1)[
            ..., order
        ]

    return WeekTests(
        models=first.models,
        **{
            field: joined(field)
            for field in (
                "weeks", "observed", "expected", "upper", "exceedance", "p_value", "alarm",
                "verdict", "model",
            )
        },
    )  # fmt: skip


def _raised(alarm: Flags, columns: Ints, cadence: Cadence, cooldown_days: int) -> Flags:
    """Keep the alarms that lie `cooldown_days` or more after the last one kept."""
    days = {"day": 1, "week": 7, "month": 28}[cadence.kind]
    apart = -(-cooldown_days // days)
    raised = np.zeros(alarm.shape, dtype=np.bool_)
    last = np.full(len(alarm), -apart - 1, dtype=np.int64)
    for place in np.argsort(columns, kind="stable").tolist():
        raised[:, place] = alarm[:, place] & (columns[place] - last >= apart)
        last = np.where(raised[:, place], columns[place], last)
    return raised


def _false_alarm_rates(tests: WeekTests, known: Floats, alpha: float) -> Floats:
    """Look up the measured rate of every test; NaN where there was none."""
    rates = np.full(tests.expected.shape, np.nan)
    measured = load_false_alarms()
    for number, model in enumerate(tests.models):
        here = (tests.model == number) & ~np.isnan(tests.p_value)
        if number and here.any():
            rates[here] = measured[model].rate(alpha, known[here])
    return rates
