"""Benchmarks: every stage at a given size of simulated complaints, each in its own process.

`python -m benchmarks 10k 100k` prints per stage: rows, rows per second, seconds, peak
memory of the process (workers apart), and for segmentation and near-copies the ratio to
jieba and datasketch in the same run. `zhongsu analyse` is measured by itself, on one core:
texts of about 200 characters beside redaction alone and jieba, then a file of 1 MB and a
larger one: 20 MB, 200 MB, 1 GB. Nothing is asserted: figures are for reading.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks import analyse, dashboard, pipeline, references
from benchmarks.measure import Report

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
MEGABYTES = {"10k": 20, "100k": 200, "1m": 1_000}
SEED = 20_260_101


def main(names: list[str]) -> None:
    """Run the benchmarks at the sizes named on the command line."""
    unknown = [name for name in names if name not in SIZES]
    if unknown:
        sys.exit(
            f"benchmarks: expected sizes out of {', '.join(SIZES)}; found {', '.join(unknown)}"
        )
    for name in names:
        report = Report(title=f"{name} simulated complaints, seed {SEED}")
        with tempfile.TemporaryDirectory(prefix="zhongsu-bench-") as folder:
            home = pipeline.measure(Path(folder), SIZES[name], SEED, report)
            analyse.measure(Path(folder), MEGABYTES[name], report)
            references.measure(Path(folder) / "posts.jsonl", report)
            dashboard.measure(home, report)
        print(report.render())


if __name__ == "__main__":
    main(sys.argv[1:] or ["10k", "100k"])
