"""Measures `zhongsu analyse` on one core: texts a second, and memory for a small and a large file.

In: a folder with simulated posts. Out: a row for each file. Seconds are those of the
processor from the first line on; memory is that of the whole process.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import orjson

from benchmarks.measure import Measurement, Report, in_fresh_process
from flows.commands.analyse import analyse_stream, prepare_to_read

MEGABYTE = 10**6


def measure(folder: Path, megabytes: int, report: Report) -> None:
    """Analyse the posts of the folder, repeated to one megabyte and to a larger file."""
    posts = (folder / "posts.jsonl").read_bytes().splitlines(keepends=True)
    letters = sum(len(orjson.loads(post)["text"]) for post in posts) / len(posts)
    for size in (1, megabytes):
        file = folder / f"posts_{size}_mb.jsonl"
        _repeat(posts, file, size * MEGABYTE)
        (rows, seconds), _, own, _ = in_fresh_process(_analyse, file)
        file.unlink()
        report.add(
            Measurement(
                stage=f"analyse {size:,} MB on one core",
                rows=rows,
                seconds=seconds,
                peak_mib=own,
                note=f"{letters:.0f} characters in the mean text",
            )
        )


def _repeat(posts: list[bytes], file: Path, size: int) -> None:
    """Write posts over and over, until the file has its size."""
    written = 0
    with file.open("wb") as out:
        while written < size:
            for post in posts:
                written += out.write(post)
                if written >= size:
                    break


def _analyse(file: Path) -> tuple[int, float]:
    """Run what the command runs; the numerical library gets one core like everything else."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    context = prepare_to_read()
    started = time.process_time()
    with file.open("rb") as lines, Path(os.devnull).open("wb") as out:
        rows = analyse_stream(lines, out, context)
    return rows, time.process_time() - started
