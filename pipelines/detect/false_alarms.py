"""How often each method's alarms are false, as our lab measured it.

In: `taxonomy/measured/false_alarm_rates.yml`, written by `make lab` from
simulated series without events. Out: the rate to state beside an alarm. Out of
scope: series that are not like those simulated: a stated rate holds for counts
whose level, trend and season move as slowly as theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from pipelines.detect.weekly import Floats
from pipelines.errors import PipelineError

_FILE = "false_alarm_rates.yml"


class FalseAlarmTableError(PipelineError):
    """The table of measured rates lacks something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Rates of one model: per length of history (columns, rising) and alpha (rising)."""

    columns: Floats
    alphas: Floats
    rates: Floats

    def rate(self, alpha: float, known: Floats) -> Floats:
        """Give the share of quiet periods with an alarm, for histories of `known` columns.

        The longest measured history that is not longer is taken, the shortest
        for shorter ones. Between two alphas rates are interpolated by their
        logarithms; beyond them they keep their ratio to alpha.
        """
        place = np.maximum(np.searchsorted(self.columns, known, side="right") - 1, 0)
        ratio = np.log(np.maximum(self.rates, 1e-6) / self.alphas)
        logs = [np.interp(np.log(alpha), np.log(self.alphas), row) for row in ratio]
        return np.asarray(np.minimum(alpha * np.exp(np.array(logs))[place], 1.0))


@cache
def load_false_alarms() -> Mapping[str, Measured]:
    """Read the measured rates per model.

    Raises:
        FalseAlarmTableError: a model lacks a rate, or has one that is no share.

    >>> "gamma_poisson_sector" in load_false_alarms()
    True
    """
    return read_false_alarms(
        files("pipelines.taxonomy").joinpath("measured", _FILE).read_text(encoding="utf-8")
    )


def read_false_alarms(text: str) -> Mapping[str, Measured]:
    """Check the text of a table of rates and take it; see `load_false_alarms`."""
    table = yaml.safe_load(text)
    models = table.get("models") if isinstance(table, dict) else None
    if not isinstance(models, dict) or not models:
        raise FalseAlarmTableError(f"{_FILE}: expected models; found none. Run `make lab`.")
    return {str(name): _measured(str(name), rows) for name, rows in models.items()}


def _measured(name: str, rows: Any) -> Measured:
    try:
        columns = sorted(int(length) for length in rows)
        alphas = sorted(float(alpha) for alpha in rows[columns[0]])
        rates = np.array(
            [[float(rows[length][alpha]["rate"]) for alpha in alphas] for length in columns]
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise FalseAlarmTableError(
            f"{_FILE}: {name}: expected a rate per history and alpha; found {error!r} instead."
            " Run `make lab`."
        ) from error
    if not rates.size or not ((rates >= 0) & (rates <= 1)).all():
        raise FalseAlarmTableError(
            f"{_FILE}: {name}: expected shares; found {rates.tolist()}. Run `make lab`."
        )
    return Measured(columns=np.array(columns, dtype=float), alphas=np.array(alphas), rates=rates)
