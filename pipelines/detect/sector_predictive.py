"""A Gamma-Poisson predictive with a prior learned from the sector, for histories of any length.

In: counts of the series of one sector, series x columns, NaN where a count is
missing. Out: expected count, bound, p-value and alarm of the tested columns
(`week_tests`). Out of scope: several sectors, reporting delay, cooldown
(`surveillance`).

Series of one sector lend each other their usual level, trend, season and
dispersion (`sector_prior`); a series then departs from that as far as its own
counts say (`sector_fit`). A rate that is Gamma distributed about its estimate
makes the next count negative binomial: mean M, variance (dispersion + M * v) * M,
v the variance of log M. Steady and moving sorts and the dispersions of the grid
are mixed by their chances. The bound heeds the week before (`two_looks`).

A column is tested by what lies before it, whichever others are tested beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.detect.cadence import Cadence
from pipelines.detect.farrington_bounds import negative_binomial_tail
from pipelines.detect.sector_fit import DISPERSIONS, Prior, fit_series
from pipelines.detect.sector_prior import learn_prior
from pipelines.detect.sector_terms import make_terms
from pipelines.detect.two_looks import combined_p, own_level
from pipelines.detect.week_tests import (
    WeekTests,
    checked_counts,
    checked_weeks,
    exceedances,
    judge,
)
from pipelines.detect.weekly import Floats, Ints

MODELS = ("none", "gamma_poisson_alone", "gamma_poisson_sector")

_AT_ONCE = 30_000
"""Counts fitted at once: few enough to stay in a core's cache with what is made of them."""

