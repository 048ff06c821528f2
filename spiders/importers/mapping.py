"""Turns rows in a source's own columns into landed items, by renaming alone.

In: a `RowBlock` and the declaration of its source. Out: one Arrow table of `ITEM_SCHEMA`, with one
row for every item of the block. Text that was decoded wrongly is repaired and marked. Out of
scope: which rows are no records (`spiders.importers.screening`), casting, meaning, duplicates.

| source column | becomes |
|---|---|
| one that a field names | that field, verbatim; an empty cell is null |
| a second spelling of a field | the field, or a key of `extra` where it says something else |
| a contact | `contacts` inside `extra`, and nowhere else |
| any other | a key of `extra`, where the cell is not empty |
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import repeat
from typing import Any, Final

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from spiders.importers.repair import BYTES_PATTERN, repair_text
from spiders.importers.screening import reject_reasons, rejected_rows
from spiders.items import ITEM_SCHEMA, Rejected, RowBlock
from spiders.sources import ReplyColumns, SourceSpec

_NO_TEXT: Final = pa.scalar(None, pa.string())


def map_block(block: RowBlock, spec: SourceSpec, *, file_no: int, first_item: int) -> pa.Table:
    """Give the items of a block in the order of the file; its item 0 has number `first_item`."""
    columns, is_repaired = _repaired(_SourceColumns(block))
    fields = _fields(columns, spec)
    reasons = reject_reasons(columns.block, columns.arrays, fields, spec.required_values)
    rows = _table(
        {"item_no": pa.array(block.positions, pa.int64()), "is_repaired": is_repaired, **fields}
    )
    items = rows.filter(pa.array([reason is None for reason in reasons], pa.bool_()))
    rejects = [*block.rejects, *rejected_rows(columns.block, reasons, spec.private_headers)]
    if rejects:
        items = pa.concat_tables([items, _reject_table(rejects)]).sort_by("item_no")
    return _numbered(items, file_no, first_item)


class _SourceColumns:
    """The columns of a block as arrays, found by the source's own names; empty cells are null."""

    def __init__(self, block: RowBlock) -> None:
        self.block = block
        self.arrays = [_null_if_empty(pa.array(cells, pa.string())) for cells in block.columns]
        self._by_name = dict(zip(block.names, self.arrays, strict=True))

    def present(self, headers: Iterable[str]) -> list[str]:
        """Those of the headers under which the block has a value, in the order given."""
        known = [header for header in headers if header in self._by_name]
        length = len(self.block.positions)
        return [header for header in known if self._by_name[header].null_count < length]

    def first_value(self, headers: Iterable[str]) -> pa.StringArray:
        """For every row the first value under any of the headers, null where there is none."""
        arrays = [self._by_name[header] for header in self.present(headers)]
        return pc.coalesce(*arrays) if arrays else pa.nulls(len(self.block.positions), pa.string())

    def first_value_or_empty(self, headers: Sequence[str]) -> pa.StringArray:
        """As `first_value`, but empty where a cell was there and held nothing."""
        columns = zip(self.block.names, self.block.columns, strict=True)
        cells = [pa.array(column, pa.string()) for name, column in columns if name in headers]
        return pc.coalesce(self.first_value(headers), *cells)


def _null_if_empty(array: pa.StringArray) -> pa.StringArray:
    filled: pa.StringArray = pc.if_else(pc.equal(array, pa.scalar("")), _NO_TEXT, array)
    return filled


def _repaired(columns: _SourceColumns) -> tuple[_SourceColumns, pa.BooleanArray]:
    """The columns with misread text put right, and which rows were."""
    block = columns.block
    is_repaired = [False] * len(block.positions)
    suspects = [_suspects(array) for array in columns.arrays]
    if any(suspects):
        repaired = [list(cells) for cells in block.columns]
        for cells, rows in zip(repaired, suspects, strict=True):
            for number in rows:
                before = cells[number] or ""
                cells[number] = repair_text(before)
                is_repaired[number] |= cells[number] != before
        columns = _SourceColumns(replace(block, columns=tuple(repaired)))
    return columns, pa.array(is_repaired, pa.bool_())


def _suspects(array: pa.StringArray) -> list[int]:
    """Rows whose cell is not plain ASCII, though every character of it can be a byte."""
    is_ascii = pc.string_is_ascii(array)
    if pc.all(is_ascii).as_py() is not False:
        return []
    is_suspect = pc.and_not(pc.match_substring_regex(array, BYTES_PATTERN), is_ascii)
    return [number for number, suspect in enumerate(is_suspect.to_pylist()) if suspect]


