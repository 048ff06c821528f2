"""What a run is asked for.

In: the options of the command line. Out: which splits, folders and parts a run may look at.
Out of scope: doing it (`tests.eval.run`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.eval.labels import FOLDER, SPLITS, Split

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
"""Where the real records lie, if they do: beside the checkout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to measure. `labels` is the folder of the label files, `data` that of the records."""

    is_dev_only: bool = False
    has_baselines: bool = True
    folder: Path = FOLDER
    data: Path | None = None

    @property
    def splits(self) -> tuple[Split, ...]:
        """The splits whose labels may be read."""
        return ("dev", "train") if self.is_dev_only else SPLITS

    @property
    def measured(self) -> tuple[Split, ...]:
        """The splits that are measured."""
        return ("dev",) if self.is_dev_only else ("held", "dev")
