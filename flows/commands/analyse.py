"""`zhongsu analyse`: JSON lines of posts in, JSON lines of readings out, in the same order."""

from __future__ import annotations

import secrets
import sys
from typing import BinaryIO

import click


@click.command("analyse")
@click.argument("file", type=click.File("rb"), default="-")
def analyse_command(file: BinaryIO) -> None:
    """Read posts (one JSON object a line) and say what each alleges. Needs no warehouse.

    A line that cannot be read gives a line too: its id is null and its issues say why.
    """
    from pipelines.analyse import analyse_line
    from pipelines.reading import ReadingContext
    from pipelines.taxonomy import load_taxonomy

    # Keyed hashes never leave this command, so a key for this process is enough.
    context = ReadingContext.build(taxonomy=load_taxonomy(), key=secrets.token_bytes(32))
    out = sys.stdout.buffer
    for line in file:
        out.write(analyse_line(line, context))
        out.write(b"\n")
    out.flush()
