"""`zhongsu analyse`: JSON lines of posts in, JSON lines of readings out, in the same order."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

import click

from flows.streams import InputFile, standard_output
from flows.workers import search_for_cycles_seldom

if TYPE_CHECKING:
    from pipelines.reading import ReadingContext

_CHUNK = 2**17
"""Bytes that are read at once: a hundred or two posts. What waits in a pipe is taken at once."""


@click.command("analyse")
@click.argument("file", type=InputFile(), default="-")
@click.option("--text", help="One plain text to read, in place of lines of JSON; its id is `text`.")
@click.option("--pretty", is_flag=True, help="Indent the objects for reading by eye.")
@click.pass_context
def analyse_command(ctx: click.Context, file: BinaryIO, text: str | None, pretty: bool) -> None:
    """Read posts and say what each alleges, with the passage for every fact. Needs no warehouse.

    FILE (or standard input) holds one JSON object a line; one line comes out for each, in
    the same order. A line that cannot be read gives a line too: its `issues` say what was
    expected, where, and what was found.

    \b
    Fields of a post (id and text are needed, unknown fields are left alone):
      id            a text or a whole number
      text          what the person wrote
      title         its heading
      published_at  ISO 8601, such as 2024-05-31 or 2024-05-31T08:30:00+08:00
      author        who wrote it; never shown
      respondent    who is complained of
      platform      where it happened
      region        where the person is
      url           where the post stands
      amount        {"value": "500.00", "currency": "CNY"}
      status        the state of the matter, such as resolved or 已完成
      replies       [{"by": "merchant", "at": "2024-05-31", "text": "..."}], where by is
                    merchant, platform, regulator or complainant
      kind          post or report

    \b
    Kinds of text that come out:
      complaint     somebody tells a wrong of their own: one case
      report        somebody tells of others (news, a notice): a case for each of them
      guide         advice or rules: mentions only
      other         anything else

    `score` is the probability that people who read the text would give the code; how well
    that holds is measured in docs/accuracy.md. Groups are made of codes of .4 and more, of
    .8 and more where the second reader alone names them.

    `zhongsu taxonomy codes` lists all codes with their meaning; docs/analyse.md explains every
    key of the output, with examples.

    \b
    zhongsu analyse --pretty --text "付款后商家把我拉黑了，不发货也不退款"
    zhongsu analyse posts.jsonl > readings.jsonl
    """  # noqa: D301 - the marks keep click from joining lines
    if text is not None:
        if ctx.get_parameter_source("file") is not click.core.ParameterSource.DEFAULT:
            raise click.UsageError("expected FILE or --text; found both. Leave one out.", ctx)
        file = BytesIO(json.dumps({"id": "text", "text": text}).encode())
    analyse_stream(file, standard_output(), prepare_to_read(), is_pretty=pretty)


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


def analyse_stream(
    file: BinaryIO, out: BinaryIO, context: ReadingContext, *, is_pretty: bool = False
) -> int:
    """Analyse the lines of a stream as they arrive, in constant memory; return how many."""
    from pipelines.analyse import LONGEST_LINE, analyse_lines, indented

    count = 0
    for lines in line_batches(file, LONGEST_LINE):
        for result in analyse_lines(lines, context, first=count + 1):
            out.write(indented(result) if is_pretty else result)
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
