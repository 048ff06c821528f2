"""The measured rate of false alarms is read whole, and grows with the level."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.detect.null_run import NullRunError, load_null_run, read_null_run

LEVELS = np.logspace(-6, -1, 30)


@pytest.mark.parametrize("method", ["gamma_poisson", "gamma_poisson_sector"])
def test_the_rate_grows_with_the_level_and_is_a_share(method: str) -> None:
    rates = [load_null_run().rate(float(level), method) for level in LEVELS]

    assert rates == sorted(rates)
    assert 0 < rates[0] <= rates[-1] < 1


def test_at_a_measured_level_the_rate_is_the_measured_one() -> None:
    run = read_null_run(
        "weeks: {quick: [{level: 0.01, rate: 0.004}, {level: 0.001, rate: 0.0008}]}\n"
        "windows: {tested: 50, adjusted_at_most_0.05: 1}"
    )

    assert run.rate(0.01, "quick") == pytest.approx(0.004)
    assert run.rate(0.001, "quick") == pytest.approx(0.0008)
    assert (run.candidates, run.found) == (50, 1)


def test_the_level_of_a_rate_has_that_rate_up_to_the_highest_measured() -> None:
    for method in ("gamma_poisson", "gamma_poisson_sector"):
        run = load_null_run()

        assert run.rate(run.level(1e-4, method), method) == pytest.approx(1e-4)
        assert run.level(0.9, method) == 0.05


@pytest.mark.parametrize(
    "text",
    [
        "",
        "weeks: {}",
        "weeks: [{level: 0.01, rate: 0.004}]",
        "weeks: {quick: []}",
        "weeks: {quick: [{level: 0.01}]}",
        "weeks: {quick: [{level: 0.01, rate: 0}]}",
        "weeks: {quick: [{level: 2, rate: 0.1}]}",
        "weeks: {quick: [{level: some, rate: 0.1}]}",
        "[1]",
    ],
)
def test_a_table_without_rates_is_refused(text: str) -> None:
    with pytest.raises(NullRunError, match=r"benchmarks\.null_run"):
        read_null_run(text)


@pytest.mark.parametrize("method", ["gamma_poisson", "gamma_poisson_sector"])
def test_the_weekly_test_keeps_within_its_band_where_nothing_happened(method: str) -> None:
    assert 0.0003 <= load_null_run().rate(0.005, method) <= 0.005
