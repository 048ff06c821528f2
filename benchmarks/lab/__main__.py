"""`make lab`: measure every method of surveillance, and write what was found.

In: how many drawings. Out: the first part of `docs/methods.md`, and the table of false-alarm
rates in `pipelines/detect/`, unless only a trial is asked for. `make lab LAB=streams` measures
candidates on whole streams instead (`streams.command`). Out of scope: the measures.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.lab.measure import measure
from benchmarks.lab.page import methods_page, rates_table
from benchmarks.lab.parts import with_counts
from benchmarks.lab.scoring import RESAMPLES
from benchmarks.lab.streams import command

_ROOT = Path(__file__).parents[2]
_PAGE = _ROOT / "docs" / "methods.md"
_TABLE = _ROOT / "pipelines" / "taxonomy" / "measured" / "false_alarm_rates.yml"

FIRST_SEED = 9001
"""Seeds below are for building, those from here on for reporting."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the lab as the command line asks."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["streams"]:
        command.main(arguments[1:], _PAGE)
        return
    parser = argparse.ArgumentParser(prog="make lab", description=__doc__)
    parser.add_argument("--replicates", type=int, default=30, help="drawings of each scenario")
    parser.add_argument("--alone", type=int, default=3, help="drawings for series alone")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=FIRST_SEED, help="the first seed")
    parser.add_argument("--trial", action="store_true", help="print the page, write nothing")
    asked = parser.parse_args(arguments)
    seeds = range(asked.seed, asked.seed + asked.replicates)
    found = measure(seeds, seeds[: asked.alone], asked.workers)
    page = methods_page(found, RESAMPLES)
    sys.stdout.write(page)
    if not asked.trial:
        whole = with_counts(_PAGE.read_text(encoding="utf-8"), page)
        _PAGE.write_text(whole, encoding="utf-8")
        _TABLE.write_text(rates_table(found), encoding="utf-8")


if __name__ == "__main__":
    main()
