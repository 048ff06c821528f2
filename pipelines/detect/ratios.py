"""Ratios of observed to expected complaints, each cell by itself.

In: fourfold tables. Out: PRR, ROR, chi-square and IC, with 95 % intervals. Out of
scope: learning from all cells how far a single one can be trusted
(`pipelines.detect.gamma_mixture`).

Nothing here is NaN. Where a = 0 a ratio is 0, lower bound included. Where a table holds
nothing to compare with, a ratio is 1, from 0 to infinity. Where else a count that
stands in a denominator is 0, half a complaint is added to all four (Haldane 1956,
Anscombe 1956), so that ratios are finite. IC needs no such care.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv

from pipelines.detect.four_fold import Flags, Floats, FourFold

_REACH_95 = 1.96
"""Standard errors to either side, in the two digits with which the sources write it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A ratio with its 95 % interval, one entry per cell."""

    value: Floats
    lower: Floats
    upper: Floats


def reporting_ratio(tables: FourFold) -> Ratio:
    """Give the proportional reporting ratio: the code's share here over its share elsewhere.

    [a/(a+b)] / [c/(c+d)], with the log-normal interval of Evans, Waller & Davis 2001
    (doi:10.1002/pds.677). Half a complaint is added to each count where a or c is 0; without
    a background (c + d = 0) there is nothing to compare with.

    >>> from pipelines.detect.four_fold import four_fold
    >>> found = reporting_ratio(four_fold(10, 90, 50, 4850))
    >>> round(float(found.value), 3), round(float(found.lower), 3)
    (9.8, 5.119)
    """
    fixed = _with_halves(tables, (tables.a == 0) | (tables.c == 0))
    here, elsewhere = fixed.a + fixed.b, fixed.c + fixed.d
    log_ratio = np.log(fixed.a / here) - np.log(fixed.c / elsewhere)
    variance = 1 / fixed.a - 1 / here + 1 / fixed.c - 1 / elsewhere
    return _log_normal(tables.a, tables.c + tables.d > 0, log_ratio, variance)


def odds_ratio(tables: FourFold) -> Ratio:
    """Give the reporting odds ratio, ad / bc, with Woolf's log-normal interval.

    Source: Rothman, Lanes & Sacks 2004 (doi:10.1002/pds.1001). Half a complaint is added
    to each count where any of them is 0; without a background, or where everybody has the
    code (b + d = 0), there is nothing to compare with.

    >>> from pipelines.detect.four_fold import four_fold
    >>> found = odds_ratio(four_fold([10, 3], [90, 7], [50, 40], [4850, 9950]))
    >>> found.value.round(3).tolist(), found.lower.round(3).tolist()
    ([10.778, 106.607], [5.297, 26.614])
    """
    has_zero = (tables.a == 0) | (tables.b == 0) | (tables.c == 0) | (tables.d == 0)
    fixed = _with_halves(tables, has_zero)
    log_ratio = np.log(fixed.a) + np.log(fixed.d) - np.log(fixed.b) - np.log(fixed.c)
    variance = 1 / fixed.a + 1 / fixed.b + 1 / fixed.c + 1 / fixed.d
    has_both = (tables.c + tables.d > 0) & (tables.b + tables.d > 0)
    return _log_normal(tables.a, has_both, log_ratio, variance)


def chi_square(tables: FourFold, *, yates: bool = False) -> Floats:
    """Give Pearson's chi-square of each table (one degree of freedom, both directions).

    With `yates`, after Yates' correction, never below 0. It is 0 where a row or a column
    is empty: such a table says nothing of a relation.

    >>> from pipelines.detect.four_fold import four_fold
    >>> table = four_fold(10, 90, 50, 4850)
    >>> round(float(chi_square(table)), 3), round(float(chi_square(table, yates=True)), 3)
    (66.65, 59.291)
    """
    total, expected = tables.total, tables.expected
    apart = np.abs(tables.a - expected)
    if yates:
        apart = np.maximum(apart - 0.5, 0.0)
    rest = (tables.c + tables.d) * (tables.b + tables.d)
    scale = expected * rest
    return np.asarray(
        np.divide(apart**2 * total**2, scale, out=np.zeros(scale.shape), where=scale > 0)
    )


def information_component(tables: FourFold) -> Ratio:
    """Give the information component, log2 of observed over expected, shrunk by half a complaint.

    log2((a + .5) / (E + .5)), in bits, 0 where as many came as expected. The interval is
    that of a Gamma(a + .5, E + .5), in which the expected count is taken as known (Noren,
    Hopstadius & Bate 2013, doi:10.1177/0962280211403604).

    >>> from pipelines.detect.four_fold import four_fold
    >>> found = information_component(four_fold([10, 2], [90, 3], [50, 40], [4850, 9955]))
    >>> found.value.round(4).tolist(), found.lower.round(4).tolist()
    ([2.6268, 2.2626], [1.5966, -0.3261])
    """
    shape, rate = tables.a + 0.5, tables.expected + 0.5
    return Ratio(
        value=np.log2(shape / rate),
        lower=np.log2(gammaincinv(shape, 0.025) / rate),
        upper=np.log2(gammaincinv(shape, 0.975) / rate),
    )


def _with_halves(tables: FourFold, where: Flags) -> FourFold:
    """Add half a complaint to all four counts of some tables."""
    half = np.where(where, 0.5, 0.0)
    return FourFold(a=tables.a + half, b=tables.b + half, c=tables.c + half, d=tables.d + half)


def _log_normal(a: Floats, is_comparable: Flags, log_ratio: Floats, variance: Floats) -> Ratio:
    """Give a ratio with its interval, wherever something came and can be compared."""
    reach = _REACH_95 * np.sqrt(np.maximum(variance, 0.0))
    came = a > 0
    return Ratio(
        value=np.where(came, np.where(is_comparable, np.exp(log_ratio), 1.0), 0.0),
        lower=np.where(came & is_comparable, np.exp(log_ratio - reach), 0.0),
        upper=np.where(is_comparable, np.exp(log_ratio + reach), np.inf),
    )
