"""Measures `zhongsu analyse` on one core: texts a second, and memory for a small and a large file.

In: a folder with simulated posts. Out: rows for texts of about 200 characters (analysed, only
redacted, and cut into words by jieba, the reference), and a row for each file. Seconds are
those of the processor, from the first line on for files; memory is that of the whole process.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import orjson

from benchmarks.measure import Measurement, Report, in_fresh_process
from flows.commands.analyse import analyse_stream, prepare_to_read

MEGABYTE = 10**6
CHARACTERS = range(180, 221)
"""Lengths of the texts whose number a second is measured: about 200 characters."""

_MOST_TEXTS, _BATCH, _ROUNDS = 2_000, 150, 3
"""Texts measured, those read at once (as many as the command reads), and rounds, of which the
best counts: other processes only ever slow one down."""


def measure(folder: Path, megabytes: int, report: Report) -> None:
    """Analyse the posts of the folder, repeated to one megabyte and to a larger file."""
    posts = (folder / "posts.jsonl").read_bytes().splitlines(keepends=True)
    _measure_texts([post for post in posts if _length(post) in CHARACTERS][:_MOST_TEXTS], report)
    letters = sum(map(_length, posts)) / len(posts)
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


def _measure_texts(posts: list[bytes], report: Report) -> None:
    """Compare analysing, and redacting alone, with the reference on the same texts."""
    seconds, _, own, _ = in_fresh_process(_time_each, posts)
    reference = seconds["jieba"]
    for name, stage in (("analyse", "analyse ~200 characters, one core"), ("redact", "  redact")):
        milliseconds = 1000 * seconds[name] / max(len(posts), 1)
        note = f"{milliseconds:.2f} ms a text, {seconds[name] / reference:.2f} of jieba's time"
        peak = own if name == "analyse" else None
        report.add(
            Measurement(
                stage=stage, rows=len(posts), seconds=seconds[name], peak_mib=peak, note=note
            )
        )
    report.add(Measurement(stage="  jieba", rows=len(posts), seconds=reference))


def _time_each(posts: list[bytes]) -> dict[str, float]:
    """Time each way of going through the texts on one core."""
    import jieba

    from pipelines.analyse import analyse_lines
    from pipelines.redact import redact

    _keep_to_one_core()
    context = prepare_to_read()
    texts = [orjson.loads(post)["text"] for post in posts]
    jieba.initialize()

    def analyse() -> None:
        for start in range(0, len(posts), _BATCH):
            analyse_lines(posts[start : start + _BATCH], context)

    def redact_all() -> None:
        for text in texts:
            redact(text, context.key)

    def cut() -> None:
        for text in texts:
            jieba.lcut(text)

    return {
        "analyse": _best_of_rounds(analyse),
        "redact": _best_of_rounds(redact_all),
        "jieba": _best_of_rounds(cut),
    }


def _best_of_rounds(act: Callable[[], None]) -> float:
    """Give the seconds of the processor that the fastest of some rounds took."""
    rounds = []
    for _ in range(_ROUNDS):
        started = time.process_time()
        act()
        rounds.append(time.process_time() - started)
    return min(rounds)


def _length(post: bytes) -> int:
    return len(orjson.loads(post)["text"])


def _keep_to_one_core() -> None:
    """Keep this process to one core, and so the numerical library like everything else."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


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
    """Run what the command runs."""
    _keep_to_one_core()
    context = prepare_to_read()
    started = time.process_time()
    with file.open("rb") as lines, Path(os.devnull).open("wb") as out:
        rows = analyse_stream(lines, out, context)
    return rows, time.process_time() - started