def _fields(columns: _SourceColumns, spec: SourceSpec) -> dict[str, pa.StringArray]:
    fields: dict[str, pa.StringArray] = {
        name: columns.first_value(headers) for name, headers in spec.fields.items()
    }
    length = len(columns.block.positions)
    for name, constant in spec.constants.items():
        implied = pa.array([constant.value] * length, pa.string())
        if constant.beside:
            implied = pc.if_else(pc.is_valid(fields[constant.beside]), implied, _NO_TEXT)
        fields[name] = pc.coalesce(fields[name], implied) if name in fields else implied
    if spec.reply:
        fields["replies"] = _replies(columns, spec.reply)
    fields["extra"] = _extras(columns, spec, fields)
    return fields


def _replies(columns: _SourceColumns, reply: ReplyColumns) -> pa.StringArray:
    """One reply per row as a JSON list; null where the source has no reply column or key."""
    none = "[]" if reply.blank == "none" else None
    texts = columns.first_value_or_empty(reply.text).to_pylist()
    times = columns.first_value(reply.at).to_pylist()
    replies: list[str | None] = []
    for text, time in zip(texts, times, strict=True):
        if text:
            replies.append(orjson.dumps([{"by": reply.by, "at": time, "text": text}]).decode())
        else:
            replies.append(none if text == "" else None)
    return pa.array(replies, pa.string())


def _extras(
    columns: _SourceColumns, spec: SourceSpec, fields: Mapping[str, pa.StringArray]
) -> pa.StringArray:
    """For every row a JSON object of what no field holds, its keys in order; null if empty."""
    block = columns.block
    length = len(block.positions)
    spare = _spare_cells(columns, spec, fields)
    rows = zip(*spare.values(), strict=True) if spare else repeat((), length)
    leftovers: Iterable[Mapping[str, object]] = block.leftovers or repeat({}, length)
    contacts: Iterable[dict[str, str]] = _contacts(columns, spec) or repeat({}, length)
    extras: list[str | None] = []
    for cells, leftover, contact in zip(rows, leftovers, contacts, strict=True):
        extra: dict[str, object] = {n: cell for n, cell in zip(spare, cells, strict=True) if cell}
        extra.update(leftover)
        if contact:
            extra["contacts"] = contact
        extras.append(orjson.dumps(extra, option=orjson.OPT_SORT_KEYS).decode() if extra else None)
    return pa.array(extras, pa.string())


def _spare_cells(
    columns: _SourceColumns, spec: SourceSpec, fields: Mapping[str, pa.StringArray]
) -> dict[str, Sequence[str | None]]:
    """The columns that no field names, and second spellings where they say something else."""
    known = frozenset(spec.headers)
    block = zip(columns.block.names, columns.block.columns, strict=True)
    spare: dict[str, Sequence[str | None]] = {n: cells for n, cells in block if n not in known}
    for name, headers in spec.fields.items():
        spellings = columns.present(headers)
        if name == "author" or len(spellings) < 2:
            continue
        for spelling in spellings:
            cells = columns.first_value([spelling])
            differs = pc.not_equal(cells, fields[name]).fill_null(True)
            spare[spelling] = pc.if_else(differs, cells, _NO_TEXT).to_pylist()
    return spare


def _contacts(columns: _SourceColumns, spec: SourceSpec) -> list[dict[str, str]]:
    present = {
        kind: columns.first_value(headers).to_pylist()
        for kind, headers in spec.contacts.items()
        if columns.present(headers)
    }
    rows = zip(*present.values(), strict=True)
    return [
        {kind: value for kind, value in zip(present, row, strict=True) if value} for row in rows
    ]


def _reject_table(rejects: Sequence[Rejected]) -> pa.Table:
    return _table(
        {
            "item_no": pa.array([reject.position for reject in rejects], pa.int64()),
            "is_repaired": pa.array([False] * len(rejects), pa.bool_()),
            "reject_reason": pa.array([reject.reason for reject in rejects], pa.string()),
            "rejected_payload": pa.array([reject.payload for reject in rejects], pa.string()),
        }
    )


def _table(columns: Mapping[str, pa.Array[Any]]) -> pa.Table:
    """A table with the columns of the schema; those that are not given are null."""
    length = len(columns["item_no"])
    arrays = [
        columns[field.name] if field.name in columns else pa.nulls(length, field.type)
        for field in ITEM_SCHEMA
    ]
    return pa.table(arrays, names=ITEM_SCHEMA.names)


def _numbered(items: pa.Table, file_no: int, first_item: int) -> pa.Table:
    numbers = pc.add(items.column("item_no"), first_item)
    files = pa.array([file_no] * items.num_rows, pa.int32())
    return (
        items.set_column(0, ITEM_SCHEMA.field(0), numbers)
        .set_column(1, ITEM_SCHEMA.field(1), files)
        .cast(ITEM_SCHEMA)
    )
