"""`make lab LAB=streams`: run whole simulated streams, and write what was found.

In: seeds and a size. Out: the second part of `docs/methods.md`, unless only a trial is asked for.
Out of scope: the measures.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.lab.parts import with_streams
from benchmarks.lab.streams.measure import Order, measure
from benchmarks.lab.streams.page import streams_part

SEEDS = (9601, 9602, 9603)
"""Seeds of 8000-8999 are for building, 9600-9699 for reporting."""

COMPLAINTS = 45_000
"""Complaints of one stream: a tenth of the default of `simulate`, with 20 of its 200 events."""


def main(arguments: Sequence[str], page: Path) -> None:
    """Run the streams as the command line asks."""
    parser = argparse.ArgumentParser(prog="make lab LAB=streams", description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    parser.add_argument("--complaints", type=int, default=COMPLAINTS, help="of each stream")
    parser.add_argument("--replayed", type=int, default=2, help="streams replayed week by week")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="a folder that keeps streams and their weeks")
    parser.add_argument("--trial", action="store_true", help="print the part, write nothing")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="zhongsu-streams-") as folder:
        order = Order(
            seeds=tuple(asked.seeds),
            complaints=asked.complaints,
            replayed=asked.replayed,
            folder=asked.keep or Path(folder),
        )
        found = measure(order, asked.workers)
    part = streams_part(found)
    sys.stdout.write(part)
    if not asked.trial:
        page.write_text(with_streams(page.read_text(encoding="utf-8"), part), encoding="utf-8")
