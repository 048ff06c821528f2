"""The methods that the lab compares, each on the same windows of the same series.

In: replicates. Out: per method a p-value or a score for every tested week,
replicates x scenarios x weeks; more unusual weeks have higher scores. Out of
scope: what is made of them (`scoring`).

A history of H weeks means that a method sees the H weeks before the tested one
and nothing else. The sector of a series is its replicate: one drawing of each of
the 42 scenarios.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.lab.in_r import farrington_in_r, is_installed
from benchmarks.lab.scenarios import FIRST_TESTED, WEEKS, Replicate
from pipelines.detect.cusum import likelihood_cusum
from pipelines.detect.ears import EarsSettings, ears
from pipelines.detect.farrington import NOUFAILY, farrington_flexible
from pipelines.detect.farrington_bounds import negative_binomial_tail
from pipelines.detect.predictive import PredictiveSettings, predictive
from pipelines.detect.sector_predictive import SectorSettings, sector_predictive
from pipelines.detect.weekly import Floats, Ints

TESTED = np.arange(FIRST_TESTED, WEEKS)
HISTORIES = (8, 13, 26, 52)

IN_R = "Farrington-flexible in R"

Test = Callable[[Floats, Ints], Floats]
"""Takes counts and columns, gives -log10 p (or a score in place of it) of these columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A method by name, and what the program calls its model, if it has it.

    `has_p`: its scores are -log10 p. `by_sector`: it looks at the series of a sector together.
    """

    name: str
    test: Test
    model: str | None = None
    has_p: bool = True
    by_sector: bool = False


def contenders(history: int | None) -> list[Contender]:
    """List the methods that can do with a history; None is all of it."""
    length = 52 if history is None else history
    found = [
        Contender(
            name="default (sector)", test=_sector, model="gamma_poisson_sector", by_sector=True
        ),
        Contender(name="EARS C1", test=_ears("C1"), model="ears_c1"),
        Contender(name="EARS C2", test=_ears("C2"), model="ears_c2"),
        Contender(name="EARS C3", test=_ears("C3"), model="ears_c3"),
        Contender(name="EARS C1 of all visible weeks", test=_long_ears(length)),
        Contender(
            name="negative-binomial predictive",
            test=_predictive(min(length, 26)),
            model="negative_binomial_predictive",
        ),
        Contender(name="the same with own dispersion", test=_dispersed(length)),
        Contender(name="mean of 13 weeks and 5 or more", test=_mean_of_13, has_p=False),
        Contender(name="negative-binomial CUSUM", test=_cusum(length), has_p=False),
    ]
    if history is None:
        found.insert(
            1,
            Contender(name="Farrington-flexible", test=_farrington(5), model="farrington_flexible"),
        )
        found.insert(1, Contender(name="default, one look", test=_one_look, by_sector=True))
        if is_installed():
            found.insert(3, Contender(name=IN_R, test=_farrington_in_r))
    return found


def lone(history: int | None) -> Contender:
    """Give the default with each series alone."""
    del history
    return Contender(name="default, series alone", test=_alone, model="gamma_poisson_alone")


def farrington_of(years: int) -> Contender:
    """Give Farrington's method with some years of history."""
    return Contender(
        name=f"Farrington, {years} years", test=_farrington(years), model="farrington_flexible"
    )


def scores(contender: Contender, replicates: Sequence[Replicate], history: int | None) -> Floats:
    """Score every tested week, replicates x scenarios x weeks; NaN where there is no test."""
    counts = [replicate.count for replicate in replicates]
    tables = counts if contender.by_sector else [np.concatenate(counts)]
    parts = [_scored(contender.test, table, history) for table in tables]
    return np.concatenate(parts).reshape(len(counts), len(counts[0]), len(TESTED))


def _scored(test: Test, count: Floats, history: int | None) -> Floats:
    if history is None:
        return test(count, TESTED)
    newest = np.array([history])
    return np.concatenate(
        [test(count[:, week - history : week + 1], newest) for week in TESTED], axis=1
    )


def _logs(p_value: Floats) -> Floats:
    return np.asarray(-np.log10(np.maximum(p_value, 1e-300)))


def _sector(count: Floats, columns: Ints) -> Floats:
    return _logs(sector_predictive(count, columns).p_value)


def _one_look(count: Floats, columns: Ints) -> Floats:
    return _logs(sector_predictive(count, columns, SectorSettings(two_looks=False)).p_value)


def _alone(count: Floats, columns: Ints) -> Floats:
    return np.concatenate([_sector(row[None], columns) for row in count])


def _farrington(years: int) -> Test:
    settings = replace(NOUFAILY, years=years)
    return lambda count, columns: _logs(farrington_flexible(count, columns, settings).tests.p_value)


def _farrington_in_r(count: Floats, columns: Ints) -> Floats:
    return _logs(farrington_in_r(count, columns))


def _ears(method: str, baseline: int = 7) -> Test:
    settings = EarsSettings(method=method, baseline=baseline)  # type: ignore[arg-type]
    return lambda count, columns: _logs(ears(count, columns, settings).p_value)


def _long_ears(length: int) -> Test:
    return _ears("C1", length)


def _predictive(recent: int) -> Test:
    settings = PredictiveSettings(recent=recent)
    return lambda count, columns: _logs(predictive(count, columns, settings).p_value)


def _dispersed(length: int) -> Test:
    """Take mean and variance of the visible weeks for those of the next one."""

    def test(count: Floats, columns: Ints) -> Floats:
        parts = []
        for column in columns.tolist():
            past = count[:, column - length : column]
            mean = (past.sum(axis=1) + 0.5) / length
            spread = np.maximum(past.var(axis=1, ddof=1) / mean, 1.0) * (1 + 1 / length)
            parts.append(negative_binomial_tail(count[:, column], mean, spread))
        return _logs(np.stack(parts, axis=1))

    return test


def _mean_of_13(count: Floats, columns: Ints) -> Floats:
    parts = []
    for column in columns.tolist():
        mean = count[:, max(column - 13, 0) : column].mean(axis=1)
        newest = count[:, column]
        parts.append(np.where(newest >= 5, newest - mean, -1e9))
    return np.stack(parts, axis=1)


def _cusum(length: int) -> Test:
    """Run a chart over the visible weeks, their mean and variance taken for known."""

    def test(count: Floats, columns: Ints) -> Floats:
        parts = []
        for column in columns.tolist():
            window = count[:, column - length : column + 1]
            mean = (window[:, :-1].sum(axis=1) + 0.5) / length
            beyond = np.maximum(window[:, :-1].var(axis=1, ddof=1) - mean, 0.0)
            chart = likelihood_cusum(window, mean[:, None], (beyond / mean**2)[:, None], limit=1e9)
            parts.append(chart.statistic[:, -1])
        return np.stack(parts, axis=1)

    return test
