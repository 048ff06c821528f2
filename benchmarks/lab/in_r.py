"""Farrington's method as R's package `surveillance` has it, for comparison only.

In: counts. Out: the p-values of R's `farringtonFlexible`, if R and its package are installed.
Nothing but the lab calls it, and nothing that users run needs R.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import numpy as np

from pipelines.detect.weekly import Floats, Ints

_SCRIPT = Path(__file__).with_name("farrington.R")


@cache
def is_installed() -> bool:
    """Tell whether R and its package `surveillance` are there."""
    if shutil.which("Rscript") is None:
        return False
    asked = 'quit(status = !requireNamespace("surveillance", quietly = TRUE))'
    return (
        subprocess.run(["Rscript", "-e", asked], capture_output=True, check=False).returncode == 0
    )


def farrington_in_r(count: Floats, columns: Ints) -> Floats:
    """Give the p-values of the last columns, series x columns; NaN where R gives none.

    `columns` are consecutive and end with the newest.
    """
    with tempfile.TemporaryDirectory(prefix="zhongsu-lab-") as folder:
        counts, answers = Path(folder) / "counts.csv", Path(folder) / "p_values.csv"
        np.savetxt(counts, count.T, fmt="%d", delimiter=",")
        command = ["Rscript", str(_SCRIPT), str(counts), str(int(columns[0]) + 1), str(answers)]
        subprocess.run(command, check=True, capture_output=True)
        p_value = np.genfromtxt(answers, delimiter=",").T
    return np.asarray(p_value)
