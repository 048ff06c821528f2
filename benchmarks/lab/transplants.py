"""Real events cut out of the series they happened in, and planted into others.

In: real monthly counts of companies (the shared data beside the checkout). Out: how many of the
planted events each method finds, at the same share of alarms on the months where nothing was
planted. Out of scope: the page.

After the design that Noufaily and others call semi-synthetic and Enki et al. 2016 used (PLOS ONE
11:e0160759): the background is real, with all its jumps, and so is the course of the event;
only the place is chosen. What an event brought is its months' counts beyond the median of the
six months before, in standard deviations of those; it is planted so many standard deviations of
its new series strong, or half or twice that. Months with events of their own that nobody listed
stay among the quiet ones, for every method alike.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.lab.scoring import Outbreaks, detection, interval, resampled
from pipelines.detect.cadence import Cadence
from pipelines.detect.ears import EarsSettings, ears
from pipelines.detect.predictive import PredictiveSettings, predictive
from pipelines.detect.sector_predictive import SectorSettings, sector_predictive
from pipelines.detect.week_tests import WeekTests
from pipelines.detect.weekly import Floats, Ints

COUNTS = (
    Path(__file__).parents[3] / "shared" / "data" / "cfpb" / "monthly_company_counts_to_2019.csv"
)
EVENTS = (
    ("WELLS FARGO", "false", "2016-09"),
    ("Navient", "false", "2017-01"),
    ("EQUIFAX", "true", "2017-09"),
    ("Coinbase", "false", "2017-12"),
)
"""Company, whether the series is that of credit reporting, and the first month."""

STRENGTHS = (0.25, 0.5, 1.0)
RATE = 0.01
HISTORY = 24
"""Months before the first that an event may be planted in."""

_MONTHS = 3
_BEFORE = 6
_DRAWS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Transplanted:
    """The share found of one method, per strength of `STRENGTHS`, with 95 % intervals."""

    method: str
    found: tuple[float, ...]
    spans: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Companies:
    """Monthly counts, series x months; NaN before a series begins and after it ends."""

    names: tuple[tuple[str, str], ...]
    count: Floats
    cadence: Cadence


def read_companies(path: Path = COUNTS) -> Companies | None:
    """Read the counts; None where the file is not at hand."""
    if not path.exists():
        return None
    told: dict[tuple[str, str], dict[int, int]] = {}
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            key = row["company"], row["credit_reporting"]
            month = _month(row["month"])
            months = told.setdefault(key, {})
            months[month] = months.get(month, 0) + int(row["n"])
    first = min(min(months) for months in told.values())
    last = max(max(months) for months in told.values())
    count = np.full((len(told), last - first + 1), np.nan)
    for place, months in enumerate(told.values()):
        count[place, min(months) - first : max(months) - first + 1] = 0
        for month, number in months.items():
            count[place, month - first] = number
    return Companies(names=tuple(told), count=count, cadence=Cadence(kind="month", first=first))


def transplant(companies: Companies) -> list[Transplanted]:
    """Plant the events, `_DRAWS` times into every long series, and let every method look."""
    count, courses = _cut(companies)
    found: dict[str, list[tuple[float, tuple[float, float]]]] = {}
    for strength in STRENGTHS:
        drawn = [_planted(count, courses, strength, draw) for draw in range(_DRAWS)]
        for name, test in _methods(companies.cadence).items():
            score = np.concatenate([_tested(test, planted, rows) for planted, _, rows in drawn])
            inside = np.concatenate([mask[rows][:, HISTORY:] for _, mask, rows in drawn])
            outbreaks = Outbreaks(inside=inside)
            share = detection(score, outbreaks, RATE)
            span = interval(resampled(score, outbreaks, RATE))
            found.setdefault(name, []).append((share, span))
    return [
        Transplanted(
            method=name,
            found=tuple(share for share, _ in figures),
            spans=tuple(span for _, span in figures),
        )
        for name, figures in found.items()
    ]


def _month(text: str) -> int:
    return (int(text[:4]) - 1970) * 12 + int(text[5:7]) - 1


def _cut(companies: Companies) -> tuple[Floats, list[Floats]]:
    """Take the events out of their series; give these, and what each month brought."""
    count = companies.count.copy()
    courses: list[Floats] = []
    for company, credit, month in EVENTS:
        row = companies.names.index((company, credit))
        start = _month(month) - (companies.cadence.first or 0)
        before = count[row, start - _BEFORE : start]
        usual, spread = float(np.median(before)), max(float(before.std(ddof=1)), 1.0)
        during = count[row, start : start + _MONTHS]
        courses.append(np.maximum(during - usual, 0.0) / spread)
        count[row, start : start + _MONTHS] = np.minimum(during, round(usual))
    return count, courses


def _planted(
    count: Floats, courses: list[Floats], strength: float, draw: int
) -> tuple[Floats, np.ndarray, Ints]:
    """Plant one event into each series that is long enough; mark its months; name the rows."""
    rng = np.random.default_rng([20160907, draw])
    planted, mask = count.copy(), np.zeros(count.shape, dtype=np.bool_)
    rows: list[int] = []
    for row, series in enumerate(count):
        known = ~np.isnan(series[HISTORY:])
        starts = HISTORY + np.flatnonzero(np.convolve(known, np.ones(_MONTHS), "valid") == _MONTHS)
        starts = starts[[bool((~np.isnan(series[at - HISTORY : at])).all()) for at in starts]]
        if not len(starts):
            continue
        start = int(rng.choice(starts))
        before = series[start - _BEFORE : start]
        spread = max(float(before.std(ddof=1)), float(np.sqrt(before.mean() + 1)))
        course = courses[int(rng.integers(len(courses)))]
        planted[row, start : start + _MONTHS] += rng.poisson(strength * spread * course)
        mask[row, start : start + _MONTHS] = True
        rows.append(row)
    return planted, mask, np.array(rows, dtype=np.int64)


def _methods(cadence: Cadence) -> dict[str, Callable[[Floats, Ints], WeekTests]]:
    return {
        "default (sector)": lambda count, columns: sector_predictive(
            count, columns, SectorSettings(), cadence
        ),
        "EARS C1": lambda count, columns: ears(count, columns, EarsSettings(method="C1")),
        "EARS C2": lambda count, columns: ears(count, columns, EarsSettings(method="C2")),
        "EARS C3": lambda count, columns: ears(count, columns, EarsSettings(method="C3")),
        "negative-binomial predictive": lambda count, columns: predictive(
            count, columns, PredictiveSettings()
        ),
    }


def _tested(test: Callable[[Floats, Ints], WeekTests], count: Floats, rows: Ints) -> Floats:
    """Score the months from `HISTORY` on of some series, each beside all others."""
    tests = test(count, np.arange(HISTORY, count.shape[1]))
    with np.errstate(divide="ignore"):
        return np.asarray(np.minimum(-np.log10(tests.p_value[rows]), 300.0))
