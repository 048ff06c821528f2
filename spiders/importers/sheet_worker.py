"""Prints the sheets of a workbook as JSON lines; runs in a process of its own.

In: the path of an XLSX or XLS file, and whether it is packed with gzip. Out: every row that is
not blank as `[sheet number, [cell, ...]]`, the cells as strings. A workbook is a hostile thing: it
may ask for more memory than there is or break its reader, and here it can only end this process.
Out of scope: which row is a header (`spiders.importers.spreadsheets`).
"""

from __future__ import annotations

import gzip
import resource
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final

import orjson
from python_calamine import CalamineError, CalamineWorkbook

MAX_MEMORY_BYTES: Final = 4 * 1024**3
MAX_CPU_SECONDS: Final = 900

MAX_EXPANDED_BYTES: Final = 2 * 1024**3
"""What the parts of a workbook may unpack to; a full sheet of a million long texts is 1 GiB."""

UNREADABLE: Final = 3
"""Exit status for bytes that are no workbook, or one behind a password."""

TOO_BIG: Final = 4
"""Exit status for a workbook whose parts are above `MAX_EXPANDED_BYTES`."""


class WorkbookTooBigError(Exception):
    """The parts of a workbook unpack to more than is read."""


def cell_text(value: object) -> str:
    """A cell as a spreadsheet shows it: whole numbers without a point, dates as ISO 8601.

    >>> cell_text(49.0), cell_text(12.5), cell_text(True), cell_text("49.0")
    ('49', '12.5', 'TRUE', '49.0')
    >>> from datetime import date, datetime
    >>> cell_text(datetime(2020, 1, 2, 3, 4)), cell_text(date(2020, 1, 2))
    ('2020-01-02 03:04:00', '2020-01-02')
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return str(value)


def print_sheets(content: bytes) -> None:
    """Write the rows of all sheets of a workbook to stdout.

    Raises:
        CalamineError: the bytes are no workbook, or one behind a password.
        WorkbookTooBigError: they would unpack to too much.
    """
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_EXPANDED_BYTES:
                raise WorkbookTooBigError
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    for number, name in enumerate(workbook.sheet_names, start=1):
        for row in workbook.get_sheet_by_name(name).iter_rows():
            cells = [cell_text(cell) for cell in row]
            if any(cells):
                sys.stdout.buffer.write(orjson.dumps([number, cells]) + b"\n")


def main() -> int:
    """Read the workbook that the arguments name, within limits of memory and time."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))
    path, packing = sys.argv[1:]
    content = Path(path).read_bytes()
    try:
        print_sheets(gzip.decompress(content) if packing == "gzip" else content)
    except (CalamineError, zipfile.BadZipFile):
        return UNREADABLE
    except WorkbookTooBigError:
        return TOO_BIG
    return 0


if __name__ == "__main__":
    sys.exit(main())
