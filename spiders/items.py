"""The shapes that importers hand on: blocks of rows as read, and the schema of landed items.

A format reader gives `RowBlock`s in the source's own column names. `spiders.mapping` turns
them into Arrow tables of `ITEM_SCHEMA`, which is all that other packages see. Out of scope:
what a value means; every value here is a string as the source wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import orjson
import pyarrow as pa

MAX_BLOCK_ITEMS: Final = 5_000
"""Items of one block, and so rows of one Arrow batch."""

MAX_BLOCK_CHARS: Final = 16 * 1024 * 1024
"""Characters after which a block is handed on early, so that memory stays bounded."""

MAX_FIELD_CHARS: Final = 131_072
"""Longest value that is kept. The csv module's own limit, held for every format."""

MAX_PAYLOAD_CHARS: Final = 100_000
"""Longest payload stored with a rejected item; the landed file holds all of it."""

PRIVATE_CELL: Final = "[private]"
"""What stands in a payload for the author and the contacts of a rejected row."""

RECORD_COLUMNS: Final = (
    "title",
    "text",
    "respondent",
    "platform",
    "region",
    "url",
    "amount_value",
    "amount_currency",
    "status",
    "kind",
    "published_at",
    "received_at",
    "problem",
    "demand",
    "product",
    "sub_product",
    "issue",
    "sub_issue",
    "replies",
    "extra",
)

_STRINGS: Final = ("reject_reason", "rejected_payload", "record_id", "author", *RECORD_COLUMNS)
_FIELDS: Final[list[pa.Field[Any]]] = [
    pa.field("item_no", pa.int64(), nullable=False),
    pa.field("file_no", pa.int32(), nullable=False),
    pa.field("is_repaired", pa.bool_(), nullable=False),
    *(pa.field(name, pa.string()) for name in _STRINGS),
]

ITEM_SCHEMA: Final = pa.schema(_FIELDS)
"""One row per item of a load, kept or rejected; `item_no` counts from 1 over all files."""


class RejectReason(StrEnum):
    """Why an item is not kept. An empty mandatory value gives `empty_<field>` instead."""

    REPEATED_HEADER = "repeated_header"
    WRONG_COLUMN_COUNT = "wrong_column_count"
    BROKEN_QUOTES = "broken_quotes"
    BROKEN_JSON = "broken_json"
    NOT_AN_OBJECT = "not_an_object"
    TOO_DEEP = "too_deep"
    OVER_LONG_LINE = "over_long_line"
    OVER_LONG_FIELD = "over_long_field"
    NUL_CHARACTER = "nul_character"
    UNDECODABLE_BYTES = "undecodable_bytes"
    FOREIGN_SHEET = "foreign_sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """An item that is not kept: its position in the file (from 0), why, and its payload.

    A payload holds the cells of a row without its author and contacts, and of what is no row
    only where it stands: the landed file holds it all.
    """

    position: int
    reason: str
    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowBlock:
    """Consecutive items of one file, in the source's own column names.

    `columns[k]` holds the cells of column `names[k]`; an empty cell is `""` or None. Row `i`
    stands at `positions[i]` among the items of the file (from 0). `leftovers[i]` holds what a
    record had beside the named columns; there are none for tables.
    """

    names: tuple[str, ...]
    columns: tuple[Sequence[str | None], ...]
    positions: Sequence[int] = ()
    rejects: Sequence[Rejected] = ()
    leftovers: Sequence[Mapping[str, object]] = ()

    def row(self, number: int) -> list[str | None]:
        """The cells of one row."""
        return [column[number] for column in self.columns]


def payload_of(text: str) -> str:
    r"""Make any text storable as a payload: cut to size, odd bytes and NULs written out.

    >>> payload_of("a\x00b\udce9")
    'a\\x00b\\xe9'
    """
    return storable(text[:MAX_PAYLOAD_CHARS].replace("\0", "\\x00"))


def unread_payload(position: int, text: str | None) -> str:
    """The payload of what could not be parsed: which item of its file, from 1, and its length.

    Nothing of the text is in it, because nobody can tell what in it names a person. The length
    of what cannot be written as text is null.

    >>> unread_payload(0, "1,somebody")
    '{"item":1,"characters":10}'
    """
    characters = None if text is None else len(text)
    return orjson.dumps({"item": position + 1, "characters": characters}).decode()


def storable(text: str) -> str:
    r"""Write out the bytes of a text that were none in the encoding of its file.

    >>> storable("caf\udce9")
    'caf\\xe9'
    """
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
