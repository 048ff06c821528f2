"""From covered complaints to the worklist: every test is adjusted, every gap has its reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.coverage import parse_coverage
from flows.ingest import ImportRequest, import_files
from flows.run import run
from flows.settings import FlowSettings
from flows.simulate import SimulationParams, simulate
from flows.worklist import read_worklist
from tests.integration.conftest import SAMPLE
from warehouse.home import Home
from warehouse.read import open_reader

PARAMS = SimulationParams(seed=77, weeks=60, merchants=6, events=5)


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("simulated")
    simulate(PARAMS, folder)
    return folder / "posts.jsonl"


def published(home: Path, posts: Path, *covers: str) -> Path:
    request = ImportRequest(
        source="posts",
        files=(posts,),
        is_backfill=True,
        covers=tuple(parse_coverage(text) for text in covers),
    )
    import_files(home, request)
    run(FlowSettings(home=home, workers=1))
    return home


@pytest.fixture(scope="module")
def covered(tmp_path_factory: pytest.TempPathFactory, posts: Path) -> Path:
    return published(tmp_path_factory.mktemp("covered"), posts, "2023-01..2024-12")


@pytest.fixture(scope="module")
def worklist(covered: Path) -> list[dict[str, Any]]:
    return list(read_worklist(covered, None))


def test_every_tested_candidate_carries_an_adjusted_p_and_the_methods_rate(
    worklist: list[dict[str, Any]],
) -> None:
    signals = [row["signal"] for row in worklist if row["signal"]]

    assert signals
    for signal in signals:
        assert signal["method"] == "gamma_poisson"
        assert signal["statistic"] <= signal["p_adj"] <= 1
        assert 0 < signal["false_alarm_rate"] < 0.01
        assert signal["observed"] >= 0


def test_a_planted_event_of_many_people_passes_the_adjusted_test(
    worklist: list[dict[str, Any]],
) -> None:
    assert min(row["signal"]["p_adj"] for row in worklist if row["signal"]) < 0.01


def test_a_mix_is_compared_or_its_absence_explained(worklist: list[dict[str, Any]]) -> None:
    for row in worklist:
        assert (row["unusual_mix"] is None) == (row["unusual_mix_missing"] is not None)
        if row["issue_axis"] == "topic":
            assert row["unusual_mix_missing"] in ("no_code", "no_merchant")


def test_the_newest_covered_seven_days_are_watched_with_a_budget(covered: Path) -> None:
    with open_reader(Home(covered), "internal") as reader:
        (week,) = reader.query("alarm_week").to_pylist()
        alarms = reader.query("alarms", limit=100).to_pylist()

    assert date(2023, 1, 1) < week["week_start"] <= date(2024, 12, 25)
    assert week["alarms_lasting"] <= week["alarms"]
    assert week["alarms"] == len(alarms)
    assert week["expected_false"] == pytest.approx(week["series_tested"] * week["false_alarm_rate"])
    assert all(row["p_value"] <= week["level"] and row["observed"] >= 2 for row in alarms)


def test_without_coverage_there_is_no_signal_and_no_alarm(tmp_path: Path, posts: Path) -> None:
    home = published(tmp_path / "home", posts)

    with open_reader(Home(home), "internal") as reader:
        weeks = reader.query("alarm_week").to_pylist()

    assert weeks == []
    assert all(row["signal"] is None for row in read_worklist(home, None))


def test_among_few_complaints_coverage_takes_no_clear_group_away(tmp_path: Path) -> None:
    covered = published(tmp_path / "covered", SAMPLE, "2025-06..2026-06")
    uncovered = published(tmp_path / "uncovered", SAMPLE)

    told = [
        {(row["merchant_key"], row["issue_code"]) for row in read_worklist(home, None)}
        for home in (covered, uncovered)
    ]

    assert told[0] == told[1] != set()
