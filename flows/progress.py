"""Progress on standard error: a live line on a terminal, one counted line per stage elsewhere.

In: stages with their names and, where known, how many rows they have. Out: lines
for a reader, and the list of `StageTiming` that the run's receipt keeps.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTiming:
    """How long one stage took, in seconds of wall clock, and how many rows it worked on."""

    stage: str
    seconds: float
    rows: int


@dataclass(slots=True)
class Stage:
    """One stage under way; `advance` counts rows and redraws the live line now and then."""

    name: str
    total: int | None
    stream: TextIO
    started: float
    rows: int = 0
    _drawn: float = 0.0

    def advance(self, rows: int) -> None:
        """Count finished rows."""
        self.rows += rows
        now = time.monotonic()
        if self.stream.isatty() and now - self._drawn > 0.1:
            self._drawn = now
            self.stream.write(f"\r{self._live_line(now)}\033[K")
            self.stream.flush()

    def _live_line(self, now: float) -> str:
        rate = self.rows / max(now - self.started, 1e-9)
        if not self.total:
            return f"{self.name}: {self.rows:,} · {rate:,.0f}/s"
        remaining = max(self.total - self.rows, 0) / max(rate, 1e-9)
        done = f"{self.name}: {self.rows:,} of {self.total:,}"
        return f"{done} · {rate:,.0f}/s · {remaining:,.0f} s left"


@dataclass(slots=True)
class Progress:
    """Names the stages of a piece of work as they happen and remembers what they took."""

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    timings: list[StageTiming] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Stage]:
        """Time a stage; on leaving it, print its line. A stage that raises prints none."""
        stage = Stage(name, total, self.stream, time.monotonic())
        yield stage
        seconds = time.monotonic() - stage.started
        self.timings.append(StageTiming(stage=name, seconds=seconds, rows=stage.rows))
        clear = "\r\033[K" if self.stream.isatty() else ""
        rows = f" {stage.rows:,}" if stage.rows else ""
        self.stream.write(f"{clear}{name}:{rows} in {seconds:.1f} s\n")
        self.stream.flush()
