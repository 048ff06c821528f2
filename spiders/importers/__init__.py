"""Reads landed files into Arrow batches of items, whatever their format.

In: a landing and the declaration of its source. Out: tables of `ITEM_SCHEMA`, in which every
item of every file stands exactly once, kept or rejected. Out of scope: duplicates and meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from spiders.importers.delimited import read_delimited
from spiders.importers.json_records import read_json
from spiders.importers.mapping import map_block
from spiders.importers.recognise import DELIMITERS, FileForm
from spiders.importers.spreadsheets import read_spreadsheet
from spiders.importers.streams import open_text
from spiders.items import RowBlock
from spiders.sources import SourceSpec

if TYPE_CHECKING:
    from spiders.landing import Landing


def read_landing(landing: Landing, spec: SourceSpec) -> Iterator[pa.Table]:
    """Read all files of a landing, in order, as tables of at most `MAX_BLOCK_ITEMS` rows.

    Reading the same landing again gives the same tables. Items are numbered from 1 over all
    files, in the order in which they stand.
    """
    first_item = 1
    for file in landing.files:
        first_of_file = first_item
        for block in read_blocks(landing.path_of(file), file.file_name, file.form, spec):
            table = map_block(block, spec, file_no=file.file_no, first_item=first_of_file)
            first_item += table.num_rows
            yield table


def read_blocks(path: Path, name: str, form: FileForm, spec: SourceSpec) -> Iterator[RowBlock]:
    """Read one recognised file into blocks of rows in the source's own columns.

    Raises:
        FileRefusedError: a workbook cannot be read; text is checked before it is landed.
    """
    if form.format in ("xlsx", "xls"):
        yield from read_spreadsheet(
            path, name, lambda names: not spec.missing_columns(names), gzipped=form.is_gzipped
        )
        return
    with open_text(
        path, gzipped=form.is_gzipped, encoding=form.encoding, is_sound=form.is_sound
    ) as stream:
        if form.format == "json":
            yield from read_json(stream, spec)
        else:
            yield from read_delimited(stream, DELIMITERS[form.format], is_sound=form.is_sound)
