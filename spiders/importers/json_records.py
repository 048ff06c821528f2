"""Reads the records of JSON files into blocks: one cell per known key, the rest beside them.

In: a text stream and the declaration of its source. Out: blocks of rows and rejects. Values that
are no strings are written as JSON. Out of scope: how objects are found in a broken stream
(`json_values`), and what keys mean (`spiders.importers.mapping`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Self, TextIO

import orjson

from spiders.importers.blocks import BlockBuilder
from spiders.importers.json_values import Broken, JsonObject, read_values
from spiders.items import RejectReason, RowBlock
from spiders.sources import Envelope, SourceSpec

PROBED_RECORDS: Final = 1_000
"""Records that are looked at to learn which keys a file has."""

MAX_ENVELOPE_DEPTH: Final = 3

MAX_RECORD_DEPTH: Final = 100
"""Levels of lists and objects in a record. orjson reads 1024 but writes 254: what it could not
write again must not get in. Real records have a handful."""

_NOTHING: Final[JsonObject] = {}
_HOLDERS: Final = (dict, list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordShape:
    """How the records of a source are told from what surrounds them.

    An object with any of `marks` among its keys is a record. `places` are the cells of the
    known keys.
    """

    places: dict[str, int]
    nested: frozenset[str]
    marks: frozenset[str]
    envelope: Envelope | None

    @classmethod
    def of(cls, spec: SourceSpec) -> Self:
        """The shape that a source declares."""
        required = {header for name in spec.required_columns for header in spec.fields[name]}
        return cls(
            places={header: place for place, header in enumerate(spec.headers)},
            nested=frozenset(h.split(".")[0] for h in spec.headers if "." in h),
            marks=frozenset(required),
            envelope=spec.envelope,
        )


def read_json(stream: TextIO, spec: SourceSpec) -> Iterator[RowBlock]:
    """Read every record of the stream; whatever is none becomes a reject."""
    shape = RecordShape.of(spec)
    builder = BlockBuilder(spec.headers)
    for record in _records(stream, shape):
        if isinstance(record, Broken):
            builder.reject(record.reason, record.payload)
        elif is_too_deep(record):
            builder.reject(RejectReason.TOO_DEEP, None)
        elif isinstance(record, dict):
            _add(builder, record, shape)
        else:
            builder.reject(RejectReason.NOT_AN_OBJECT, cell_text(record))
        if builder.is_full:
            yield builder.take()
    if not builder.is_empty:
        yield builder.take()


def probe_keys(stream: TextIO, spec: SourceSpec) -> frozenset[str]:
    """The keys that occur among the first records of the stream."""
    shape = RecordShape.of(spec)
    first = islice(_records(stream, shape), PROBED_RECORDS)
    objects = (record for record in first if isinstance(record, dict))
    return frozenset(key for record in objects for key in _flat(record, shape.nested))


def is_too_deep(value: object) -> bool:
    """Whether a JSON value has more than `MAX_RECORD_DEPTH` levels of lists and objects.

    >>> is_too_deep([{"by": "merchant"}])
    False
    """
    level = [value] if isinstance(value, _HOLDERS) else []
    for _ in range(MAX_RECORD_DEPTH):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, _HOLDERS)
        ]
        if not level:
            return False
    return True


def cell_text(value: object) -> str:
    """A JSON value as a cell: a string as it is, all else as JSON.

    The value must not be too deep (`is_too_deep`).

    >>> cell_text("ten"), cell_text(10), cell_text([{"by": "merchant"}])
    ('ten', '10', '[{"by":"merchant"}]')
    """
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _records(stream: TextIO, shape: RecordShape) -> Iterator[object]:
    for value in read_values(stream):
        if isinstance(value, Broken):
            yield value
        elif shape.marks.isdisjoint(value):
            yield from (_unwrapped(element, shape) for element in _enclosed(value, shape))
        else:
            yield value


def _enclosed(value: JsonObject, shape: RecordShape) -> Sequence[object]:
    """The records that an object encloses, or the object itself where it encloses none."""
    declared = _at_path(value, shape.envelope.records) if shape.envelope else None
    found = declared if declared is not None else _first_list(value, MAX_ENVELOPE_DEPTH)
    return [value] if found is None else found


def _at_path(value: object, path: tuple[str, ...]) -> list[object] | None:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, list) else None


def _first_list(value: JsonObject, depth: int) -> list[object] | None:
    for inner in value.values():
        if isinstance(inner, list) and any(isinstance(element, dict) for element in inner):
            return inner
        if isinstance(inner, dict) and depth > 1:
            found = _first_list(inner, depth - 1)
            if found is not None:
                return found
    return None


def _unwrapped(element: object, shape: RecordShape) -> object:
    if shape.envelope and shape.envelope.inside and isinstance(element, dict):
        inner = element.get(shape.envelope.inside)
        return inner if isinstance(inner, dict) else element
    return element


def _add(builder: BlockBuilder, record: JsonObject, shape: RecordShape) -> None:
    cells: list[str | None] = [None] * len(shape.places)
    leftover: JsonObject = {}
    size = 0
    for key, value in _flat(record, shape.nested).items():
        place = shape.places.get(key)
        if place is None:
            leftover[key] = value
        elif value is not None:
            cell = cells[place] = value if isinstance(value, str) else cell_text(value)
            size += len(cell)
    builder.add(cells, size, leftover or _NOTHING)


def _flat(record: JsonObject, nested: frozenset[str]) -> JsonObject:
    """The record with the objects under `nested` keys opened into dotted keys."""
    for key in nested:
        inner = record.get(key)
        if isinstance(inner, dict):
            record = record.copy()
            del record[key]
            for name, value in inner.items():
                record[f"{key}.{name}"] = value
    return record
