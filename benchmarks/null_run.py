"""The null run: how often the tests of weeks and candidates alarm where nothing happened.

`python -m benchmarks.null_run [SEED...]` simulates complaints without events per seed, covers all
of their days, and imports and runs them as everybody's are. It writes the shares of quiet
series-weeks with an alarm to `pipelines/taxonomy/measured/null_run.yml`, which is what pages state
as the rate of false alarms, and prints them. About two minutes of one core per seed.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from benchmarks.simulated import simulated_home
from flows.simulate import SimulationParams
from pipelines.dedupe import find_copies
from pipelines.detect.coverage import read_coverage
from pipelines.detect.multiplicity import count_tail
from pipelines.detect.weekly import ALL_CODES, Floats
from pipelines.grouping import alarms, signals
from pipelines.grouping.corpus import read_corpus
from pipelines.grouping.covered import read_covered
from pipelines.grouping.criteria import load_criteria
from warehouse.work import Work

SEEDS = (9401, 9402, 9403)
COMPLAINTS = 12_000
LEVELS = (0.05, 0.01, 0.005, 0.001, 0.0005, 0.0001)
FILE = Path(__file__).parents[1] / "pipelines" / "taxonomy" / "measured" / "null_run.yml"
HEAD = """\
# How often the tests alarm where nothing happened. Written by `python -m benchmarks.null_run`.
# weeks: of all quiet series-weeks that a method tests, those with at least two complaints and a
# chance of at most `level` under its model. windows: candidates, by their adjusted p-values.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """What one seed gave: tested series-weeks and those beyond each level, and candidates."""

    series: int
    tests: dict[str, int]
    beyond: dict[str, np.ndarray]
    searched: np.ndarray
    adjusted: np.ndarray


def main(seeds: list[int]) -> None:
    """Measure the seeds and write the file."""
    found = [measure(seed) for seed in seeds]
    text = HEAD + yaml.safe_dump(summary(seeds, found), sort_keys=False, width=100)
    FILE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def measure(seed: int, complaints: int = COMPLAINTS) -> Quiet:
    """Simulate one seed, run it, and test every week of it."""
    with tempfile.TemporaryDirectory(prefix="zhongsu-null-") as folder:
        params = SimulationParams(seed=seed, complaints=complaints, events=0)
        home = simulated_home(params, Path(folder))
        with Work.open(home) as work:
            return _tested(work)


def summary(seeds: list[int], found: list[Quiet]) -> dict[str, Any]:
    """Put the seeds together, with what they were made with."""
    searched = np.concatenate([quiet.searched for quiet in found])
    adjusted = np.concatenate([quiet.adjusted for quiet in found])
    return {
        "settings": {
            "command": "zhongsu simulate --events 0",
            "seeds": list(seeds),
            "complaints": COMPLAINTS,
            "weeks": SimulationParams(seed=0).weeks,
            "covered": "every day",
            "complaints_at_least": int(load_criteria().people_at_least),
        },
        "weeks": {method: _rates(method, found) for method in found[0].tests},
        "windows": {
            "series": sum(quiet.series for quiet in found),
            "tested": len(searched),
            "searched_at_most_0.05": int((searched <= 0.05).sum()),
            "adjusted_at_most_0.05": int((adjusted <= 0.05).sum()),
            "adjusted_at_most_0.2": int((adjusted <= 0.2).sum()),
        },
    }


def _rates(method: str, found: list[Quiet]) -> list[dict[str, Any]]:
    tests = sum(quiet.tests[method] for quiet in found)
    beyond = np.sum([quiet.beyond[method] for quiet in found], axis=0).tolist()
    return [
        {"level": level, "tests": tests, "alarms": int(count), "rate": round(count / tests, 7)}
        for level, count in zip(LEVELS, beyond, strict=True)
    ]


def _tested(work: Work) -> Quiet:
    """Test the weeks of a finished run, and take the tests of its candidates."""
    features, criteria = work.grouping_inputs(), load_criteria()
    corpus = read_corpus(features, find_copies(features), criteria.sureness)
    covered = read_covered(corpus, read_coverage(work.coverage()))
    forecast = signals.read_signals(covered)
    assert forecast is not None, "everything is covered"
    counts = forecast.forecast.counts
    chances = {
        signals.METHOD: _forecast_chances(forecast),
        alarms.METHOD: alarms.judge_weeks(counts, np.arange(counts.count.shape[1])).p_value,
    }
    enough = counts.count >= criteria.people_at_least
    rows = work.connection.execute(
        "select signal_searched, signal_p_adj from enriched.clusters where expected is not null"
    ).fetchnumpy()
    return Quiet(
        series=forecast.series,
        tests={method: int(np.count_nonzero(~np.isnan(p))) for method, p in chances.items()},
        beyond={
            method: np.array([np.count_nonzero(enough & (p <= level)) for level in LEVELS])
            for method, p in chances.items()
        },
        searched=np.asarray(rows["signal_searched"]),
        adjusted=np.asarray(rows["signal_p_adj"]),
    )


def _forecast_chances(watched: signals.Signals) -> Floats:
    """Give each series' and covered week's chance of so many complaints; NaN elsewhere."""
    forecast = watched.forecast
    chances = count_tail(forecast.counts.count, forecast.expected, forecast.size)
    return np.where((forecast.counts.code != ALL_CODES)[:, None], chances, np.nan)


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or list(SEEDS))
