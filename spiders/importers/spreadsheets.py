"""Reads XLSX and legacy XLS: every sheet that has the source's columns, row by row.

In: a path. Out: blocks of rows and rejects. The rows of a sheet without the columns are rejected,
not skipped. The bytes are read by another process (`sheet_worker`), so that a workbook made to
exhaust or crash its reader is refused like any unreadable file.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import orjson

from spiders.errors import FileRefusedError
from spiders.importers import sheet_worker
from spiders.importers.blocks import BlockBuilder, clean_names
from spiders.items import RejectReason, RowBlock

Accepts = Callable[[Sequence[str]], bool]
"""Whether column names are those of the source."""


def read_spreadsheet(
    path: Path, name: str, accepts: Accepts, *, gzipped: bool
) -> Iterator[RowBlock]:
    """Read the rows of all sheets; each sheet has its own header row.

    Raises:
        FileRefusedError: the bytes are no workbook, or one too big to be read.
    """
    position = 0
    for header, rows in _sheets(path, name, gzipped=gzipped):
        names = clean_names(header)
        builder = BlockBuilder(names, position)
        is_foreign = not accepts(names)
        if is_foreign:
            builder.reject(RejectReason.FOREIGN_SHEET, _as_json(header))
        for cells in rows:
            if is_foreign:
                builder.reject(RejectReason.FOREIGN_SHEET, _as_json(cells))
            else:
                builder.add(cells, sum(map(len, cells)))
            if builder.is_full:
                yield builder.take()
        position = builder.position
        if not builder.is_empty:
            yield builder.take()


def sheet_headers(path: Path, name: str, *, gzipped: bool) -> tuple[tuple[str, ...], ...]:
    """The column names of every sheet that has any.

    Raises:
        FileRefusedError: the bytes are no workbook, or one too big to be read.
    """
    return tuple(clean_names(header) for header, _ in _sheets(path, name, gzipped=gzipped))


def _sheets(
    path: Path, name: str, *, gzipped: bool
) -> Iterator[tuple[list[str], Iterator[list[str]]]]:
    """Each sheet as its first row and the rows behind it; blank rows are left out."""
    for _, numbered in groupby(_rows(path, name, gzipped=gzipped), key=itemgetter(0)):
        rows = (cells for _, cells in numbered)
        yield next(rows), rows


def _rows(path: Path, name: str, *, gzipped: bool) -> Iterator[tuple[int, list[str]]]:
    """Every row with the number of its sheet, as the worker prints them."""
    command = [sys.executable, "-P", sheet_worker.__file__, str(path)]
    command.append("gzip" if gzipped else "plain")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as worker:
        try:
            for line in worker.stdout or ():
                if line.endswith(b"\n"):
                    yield orjson.loads(line)
            worker.wait()
        finally:
            worker.kill()
    if worker.returncode:
        raise _unreadable(name, worker.returncode)


def _unreadable(name: str, status: int) -> FileRefusedError:
    found = {
        sheet_worker.UNREADABLE: "other bytes",
        sheet_worker.TOO_BIG: f"more than {sheet_worker.MAX_EXPANDED_BYTES:,} bytes when unpacked",
    }
    return FileRefusedError(
        name,
        expected="an XLSX or XLS workbook without a password",
        found=found.get(status, f"a workbook that its reader did not survive (status {status})"),
        hint="Open it in a spreadsheet program and save it as CSV (UTF-8), or in parts.",
    )


def _as_json(cells: Sequence[str]) -> str:
    return orjson.dumps(cells).decode()
