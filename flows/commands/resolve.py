"""`zhongsu resolve`: pairs of names in, whether each is one merchant out, in the same order."""

from __future__ import annotations

import sys
from typing import BinaryIO

import click

from flows.commands.analyse import line_batches


@click.command("resolve")
@click.argument("file", type=click.File("rb"), default="-")
@click.option(
    "--judgements",
    type=click.File("rb"),
    help='What people judged, one {"a", "b", "same": "yes"|"no"} a line; it overrules every rule.',
)
def resolve_command(file: BinaryIO, judgements: BinaryIO | None) -> None:
    """Read pairs of names ({"a", "b"} a line) and say whether they are one merchant.

    Gives {"a", "b", "same": yes, no, parent or unsure, "score", "why"} for each line, in
    order. A line that holds no two names gives an object whose error says why. Needs no
    warehouse.
    """
    from flows.resolve import LONGEST_LINE, read_judgements, resolve_line
    from pipelines.respondents.compare import Comparer
    from pipelines.taxonomy import load_taxonomy

    judged = () if judgements is None else read_judgements(judgements)
    comparer = Comparer(load_taxonomy().merchants, judged)
    out = sys.stdout.buffer
    for lines in line_batches(file, LONGEST_LINE):
        out.writelines(resolve_line(line, comparer) + b"\n" for line in lines)
        out.flush()