_UNLIKELY = 1e-4
"""Parts of the mixture with less chance than this are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorSettings:
    """How the sector's model is run.

    `alpha` is the chance of an alarm in a column without event, as far as the
    model holds. `years` of history are looked at, at most `most_columns`. With
    fewer than `known_columns` known columns there is no test. Without
    `two_looks` a column is judged by itself.
    """

    alpha: float = 0.005
    years: float = 5.0
    most_columns: int = 400
    known_columns: int = 4
    two_looks: bool = True

    def __post_init__(self) -> None:
        if not 0 < self.alpha < 1 or self.years <= 0:
            raise ValueError("alpha: expected a share; years: above 0")
        if self.known_columns < 1 or self.most_columns < self.known_columns:
            raise ValueError("known_columns: expected 1 or more, and no more than most_columns")


USUAL = SectorSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """Negative binomials of one column, flat: the series of each, its chance, mean and spread."""

    row: Ints
    share: Floats
    mean: Floats
    spread: Floats
    rows: int

    def expected(self) -> Floats:
        """Give the mean per series."""
        return self._summed(self.mean)

    def variance(self) -> Floats:
        """Give the variance per series."""
        return self._summed(self.mean * (self.spread + self.mean)) - self.expected() ** 2

    def tail(self, observed: Floats) -> Floats:
        """Give the chance of `observed` or more, per series; NaN where that is."""
        parts = negative_binomial_tail(observed[self.row], self.mean, self.spread)
        return np.asarray(np.minimum(self._summed(parts), 1.0))

    def _summed(self, part: Floats) -> Floats:
        return np.asarray(np.bincount(self.row, self.share * part, self.rows), dtype=np.float64)

    def bound(self, level: Floats) -> Floats:
        """Give the least count that is exceeded with chance `level` or less, per series."""
        low = np.full(self.rows, -1.0)
        high = np.ceil(self.expected() + 4 * np.sqrt(self.variance()) + 4)
        while (wrong := self.tail(high + 1) > level).any():
            low, high = np.where(wrong, high, low), np.where(wrong, 2 * high, high)
        while (high - low > 1).any():
            middle = np.floor((low + high) / 2)
            fits = self.tail(middle + 1) <= level
            low, high = np.where(fits, low, middle), np.where(fits, middle, high)
        return np.asarray(high)


def sector_predictive(
    count: Floats,
    weeks: Sequence[int] | Ints | None = None,
    settings: SectorSettings = USUAL,
    cadence: Cadence | None = None,
    rows: Ints | None = None,
) -> WeekTests:
    """Test columns of the series of one sector; a sector may be one series.

    `count` is series x columns, NaN where missing; `weeks` are the columns to
    test, by default the newest; `cadence` says how long a column is and when
    (by default weeks, 52 to the year). `rows` are the series to test, by
    default all; the others only tell what is usual. `p_value` is that of two
    looks; the bound is what the column may bring, given the one before it.

    Raises:
        ValueError: when counts are not a table of finite numbers from 0 on, or
            a column lies outside of it.

    >>> count = np.random.default_rng(1).poisson(6, size=(20, 14)).astype(float)
    >>> count[3, -1] = 25
    >>> tests = sector_predictive(count)
    >>> np.flatnonzero(tests.alarm[:, 0]).tolist(), tests.model_names()[3, 0].item()
    ([3], 'gamma_poisson_sector')
    """
    table = checked_counts(count)
    columns = checked_weeks(weeks, table)
    cadence = cadence or Cadence()
    wanted = np.unique(np.r_[columns, columns - 1] if settings.two_looks else columns)
    expected, upper, single = np.full((3, *table.shape), np.nan)
    before = np.full(table.shape, np.nan)
    tested = np.arange(len(table)) if rows is None else np.unique(rows)
    order = wanted[wanted >= 0]
    for column, here, mixture in _predictions(table, order, tested, settings, cadence):
        observed = table[here, column]
        expected[here, column] = mixture.expected()
        single[here, column] = mixture.tail(observed)
        if settings.two_looks and column:
            before[here, column] = single[here, column - 1]
        if np.isin(column, columns):
            level = own_level(settings.alpha, before[here, column])
            upper[here, column] = mixture.bound(level)
    p_value = combined_p(single, before)[:, columns]
    observed, mean, bound = table[:, columns], expected[:, columns], upper[:, columns]
    return judge(
        columns,
        observed,
        mean,
        bound,
        exceedance=exceedances(observed, mean, bound),
        p_value=p_value,
        model=np.full(observed.shape, 1 if len(table) == 1 else 2, dtype=np.int8),
        models=MODELS,
    )


def _predictions(
    count: Floats, columns: Ints, tested: Ints, settings: SectorSettings, cadence: Cadence
) -> Iterator[tuple[int, Ints, Mixture]]:
    """Predict columns in their order, some series at a time, each by what lies before it."""
    prior: Prior | None = None
    learned_at = -1
    for column in columns.tolist():
        past = _past(column, settings, cadence)
        known = (~np.isnan(count[:, past])).sum(axis=1)
        rows = tested[known[tested] >= settings.known_columns]
        if not len(rows):
            continue
        at = _learned_at(column, cadence)
        if prior is None or at != learned_at:
            prior, learned_at = _learn(count, at, settings, cadence), at
        terms = make_terms(past, column, cadence)
        each = max(_AT_ONCE // len(past), 1)
        for start in range(0, len(rows), each):
            here = rows[start : start + each]
            fit = fit_series(count[np.ix_(here, past)], terms, prior)
            yield (
                column,
                here,
                _mixture(fit.effect, fit.covariance, fit.share, fit.spread_share, terms.tested),
            )


def _past(column: int, settings: SectorSettings, cadence: Cadence) -> Ints:
    """List the columns that the test of a column looks at."""
    length = min(round(settings.years * cadence.columns_a_year), settings.most_columns)
    return np.arange(max(column - length, 0), column)


def _learned_at(column: int, cadence: Cadence) -> int:
    """Give the column up to which the prior was learned.

    Renewed when up to a quarter more is known; every month, as in one much may change.

    >>> [_learned_at(column, Cadence()) for column in (5, 9, 27, 52, 575)]
    [5, 8, 24, 48, 512]
    >>> _learned_at(71, Cadence(kind="month"))
    71
    """
    step = 1 if column < 8 or cadence.kind == "month" else 2 ** int(np.log2(column / 4))
    return column - column % step


def _learn(count: Floats, column: int, settings: SectorSettings, cadence: Cadence) -> Prior:
    past = _past(column, settings, cadence)
    known = (~np.isnan(count[:, past])).sum(axis=1) >= settings.known_columns
    return learn_prior(
        count[np.ix_(np.flatnonzero(known), past)], make_terms(past, column, cadence), cadence
    )


def _mixture(
    effect: Floats, covariance: Floats, share: Floats, spread_share: Floats, tested: Floats
) -> Mixture:
    """Spread the fits of some series into the negative binomials of one column."""
    mean = np.exp(np.clip(effect @ tested, -12.0, 25.0))
    doubt = np.einsum("i,krij,j->kr", tested, covariance, tested)
    chance = share[:, :, None] * spread_share[None]
    sort, row, spread = np.nonzero(chance > _UNLIKELY)
    kept = chance[sort, row, spread]
    total = np.bincount(row, kept, effect.shape[1])
    here = mean[sort, row]
    return Mixture(
        row=row,
        share=kept / total[row],
        mean=here,
        spread=DISPERSIONS[spread] + here * doubt[sort, row],
        rows=effect.shape[1],
    )
