"""Landed items into `raw`: what is new, what is known already, what is refused.

In: an envelope that says which landing this is, and Arrow batches of its items.
Out: rows of `raw.items`, `raw.records` and `meta`, and a receipt in which
read = kept + duplicate + rejected. Out of scope: reading files (`spiders`) and
casting values (`models/staged`).

A load is one transaction: after a crash it is there whole or not at all. Its id
comes with the landing, so loading the same landing again changes nothing and
returns the first receipt; another landing of the same bytes is another load,
all of whose items are duplicates, also when newer states were loaded between.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

import duckdb
import pyarrow as pa

from warehouse.database import append, fill, transaction
from warehouse.errors import LoadRefusedError
from warehouse.keyed import hash_authors, hash_contacts
from warehouse.statements import PACKAGE, read_statement
from warehouse.work import Work

RECORD_COLUMNS = (
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
"""The columns of a record, as the importers give them and `raw.records` keeps them."""

_ENVELOPE_COLUMNS = (
    "item_no",
    "file_no",
    "is_repaired",
    "reject_reason",
    "rejected_payload",
    "record_id",
    "author",
)
_IDENTITY_COLUMNS = (frozenset(RECORD_COLUMNS) | {"author"}) - {"replies", "extra"}
_MODELS = PACKAGE / "models" / "raw"
_FEEDS = PACKAGE / "feeds"


class LandedFile(Protocol):
    """One file of a landing, as its manifest describes it."""

    @property
    def file_name(self) -> str:
        """Its name as given."""

    @property
    def byte_count(self) -> int:
        """Its size."""

    @property
    def sha256(self) -> str:
        """Hash of its bytes."""

    @property
    def encoding(self) -> str:
        """The encoding found."""

    @property
    def format(self) -> str:
        """The format found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredPeriod:
    """A period that a load covers completely, both days included.

    `respondent` is None when the whole source is covered.
    """

    covered_from: date
    covered_to: date
    respondent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadEnvelope:
    """Which landing is loaded, and what is known about it as a whole.

    `identity` are the columns that tell records apart where the source gives no
    id of its own; when empty, an item without an id is rejected.
    """

    load_id: str
    source: str
    fetched_at: datetime
    identity: tuple[str, ...]
    is_backfill: bool = False
    files: tuple[LandedFile, ...] = ()
    covers: tuple[CoveredPeriod, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReceipt:
    """What became of the items of a load; read = kept + duplicate + rejected.

    `changed` counts those of the kept that changed a record already known.
    `rejects` are (reason, items), most first.
    """

    load_id: str
    source: str
    read: int
    kept: int
    changed: int
    duplicate: int
    rejected: int
    repaired: int
    rejects: tuple[tuple[str, int], ...] = ()


def load_items(
    work: Work,
    envelope: LoadEnvelope,
    batches: Iterable[pa.Table],
    key: bytes,
) -> LoadReceipt:
    """Keep what a landing brings that is new or changed, and count everything.

    Idempotent per `load_id`.

    Raises:
        LoadRefusedError: the envelope or a batch has not the expected columns.
    """
    _check_envelope(envelope)
    if envelope.load_id not in work.loaded_ids():
        _load(work.connection, envelope, batches, key)
    return _read_receipt(work.connection, envelope.load_id)


def _load(
    connection: duckdb.DuckDBPyConnection,
    envelope: LoadEnvelope,
    batches: Iterable[pa.Table],
    key: bytes,
) -> None:
    connection.execute(read_statement(PACKAGE / "schema" / "transient" / "incoming.sql").text)
    try:
        _append_all(connection, (_hash_private(batch, envelope, key) for batch in batches))
        with transaction(connection):
            _write(connection, envelope)
    finally:
        connection.execute("drop table if exists incoming")
        connection.execute("drop table if exists judged_items")


def _append_all(connection: duckdb.DuckDBPyConnection, batches: Iterable[pa.Table]) -> None:
    """Append each batch while the next is read: the database works beside the interpreter."""
    with ThreadPoolExecutor(max_workers=1) as appender:
        under_way: Future[None] | None = None
        for batch in batches:
            if under_way is not None:
                under_way.result()
            under_way = appender.submit(append, connection, "incoming", batch)
        if under_way is not None:
            under_way.result()


def _read_receipt(connection: duckdb.DuckDBPyConnection, load_id: str) -> LoadReceipt:
    load = {"load_id": load_id}
    counts = connection.execute(read_statement(_FEEDS / "receipt.sql").text, load).fetchall()
    rejects = connection.execute(
        read_statement(_FEEDS / "receipt_rejects.sql").text, load
    ).fetchall()
    source, read, kept, changed, duplicate, rejected, repaired = counts[0]
    return LoadReceipt(
        load_id=load_id,
        source=source,
        read=read,
        kept=kept,
        changed=changed,
        duplicate=duplicate,
        rejected=rejected,
        repaired=repaired,
        rejects=tuple((reason, items) for reason, items in rejects),
    )


def _check_envelope(envelope: LoadEnvelope) -> None:
    unknown = set(envelope.identity) - _IDENTITY_COLUMNS
    if unknown:
        raise LoadRefusedError(
            f"load {envelope.load_id} of {envelope.source}: expected identity columns among "
            f"{sorted(_IDENTITY_COLUMNS)}; found {sorted(unknown)}. "
            f"Correct them in spiders/sources/{envelope.source}.yml."
        )


def _hash_private(batch: pa.Table, envelope: LoadEnvelope, key: bytes) -> pa.Table:
    missing = [
        name for name in (*_ENVELOPE_COLUMNS, *RECORD_COLUMNS) if name not in batch.column_names
    ]
    if missing:
        raise LoadRefusedError(
            f"load {envelope.load_id} of {envelope.source}: expected the item columns of the "
            f"importers; missing {missing}. Correct the importer that made the batch."
        )
    authors = hash_authors(batch.column("author"), envelope.source, key)
    extras = hash_contacts(batch.column("extra"), key)
    kept = batch.select([*_ENVELOPE_COLUMNS[:-1], *RECORD_COLUMNS[:-1]])
    return kept.append_column("author_key", authors).append_column("extra", extras)


def _write(connection: duckdb.DuckDBPyConnection, envelope: LoadEnvelope) -> None:
    judged = read_statement(_MODELS / "judged_items.sql").text
    connection.execute(
        f"create temp table judged_items as\n{judged}",
        {
            "source": envelope.source,
            "identity_columns": list(envelope.identity),
            "known_file_nos": _known_file_nos(connection, envelope),
        },
    )
    landing = {"load_id": envelope.load_id, "source": envelope.source}
    landing_at = {**landing, "at": envelope.fetched_at}
    fill(connection, "raw.items", read_statement(_MODELS / "items.sql"), landing)
    fill(connection, "raw.records", read_statement(_MODELS / "records.sql"), landing_at)
    fill(
        connection,
        "meta.loads",
        read_statement(_MODELS / "receipt.sql"),
        {**landing_at, "is_backfill": envelope.is_backfill},
    )
    append(connection, "meta.load_files", _file_rows(envelope))
    append(connection, "meta.coverage", _coverage_rows(envelope))


def _known_file_nos(connection: duckdb.DuckDBPyConnection, envelope: LoadEnvelope) -> list[int]:
    hashes = [file.sha256 for file in envelope.files]
    rows = connection.execute(
        read_statement(_FEEDS / "known_files.sql").text,
        {"source": envelope.source, "hashes": hashes},
    ).fetchall()
    known = {row[0] for row in rows}
    return [file_no for file_no, sha256 in enumerate(hashes, start=1) if sha256 in known]


def _file_rows(envelope: LoadEnvelope) -> pa.Table:
    files = envelope.files
    return pa.table(
        {
            "load_id": pa.array([envelope.load_id] * len(files), pa.string()),
            "file_no": pa.array(range(1, len(files) + 1), pa.int32()),
            "file_name": pa.array([file.file_name for file in files], pa.string()),
            "byte_count": pa.array([file.byte_count for file in files], pa.int64()),
            "sha256": pa.array([file.sha256 for file in files], pa.string()),
            "encoding": pa.array([file.encoding for file in files], pa.string()),
            "format": pa.array([file.format for file in files], pa.string()),
        }
    )


def _coverage_rows(envelope: LoadEnvelope) -> pa.Table:
    periods = envelope.covers
    return pa.table(
        {
            "load_id": pa.array([envelope.load_id] * len(periods), pa.string()),
            "source": pa.array([envelope.source] * len(periods), pa.string()),
            "respondent": pa.array([period.respondent for period in periods], pa.string()),
            "covered_from": pa.array([period.covered_from for period in periods], pa.date32()),
            "covered_to": pa.array([period.covered_to for period in periods], pa.date32()),
        }
    )
