"""How often the weekly test alarms where nothing happened, as a null run measured it.

In: `taxonomy/measured/null_run.yml`, written by `python -m benchmarks.null_run` from
simulated complaints without events that were read, grouped and tested as all others are.
Out: the share of quiet series-weeks with an alarm at a level. Out of scope: complaints unlike
the simulated; there the rate is an estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import yaml

from pipelines.detect.weekly import Floats
from pipelines.errors import PipelineError

_FILE = "null_run.yml"


class NullRunError(PipelineError):
    """The measured rates lack something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NullRun:
    """Measured shares of quiet series-weeks with an alarm, by rising level of the test.

    Of `candidates` that were tested in the same runs, `found` came out with an adjusted p-value
    of at most .05.
    """

    levels: Floats
    rates: Floats
    candidates: int = 0
    found: int = 0

    def rate(self, level: float) -> float:
        """Give the share of quiet series-weeks with an alarm at this level, 0 to 1.

        Between two levels the ratio of rate to level is interpolated over the logarithm
        of the level; beyond them it stays that of the nearest.

        >>> NullRun(levels=np.array([0.001, 0.01]), rates=np.array([0.0005, 0.003])).rate(1e-4)
        5e-05
        """
        ratio = np.interp(np.log(level), np.log(self.levels), self.rates / self.levels)
        return float(min(level * float(ratio), 1.0))


@cache
def load_null_run() -> NullRun:
    """Read the null run that this version of the project carries.

    Raises:
        NullRunError: there is no level, or a rate is no share above 0.

    >>> 0 < load_null_run().rate(0.005) < 0.05
    True
    """
    return read_null_run(
        files("pipelines.taxonomy").joinpath("measured", _FILE).read_text(encoding="utf-8")
    )


def read_null_run(text: str) -> NullRun:
    """Check the text of a null run and take its rates; see `load_null_run`."""
    table = yaml.safe_load(text)
    rows = table.get("weeks") if isinstance(table, dict) else None
    try:
        pairs = sorted((float(row["level"]), float(row["rate"])) for row in rows or [])
        windows = table["windows"] if pairs else {}
        tested, found = (int(windows.get(name, 0)) for name in ("tested", "adjusted_at_most_0.05"))
    except (KeyError, TypeError, ValueError) as error:
        raise NullRunError(
            f"{_FILE}: expected weeks with a level and a rate each; found {error!r} instead. "
            "Run `python -m benchmarks.null_run`."
        ) from error
    if not pairs or not all(0 < level <= 1 and 0 < rate <= 1 for level, rate in pairs):
        raise NullRunError(
            f"{_FILE}: expected levels and rates above 0, up to 1; found {pairs}. "
            "Run `python -m benchmarks.null_run` with more complaints."
        )
    levels, rates = np.array(pairs).T
    return NullRun(levels=levels, rates=rates, candidates=tested, found=found)
