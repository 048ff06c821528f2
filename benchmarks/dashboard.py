"""Measures what the pages ask of a published build."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.measure import Measurement, Report
from warehouse.home import Home
from warehouse.read import open_reader

REPEATS = 5


def measure(home: Path, report: Report) -> None:
    """Time the first page of the worklist and one candidate, cold connection apart."""
    with open_reader(Home(home), "internal") as reader:
        worklist = reader.query("candidates", limit=50, offset=0)
        _time(
            report, "query: worklist page", lambda: reader.query("candidates", limit=50, offset=0)
        )
        if worklist.num_rows:
            candidate_id = worklist["candidate_id"][0].as_py()
            _time(
                report,
                "query: members of a candidate",
                lambda: reader.query(
                    "candidate_members",
                    candidate_id=candidate_id,
                    limit=25,
                    offset=0,
                    near_limit=15,
                ),
            )


def _time(report: Report, stage: str, question: object) -> None:
    assert callable(question)
    rows = question().num_rows
    started = time.perf_counter()
    for _ in range(REPEATS):
        question()
    seconds = (time.perf_counter() - started) / REPEATS
    report.add(Measurement(stage=stage, rows=rows, seconds=seconds))
