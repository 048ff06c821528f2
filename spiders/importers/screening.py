"""Says which rows of a block cannot be records, and why.

In: a block, its cells as arrays and the fields they became. Out: a reason or None for every row.
Checked are header rows that repeat, NUL characters, values beyond the limit, and empty mandatory
values. Out of scope: what could not even be read as a row, which the readers reject.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from spiders.importers.blocks import clean_names
from spiders.items import (
    MAX_FIELD_CHARS,
    PRIVATE_CELL,
    Rejected,
    RejectReason,
    RowBlock,
    payload_of,
)


def reject_reasons(
    block: RowBlock,
    arrays: Sequence[pa.StringArray],
    fields: Mapping[str, pa.StringArray],
    required: Sequence[str],
) -> list[str | None]:
    """For every row the first reason that it cannot be a record, None where there is none.

    `required` names the fields that must not be blank; `arrays` are the columns of the block.
    """
    reasons: np.ndarray = np.full(len(block.positions), None, dtype=object)
    for name in reversed(required):
        reasons[_is_blank(fields[name])] = f"empty_{name}"
    for array in arrays:
        reasons[_is_over_long(array)] = RejectReason.OVER_LONG_FIELD.value
        reasons[_mask(pc.match_substring(array, "\0"))] = RejectReason.NUL_CHARACTER.value
    for number in _repeated_headers(block, arrays):
        reasons[number] = RejectReason.REPEATED_HEADER.value
    return list(reasons)


def rejected_rows(
    block: RowBlock, reasons: Sequence[str | None], private: Collection[str]
) -> Iterator[Rejected]:
    """The rows that have a reason, each with its cells as a JSON object.

    What stands in the columns `private`, which name people, is left out.
    """
    for number, reason in enumerate(reasons):
        if reason is not None:
            yield Rejected(
                position=block.positions[number],
                reason=reason,
                payload=_payload(block, number, private),
            )


def _payload(block: RowBlock, number: int, private: Collection[str]) -> str:
    named = zip(block.names, block.row(number), strict=True)
    cells: dict[str, object] = {
        name: PRIVATE_CELL if name in private else cell for name, cell in named if cell
    }
    if block.leftovers:
        cells |= block.leftovers[number]
    return payload_of(orjson.dumps(cells).decode())


def _repeated_headers(block: RowBlock, arrays: Sequence[pa.StringArray]) -> Iterator[int]:
    """Rows that are the header again; only a table has one, and its records no leftovers."""
    if block.leftovers or not arrays:
        return
    for number in np.flatnonzero(_mask(pc.match_substring(arrays[0], block.names[0]))):
        cells = [cell or "" for cell in block.row(int(number))]
        if clean_names(cells) == block.names:
            yield int(number)


def _is_blank(array: pa.StringArray) -> np.ndarray:
    trimmed = pc.utf8_trim_whitespace(array)
    return _mask(pc.equal(trimmed, pa.scalar("")), is_null=True)


def _is_over_long(array: pa.StringArray) -> np.ndarray:
    return _mask(pc.greater(pc.utf8_length(array), pa.scalar(MAX_FIELD_CHARS)))


def _mask(array: pa.BooleanArray, *, is_null: bool = False) -> np.ndarray:
    """An Arrow mask for numpy; `is_null` is what stands for null."""
    return np.asarray(array.fill_null(is_null).to_numpy(zero_copy_only=False), dtype=bool)
