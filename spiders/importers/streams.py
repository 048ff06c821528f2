"""Opens landed bytes, unpacked and decoded, without ever trusting their size.

In: a path and what its bytes are. Out: chunks, a byte stream or a text stream. Out of scope:
finding out what the bytes are (`spiders.importers.recognise`).
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from spiders.errors import FileRefusedError

CHUNK_BYTES: Final = 1024 * 1024

UNDECODABLE: Final = re.compile("[\udc80-\udcff]")
"""A byte that was no text in the encoding of its file."""

GZIP_MAGIC: Final = b"\x1f\x8b"

MAX_EXPANSION: Final = 200
"""Times that a gzip file may grow. Complaint texts grow 5 to 30 times; deflate can reach 1,032."""

FREE_EXPANSION_BYTES: Final = 64 * 1024 * 1024
"""Growth is judged beyond this size only: a small file of equal lines is no bomb."""


def is_gzipped(path: Path) -> bool:
    """Whether the file starts as gzip files do, whatever its name."""
    with path.open("rb") as file:
        return file.read(2) == GZIP_MAGIC


def open_bytes(path: Path, *, gzipped: bool) -> IO[bytes]:
    """Open the content of a file, unpacked."""
    if gzipped:
        return io.BufferedReader(gzip.open(path, "rb"), CHUNK_BYTES)
    return path.open("rb")


def chunks(path: Path, name: str, *, gzipped: bool) -> Iterator[bytes]:
    """Give the whole content of a file in pieces of about 1 MiB.

    Raises:
        FileRefusedError: the gzip stream is broken, or unpacks to absurdly more than it is.
    """
    allowed = max(FREE_EXPANSION_BYTES, MAX_EXPANSION * path.stat().st_size)
    given = 0
    try:
        with open_bytes(path, gzipped=gzipped) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                given += len(chunk)
                if gzipped and given > allowed:
                    raise FileRefusedError(
                        name,
                        expected=f"a gzip file that grows at most {MAX_EXPANSION} times",
                        found=f"more than {given:,} bytes from {path.stat().st_size:,}",
                        hint="If the file is sound, unpack it first and import it unpacked.",
                    )
                yield chunk
    except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
        raise FileRefusedError(
            name,
            expected="a complete gzip file",
            found=f"a broken one after {given:,} unpacked bytes ({problem})",
            hint="Fetch or pack the file again.",
        ) from problem


def open_text(path: Path, *, gzipped: bool, encoding: str, is_sound: bool) -> io.TextIOWrapper:
    r"""Open a text file without changing its line ends.

    Bytes that are no text in the encoding become lone surrogates, unless the file is known to
    be sound: then they would be a change under our hands, and raise.
    """
    return io.TextIOWrapper(
        open_bytes(path, gzipped=gzipped),
        encoding=encoding,
        errors="strict" if is_sound else "surrogateescape",
        newline="",
    )
