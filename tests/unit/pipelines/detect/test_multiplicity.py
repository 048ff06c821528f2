"""Looking in many places is paid for, and never more than once."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import nbinom

from pipelines.detect.multiplicity import adjusted_p, count_tail, searched_tail

COUNTS = np.arange(60)
DAYS = 1096


def test_the_tail_is_that_of_the_negative_binomial() -> None:
    size, mean = 3.0, 4.0

    tail = count_tail(COUNTS, mean, size)

    np.testing.assert_allclose(tail, nbinom.sf(COUNTS - 1, size, size / (size + mean)), rtol=1e-9)


@pytest.mark.parametrize("size", [0.2, 1.0, 5.0, 1e6])
@pytest.mark.parametrize("mean", [0.01, 1.0, 10.0])
def test_a_searched_tail_falls_with_the_count_and_rises_with_the_search(
    mean: float, size: float
) -> None:
    few, many = (searched_tail(COUNTS, mean, size, windows) for windows in (1.0, 50.0))

    assert (np.diff(many) <= 1e-12).all()
    assert (many >= few).all()
    assert (few >= count_tail(COUNTS, mean, size)).all()
    assert (many <= 1).all()


def test_a_window_as_long_as_the_search_pays_for_lengths_only() -> None:
    searched = searched_tail(12, 2.0, 5.0, 0.5)

    assert searched == pytest.approx(7 * count_tail(12, 2.0, 5.0))


@pytest.mark.parametrize(("rate", "size"), [(0.1, 1e6), (0.5, 5.0), (2.0, 5.0), (2.0, 1.0)])
def test_the_densest_window_of_quiet_series_is_rarely_called_unusual(
    rate: float, size: float
) -> None:
    generator = np.random.default_rng(20260901)

    lowest = np.array([_lowest(_days(rate, size, generator), rate, size) for _ in range(150)])

    assert (lowest <= 0.05).mean() <= 0.06
    assert (lowest <= 0.2).mean() <= 0.2


def test_adjusted_p_values_keep_their_order_and_never_fall() -> None:
    searched = np.array([0.2, 1e-6, 0.001, 0.03, 1.0])

    adjusted = adjusted_p(searched, 400)

    assert (np.diff(adjusted[np.argsort(searched)]) >= 0).all()
    assert (adjusted >= searched).all()


def test_more_series_looked_at_make_every_find_less_sure() -> None:
    searched = np.array([1e-5, 1e-4])

    assert (adjusted_p(searched, 2000) > adjusted_p(searched, 20)).all()


def test_what_was_not_tested_stays_unknown_and_counts_for_nobody() -> None:
    adjusted = adjusted_p([0.01, np.nan], 2)

    assert adjusted[0] == pytest.approx(0.02)
    assert np.isnan(adjusted[1])
    assert adjusted_p([], 7).tolist() == []


def test_several_windows_of_one_series_are_all_tests() -> None:
    assert adjusted_p([0.02, 0.02, 0.02], 1).tolist() == pytest.approx([0.02, 0.02, 0.02])


def _days(rate: float, size: float, generator: np.random.Generator) -> np.ndarray:
    """Draw the days of a quiet series: weekly counts are negative binomial."""
    weeks = DAYS // 7
    number = generator.poisson(rate * generator.gamma(size, 1 / size, weeks))
    days = np.repeat(7 * np.arange(weeks), number) + generator.integers(0, 7, number.sum())
    return np.sort(days)


def _lowest(days: np.ndarray, rate: float, size: float) -> float:
    """Search all windows of up to 120 days that begin and end with a complaint."""
    first, place, count = np.unique(days, return_index=True, return_counts=True)
    held = (place + count)[None, :] - place[:, None]
    length = first[None, :] - first[:, None] + 1
    is_tried = (length >= 1) & (length <= 120) & (held >= 2)
    held, length = held[is_tried], length[is_tried]
    if not len(held):
        return 1.0
    return float(searched_tail(held, rate * length / 7, size, DAYS / length).min())
