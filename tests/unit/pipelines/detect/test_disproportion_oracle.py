"""Disproportion against `vigipy`, an independent implementation, on the same counts."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipelines.detect.code_table import count_cells
from pipelines.detect.disproportion import Measures, measure
from pipelines.detect.four_fold import Floats, four_fold
from pipelines.detect.gamma_mixture import DUMOUCHEL_START, GammaMixture
from pipelines.detect.prior_fit import fit_prior

vigipy = pytest.importorskip(
    "vigipy", reason="vigipy is not installed: pip install -e '.[test]' to compare with it"
)
oracle_losses: Any = pytest.importorskip("vigipy.GPS.GPS")

PRIORS = [
    DUMOUCHEL_START,
    GammaMixture(alpha1=3.25, beta1=0.4, alpha2=2.02, beta2=1.91, share=0.065),
]


@pytest.fixture(scope="module")
def long() -> pd.DataFrame:
    """Counts of 40 merchants and 25 codes of one sector, a few cells raised, many of 0."""
    rng = np.random.default_rng(8)
    usual = np.outer(rng.lognormal(4, 1, 40), rng.dirichlet(np.ones(25)))
    raised = np.where(rng.random((40, 25)) < 0.05, 6.0, 1.0)
    counts = rng.poisson(usual * raised * rng.gamma(4, 0.25, (40, 25)))
    merchant, code = np.indices(counts.shape)
    table = {"merchant": merchant.ravel(), "code": code.ravel(), "count": counts.ravel()}
    return pd.DataFrame(table).query("count > 0").assign(sector="wallet")


def by_cell(result: Any) -> pd.DataFrame:
    """Give the oracle's cells in the order of merchant and code."""
    return result.all_signals.sort_values(["Product", "Adverse Event"], ignore_index=True)


@pytest.fixture(scope="module")
def container(long: pd.DataFrame) -> Any:
    named = {"merchant": "name", "code": "AE"}
    return vigipy.convert(long.rename(columns=named)[["name", "AE", "count"]])


def measured(long: pd.DataFrame, prior: GammaMixture) -> Measures:
    cells = count_cells(long)
    return measure(four_fold(*(cells[part] for part in "abcd")), prior)


@pytest.mark.parametrize("prior", PRIORS)
def test_beliefs_are_those_of_the_oracle(
    long: pd.DataFrame, container: Any, prior: GammaMixture
) -> None:
    theirs = by_cell(vigipy.gps(container, min_events=1, prior_param=list(astuple(prior))))

    ours = measured(long, prior)

    assert ours.count.tolist() == theirs["Count"].tolist()
    assert ours.expected == pytest.approx(theirs["Expected Count"].to_numpy(), rel=1e-9)
    assert ours.ebgm == pytest.approx(theirs["EBGM"].to_numpy(), rel=1e-6)
    assert ours.eb05 == pytest.approx(theirs["LowerBound"].to_numpy(), rel=1e-3)
    assert ours.eb95 == pytest.approx(theirs["UpperBound"].to_numpy(), rel=1e-3)
    assert ours.chance_not_raised == pytest.approx(theirs["p_value"].to_numpy(), abs=1e-6)


@pytest.mark.parametrize("name", ["prr", "ror"])
def test_ratios_and_their_intervals_are_those_of_the_oracle(
    long: pd.DataFrame, container: Any, name: str
) -> None:
    theirs = by_cell(getattr(vigipy, name)(container, min_events=1))

    ours = measured(long, DUMOUCHEL_START)

    columns = {name: name.upper(), f"{name}_lower": "CI Lower", f"{name}_upper": "CI Upper"}
    assert len(theirs) > 400
    for field, column in columns.items():
        values: Floats = getattr(ours, field)
        assert values == pytest.approx(theirs[column].to_numpy(), rel=1e-3)


@pytest.mark.parametrize("truncated", [True, False])
def test_no_prior_of_the_oracle_is_likelier_than_ours(
    long: pd.DataFrame, container: Any, truncated: bool
) -> None:
    cells = count_cells(long, with_zeros=not truncated)
    tables = four_fold(*(cells[part] for part in "abcd"))

    def loss(prior: Any) -> float:
        if truncated:
            return float(oracle_losses.truncated_likelihood(prior, tables.a, tables.expected, 0))
        return float(oracle_losses.non_truncated_likelihood(prior, tables.a, tables.expected))

    fit = fit_prior(tables.a, tables.expected, zero_truncated=truncated)
    theirs = [
        vigipy.gps(container, min_events=1, truncate=truncated, minimization_method=method).params[
            "prior_param"
        ]
        for method in ("Nelder-Mead", "L-BFGS-B")
    ]

    assert loss(np.array(astuple(fit.prior))) == pytest.approx(-fit.log_likelihood, abs=0.01)
    assert -fit.log_likelihood <= min(map(loss, theirs)) + 0.01
    assert -fit.log_likelihood >= min(map(loss, theirs)) - 5
