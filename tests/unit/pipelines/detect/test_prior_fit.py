"""Fitting the prior of ratios: known ones are found again, slopes are right, bins lose nothing."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime
from scipy.stats import nbinom

from pipelines.detect.four_fold import CountError, Floats
from pipelines.detect.gamma_mixture import DUMOUCHEL_START, GammaMixture, PriorError, update
from pipelines.detect.prior_fit import STARTS, CellSample, _Likelihood, fit_prior, squash

TRUE = GammaMixture(alpha1=2.0, beta1=0.5, alpha2=4.0, beta2=5.0, share=0.15)


def drawn_cells(cells: int, seed: int = 3) -> tuple[Floats, Floats]:
    """Draw cells whose ratios follow `TRUE`."""
    rng = np.random.default_rng(seed)
    expected = rng.lognormal(0.5, 1.3, cells)
    is_first = rng.random(cells) < TRUE.share
    first = rng.gamma(TRUE.alpha1, 1 / TRUE.beta1, cells)
    second = rng.gamma(TRUE.alpha2, 1 / TRUE.beta2, cells)
    return rng.poisson(np.where(is_first, first, second) * expected).astype(float), expected


def log_likelihood(prior: GammaMixture, count: Floats, expected: Floats, truncated: bool) -> float:
    """Work the log-likelihood out the long way."""
    parts = []
    for alpha, beta in ((prior.alpha1, prior.beta1), (prior.alpha2, prior.beta2)):
        chance = beta / (beta + expected)
        parts.append((nbinom.pmf(count, alpha, chance), nbinom.sf(0, alpha, chance)))
    mixed = prior.share * parts[0][0] + (1 - prior.share) * parts[1][0]
    seen = prior.share * parts[0][1] + (1 - prior.share) * parts[1][1]
    return float((np.log(mixed) - (np.log(seen) if truncated else 0)).sum())


@pytest.mark.parametrize("truncated", [True, False])
def test_a_known_prior_is_found_again(truncated: bool) -> None:
    count, expected = drawn_cells(30_000)

    fit = fit_prior(count, expected, zero_truncated=truncated)

    assert astuple(fit.prior) == pytest.approx(astuple(TRUE), rel=0.12)
    assert fit.agreeing_starts >= 2
    assert not fit.is_at_bound


@pytest.mark.parametrize("truncated", [True, False])
def test_the_log_likelihood_given_is_that_of_the_cells(truncated: bool) -> None:
    count, expected = drawn_cells(3_000)
    used = count > 0 if truncated else count >= 0

    fit = fit_prior(count, expected, zero_truncated=truncated)

    longhand = log_likelihood(fit.prior, count[used], expected[used], truncated)
    assert fit.log_likelihood == pytest.approx(longhand, rel=1e-9)
    assert fit.cells == used.sum()


@pytest.mark.parametrize("truncated", [True, False])
def test_no_neighbour_of_a_fitted_prior_is_likelier(truncated: bool) -> None:
    count, expected = drawn_cells(2_000)
    used = count > 0 if truncated else count >= 0
    fit = fit_prior(count, expected, zero_truncated=truncated)
    values = np.array(astuple(fit.prior))

    for place in range(5):
        for factor in (0.97, 1.03):
            moved = values.copy()
            moved[place] *= factor
            other = log_likelihood(
                GammaMixture(**dict(zip(GammaMixture.__slots__, moved, strict=True))),
                count[used],
                expected[used],
                truncated,
            )
            assert other < fit.log_likelihood


@pytest.mark.parametrize("truncated", [True, False])
@pytest.mark.parametrize("place", [[-1.6, -2.3, 0.7, 1.4, -0.7], [1.2, -0.9, 0.7, 0.6, -2.7]])
def test_the_slope_is_that_of_finite_differences(truncated: bool, place: list[float]) -> None:
    count, expected = drawn_cells(500)
    kept = count > 0 if truncated else count >= 0
    sample = CellSample(
        count=count[kept], expected=expected[kept], weight=np.linspace(1, 3, int(kept.sum()))
    )
    likelihood = _Likelihood(sample, truncated)

    def value(at: Floats) -> float:
        return likelihood.value_and_slope(at)[0]

    slope = likelihood.value_and_slope(np.array(place))[1]

    numeric = approx_fprime(np.array(place), value, 1e-6)
    assert slope == pytest.approx(numeric, rel=1e-4, abs=1e-2)


def test_cells_of_zero_are_left_out_of_a_truncated_fit() -> None:
    count, expected = drawn_cells(800)

    assert fit_prior(count, expected) == fit_prior(count[count > 0], expected[count > 0])


def test_the_order_of_the_cells_changes_nothing() -> None:
    count, expected = drawn_cells(1_500)
    order = np.random.default_rng(1).permutation(len(count))

    assert fit_prior(count, expected) == fit_prior(count[order], expected[order])


def test_squashed_cells_give_nearly_the_same_prior() -> None:
    count, expected = drawn_cells(30_000)

    whole, squashed = fit_prior(count, expected), fit_prior(count, expected, squash_above=1_000)

    assert squashed.points < whole.points / 2
    assert squashed.cells == whole.cells
    assert squashed.log_likelihood == pytest.approx(whole.log_likelihood, abs=0.01)
    assert astuple(squashed.prior) == pytest.approx(astuple(whole.prior), rel=0.01)


@pytest.mark.parametrize("seed", range(6))
def test_all_starts_together_never_lose_to_one(seed: int) -> None:
    count, expected = drawn_cells(400, seed)

    together = fit_prior(count, expected).log_likelihood

    alone = [fit_prior(count, expected, starts=(start,)).log_likelihood for start in STARTS]
    assert together >= max(alone) - 0.01


def test_cells_that_tell_no_two_components_apart_say_so_or_agree() -> None:
    expected = np.full(300, 5.0)
    count = np.random.default_rng(2).poisson(expected).astype(float)

    fit = fit_prior(count, expected, zero_truncated=False)

    belief = update(fit.prior, 5, 5.0)
    assert float(belief.geometric_mean) == pytest.approx(1, abs=0.1)
    assert np.isfinite(fit.log_likelihood)


def test_the_first_component_is_the_larger() -> None:
    swapped = GammaMixture(alpha1=2.0, beta1=4.0, alpha2=0.2, beta2=0.1, share=2 / 3)

    prior = fit_prior(*drawn_cells(2_000), starts=(swapped,)).prior

    assert prior.alpha1 / prior.beta1 > prior.alpha2 / prior.beta2


@pytest.mark.parametrize(
    ("count", "expected", "error"),
    [
        ([], [], PriorError),
        ([0, 0], [1, 2], PriorError),
        ([1, 2], [1], PriorError),
        ([1, 2], [1, 0], CountError),
        ([1, -2], [1, 1], CountError),
        ([1, np.nan], [1, 1], CountError),
    ],
)
def test_cells_that_teach_nothing_are_refused(
    count: list[float], expected: list[float], error: type[Exception]
) -> None:
    with pytest.raises(error):
        fit_prior(count, expected)


def test_a_fit_without_a_start_is_refused() -> None:
    with pytest.raises(PriorError, match="starts"):
        fit_prior([1, 2], [1, 1], starts=())


@settings(max_examples=8, deadline=None)
@given(
    counts=st.lists(st.integers(0, 10**5), min_size=1, max_size=12),
    data=st.data(),
    truncated=st.booleans(),
)
def test_any_cells_give_a_finite_prior(
    counts: list[int], data: st.DataObject, truncated: bool
) -> None:
    ratios = data.draw(st.lists(st.floats(1e-3, 1e4), min_size=len(counts), max_size=len(counts)))
    count = np.array([1, *counts], dtype=float)

    fit = fit_prior(count, np.array([1.0, *ratios]), zero_truncated=truncated)

    assert np.isfinite([*astuple(fit.prior), fit.log_likelihood]).all()


@given(
    cells=st.lists(st.tuples(st.integers(0, 4), st.floats(0, 50)), min_size=1, max_size=80),
    width=st.floats(0.001, 2),
)
def test_squashing_keeps_the_sums_of_every_count(
    cells: list[tuple[int, float]], width: float
) -> None:
    count, expected = np.array(cells, dtype=float).T

    found = squash(count, expected, width=width)

    for value in np.unique(count):
        here = found.count == value
        assert found.weight[here].sum() == (count == value).sum()
        assert found.weight[here] @ found.expected[here] == pytest.approx(
            expected[count == value].sum()
        )


def test_a_bin_holds_cells_of_one_count_and_nearly_one_expected_count() -> None:
    count, expected = drawn_cells(5_000)
    width = 0.1

    found = squash(count, expected, width=width)

    assert len(found.weight) < 2_500
    for value in np.unique(count):
        logs = np.floor(np.log(expected[count == value]) / width)
        assert (found.count == value).sum() == len(np.unique(logs))


def test_squashing_no_cells_gives_none() -> None:
    assert len(squash([], []).weight) == 0


def test_the_first_start_is_dumouchels() -> None:
    assert STARTS[0] == DUMOUCHEL_START
