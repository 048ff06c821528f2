"""A small warehouse for tests: loads, plain readings and one candidate, all invented."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from pipelines.law.tables import DEADLINES_SCHEMA, TIERS_SCHEMA
from warehouse.casework.ledger import Assignment, Ledger
from warehouse.home import Home
from warehouse.load import RECORD_COLUMNS, CoveredPeriod, LoadEnvelope, LoadReceipt, load_items
from warehouse.publish import BuildEnvelope, Publication, publish
from warehouse.work import Work

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
KEY = b"a key for tests only"
VERSIONS = {"reading": "step-1", "taxonomy": "taxonomy-1"}


LAW: dict[str, list[dict[str, Any]]] = {
    "law_texts": [
        {
            "code": "measures",
            "label_zh": "办法",
            "label_en": "Measures",
            "jurisdiction": "CN",
            "first_day": date(2022, 11, 1),
            "last_day": date(2026, 4, 14),
            "standing": "read",
            "is_date_read": True,
            "source": "invented",
        }
    ],
    "law_tiers": [
        {
            "place": 1,
            "code": "joint",
            "role": "tier",
            "scope": "group",
            "label_zh": "共同投诉",
            "label_en": "joint complaint",
            "definition_zh": "定义",
            "definition_en": "definition",
        }
    ],
    "law_deadlines": [
        {
            "place": 1,
            "code": "promised_refund",
            "kind": "promise",
            "label_zh": "承诺退款",
            "label_en": "promised refund",
            "starts_zh": "作出承诺",
            "starts_en": "the promise was made",
            "regions": [],
        }
    ],
}


@cache
def _empty_database() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "work.duckdb"
        Work.at(path).close()
        return path.read_bytes()


def new_work(folder: Path) -> Work:
    """Open an empty work database; copied, because making its tables takes longer."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "work.duckdb"
    path.write_bytes(_empty_database())
    return Work.at(path)


