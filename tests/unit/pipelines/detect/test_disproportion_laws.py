"""Laws of disproportion: what may not matter, what must grow, and which way shrinking goes."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.detect.disproportion import Measures, measure
from pipelines.detect.four_fold import four_fold
from pipelines.detect.gamma_mixture import GammaMixture, update

COUNTS = st.integers(0, 50_000)
POSITIVE = st.integers(1, 50_000)
SIZES = st.floats(0.05, 50)
PRIORS = st.builds(
    GammaMixture, alpha1=SIZES, beta1=SIZES, alpha2=SIZES, beta2=SIZES, share=st.floats(0, 1)
)
GROWING = ("prr", "ror", "ic", "ic_lower", "ebgm", "eb05", "eb95")
"""Not the lower bounds of PRR and ROR: as c nears 0 their normal approximation widens faster."""


def grows(before: float, after: float) -> bool:
    """Allow for the last digits of numbers that were solved for."""
    return after >= before - 1e-8 * max(1.0, abs(before))


@given(a=COUNTS, b=COUNTS, c=COUNTS, d=COUNTS, prior=PRIORS)
def test_no_measure_is_nan(a: int, b: int, c: int, d: int, prior: GammaMixture) -> None:
    found = measure(four_fold(a, b, c, d), prior)

    assert not any(np.isnan(getattr(found, field.name)) for field in fields(Measures))


@given(a=COUNTS, b=COUNTS, c=COUNTS, d=COUNTS, prior=PRIORS)
def test_intervals_hold_their_value(a: int, b: int, c: int, d: int, prior: GammaMixture) -> None:
    found = measure(four_fold(a, b, c, d), prior)

    assert found.prr_lower <= found.prr <= found.prr_upper
    assert found.ror_lower <= found.ror <= found.ror_upper
    assert found.ic_lower <= found.ic <= found.ic_upper
    assert found.eb05 <= found.eb95
    assert 0 <= found.chance_not_raised <= 1
    assert 0 <= found.chi_square_yates <= found.chi_square


@given(a=COUNTS, b=COUNTS, c=COUNTS, d=COUNTS, prior=PRIORS)
def test_one_more_complaint_lowers_no_measure(
    a: int, b: int, c: int, d: int, prior: GammaMixture
) -> None:
    found = measure(four_fold([a, a + 1], b, c, d), prior)

    ratios = ("prr", "prr_lower", "ror", "ror_lower")
    for name in ratios:
        before, after = getattr(found, name)
        assert grows(before, after), name


@given(count=COUNTS, expected=st.floats(1e-3, 1e4), prior=PRIORS)
def test_one_more_complaint_where_as_many_are_expected_lowers_no_belief(
    count: int, expected: float, prior: GammaMixture
) -> None:
    belief = update(prior, [count, count + 1], expected)

    for values in (belief.geometric_mean, belief.quantile(0.05), belief.quantile(0.95)):
        assert grows(*values)
    assert grows(*-belief.chance_at_most(1.0))


@given(a=POSITIVE, b=POSITIVE, c=POSITIVE, d=POSITIVE, prior=PRIORS)
def test_a_complaint_moved_to_the_code_within_the_same_margins_lowers_no_measure(
    a: int, b: int, c: int, d: int, prior: GammaMixture
) -> None:
    found = measure(four_fold([a, a + 1], [b, b - 1], [c, c - 1], [d, d + 1]), prior)

    assert found.expected[0] == pytest.approx(found.expected[1])
    for name in GROWING:
        assert grows(*getattr(found, name)), name


@given(a=POSITIVE, b=POSITIVE, c=POSITIVE, d=POSITIVE, prior=PRIORS)
def test_merchant_and_code_may_change_places(
    a: int, b: int, c: int, d: int, prior: GammaMixture
) -> None:
    one, other = measure(four_fold(a, b, c, d), prior), measure(four_fold(a, c, b, d), prior)

    for name in ("ror", "ror_lower", "ic", "ic_lower", "chi_square", "ebgm", "eb05"):
        assert float(getattr(one, name)) == pytest.approx(float(getattr(other, name)), rel=1e-9)


@given(a=POSITIVE, b=POSITIVE, c=POSITIVE, d=POSITIVE)
def test_the_odds_ratio_of_the_opposite_is_its_inverse(a: int, b: int, c: int, d: int) -> None:
    prior = GammaMixture(alpha1=1, beta1=1, alpha2=2, beta2=2, share=0.5)

    one, other = measure(four_fold(a, b, c, d), prior), measure(four_fold(b, a, d, c), prior)

    assert float(one.ror) == pytest.approx(1 / float(other.ror))
    assert float(one.ror_lower) == pytest.approx(1 / float(other.ror_upper))
    assert float(one.chi_square) == pytest.approx(float(other.chi_square), rel=1e-6, abs=1e-9)


@given(a=POSITIVE, b=POSITIVE, c=POSITIVE, d=POSITIVE, times=st.integers(2, 50), prior=PRIORS)
def test_more_of_the_same_changes_no_ratio_and_narrows_its_interval(
    a: int, b: int, c: int, d: int, times: int, prior: GammaMixture
) -> None:
    few = measure(four_fold(a, b, c, d), prior)
    many = measure(four_fold(times * a, times * b, times * c, times * d), prior)

    assert float(many.prr) == pytest.approx(float(few.prr))
    assert float(many.ror) == pytest.approx(float(few.ror))
    assert float(many.chi_square) == pytest.approx(times * float(few.chi_square), abs=1e-6)
    assert many.prr_lower >= few.prr_lower * (1 - 1e-9)
    assert many.ror_lower >= few.ror_lower * (1 - 1e-9)


@given(count=COUNTS, expected=st.floats(1e-3, 1e4), alpha=SIZES, beta=SIZES)
def test_a_belief_lies_between_what_was_usual_and_what_was_seen(
    count: int, expected: float, alpha: float, beta: float
) -> None:
    prior = GammaMixture(alpha1=alpha, beta1=beta, alpha2=alpha, beta2=beta, share=0.5)

    belief = update(prior, count, expected)

    mean = float(belief.shape1 / belief.rate1)
    low, high = sorted([prior.mean, count / expected])
    assert low * (1 - 1e-9) <= mean <= high * (1 + 1e-9)
    assert float(belief.geometric_mean) <= mean * (1 + 1e-9)


@given(ratio=st.floats(2, 50), expected=st.floats(1e-2, 10))
def test_the_fewer_the_complaints_the_more_a_belief_is_shrunk(
    ratio: float, expected: float
) -> None:
    prior = GammaMixture(alpha1=2, beta1=2, alpha2=2, beta2=2, share=0.5)
    sizes = expected * np.array([1.0, 4.0, 16.0, 64.0])

    belief = update(prior, ratio * sizes, sizes)

    assert (np.diff(belief.geometric_mean) > 0).all()
    assert (np.diff(belief.quantile(0.05)) > 0).all()


@given(
    cells=st.lists(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS), min_size=1, max_size=8),
    prior=PRIORS,
    data=st.data(),
)
def test_a_cell_is_measured_alike_in_any_company(
    cells: list[tuple[int, int, int, int]], prior: GammaMixture, data: st.DataObject
) -> None:
    together = measure(four_fold(*np.array(cells).T), prior)
    place = data.draw(st.integers(0, len(cells) - 1))

    alone = measure(four_fold(*cells[place]), prior)

    for field in fields(Measures):
        both = getattr(alone, field.name), getattr(together, field.name)[place]
        assert float(both[0]) == pytest.approx(float(both[1]), rel=1e-8, abs=1e-300)
