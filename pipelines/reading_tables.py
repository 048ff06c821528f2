"""How complaints and readings travel in batches.

In: an Arrow table of `staged.complaints`, or readings. Out: complaints, or Arrow tables
with the columns of schema `enriched`. Out of scope: what is read (`pipelines.reading`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipelines.records import Complaint, ComplaintId, Finding, Reading, Span

_LABELS = ("product", "sub_product", "issue", "sub_issue")
_COLUMNS = (
    "complaint_id",
    "source",
    "text",
    "title",
    "respondent_name",
    "platform_name",
    "region_name",
    "problem",
    "demand",
    "amount_value",
    "amount_currency",
    "status",
    "kind",
    "published_at",
)
_SPAN = pa.list_(pa.int32(), 2)


def _schema(**columns: pa.DataType) -> pa.Schema:
    """Make a schema whose columns with a name ending in `_` may be null."""
    return pa.schema(
        [
            pa.field(name.rstrip("_"), kind, nullable=name.endswith("_"))
            for name, kind in columns.items()
        ]
    )


TABLES = {
    "readings": _schema(
        complaint_id=pa.string(),
        input_hash=pa.string(),
        step_version=pa.string(),
        taxonomy_version=pa.string(),
        kind=pa.string(),
        language=pa.string(),
        redacted_text=pa.string(),
        title_length=pa.int32(),
        outcome=pa.string(),
        region_=pa.string(),
        is_minor_=pa.bool_(),
        loss_value_=pa.decimal128(18, 2),
        loss_currency_=pa.string(),
        tokens=pa.string(),
        text_hash=pa.string(),
        signature_=pa.binary(),
    ),
    "findings": _schema(
        complaint_id=pa.string(),
        axis=pa.string(),
        code=pa.string(),
        score=pa.float64(),
        origin=pa.string(),
        is_alleged=pa.bool_(),
        spans=pa.list_(_SPAN),
    ),
    "amounts": _schema(
        complaint_id=pa.string(),
        value=pa.decimal128(18, 2),
        currency=pa.string(),
        role=pa.string(),
        span=_SPAN,
    ),
    "dates": _schema(
        complaint_id=pa.string(), value_=pa.string(), precision=pa.string(), span=_SPAN
    ),
    "links": _schema(complaint_id=pa.string(), kind=pa.string(), link_key=pa.string()),
    "parties": _schema(
        complaint_id=pa.string(),
        role=pa.string(),
        raw=pa.string(),
        identity=pa.string(),
        how=pa.string(),
        span_=_SPAN,
    ),
    "issues": _schema(complaint_id=pa.string(), step=pa.string(), reason=pa.string()),
}
"""The tables of a batch of readings, each with the columns that its definition has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """One reading with what the warehouse keeps beside it."""

    reading: Reading
    input_hash: str
    step_version: str
    taxonomy_version: str
    text_hash: str
    signature: bytes | None


def complaints_of(table: pa.Table) -> Iterator[tuple[Complaint, str]]:
    """Give the complaints of a batch with their input hashes, in order."""
    for row in table.select([*_COLUMNS, *_LABELS, "input_hash"]).to_pylist():
        labels = tuple((name, row.pop(name)) for name in _LABELS)
        input_hash = row.pop("input_hash")
        row["complaint_id"] = ComplaintId(row["complaint_id"])
        row["labels"] = tuple((name, label) for name, label in labels if label)
        yield Complaint(**row), input_hash


def tables_of(rows: Iterable[ReadRow]) -> dict[str, pa.Table]:
    """Lay readings out as tables, keyed as in `TABLES`; rows keep the order of the readings."""
    columns: dict[str, list[tuple[Any, ...]]] = {name: [] for name in TABLES}
    for row in rows:
        for name, values in _rows_of(row):
            columns[name].append(values)
    return {name: _table(schema, columns[name]) for name, schema in TABLES.items()}


def _table(schema: pa.Schema, rows: list[tuple[Any, ...]]) -> pa.Table:
    """Turn rows into an Arrow table of a schema."""
    if not rows:
        return schema.empty_table()
    arrays = [
        pa.array(values, type=field.type)
        for field, values in zip(schema, zip(*rows, strict=True), strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _rows_of(row: ReadRow) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Give every table's rows of one reading, in the order of the columns."""
    reading = row.reading
    key = reading.complaint_id
    yield "readings", _reading_row(row)
    for is_alleged, findings in ((True, reading.findings), (False, reading.mentions)):
        for finding in findings:
            yield "findings", _finding_row(key, finding, is_alleged)
    for amount in reading.amounts:
        yield "amounts", (key, amount.value, amount.currency, amount.role, _pair(amount.span))
    for mention in reading.dates:
        yield "dates", (key, mention.value, mention.precision, _pair(mention.span))
    for link in reading.links:
        yield "links", (key, link.kind, link.link_key)
    for party in reading.parties:
        span = None if party.span is None else _pair(party.span)
        yield "parties", (key, party.role, party.raw, party.identity, party.how, span)
    for issue in reading.issues:
        yield "issues", (issue.complaint_id, issue.step, issue.reason)


def _reading_row(row: ReadRow) -> tuple[Any, ...]:
    reading = row.reading
    value, currency = reading.loss or (None, None)
    return (
        reading.complaint_id,
        row.input_hash,
        row.step_version,
        row.taxonomy_version,
        reading.kind,
        reading.language,
        reading.redacted_text,
        reading.title_length,
        reading.outcome,
        reading.region,
        reading.is_minor,
        value,
        currency,
        " ".join(reading.tokens),
        row.text_hash,
        row.signature,
    )


def _finding_row(key: ComplaintId, finding: Finding, is_alleged: bool) -> tuple[Any, ...]:
    spans = [_pair(span) for span in finding.spans]
    return key, finding.axis, finding.code, finding.score, finding.origin, is_alleged, spans


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
