"""Fitting many series at once: as statsmodels does one by one, whatever is missing or zero."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.detect.seasonal_fit import Design, SeasonalFit, dispersion, fit_seasons
from pipelines.detect.weekly import Floats

WEEKS, SEASONS = 120, 4
DESIGN = Design(
    time=np.arange(WEEKS, dtype=float) + 500,
    season=np.arange(WEEKS, dtype=np.int64) // 10 % SEASONS,
    seasons=SEASONS,
)


def drawn(seed: int, series: int = 3) -> tuple[Floats, Floats]:
    """Draw overdispersed counts with season and trend, and weights with some missing weeks."""
    rng = np.random.default_rng(seed)
    level = rng.uniform(0.5, 40, (series, 1))
    trend = np.exp(rng.uniform(-0.01, 0.01, (series, 1)) * (DESIGN.time - 560))
    season = np.exp(rng.normal(0, 0.7, (series, SEASONS)))[:, DESIGN.season]
    count = rng.poisson(level * trend * season * rng.gamma(3, 1 / 3, (series, WEEKS)))
    weight = rng.uniform(0.2, 1.5, (series, WEEKS)) * (rng.random((series, WEEKS)) > 0.2)
    return count.astype(float), weight


def by_statsmodels(count: Floats, weight: Floats, slope: bool) -> sm.GLM:
    """Fit one series by reweighted least squares."""
    known = weight > 0
    columns = (DESIGN.season[:, None] == np.arange(SEASONS)).astype(float)
    if slope:
        columns = np.c_[columns, DESIGN.time - 560]
    model = sm.GLM(
        count[known], columns[known], family=sm.families.Poisson(), var_weights=weight[known]
    )
    return model.fit(tol=1e-13, maxiter=200, scale="X2")


def fitted(count: Floats, weight: Floats, slope: bool = True) -> SeasonalFit:
    return fit_seasons(count, weight, DESIGN, np.full(len(count), slope))


@pytest.mark.parametrize("slope", [True, False])
@pytest.mark.parametrize("seed", range(12))
def test_each_series_is_fitted_as_statsmodels_fits_it(seed: int, slope: bool) -> None:
    count, weight = drawn(seed)
    fit = fitted(count, weight, slope)
    spread, hat = dispersion(count, weight, fit), fit.leverage(weight)

    for row in range(len(count)):
        known = weight[row] > 0
        other = by_statsmodels(count[row], weight[row], slope)
        assert fit.mean[row, known] == pytest.approx(other.fittedvalues, rel=1e-7)
        assert spread[row] == pytest.approx(other.scale, rel=1e-7)
        assert hat[row, known] == pytest.approx(other.get_hat_matrix_diag(observed=False), rel=1e-6)
        ahead = np.r_[np.eye(SEASONS)[2], [650.0 - 560] if slope else []]
        told = other.get_prediction(ahead[None], which="linear")
        assert np.log(fit.predict(650.0, 2)[row]) == pytest.approx(told.predicted[0], abs=1e-7)
        error = np.sqrt(spread * fit.log_variance(650.0, 2))[row]
        assert error == pytest.approx(told.se[0], rel=1e-6)
        if slope:
            assert fit.slope_per_time()[row] == pytest.approx(other.params[-1], abs=1e-9)


@given(seed=st.integers(0, 10_000), factor=st.integers(2, 50))
@settings(max_examples=30)
def test_counts_times_a_factor_have_means_times_the_factor(seed: int, factor: int) -> None:
    count, weight = drawn(seed)

    one, more = fitted(count, weight), fitted(count * factor, weight)

    assert more.mean == pytest.approx(factor * one.mean, rel=1e-6, abs=1e-9)
    assert more.slope == pytest.approx(one.slope, abs=1e-6)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30)
def test_what_a_season_is_expected_to_hold_is_what_it_held(seed: int) -> None:
    count, weight = drawn(seed)

    fit = fitted(count, weight)

    marks = (DESIGN.season[:, None] == np.arange(SEASONS)).astype(float)
    assert (weight * fit.mean) @ marks == pytest.approx((weight * count) @ marks, rel=1e-9)
    held, expected = (weight * count) @ DESIGN.time, (weight * fit.mean) @ DESIGN.time
    assert expected == pytest.approx(held, rel=1e-8)


def test_a_series_is_fitted_alike_alone_and_among_others() -> None:
    count, weight = drawn(3, series=40)

    among = fitted(count, weight)

    for row in range(0, 40, 9):
        alone = fitted(count[[row]], weight[[row]])
        assert alone.mean[0] == pytest.approx(among.mean[row], rel=1e-9)


def test_a_count_without_weight_takes_no_part() -> None:
    count, weight = drawn(5)
    changed = np.where(weight == 0, 10_000.0, count)

    assert fitted(changed, weight).mean == pytest.approx(fitted(count, weight).mean)


def test_a_season_without_complaints_has_mean_zero_and_disturbs_no_other() -> None:
    count, weight = drawn(7)
    count[:, DESIGN.season == 1] = 0

    fit = fitted(count, weight)

    assert (fit.mean[:, DESIGN.season == 1] == 0).all()
    assert (fit.predict(640.0, 1) == 0).all()
    assert np.isinf(fit.log_variance(640.0, 1)).all()
    others = np.where(DESIGN.season == 1, 0.0, weight)
    assert fit.slope == pytest.approx(fitted(count, others).slope, abs=1e-9)


def test_a_season_without_known_weeks_has_no_mean_and_costs_no_parameter() -> None:
    count, weight = drawn(7)
    weight[:, DESIGN.season == 1] = 0

    fit = fitted(count, weight)

    assert np.isnan(fit.predict(640.0, 1)).all()
    assert fit.free.tolist() == ((weight > 0).sum(axis=1) - SEASONS).tolist()


@pytest.mark.parametrize("held", [{}, {119: 5.0}, {0: 1.0}, {39: 2.0}])
def test_no_slope_is_told_from_complaints_at_one_end_or_none(held: dict[int, float]) -> None:
    count = np.zeros((1, WEEKS))
    for week, complaints in held.items():
        count[0, week] = complaints

    fit = fitted(count, np.ones((1, WEEKS)))

    ends = {119, 0}
    assert fit.has_slope[0] == bool(held.keys() - ends)
    assert np.isfinite(fit.mean).all()
    assert fit.mean.sum() == pytest.approx(count.sum())


def test_seasons_and_weeks_must_go_together() -> None:
    with pytest.raises(ValueError, match="expected a season per week"):
        Design(time=np.arange(3.0), season=np.zeros(2, dtype=np.int64), seasons=1)
