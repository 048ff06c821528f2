"""`zhongsu analyse`: JSON lines of posts in, JSON lines of readings out, in the same order."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

import click

from flows.workers import search_for_cycles_seldom

if TYPE_CHECKING:
    from pipelines.reading import ReadingContext

_CHUNK = 2**17
"""Bytes that are read at once: a hundred or two posts. What waits in a pipe is taken at once."""


@click.command("analyse")
@click.argument("file", type=click.File("rb"), default="-")
def analyse_command(file: BinaryIO) -> None:
    """Read posts (one JSON object a line) and say what each alleges. Needs no warehouse.

    A line that cannot be read gives a line too: its issues say what was expected.
    """
    analyse_stream(file, sys.stdout.buffer, prepare_to_read())


def prepare_to_read() -> ReadingContext:
    """Compile the taxonomy that ships; this process does nothing but read from then on."""
    from pipelines.classify import load_model
    from pipelines.reading import ReadingContext
    from pipelines.taxonomy import load_taxonomy

    load_model()  # refused now, if it is not whole, and not at the first line
    # Keyed hashes never leave this command, so a key for this process is enough.
    context = ReadingContext.build(taxonomy=load_taxonomy(), key=secrets.token_bytes(32))
    search_for_cycles_seldom()
    return context


def analyse_stream(file: BinaryIO, out: BinaryIO, context: ReadingContext) -> int:
    """Analyse the lines of a stream as they arrive, in constant memory; return how many."""
    from pipelines.analyse import LONGEST_LINE, analyse_lines

    count = 0
    for lines in line_batches(file, LONGEST_LINE):
        for result in analyse_lines(lines, context):
            out.write(result)
            out.write(b"\n")
        out.flush()
        count += len(lines)
    return count


def line_batches(file: BinaryIO, longest: int) -> Iterator[list[bytes]]:
    """Give the lines of a stream as they arrive, without line breaks.

    Holds one chunk and one unfinished line, however long the stream. Of a line of more than
    `longest` bytes only one byte more than that is kept, for whoever reads it to refuse it.
    """
    begun = bytearray()
    while chunk := _next_chunk(file):
        first, *rest = chunk.split(b"\n")
        begun += first[: longest + 1 - len(begun)]
        if not rest:
            continue
        *whole, last = rest
        yield [bytes(begun), *whole]
        begun = bytearray(last)
    if begun:
        yield [bytes(begun)]


def _next_chunk(file: BinaryIO) -> bytes:
    """Read what is there, up to a chunk; nothing at the end."""
    read = getattr(file, "read1", file.read)
    chunk: bytes = read(_CHUNK)
    return chunk
