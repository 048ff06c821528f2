"""Measures one function in a fresh process: seconds, and the peak memory of it and its workers."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

MIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One row of the report. `peak_mib` and `workers_mib` are resident-set maxima in MiB."""

    stage: str
    rows: int
    seconds: float
    peak_mib: float | None = None
    workers_mib: float | None = None
    note: str = ""


@dataclass(slots=True)
class Report:
    """The rows of one size, in the order they were measured."""

    title: str
    rows: list[Measurement] = field(default_factory=list)

    def add(self, measurement: Measurement) -> None:
        """Append a row."""
        self.rows.append(measurement)

    def render(self) -> str:
        """Lay the rows out as a plain table."""
        lines = [
            self.title,
            f"{'stage':34}{'rows':>11}{'rows/s':>12}{'s':>9}{'MiB':>8}{'worker':>8}",
        ]
        for row in self.rows:
            rate = f"{row.rows / row.seconds:,.0f}" if row.seconds else "–"
            lines.append(
                f"{row.stage:34}{row.rows:>11,}{rate:>12}{row.seconds:>9.2f}"
                f"{_mib(row.peak_mib):>8}{_mib(row.workers_mib):>8}  {row.note}"
            )
        return "\n".join(lines) + "\n"


def _mib(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def in_fresh_process(function: Callable[..., Any], *args: Any) -> tuple[Any, float, float, float]:
    """Call a function in a spawned process; return result, seconds, own and workers' MiB."""
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_call, args=(sender, function, args))
    process.start()
    sender.close()
    try:
        outcome: tuple[Any, float, float, float] = receiver.recv()
    except EOFError as error:
        process.join()
        raise RuntimeError(f"{function.__name__} ended with status {process.exitcode}") from error
    process.join()
    return outcome


def _call(sender: Any, function: Callable[..., Any], args: tuple[Any, ...]) -> None:
    started = time.perf_counter()
    result = function(*args)
    seconds = time.perf_counter() - started
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MIB
    sender.send((result, seconds, own, workers))
