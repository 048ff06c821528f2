"""Standard input and output of commands, and what it means when they fail.

In: the streams that the process was started with. Out: streams that can be used, or an error
that says which one cannot. Out of scope: what is read and written.
"""

from __future__ import annotations

import os
import select
import sys
from typing import Any, BinaryIO

import click

from flows.errors import FlowError


class StreamClosedError(FlowError):
    """Standard input or output was closed before the command began."""


class ReaderGoneError(Exception):
    """Whoever read the output has read enough, as `head` does."""


class InputFile(click.File):
    """A file to read bytes from; `-` is standard input."""

    def __init__(self) -> None:
        super().__init__("rb")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Open the file; a standard input that is closed is named."""
        if value == "-" and sys.stdin is None:
            raise StreamClosedError(
                "standard input: expected it open; found it closed. Name a file to read."
            )
        return super().convert(value, param, ctx)


def standard_output() -> BinaryIO:
    """Give standard output, for bytes.

    Raises:
        StreamClosedError: it is closed.
    """
    if sys.stdout is None:
        raise StreamClosedError(
            "standard output: expected it open; found it closed. Send it to a file or a pipe."
        )
    return sys.stdout.buffer


def flush_output() -> None:
    """Write what is still held back.

    Raises:
        ReaderGoneError: nobody reads it any more.
        OSError: it cannot be written.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise ReaderGoneError from error


def is_read_no_further() -> bool:
    """Say whether standard output is a pipe whose reader has gone."""
    if sys.stdout is None:
        return False
    watched = select.poll()
    watched.register(sys.stdout.fileno(), select.POLLOUT)
    return any(event & select.POLLERR for _, event in watched.poll(0))


def abandon_output() -> None:
    """Let what is still held back go nowhere, so that leaving does not fail over it again."""
    if sys.stdout is None:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    finally:
        os.close(nowhere)