def item_batch(items: Sequence[dict[str, str | None]], first_no: int = 1) -> pa.Table:
    """Items as the importers give them; what is not named is null."""
    names = ["reject_reason", "rejected_payload", "record_id", "author", *RECORD_COLUMNS]
    columns: dict[str, Any] = {
        "item_no": pa.array(range(first_no, first_no + len(items)), pa.int64()),
        "file_no": pa.array([1] * len(items), pa.int32()),
        "is_repaired": pa.array([False] * len(items)),
    }
    for name in names:
        columns[name] = pa.array([item.get(name) for item in items], pa.string())
    return pa.table(columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedFile:
    """What a manifest says of a file."""

    sha256: str
    file_name: str = "posts.jsonl"
    byte_count: int = 1
    encoding: str = "utf-8"
    format: str = "jsonl"


def load(
    work: Work,
    items: Sequence[dict[str, str | None]],
    *,
    load_id: str = "load-1",
    source: str = "posts",
    at: datetime = NOON,
    identity: tuple[str, ...] = ("title", "text"),
    is_backfill: bool = False,
    covers: tuple[CoveredPeriod, ...] = (),
    sha256: str | None = None,
) -> LoadReceipt:
    """Load items as one load of one file; without a hash, of a file that never comes again."""
    file = ArrivedFile(sha256=sha256 or f"bytes of {load_id}")
    envelope = LoadEnvelope(
        load_id=load_id,
        source=source,
        fetched_at=at,
        identity=identity,
        is_backfill=is_backfill,
        covers=covers,
        files=(file,),
    )
    return load_items(work, envelope, [item_batch(items)], KEY)


def declare(
    work: Work,
    *,
    public: Sequence[str] = ("posts",),
    private: Sequence[str] = (),
    settles_after_days: int = 0,
) -> None:
    """Write the sources and the codes that the scene uses."""
    sources = [*public, *private]
    work.replace(
        "codes.sources",
        pa.table(
            {
                "source": sources,
                "label_zh": sources,
                "label_en": sources,
                "is_public": [name in public for name in sources],
                "terms": ["invented"] * len(sources),
                "settles_after_days": [settles_after_days] * len(sources),
            }
        ),
    )
    codes = [
        ("pattern", "refund_refused"),
        ("evidence", "chat_record"),
        ("wallet", "account_locked"),
    ]
    work.replace(
        "codes.entries",
        pa.table(
            {
                "axis": [axis for axis, _ in codes],
                "code": [code for _, code in codes],
                "label_zh": ["标签"] * len(codes),
                "label_en": ["label"] * len(codes),
                "definition_zh": ["定义"] * len(codes),
                "definition_en": ["definition"] * len(codes),
                "is_retired": [False] * len(codes),
            }
        ),
    )
    for name, rows in LAW.items():
        work.replace(f"codes.{name}", pa.Table.from_pylist(rows))


def reading_tables(complaints: pa.Table) -> dict[str, pa.Table]:
    """A reading that takes every text as it is and finds one code in its first character."""
    ids = complaints["complaint_id"].to_pylist()
    texts = [text or "-" for text in complaints["text"].to_pylist()]
    rows = len(ids)
    readings = pa.table(
        {
            "complaint_id": ids,
            "input_hash": complaints["input_hash"],
            "step_version": [VERSIONS["reading"]] * rows,
            "taxonomy_version": [VERSIONS["taxonomy"]] * rows,
            "kind": ["complaint"] * rows,
            "language": ["zh"] * rows,
            "redacted_text": texts,
            "title_length": pa.array([0] * rows, pa.int32()),
            "outcome": ["unknown"] * rows,
            "region": pa.nulls(rows, pa.string()),
            "is_minor": pa.nulls(rows, pa.bool_()),
            "loss_value": pa.nulls(rows, pa.decimal128(18, 2)),
            "loss_currency": pa.nulls(rows, pa.string()),
            "tokens": texts,
            "text_hash": [f"hash of {text}" for text in texts],
            "signature": pa.nulls(rows, pa.binary()),
        }
    )
    findings = pa.table(
        {
            "complaint_id": ids,
            "axis": ["pattern"] * rows,
            "code": ["refund_refused"] * rows,
            "score": [0.9] * rows,
            "origin": ["rule"] * rows,
            "is_alleged": [True] * rows,
            "spans": pa.array([[[0, 1]]] * rows, pa.list_(pa.list_(pa.int32(), 2))),
        }
    )
    parties = pa.table(
        {
            "complaint_id": ids,
            "role": ["respondent"] * rows,
            "raw": ["Acme"] * rows,
            "identity": ["named"] * rows,
            "how": ["given"] * rows,
            "span": pa.nulls(rows, pa.list_(pa.int32(), 2)),
        }
    )
    return {"readings": readings, "findings": findings, "parties": parties}


def read_all(work: Work) -> int:
    """Stage, read what is stale, and give every complaint the respondent Acme."""
    work.stage()
    reread = work.count_stale(VERSIONS["reading"], VERSIONS["taxonomy"])
    for batch in work.stale_complaints(VERSIONS["reading"], VERSIONS["taxonomy"], 100):
        work.write_readings(reading_tables(batch))
    work.drop_vanished()
    work.write_names(
        pa.table(
            {
                "raw": ["Acme"],
                "merchant_key": ["acme"],
                "merchant_name": ["Acme"],
                "sector": ["shop"],
                "score": [1.0],
                "why": ["given"],
            }
        )
    )
    for parties in work.party_batches():
        ids = parties["complaint_id"].unique()
        work.write_respondents(
            pa.table(
                {
                    "complaint_id": ids,
                    "raw": ["Acme"] * len(ids),
                    "merchant_key": ["acme"] * len(ids),
                    "merchant_name": ["Acme"] * len(ids),
                    "sector": ["shop"] * len(ids),
                    "identity": ["named"] * len(ids),
                    "score": [1.0] * len(ids),
                    "why": ["given"] * len(ids),
                }
            )
        )
    return reread


def group_all(work: Work) -> tuple[str, tuple[str, ...]]:
    """Make one cluster of everything that was read; return its id and members."""
    inputs = work.grouping_inputs()
    ids = tuple(str(key) for key in inputs["complaint_id"].to_pylist())
    dates = [day for day in inputs["event_date"].to_pylist() if day is not None]
    cluster_id = f"cluster-of-{len(ids)}"
    count = pa.array([len(ids)], pa.int32())
    work.replace(
        "enriched.clusters",
        pa.table(
            {
                "cluster_id": [cluster_id],
                "merchant_key": ["acme"],
                "merchant_name": ["Acme"],
                "issue_axis": ["pattern"],
                "issue_code": ["refund_refused"],
                "topic_terms": [""],
                "window_start": pa.array([min(dates, default=None)], pa.date32()),
                "window_end": pa.array([max(dates, default=None)], pa.date32()),
                "complaints": count,
                "complainants_certain": pa.array([1], pa.int32()),
                "complainants_possible": count,
                "cohesion": [0.5],
                "score": [1.0],
                "reason_zh": ["理由"],
                "reason_en": ["reason"],
            }
        ),
    )
    work.replace(
        "enriched.cluster_members",
        pa.table(
            {
                "cluster_id": [cluster_id] * len(ids),
                "complaint_id": ids,
                "is_member": [True] * len(ids),
                "person_no": pa.array(range(1, len(ids) + 1), pa.int32()),
                "surely_no": pa.array(range(1, len(ids) + 1), pa.int32()),
                "is_alleging": [True] * len(ids),
                "typicality": [0.5] * len(ids),
                "why": ["same code"] * len(ids),
            }
        ),
    )
    _write_law(work, cluster_id, ids)
    return cluster_id, ids


def _write_law(work: Work, cluster_id: str, ids: Sequence[str]) -> None:
    """Give the cluster the one tier of the scene, and its first member a promise that runs."""
    common = {"cluster_id": cluster_id, "as_of_date": NOON.date(), "notes_zh": [], "notes_en": []}
    state = "met" if len(ids) >= 2 else "not_met"
    people = {
        "code": "people",
        "label_zh": "两人",
        "label_en": "two people",
        "state": state,
        "certain": len(ids),
        "possible": len(ids),
        "needed": 2,
    }
    tier = {
        "tier_code": "joint",
        "state": state,
        "why_zh": "需2人",
        "why_en": "2 needed",
        "rule_code": "measures",
        "article": "11",
        "standing": "read",
        "conditions": [people],
        "beside": [{**people, "code": "consent", "state": "unknown"}],
        "members": list(ids),
    }
    deadline = {
        "deadline_code": "promised_refund",
        "complaint_id": ids[0],
        "state": "running",
        "owed_by_zh": "商家",
        "owed_by_en": "merchant",
        "amount": 30,
        "unit": "days",
        "calendar": "calendar",
        "start_date": date(2026, 3, 1),
        "due_date": date(2026, 3, 31),
        "due_not_before_date": date(2026, 3, 31),
        "is_done": False,
        "days_left": 17,
        "elapsed_days": 13,
    }
    for table, schema, row in (
        ("cluster_tiers", TIERS_SCHEMA, tier),
        ("cluster_deadlines", DEADLINES_SCHEMA, deadline),
    ):
        work.replace(f"enriched.{table}", pa.Table.from_pylist([{**common, **row}], schema=schema))


def write_candidates(work: Work, named: Sequence[Assignment]) -> None:
    """Copy named assignments to where the marts find them."""
    work.replace(
        "casework.candidates",
        pa.table(
            {
                "cluster_id": pa.array([each.cluster_id for each in named], pa.string()),
                "candidate_id": pa.array([each.candidate_id for each in named], pa.string()),
                "lineage": pa.array([each.lineage for each in named], pa.string()),
                "parents": pa.array([each.parents for each in named], pa.list_(pa.string())),
                "first_flagged_on": pa.array(
                    [each.first_flagged_on for each in named], pa.date32()
                ),
            }
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutcome:
    """What one run of the scene did."""

    publication: Publication
    reread: int
    fingerprint: str


def run(home: Home, at: datetime = NOON, keep: int = 5) -> RunOutcome:
    """Read, group, name, audit and publish, as a real run does."""
    with home.lock(), Work.open(home) as work, Ledger.open(home) as ledger:
        record = work.begin_run(at)
        reread = read_all(work)
        fingerprint = work.input_fingerprint(VERSIONS, ledger.position())
        cluster_id, members = group_all(work)
        named = ledger.minted(fingerprint) or ledger.name(
            [assignment(cluster_id, members)], at.date()
        )
        write_candidates(work, named)
        work.build_marts()
        publication = publish(
            work,
            home,
            BuildEnvelope(run=record, input_fingerprint=fingerprint, at=at, keep=keep),
            lambda: ledger.mint(fingerprint, named, at),
        )
        return RunOutcome(publication=publication, reread=reread, fingerprint=fingerprint)


def assignment(
    cluster_id: str = "cluster-1",
    members: Sequence[str] = ("posts:1", "posts:2"),
    candidate_id: str | None = None,
    first_flagged_on: date | None = None,
) -> Assignment:
    """One proposed candidate."""
    return Assignment(
        cluster_id=cluster_id,
        candidate_id=candidate_id,
        lineage="born" if candidate_id is None else "continued",
        merchant_key="acme",
        issue_axis="pattern",
        issue_code="refund_refused",
        members=tuple(members),
        first_flagged_on=first_flagged_on,
    )


def post(record_id: str, text: str = "退款被拒", **fields: str | None) -> dict[str, str | None]:
    """One invented item."""
    return {"record_id": record_id, "text": text, "published_at": "2026-03-01T08:00:00Z", **fields}


def new_home(folder: Path) -> Home:
    """A prepared home with declared codes."""
    home = Home(folder)
    home.prepare()
    with new_work(home.warehouse) as work:
        declare(work)
    return home


def copy_home(home: Home, folder: Path) -> Home:
    """Copy a home into a folder; quicker than making one."""
    return Home(Path(shutil.copytree(home.path, folder / "home")))
