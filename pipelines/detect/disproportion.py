"""How far a merchant's share of a code is from that of his background.

In: fourfold tables and a prior of ratios. Out: every measure that other fields use, side
by side. Out of scope: counting (`pipelines.detect.code_table`), which measures are
signals (`pipelines.detect.signal_rules`), and change over time.

    from one table each            PRR, ROR, chi-square, IC     `pipelines.detect.ratios`
    from what all cells teach      EBGM, EB05, EB95             `pipelines.detect.gamma_mixture`
    what all cells teach           the prior                    `pipelines.detect.prior_fit`

A complaint count knows nothing of how many people use a merchant: these measures say that
a mix of complaints is unusual, never that a merchant is risky. A merchant who is most of
his background hides himself in EBGM and IC, since he makes up what is expected of him.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.detect.four_fold import Floats, FourFold
from pipelines.detect.gamma_mixture import GammaMixture, update
from pipelines.detect.ratios import (
    chi_square,
    information_component,
    odds_ratio,
    reporting_ratio,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """All measures of some cells, one entry per cell; never NaN.

    `count` and `expected` are complaints. `prr`, `ror` and `ebgm` are ratios, 1 as usual;
    `ic` is in bits, 0 as usual. `_lower` and `_upper` bound 95 %; `eb05` and `eb95` are the
    5 % and 95 % points of belief. `chance_not_raised` is the chance, 0 to 1, that the true
    ratio is at most 1, given the prior. Nothing is infinite but `prr_upper` and `ror_upper`
    where a table holds nothing to compare with.
    """

    count: Floats
    expected: Floats
    prr: Floats
    prr_lower: Floats
    prr_upper: Floats
    ror: Floats
    ror_lower: Floats
    ror_upper: Floats
    chi_square: Floats
    chi_square_yates: Floats
    ic: Floats
    ic_lower: Floats
    ic_upper: Floats
    ebgm: Floats
    eb05: Floats
    eb95: Floats
    chance_not_raised: Floats


def measure(tables: FourFold, prior: GammaMixture) -> Measures:
    """Measure how far each table is from chance, in every way that signal rules ask for.

    The measures have the shape of the tables, and each depends on its own table and the
    prior only. Fit the prior on all cells of a table, not on the few to be measured.

    >>> from pipelines.detect.four_fold import four_fold
    >>> from pipelines.detect.gamma_mixture import DUMOUCHEL_START
    >>> found = measure(four_fold([10, 2], [90, 3], [50, 40], [4850, 9955]), DUMOUCHEL_START)
    >>> found.prr.round(2).tolist(), found.ic_lower.round(2).tolist()
    ([9.8, 99.95], [1.6, -0.33])
    """
    prr, ror = reporting_ratio(tables), odds_ratio(tables)
    ic = information_component(tables)
    belief = update(prior, tables.a, tables.expected)
    return Measures(
        count=tables.a,
        expected=tables.expected,
        prr=prr.value,
        prr_lower=prr.lower,
        prr_upper=prr.upper,
        ror=ror.value,
        ror_lower=ror.lower,
        ror_upper=ror.upper,
        chi_square=chi_square(tables),
        chi_square_yates=chi_square(tables, yates=True),
        ic=ic.value,
        ic_lower=ic.lower,
        ic_upper=ic.upper,
        ebgm=belief.geometric_mean,
        eb05=belief.quantile(0.05),
        eb95=belief.quantile(0.95),
        chance_not_raised=belief.chance_at_most(1.0),
    )
