"""Measures the way from a file to a published build, stage by stage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.measure import Measurement, Report, in_fresh_process
from flows.ingest import ImportRequest, import_files
from flows.run import RunReceipt, run
from flows.settings import FlowSettings
from flows.simulate import SimulationParams, simulate


def measure(folder: Path, complaints: int, seed: int, report: Report) -> Path:
    """Simulate, import, run and run again under `folder`; return the home it made."""
    home = folder / "home"
    steps: list[tuple[str, Callable[..., Any], tuple[object, ...]]] = [
        ("simulate", _simulate, (folder, complaints, seed)),
        ("import", _import, (folder, home)),
        ("run", _run, (home,)),
        ("run again, nothing new", _run, (home,)),
    ]
    for name, function, args in steps:
        result, seconds, own, workers = in_fresh_process(function, *args)
        rows, stages = result
        report.add(
            Measurement(stage=name, rows=rows, seconds=seconds, peak_mib=own, workers_mib=workers)
        )
        for stage in stages:
            report.add(
                Measurement(stage=f"  {stage.stage}", rows=stage.rows, seconds=stage.seconds)
            )
    return home


def _simulate(folder: Path, complaints: int, seed: int) -> tuple[int, list[object]]:
    simulate(SimulationParams(seed=seed, complaints=complaints), folder)
    with (folder / "posts.jsonl").open("rb") as posts:
        return sum(1 for _ in posts), []


def _import(folder: Path, home: Path) -> tuple[int, list[object]]:
    request = ImportRequest(source="posts", files=(folder / "posts.jsonl",), is_backfill=True)
    return import_files(home, request).read, []


def _run(home: Path) -> tuple[int, list[object]]:
    receipt: RunReceipt = run(FlowSettings(home=home))
    return receipt.run.complaint_count, list(receipt.run.stages)
