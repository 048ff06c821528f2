"""What is noted of a run: when, over what, and how long each stage took.

In: the counts and stages of a run. Out: a row of `meta.runs`, and back. Out of
scope: running (`flows`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRecord:
    """One stage of a run: its name, its duration in seconds, the rows it handled."""

    stage: str
    seconds: float
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One run. `ended_at`, `input_fingerprint` and `build_id` are None until it has them.

    `reread_count` are the complaints that were new or changed and so were read.
    """

    run_id: str
    started_at: datetime
    ended_at: datetime | None = None
    input_fingerprint: str | None = None
    complaint_count: int = 0
    reread_count: int = 0
    build_id: str | None = None
    stages: tuple[StageRecord, ...] = ()

    def row(self) -> pa.Table:
        """Return the run as a table of one row of `meta.runs`."""
        stages = [
            {"stage": stage.stage, "seconds": stage.seconds, "rows": stage.rows}
            for stage in self.stages
        ]
        return pa.table(
            {
                "run_id": [self.run_id],
                "started_at": pa.array([self.started_at], pa.timestamp("us", "UTC")),
                "ended_at": pa.array([self.ended_at], pa.timestamp("us", "UTC")),
                "input_fingerprint": pa.array([self.input_fingerprint], pa.string()),
                "complaint_count": [self.complaint_count],
                "reread_count": [self.reread_count],
                "build_id": pa.array([self.build_id], pa.string()),
                "stages": [json.dumps(stages)],
            }
        )

    @classmethod
    def of_row(cls, row: dict[str, Any]) -> RunRecord:
        """Return the run that a row of `meta.runs` describes."""
        stages = tuple(StageRecord(**stage) for stage in json.loads(row["stages"]))
        return cls(**{**row, "stages": stages})
