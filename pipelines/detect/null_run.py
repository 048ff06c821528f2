"""How often the weekly test alarms where nothing happened, as a null run measured it.

In: `taxonomy/measured/null_run.yml`, written by `python -m benchmarks.null_run` from
simulated complaints without events that were read, grouped and tested as all others are.
Out: the share of quiet series-weeks beyond a level, per method. Out of scope: complaints unlike
the simulated; there the rate is an estimate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import yaml

from pipelines.detect.weekly import Floats
from pipelines.errors import PipelineError

_FILE = "null_run.yml"
_AGAIN = "Run `python -m benchmarks.null_run` with enough complaints."


class NullRunError(PipelineError):
    """The measured rates lack something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Measured rates of one method by rising level of its test; both are shares above 0."""

    levels: Floats
    rates: Floats

    def rate(self, level: float) -> float:
        """Give the rate at a level.

        Between two levels the ratio of rate to level is interpolated over the logarithm
        of the level; beyond them it stays that of the nearest.

        >>> Curve(levels=np.array([0.001, 0.01]), rates=np.array([0.0005, 0.003])).rate(1e-4)
        5e-05
        """
        ratio = np.interp(np.log(level), np.log(self.levels), self.rates / self.levels)
        return float(min(level * float(ratio), 1.0))

    def level(self, rate: float) -> float:
        """Give the level at which the rate is a given one, at most the highest measured.

        >>> curve = Curve(levels=np.array([0.001, 0.01]), rates=np.array([0.0005, 0.003]))
        >>> round(curve.level(5e-5), 9), curve.level(0.5)
        (0.0001, 0.01)
        """
        low, high = 1e-12, float(self.levels[-1])
        for _ in range(60):
            middle = (low * high) ** 0.5
            low, high = (middle, high) if self.rate(middle) <= rate else (low, middle)
        return high


@dataclass(frozen=True, slots=True, kw_only=True)
class NullRun:
    """Measured shares of quiet series-weeks beyond a level, per method, by rising level.

    Of `candidates` that were tested in the same runs, `found` came out with an adjusted p-value
    of at most .05.
    """

    weeks: Mapping[str, Curve]
    candidates: int = 0
    found: int = 0

    def rate(self, level: float, method: str) -> float:
        """Give the share of quiet series-weeks beyond this level by a method, 0 to 1."""
        return self.weeks[method].rate(level)

    def level(self, rate: float, method: str) -> float:
        """Give the level at which a method has this rate, at most the highest measured."""
        return self.weeks[method].level(rate)


@cache
def load_null_run() -> NullRun:
    """Read the null run that this version of the project carries.

    Raises:
        NullRunError: a method has no level, or a rate is no share above 0.

    >>> 0 < load_null_run().rate(0.005, "gamma_poisson") < 0.05
    True
    """
    return read_null_run(
        files("pipelines.taxonomy").joinpath("measured", _FILE).read_text(encoding="utf-8")
    )


def read_null_run(text: str) -> NullRun:
    """Check the text of a null run and take its rates; see `load_null_run`."""
    table = yaml.safe_load(text)
    methods = table.get("weeks") if isinstance(table, dict) else None
    try:
        weeks = {str(name): _curve(rows) for name, rows in dict(methods or {}).items()}
        windows = table["windows"] if weeks else {}
        tested, found = (int(windows.get(name, 0)) for name in ("tested", "adjusted_at_most_0.05"))
    except (KeyError, TypeError, ValueError) as error:
        raise NullRunError(
            f"{_FILE}: expected methods with weeks of a level and a rate each; found {error!r}"
            f" instead. {_AGAIN}"
        ) from error
    if not weeks:
        raise NullRunError(f"{_FILE}: expected methods; found none. {_AGAIN}")
    return NullRun(weeks=weeks, candidates=tested, found=found)


def _curve(rows: list[dict[str, float]]) -> Curve:
    pairs = sorted((float(row["level"]), float(row["rate"])) for row in rows)
    if not pairs or not all(0 < level <= 1 and 0 < rate <= 1 for level, rate in pairs):
        raise NullRunError(
            f"{_FILE}: expected levels and rates above 0, up to 1; found {pairs}. {_AGAIN}"
        )
    levels, rates = np.array(pairs).T
    return Curve(levels=levels, rates=rates)
