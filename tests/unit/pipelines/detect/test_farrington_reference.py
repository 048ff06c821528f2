"""Farrington's flexible method beside R's `surveillance` 1.20.3, on the series of the reference."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import pytest

from pipelines.detect.farrington import (
    NOUFAILY,
    R_DEFAULTS,
    FarringtonTests,
    farrington_flexible,
)
from pipelines.detect.farrington_fit import outlier_weights, predict_week
from pipelines.detect.farrington_weeks import baseline
from pipelines.detect.seasonal_fit import Design, dispersion, fit_seasons, relative_dispersion
from pipelines.detect.week_tests import Verdict
from pipelines.detect.weekly import Floats

pytestmark = pytest.mark.data

AS_R = replace(NOUFAILY, errors="surveillance")
DEFAULT_AS_R = replace(R_DEFAULTS, errors="surveillance")
CONFIGS = {
    "r_default": DEFAULT_AS_R,
    "default_a005_nopower": replace(DEFAULT_AS_R, alpha=0.005, power="none"),
    "noufaily": AS_R,
    "noufaily_a01": replace(AS_R, alpha=0.01),
    "noufaily_b3": replace(AS_R, years=3),
    "noufaily_delta": replace(AS_R, bound="delta"),
    "noufaily_muan": replace(AS_R, bound="upper_mean"),
    "noufaily_nolimit": replace(AS_R, recent_count=0),
    "noufaily_noreweight": replace(AS_R, reweight=False),
    "noufaily_notrend": replace(AS_R, trend=False),
    "noufaily_ptrend05": replace(AS_R, trend_below=0.05),
}
RUNS = [(name, "index") for name in CONFIGS] + [("noufaily", "date"), ("r_default", "date")]


@pytest.fixture(scope="module")
def reference(shared_data: Path) -> Path:
    return shared_data / "surveillance_reference"


@pytest.fixture(scope="module")
def series(reference: Path) -> pd.DataFrame:
    return pd.read_csv(reference / "series_wide.csv")


@pytest.fixture(scope="module")
def expected_rows(reference: Path) -> pd.DataFrame:
    return pd.read_csv(reference / "farrington.csv")


def counts(series: pd.DataFrame) -> Floats:
    return np.asarray(series.iloc[:, 2:], dtype=np.float64).T


def run(series: pd.DataFrame, config: str, epoch: str) -> FarringtonTests:
    """Test weeks 281 to 340 (columns 280 to 339) as the configuration says."""
    first = (date.fromisoformat(series["date"][0]) - date(1970, 1, 1)).days
    return farrington_flexible(
        counts(series),
        np.arange(280, 340),
        CONFIGS[config],
        first_day=first if epoch == "date" else None,
    )


def beside(
    rows: pd.DataFrame, series: pd.DataFrame, found: FarringtonTests, config: str, epoch: str
) -> pd.DataFrame:
    """Put ours beside R's for the rows that can be compared."""
    chosen = rows[(rows["config"] == config) & (rows["epoch"] == epoch)]
    chosen = chosen[chosen["compare"] != "none"]
    row = chosen["series"].map(list(series.columns[2:]).index).to_numpy()
    at = (row, chosen["t"].to_numpy() - 281)
    tests = found.tests
    return chosen.assign(
        our_upper=tests.upper[at],
        our_expected=tests.expected[at],
        our_p=tests.p_value[at],
        our_exceedance=tests.exceedance[at],
        our_alarm=tests.alarm[at],
        our_verdict=tests.verdict[at],
        our_dispersion=found.dispersion[at],
        our_trend=found.trend[at],
    )


# R stops a fit when its deviance settles to 1e-8 and reads dispersions off the weights of the step
# before; that shows in their fifth digit. `test_seasonal_fit` compares to 1e-7 with statsmodels.
def assert_close(ours: pd.Series, theirs: pd.Series, at_most: float) -> None:
    """Compare where R gives a number, relatively above 1 and absolutely below."""
    given = theirs.notna()
    away = (ours[given] - theirs[given]).abs() / theirs[given].abs().clip(lower=1)
    assert given.any()
    assert away.max() < at_most


@pytest.mark.parametrize(("config", "epoch"), RUNS)
def test_alarms_and_kept_trends_are_those_of_r(
    expected_rows: pd.DataFrame, series: pd.DataFrame, config: str, epoch: str
) -> None:
    rows = beside(expected_rows, series, run(series, config, epoch), config, epoch)

    assert len(rows) >= 214
    assert (rows["our_alarm"] == (rows["alarm"] == 1)).all()
    told = rows[rows["compare"] == "all"]
    assert (told["our_trend"].notna() == (told["trend"] == 1)).all()


