"""Measures of disproportion: worked examples, integration by hand, and tables with empty counts."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import chi2_contingency, gamma, nbinom

from pipelines.detect.disproportion import Measures, measure
from pipelines.detect.four_fold import CountError, FourFold, four_fold
from pipelines.detect.gamma_mixture import DUMOUCHEL_START, GammaMixture, PriorError, update
from pipelines.detect.ratios import chi_square, information_component, odds_ratio, reporting_ratio

WORKED = four_fold([10, 3, 2], [90, 7, 3], [50, 40, 40], [4850, 9950, 9955])
FITTED = GammaMixture(alpha1=3.25, beta1=0.4, alpha2=2.02, beta2=1.91, share=0.065)


def test_the_worked_examples_expect_what_the_margins_say() -> None:
    assert WORKED.expected == pytest.approx([1.2, 0.043, 0.021], abs=1e-9)


def test_the_reporting_ratio_is_that_of_the_worked_examples() -> None:
    found = reporting_ratio(WORKED)

    assert found.value.round(3).tolist() == [9.8, 74.925, 99.95]
    assert found.lower.round(3).tolist() == [5.119, 27.674, 32.703]


def test_the_odds_ratio_is_that_of_the_worked_examples() -> None:
    found = odds_ratio(WORKED)

    assert found.value.round(3).tolist() == [10.778, 106.607, 165.917]
    assert found.lower.round(3).tolist() == [5.297, 26.614, 26.991]


def test_chi_square_is_that_of_the_worked_examples() -> None:
    assert chi_square(WORKED).round(3).tolist() == [66.65, 204.428, 187.377]
    assert chi_square(WORKED, yates=True).round(3).tolist() == [59.291, 141.139, 104.656]


def test_the_information_component_is_that_of_the_worked_examples() -> None:
    found = information_component(WORKED)

    assert found.value.round(4).tolist() == [2.6268, 2.6883, 2.2626]
    assert found.lower.round(4).tolist() == [1.5966, 0.6379, -0.3261]


def test_the_interval_of_the_information_component_is_near_its_closed_form() -> None:
    a = WORKED.a + 0.5

    closed = information_component(WORKED).value - 3.3 * a**-0.5 - 2 * a**-1.5

    assert information_component(WORKED).lower == pytest.approx(closed, abs=0.12)


@pytest.mark.parametrize(
    ("count", "expected", "mean", "low", "high"),
    [
        (10, 1.2, 7.4593, 4.2780, 12.2741),
        (3, 0.043, 18.7616, 6.2373, 46.0658),
        (1, 0.001, 3.2381, 0.3018, None),
        (5, 5, 0.7523, 0.3701, None),
        (30, 10, 2.9038, 2.0890, 3.9224),
    ],
)
def test_beliefs_are_those_of_the_worked_examples(
    count: float, expected: float, mean: float, low: float, high: float | None
) -> None:
    belief = update(DUMOUCHEL_START, count, expected)

    assert float(belief.geometric_mean) == pytest.approx(mean, abs=6e-5)
    assert float(belief.quantile(0.05)) == pytest.approx(low, abs=6e-5)
    if high is not None:
        assert float(belief.quantile(0.95)) == pytest.approx(high, abs=6e-5)


def test_the_chance_of_the_first_component_is_that_of_the_worked_example() -> None:
    assert float(update(DUMOUCHEL_START, 10, 1.2).share) == pytest.approx(0.99939, abs=5e-6)


@pytest.mark.parametrize("prior", [DUMOUCHEL_START, FITTED])
@pytest.mark.parametrize(("count", "expected"), [(10, 1.2), (3, 0.043), (5, 5.0), (30, 10.0)])
def test_beliefs_are_those_of_integrating_bayes_rule(
    prior: GammaMixture, count: int, expected: float
) -> None:
    def unscaled(ratio: float) -> float:
        first = gamma.pdf(ratio, prior.alpha1, scale=1 / prior.beta1)
        second = gamma.pdf(ratio, prior.alpha2, scale=1 / prior.beta2)
        seen = np.exp(count * np.log(ratio * expected) - ratio * expected)
        return float((prior.share * first + (1 - prior.share) * second) * seen)

    def integral(of: str, high: float) -> float:
        def weighed(log_ratio: float) -> float:
            density = unscaled(np.exp(log_ratio)) * float(np.exp(log_ratio))
            return density * (log_ratio if of == "log" else 1.0)

        return float(quad(weighed, -12, np.log(high), epsabs=0, epsrel=1e-10, limit=400)[0])

    belief = update(prior, count, expected)

    whole = integral("one", 1e3)
    assert np.log(belief.geometric_mean) == pytest.approx(integral("log", 1e3) / whole, abs=1e-6)
    for chance in (0.05, 0.5, 0.95):
        assert integral("one", float(belief.quantile(chance))) / whole == pytest.approx(
            chance, abs=1e-6
        )
    assert float(belief.chance_at_most(1.0)) == pytest.approx(integral("one", 1) / whole, abs=1e-6)


def test_the_first_component_is_as_likely_as_the_negative_binomials_say() -> None:
    count, expected = np.arange(40), np.geomspace(0.01, 50, 40)
    first = nbinom.pmf(count, FITTED.alpha1, FITTED.beta1 / (FITTED.beta1 + expected))
    second = nbinom.pmf(count, FITTED.alpha2, FITTED.beta2 / (FITTED.beta2 + expected))

    found = update(FITTED, count, expected).share

    odds = FITTED.share * first, (1 - FITTED.share) * second
    assert found == pytest.approx(odds[0] / (odds[0] + odds[1]), rel=1e-9)


@pytest.mark.parametrize("yates", [False, True])
def test_chi_square_is_that_of_scipy(yates: bool) -> None:
    drawn = np.random.default_rng(4).integers(1, 60, size=(200, 2, 2))

    found = chi_square(four_fold(*drawn.reshape(200, 4).T), yates=yates)

    expected = [chi2_contingency(table, correction=yates).statistic for table in drawn]
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_no_measure_is_nan_or_endless_whichever_counts_are_empty() -> None:
    corners = np.array(np.meshgrid(*[[0, 1, 3, 100_000]] * 4)).reshape(4, -1)

    found = measure(four_fold(*corners), DUMOUCHEL_START)

    for field in fields(Measures):
        values = getattr(found, field.name)
        is_bounded = (corners[2] + corners[3] > 0) & (corners[1] + corners[3] > 0)
        may_be_endless = field.name in ("prr_upper", "ror_upper")
        assert not np.isnan(values).any(), field.name
        assert np.isfinite(values[is_bounded] if may_be_endless else values).all(), field.name


def test_a_table_with_nothing_to_compare_with_says_nothing() -> None:
    found = measure(four_fold([500, 500, 500], [0, 9, 0], [0, 0, 40], 0), DUMOUCHEL_START)

    assert (found.prr[:2].tolist(), found.prr_lower[:2].tolist()) == ([1, 1], [0, 0])
    assert (found.ror.tolist(), found.ror_lower.tolist()) == ([1, 1, 1], [0, 0, 0])
    assert (found.chi_square == 0).all()
    assert (found.ic_lower < 0).all()


def test_no_complaint_is_no_disproportion() -> None:
    found = measure(four_fold(0, [0, 5], [0, 3], [0, 900]), DUMOUCHEL_START)

    assert found.prr.tolist() == found.prr_lower.tolist() == [0, 0]
    assert found.ror.tolist() == found.ror_lower.tolist() == [0, 0]
    assert (found.ic_lower < 0).all()


def test_a_code_that_nobody_else_has_gives_a_large_and_finite_ratio() -> None:
    found = measure(four_fold(6, 10, 0, 4000), DUMOUCHEL_START)

    assert 100 < float(found.prr_lower) < float(found.prr) < np.inf
    assert 100 < float(found.ror_lower) < float(found.ror) < np.inf


def test_nothing_expected_and_nothing_seen_leaves_the_belief_as_it_was() -> None:
    belief = update(FITTED, 0, 0)

    assert float(belief.share) == pytest.approx(FITTED.share)
    assert (float(belief.shape1), float(belief.rate2)) == (FITTED.alpha1, FITTED.beta2)


def test_a_prior_of_one_component_is_a_plain_gamma() -> None:
    prior = GammaMixture(alpha1=2, beta1=1, alpha2=5, beta2=5, share=1)

    belief = update(prior, [4, 0], [3, 3])

    expected = gamma.ppf(0.05, [6, 2], scale=1 / 4)
    assert belief.quantile(0.05) == pytest.approx(expected, rel=1e-9)


def test_quantiles_of_beliefs_that_reach_to_zero_are_found() -> None:
    prior = GammaMixture(alpha1=0.001, beta1=0.001, alpha2=50, beta2=25, share=0.5)
    belief = update(prior, np.zeros(4), [0.0, 0.01, 1.0, 100.0])

    for chance in (0.05, 0.6, 0.95):
        place = belief.quantile(chance)
        assert np.isfinite(place).all()
        inside = place > 1e-290
        assert belief.chance_at_most(place)[inside] == pytest.approx(chance, abs=1e-7)


@pytest.mark.parametrize("bad", [-1, 0.5, np.nan, np.inf])
def test_what_is_no_count_is_refused_with_its_place(bad: float) -> None:
    with pytest.raises(CountError, match=r"c\[1\]: expected a whole number from 0"):
        four_fold(1, 1, [2, bad], 1)


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(CountError, match="expected shapes that fit"):
        four_fold([1, 2], [1, 2, 3], 1, 1)


@pytest.mark.parametrize(("count", "expected"), [(-1, 1), (1, np.nan), (1, 0)])
def test_counts_that_cannot_be_teach_nothing(count: float, expected: float) -> None:
    with pytest.raises(CountError):
        update(DUMOUCHEL_START, count, expected)


@pytest.mark.parametrize("change", [{"alpha1": 0}, {"beta2": np.inf}, {"share": 1.5}])
def test_what_is_no_prior_is_refused(change: dict[str, float]) -> None:
    sound = {"alpha1": 1.0, "beta1": 1.0, "alpha2": 1.0, "beta2": 1.0, "share": 0.5}

    with pytest.raises(PriorError, match="expected positive shapes"):
        GammaMixture(**{**sound, **change})


def test_tables_are_copied_so_that_later_changes_do_not_reach_them() -> None:
    counts = np.array([10.0])
    tables: FourFold = four_fold(counts, 90, 50, 4850)

    counts[0] = 99

    assert tables.a.tolist() == [10]
