"""The measures give what one gets by hand."""

from __future__ import annotations

import pytest

from tests.eval.measures import (
    Estimate,
    calibration_error,
    counts_of,
    f1_gain,
    kappa,
    reliability,
    score,
    share,
    share_gain,
)

PERFECT, MISSED, WRONG = (1, 0, 0), (0, 0, 1), (0, 1, 0)


def test_codes_are_pooled_over_texts_before_dividing() -> None:
    result = score([(3, 1, 0), (1, 0, 4)])

    assert (result.texts, result.positives) == (2, 8)
    assert result.precision.value == pytest.approx(4 / 5)
    assert result.recall.value == pytest.approx(4 / 8)
    assert result.f1.value == pytest.approx(2 * 4 / (2 * 4 + 1 + 4))


def test_what_nothing_defines_is_not_zero() -> None:
    nothing = score([(0, 0, 0)])
    silent = score([MISSED, MISSED])

    assert nothing.precision == nothing.recall == nothing.f1 == Estimate(value=None)
    assert silent.precision.value is None
    assert silent.recall.value == silent.f1.value == 0
    assert score([]).f1.value is None
    assert share([]).value is None


def test_the_interval_holds_the_value_and_narrows_with_more_texts() -> None:
    few = score([PERFECT, MISSED, WRONG, PERFECT] * 5).f1
    many = score([PERFECT, MISSED, WRONG, PERFECT] * 80).f1

    assert few.low < few.value < few.high  # type: ignore[operator]
    assert few.value == many.value
    assert many.high - many.low < (few.high - few.low) / 3  # type: ignore[operator]


def test_the_interval_of_a_share_is_that_of_a_binomial_count() -> None:
    estimate = share([True] * 80 + [False] * 20)

    assert estimate.value == pytest.approx(0.8)
    assert estimate.low == pytest.approx(0.8 - 1.96 * 0.04, abs=0.01)
    assert estimate.high == pytest.approx(0.8 + 1.96 * 0.04, abs=0.01)


def test_the_same_counts_give_the_same_interval() -> None:
    counts = [PERFECT, MISSED, WRONG] * 7

    assert score(counts) == score(counts)


def test_texts_are_resampled_in_pairs() -> None:
    ours = [PERFECT] * 50 + [MISSED] * 50
    theirs = [PERFECT] * 49 + [MISSED] * 51

    gain = f1_gain(ours, theirs)

    assert gain.value == pytest.approx(2 * 50 / 150 - 2 * 49 / 149)
    assert gain.low == pytest.approx(0)
    assert gain.high < 0.03  # type: ignore[operator]
    assert score(ours).f1.high - score(ours).f1.low > 0.1  # type: ignore[operator]


def test_a_reading_is_not_above_itself() -> None:
    assert f1_gain([PERFECT, MISSED], [PERFECT, MISSED]) == Estimate(value=0, low=0, high=0)
    assert share_gain([True, False], [True, False]) == Estimate(value=0, low=0, high=0)


def test_kappa_takes_off_what_chance_gives() -> None:
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15

    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("a", "b"), ("b", "a")]) == pytest.approx(-1)
    assert kappa([("a", "a"), ("a", "a")]) is None
    assert kappa([]) is None


def test_scores_are_sorted_into_tenths() -> None:
    bins = reliability([(0.0, False), (0.29, False), (0.3, True), (0.999, True), (1.0, True)])

    assert [(one.low, one.findings) for one in bins] == [(0.0, 1), (0.2, 1), (0.3, 1), (0.9, 2)]


def test_the_calibration_error_weighs_bins_by_their_findings() -> None:
    findings = [(0.9, True)] * 3 + [(0.9, False)] + [(0.55, True), (0.55, False)] * 2

    assert calibration_error(reliability(findings)) == pytest.approx((4 * 0.15 + 4 * 0.05) / 8)
    assert calibration_error([]) is None


def test_counting_one_text_ignores_order_and_repetition() -> None:
    assert counts_of(frozenset("ab"), frozenset("ba")) == (2, 0, 0)
    assert counts_of(frozenset(), frozenset("a")) == (0, 1, 0)
