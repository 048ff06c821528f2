"""Turns rows in a source's own columns into landed items, by renaming alone.

In: a `RowBlock` and the declaration of its source. Out: one Arrow table of `ITEM_SCHEMA`, with one
row for every item of the block. Text that was decoded wrongly is repaired and marked. Out of
scope: which rows are no records (`spiders.importers.screening`), casting, meaning, duplicates.

| source column | becomes |
|---|---|
| one that a field names | that field, verbatim; an empty cell is null |
| a second spelling of a field | the field where the first is empty, and a key of `extra` |
| one that a contact names | `contacts` inside `extra`, and nowhere else |
| any other | a key of `extra`, where the cell is not empty |
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, repeat

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from spiders.importers.repair import MISREAD_PATTERN, repair_text
from spiders.importers.screening import reject_reasons, rejected_rows
from spiders.items import ITEM_SCHEMA, Rejected, RowBlock
from spiders.sources import ReplyColumns, SourceSpec


def map_block(block: RowBlock, spec: SourceSpec, *, file_no: int, first_item: int) -> pa.Table:
    """Give the items of a block in the order of the file; its item 0 has number `first_item`."""
    columns, is_repaired = _repaired(_SourceColumns(block))
    fields = _fields(columns, spec)
    reasons = reject_reasons(columns.block, columns.arrays, fields, spec.required_values)
    rows = _table(
        {"item_no": pa.array(block.positions, pa.int64()), "is_repaired": is_repaired, **fields}
    )
    items = rows.filter(pa.array([reason is None for reason in reasons], pa.bool_()))
    rejects = [*block.rejects, *rejected_rows(columns.block, reasons)]
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
        arrays = ((header, self._by_name.get(header)) for header in headers)
        return [header for header, array in arrays if array and array.null_count < len(array)]

    def first_value(self, headers: Iterable[str]) -> pa.StringArray:
        """For every row the first value under any of the headers, null where there is none."""
        arrays = [self._by_name[header] for header in self.present(headers)]
        return pc.coalesce(*arrays) if arrays else pa.nulls(len(self.block.positions), pa.string())


def _null_if_empty(array: pa.StringArray) -> pa.StringArray:
    return pc.if_else(pc.equal(array, ""), None, array)


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
    """Rows whose cell holds two characters in a row that may be bytes of UTF-8."""
    if pc.all(pc.string_is_ascii(array)).as_py() is not False:
        return []
    matches = pc.match_substring_regex(array, MISREAD_PATTERN)
    rows: list[int] = pc.indices_nonzero(pc.fill_null(matches, False)).to_pylist()
    return rows


def _fields(columns: _SourceColumns, spec: SourceSpec) -> dict[str, pa.StringArray]:
    fields: dict[str, pa.StringArray] = {
        name: columns.first_value(headers) for name, headers in spec.fields.items()
    }
    length = len(columns.block.positions)
    for name, constant in spec.constants.items():
        implied = pa.array([constant.value] * length, pa.string())
        if constant.beside:
            implied = pc.if_else(pc.is_valid(fields[constant.beside]), implied, None)
        fields[name] = pc.coalesce(fields[name], implied) if name in fields else implied
    if spec.reply:
        fields["replies"] = _replies(columns, spec.reply)
    fields["extra"] = _extras(columns, spec)
    return fields


def _replies(columns: _SourceColumns, reply: ReplyColumns) -> pa.StringArray:
    """One reply per row as a JSON list; null throughout where the file has no reply column."""
    if not columns.present(reply.text):
        return pa.nulls(len(columns.block.positions), pa.string())
    without = "[]" if reply.blank == "none" else None
    texts = columns.first_value(reply.text).to_pylist()
    times = columns.first_value(reply.at).to_pylist()
    return pa.array(
        [
            orjson.dumps([{"by": reply.by, "at": time, "text": text}]).decode() if text else without
            for text, time in zip(texts, times, strict=True)
        ],
        pa.string(),
    )


def _extras(columns: _SourceColumns, spec: SourceSpec) -> pa.StringArray:
    """For every row a JSON object of what no field names, its keys in order; null if empty."""
    block = columns.block
    length = len(block.positions)
    taken = _taken_names(columns, spec)
    names = columns.present(name for name in block.names if name not in taken)
    cells_of = dict(zip(block.names, block.columns, strict=True))
    rows = zip(*(cells_of[name] for name in names), strict=True) if names else repeat((), length)
    leftovers = block.leftovers or repeat({}, length)
    contacts = _contacts(columns, spec) or repeat({}, length)
    extras: list[str | None] = []
    for cells, leftover, contact in zip(rows, leftovers, contacts, strict=True):
        extra: dict[str, object] = {n: cell for n, cell in zip(names, cells, strict=True) if cell}
        extra.update(leftover)
        if contact:
            extra["contacts"] = contact
        extras.append(orjson.dumps(extra, option=orjson.OPT_SORT_KEYS).decode() if extra else None)
    return pa.array(extras, pa.string())


def _taken_names(columns: _SourceColumns, spec: SourceSpec) -> frozenset[str]:
    """Columns that become fields. Of authors and contacts all spellings, for they are private."""
    groups = [*spec.fields.values()]
    if spec.reply:
        groups += [spec.reply.text, spec.reply.at]
    first = (columns.present(headers)[:1] for headers in groups)
    private = [spec.fields.get("author", ()), *spec.contacts.values()]
    return frozenset(chain.from_iterable([*first, *private]))


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


def _table(columns: Mapping[str, pa.Array]) -> pa.Table:
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