@pytest.mark.parametrize(("config", "epoch"), RUNS)
def test_means_bounds_dispersions_and_tails_are_those_of_r(
    expected_rows: pd.DataFrame, series: pd.DataFrame, config: str, epoch: str
) -> None:
    rows = beside(expected_rows, series, run(series, config, epoch), config, epoch)

    assert_close(rows["our_expected"], rows["expected"], 2e-6)
    assert_close(rows["our_dispersion"], rows["phi"], 1e-4)
    assert_close(rows["our_p"], rows["pvalue"], 1e-4)
    some = rows[rows["expected"] > 1e-6]  # where a season is all zeros, R's mean depends on when
    assert_close(some["our_upper"], some["upperbound"], 2e-5)  # its fit stops, and ours is 0
    if CONFIGS[config].bound == "delta":
        assert_close(some["our_exceedance"], some["score"], 1e-4)


@pytest.mark.parametrize(("config", "epoch"), RUNS)
def test_the_bound_after_a_season_of_zeros_is_zero_as_in_r(
    expected_rows: pd.DataFrame, series: pd.DataFrame, config: str, epoch: str
) -> None:
    rows = beside(expected_rows, series, run(series, config, epoch), config, epoch)

    none = rows[rows["expected"] < 1e-6]

    assert (none["our_expected"] < 1e-12).all()
    assert (none["upperbound"].dropna() < 0.02).all()
    if CONFIGS[config].bound != "upper_mean":
        assert (none["our_upper"] == 0).all()


@pytest.mark.parametrize(("config", "epoch"), RUNS)
def test_too_few_cases_of_late_are_too_few_in_r(
    expected_rows: pd.DataFrame, series: pd.DataFrame, config: str, epoch: str
) -> None:
    rows = beside(expected_rows, series, run(series, config, epoch), config, epoch)

    finite = rows[np.isfinite(rows["our_upper"])]
    assert ((finite["our_verdict"] == Verdict.TOO_FEW) == finite["upperbound"].isna()).all()


def fits(reference: Path) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads((reference / "fit_internals.json").read_text())
    return list(found.values())


def test_every_step_of_ten_fits_is_that_of_r(reference: Path, series: pd.DataFrame) -> None:
    for theirs in fits(reference):
        settings = CONFIGS[theirs["config"]]
        count = counts(series)[[list(series.columns[2:]).index(theirs["series"])]]
        week = int(theirs["t"]) - 1
        base = baseline(week, settings)
        assert base is not None
        known = ~np.isnan(count[0, base.columns])
        assert (base.columns[known] + 1).tolist() == theirs["baseline_t"]
        assert (base.season[known] + 1).tolist() == theirs["block"]

        time = base.columns[known].astype(float)
        design = Design(time=time, season=base.season[known], seasons=settings.seasons)
        y, ones, sloping = count[:, base.columns[known]], np.ones((1, len(time))), np.array([True])
        first = fit_seasons(y, ones, design, sloping)
        spread = np.maximum(dispersion(y, ones, first), 1.0)
        weight = outlier_weights(y, ones, first, spread, settings.outlier_beyond)
        second = fit_seasons(y, weight, design, sloping)

        assert first.mean[0] == pytest.approx(theirs["fit1_fitted"], rel=1e-5)
        assert first.leverage(ones)[0] == pytest.approx(theirs["fit1_hat"], rel=1e-4)
        assert spread[0] == pytest.approx(theirs["fit1_phi"], rel=1e-5)
        assert weight[0] == pytest.approx(theirs["omega"], rel=1e-4)
        assert second.free[0] == theirs["df_residual"]
        assert dispersion(y, weight, second)[0] == pytest.approx(
            theirs["fit2_dispersion"], rel=1e-4
        )
        assert relative_dispersion(y, weight, second)[0] == pytest.approx(
            theirs["dispersion_used_by_R_for_p_and_se"], rel=1e-4
        )


@pytest.mark.parametrize(("errors", "name"), [("textbook", "textbook"), ("surveillance", "in_R")])
def test_errors_are_the_textbooks_or_those_of_r_as_asked(
    reference: Path,
    series: pd.DataFrame,
    errors: Literal["textbook", "surveillance"],
    name: str,
) -> None:
    for theirs in fits(reference):
        settings = replace(CONFIGS[theirs["config"]], errors=errors, trend_below=1.0)
        count = counts(series)[[list(series.columns[2:]).index(theirs["series"])]]
        week = int(theirs["t"]) - 1
        base = baseline(week, settings)
        assert base is not None

        found = predict_week(count, week, base, settings)

        scale = found.mean[0] if theirs["pred_type"] == "response" else 1.0
        assert found.slope_p[0] == pytest.approx(theirs[f"trend_p_{name}"], rel=1e-3)
        assert np.sqrt(found.log_variance[0]) * scale == pytest.approx(
            theirs[f"pred_se_{name}"], rel=1e-4
        )
