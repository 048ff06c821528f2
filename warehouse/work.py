"""The work database: every layer, for the one writer.

In: a home whose lock the caller holds. Out: the layers filled step by step, and
the tables that the pipelines are fed with. Everything in it can be rebuilt from
landing, taxonomy, code and ledger. Out of scope: making and opening its file
(`warehouse.work_file`), loading (`warehouse.load`) and publishing (`warehouse.publish`).
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa

from warehouse.database import (
    append,
    count,
    count_rows,
    delete_matching,
    refill,
    spill_folder,
    transaction,
)
from warehouse.errors import UnknownTableError
from warehouse.home import Home
from warehouse.runs import RunRecord
from warehouse.statements import PACKAGE, read_folder, read_statement
from warehouse.statements import version as statements_version
from warehouse.work_file import marker, open_work_file, set_marker

READING_TABLES = ("readings", "findings", "amounts", "dates", "links", "parties")
"""The tables of `enriched` that hold what was read, by complaint."""

_STAGED_TABLES = ("complaint_versions", "complaints", "contacts")
MART_TABLES = (
    "complaints",
    "complaint_codes",
    "complaint_replies",
    "told_answers",
    "contradictions",
    "candidate_completeness",
    "candidate_tiers",
    "candidate_deadlines",
    "candidates",
    "retired_candidates",
    "alarm_weeks",
    "alarms",
    "candidate_members",
    "candidate_discounts",
    "further_people",
    "counterparty_complaints",
    "counterparties",
    "merchant_codes",
    "merchant_code_weeks",
    "candidate_weeks",
    "code_weeks",
    "merchants",
    "merchant_names",
    "merchant_mixes",
    "merchant_expected_weeks",
    "complaint_copies",
    "review_names",
    "review_codes",
    "source_health",
    "reject_reasons",
)
"""The tables of `marts`, each after those it is made of."""

_REPLACEABLE_TABLES = frozenset(
    {
        "enriched.corrections",
        "enriched.corrected_readings",
        "enriched.reading_thresholds",
        "enriched.unsure_names",
        "enriched.copies",
        "enriched.clusters",
        "enriched.cluster_members",
        "enriched.cluster_losses",
        "enriched.cluster_discounts",
        "enriched.further_people",
        "enriched.counterparties",
        "enriched.counterparty_complaints",
        "enriched.cluster_tiers",
        "enriched.cluster_deadlines",
        "enriched.member_replies",
        "enriched.member_answers",
        "enriched.member_contradictions",
        "enriched.cluster_completeness",
        "enriched.expected_weeks",
        "enriched.alarm_weeks",
        "enriched.alarms",
        "enriched.code_mixes",
        "enriched.merchant_names",
        "codes.entries",
        "codes.merchants",
        "codes.sources",
        "codes.law_texts",
        "codes.law_tiers",
        "codes.law_deadlines",
        "casework.candidates",
        "casework.retired_candidates",
    }
)
_FEEDS = PACKAGE / "feeds"
_MODELS = PACKAGE / "models"
_PARTY_ROWS_PER_BATCH = 500_000
_GROUPING_ROWS_PER_RANGE = 100_000
_AFTER_EVERY_ID = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Work:
    """The writer's connection to the work database, and what is done through it."""

    connection: duckdb.DuckDBPyConnection

    @classmethod
    def open(cls, home: Home, *, threads: int = 2, memory_limit: str = "2GiB") -> Work:
        """Open the work database of a home, creating it or its tables where missing.

        The caller holds the lock, so what a killed run spilled is removed first.

        Raises:
            SchemaOutdatedError: it was made by other table definitions, or its making broke off.
        """
        home.prepare()
        spilled = spill_folder(home.work_database)
        if spilled.exists():
            shutil.rmtree(spilled)
        return cls.at(home.work_database, threads=threads, memory_limit=memory_limit)

    @classmethod
    def at(cls, path: Path, *, threads: int = 2, memory_limit: str = "2GiB") -> Work:
        """Open a work database by its path; see `open`."""
        return cls(open_work_file(path, threads=threads, memory_limit=memory_limit))

    def __enter__(self) -> Work:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; what was committed is on disk."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what happens inside, or nothing of it."""
        with transaction(self.connection):
            yield

    # -- staged -----------------------------------------------------------------

    def loaded_ids(self) -> frozenset[str]:
        """Return the ids of the loads that were completed."""
        return frozenset(
            str(load_id) for load_id in self._feed("loaded_ids")["load_id"].to_pylist()
        )

    def stage(self) -> int:
        """Bring the staged layer up to the loads, and return the number of complaints.

        Does nothing when neither the loads nor the statements have changed.
        """
        made_of = self._staged_inputs()
        if marker(self.connection, "staged") != made_of:
            with self.transaction():
                for table in _STAGED_TABLES:
                    statement = read_statement(_MODELS / "staged" / f"{table}.sql")
                    refill(self.connection, f"staged.{table}", statement)
                set_marker(self.connection, "staged", made_of)
        return count(self.connection, "staged.complaints")

    def input_fingerprint(self, versions: Mapping[str, str], ledger_position: str) -> str:
        """Hash all that a build is a function of: content, versions and ledger.

        The SQL of this package counts among the versions without being named.
        Independent of the order in which things were loaded, and of when.
        """
        content = self.connection.execute(
            read_statement(_FEEDS / "input_fingerprint.sql").text
        ).fetchone()
        parts = json.dumps(
            [content, sorted(versions.items()), ledger_position, statements_version()],
            default=str,
        )
        return hashlib.sha256(parts.encode()).hexdigest()[:32]

    # -- readings ---------------------------------------------------------------

    def count_stale(self, step_version: str, taxonomy_version: str) -> int:
        """Count the complaints that `stale_complaints` would give."""
        return count_rows(
            self.connection,
            read_statement(_FEEDS / "stale_complaints.sql"),
            {"step_version": step_version, "taxonomy_version": taxonomy_version},
        )

    def stale_complaints(
        self, step_version: str, taxonomy_version: str, batch_rows: int = 5_000
    ) -> Iterator[pa.Table]:
        """Give the complaints that must be read, in batches and in no order.

        The batches see the state at the first of them: writing readings while
        they arrive is safe.
        """
        stale = read_statement(_FEEDS / "stale_complaints.sql").text
        with self.connection.cursor() as cursor:
            cursor.execute("set TimeZone = 'UTC'")
            reader = cursor.execute(
                stale,
                {"step_version": step_version, "taxonomy_version": taxonomy_version},
            ).to_arrow_reader(batch_rows)
            for batch in reader:
                if batch.num_rows:
                    yield pa.Table.from_batches([batch])

    def complaints_of_ids(self, ids: pa.Table) -> pa.Table:
        """Give the complaints of the ids in column `complaint_id` that are staged, by id."""
        self.connection.register("wanted_ids", ids)
        try:
            return self._feed("complaints_of_ids")
        finally:
            self.connection.unregister("wanted_ids")

    def write_readings(self, tables: Mapping[str, pa.Table]) -> None:
        """Replace what is known of the complaints in `readings` by these tables.

        `tables` is keyed by `READING_TABLES`, and `issues` (complaint_id, step,
        reason). One transaction.
        """
        unknown = set(tables) - {*READING_TABLES, "issues"}
        if unknown or "readings" not in tables:
            raise UnknownTableError(
                f"readings: expected tables {READING_TABLES} and issues; found {sorted(tables)}"
            )
        keys = tables["readings"].select(["complaint_id"])
        with self.transaction():
            if self._any_read(keys):
                targets = [f"enriched.{table}" for table in READING_TABLES]
                delete_matching(self.connection, [*targets, "meta.issues"], "complaint_id", keys)
            for name in READING_TABLES:
                if name in tables:
                    append(self.connection, f"enriched.{name}", tables[name])
            if "issues" in tables:
                append(self.connection, "meta.issues", tables["issues"])

    def drop_vanished(self) -> int:
        """Forget readings of complaints that are staged no longer; return how many."""
        vanished = self.connection.execute(
            read_statement(_FEEDS / "vanished_complaints.sql").text
        ).to_arrow_table()
        if vanished.num_rows:
            targets = [f"enriched.{table}" for table in (*READING_TABLES, "respondents")]
            with self.transaction():
                delete_matching(
                    self.connection, [*targets, "meta.issues"], "complaint_id", vanished
                )
        return int(vanished.num_rows)

    def issue_counts(self) -> tuple[tuple[str, str, int], ...]:
        """Count the complaints that a step had trouble with: (step, reason, complaints).

        The most frequent comes first.
        """
        return tuple(
            (row["step"], row["reason"], row["complaints"])
            for row in self._feed("issue_counts").to_pylist()
        )

    # -- respondents ------------------------------------------------------------

    def distinct_names(self) -> pa.Table:
        """Give the distinct names met, with how often and how they were met."""
        return self._feed("distinct_names")

    def write_names(self, names: pa.Table) -> None:
        """Replace the resolved names."""
        self.replace("enriched.merchant_names", names)

    def party_batches(self) -> Iterator[pa.Table]:
        """Give every complaint with the parties it names; no complaint is divided.

        A complaint that names nobody comes with one row of null party columns.
        """
        rows = count(self.connection, "enriched.parties") + count(
            self.connection, "staged.complaints"
        )
        batch_count = 1 + rows // _PARTY_ROWS_PER_BATCH
        for batch_no in range(batch_count):
            yield self._feed("party_batch", {"batch_count": batch_count, "batch_no": batch_no})

    def given_merchants(self) -> pa.Table:
        """Give the merchants that sources give, with spellings and the number of writers."""
        return self._feed("given_merchants")

    def nameless_texts(self) -> pa.Table:
        """Give the texts of complaints that have no merchant and were given no name."""
        return self._feed("nameless_texts")

    def write_respondents(self, respondents: pa.Table) -> None:
        """Replace the respondents of the complaints in this table."""
        keys = respondents.select(["complaint_id"])
        with self.transaction():
            delete_matching(self.connection, ["enriched.respondents"], "complaint_id", keys)
            append(self.connection, "enriched.respondents", respondents)

    # -- grouping ---------------------------------------------------------------

    def grouping_inputs(self) -> pa.Table:
        """Give what grouping needs of every complaint, in order of complaint id.

        Gathered range by range, so that DuckDB never holds all of it beside Arrow.
        """
        bounds = self._feed("grouping_bounds", {"rows_per_range": _GROUPING_ROWS_PER_RANGE})
        starts = [str(first_id) for first_id in bounds["first_id"].to_pylist()] or [""]
        ends = [*starts[1:], _AFTER_EVERY_ID]
        return pa.concat_tables(
            self._feed("grouping_inputs", {"first_id": first_id, "end_id": end_id})
            for first_id, end_id in zip(starts, ends, strict=True)
        )

    def quoted_contacts(self) -> pa.Table:
        """Give the contacts that texts and columns hold, as keyed hashes, and whose they are."""
        return self._feed("quoted_contacts")

    def texts(self, batch_rows: int = 50_000) -> Iterator[pa.Table]:
        """Give the redacted texts of what was read (complaint_id, redacted_text), in batches."""
        statement = read_statement(_FEEDS / "texts.sql")
        with self.connection.cursor() as cursor:
            for batch in cursor.execute(statement.text).to_arrow_reader(batch_rows):
                yield pa.Table.from_batches([batch])

    def law_inputs(self) -> Mapping[str, pa.Table]:
        """Give what the law asks of the groups: their members, and the members' replies and dates.

        Keyed `members`, `replies` and `dates`.
        """
        return {name: self._feed(f"law_{name}") for name in ("members", "replies", "dates")}

    def member_texts(self) -> pa.Table:
        """Give the redacted texts of members of clusters, with the parties that they name."""
        return self._feed("member_texts")

    def member_evidence(self) -> pa.Table:
        """Give what the accounts of members hold, those of one cluster together."""
        return self._feed("member_evidence")

    def as_of_date(self) -> date | None:
        """Return the last day of which the loads know; None when nothing was loaded."""
        (day,) = self._feed("as_of_date")["as_of_date"].to_pylist()
        return None if day is None else date.fromisoformat(str(day))

    def coverage(self) -> pa.Table:
        """Give the declared periods of full coverage, with the merchants they name."""
        return self._feed("coverage")

    def replace(self, table: str, rows: pa.Table) -> None:
        """Replace all rows of a table of `enriched`, `codes` or `casework` (`layer.name`).

        Raises:
            UnknownTableError: the table is not one that is replaced as a whole.
        """
        if table not in _REPLACEABLE_TABLES:
            raise UnknownTableError(
                f"replace: expected one of {sorted(_REPLACEABLE_TABLES)}; found {table!r}"
            )
        with self.transaction():
            self.connection.execute(f"delete from {table}")
            append(self.connection, table, rows)

    # -- runs -------------------------------------------------------------------

    def begin_run(self, at: datetime) -> RunRecord:
        """Note that a run began; should it be killed, the note stays without an end."""
        run = RunRecord(run_id=f"{at:%Y%m%dT%H%M%S%fZ}", started_at=at)
        append(self.connection, "meta.runs", run.row())
        return run

    def finish_run(self, run: RunRecord) -> None:
        """Replace the note of a run by what came of it."""
        keys = run.row().select(["run_id"])
        with self.transaction():
            delete_matching(self.connection, ["meta.runs"], "run_id", keys)
            append(self.connection, "meta.runs", run.row())

    def last_finished_run(self) -> RunRecord | None:
        """Return the latest run that ended, or None before the first."""
        rows = self._feed("last_finished_run").to_pylist()
        return RunRecord.of_row(rows[0]) if rows else None

    # -- marts ------------------------------------------------------------------

    def build_marts(self) -> None:
        """Refill every mart from the layers below it, in one transaction."""
        with self.transaction():
            for table in MART_TABLES:
                statement = read_statement(_MODELS / "marts" / f"{table}.sql")
                refill(self.connection, f"marts.{table}", statement)

    # -- inside -----------------------------------------------------------------

    def _feed(self, name: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        statement = read_statement(_FEEDS / f"{name}.sql")
        return self.connection.execute(statement.text, dict(parameters or {})).to_arrow_table()

    def _any_read(self, keys: pa.Table) -> bool:
        self.connection.register("arriving", keys)
        try:
            statement = read_statement(_FEEDS / "already_read.sql")
            return self.connection.execute(statement.text).fetchone() is not None
        finally:
            self.connection.unregister("arriving")

    def _staged_inputs(self) -> str:
        texts = [statement.text for statement in read_folder(_MODELS / "staged")]
        loads = sorted(self.loaded_ids())
        return hashlib.sha256("\x1f".join([*texts, *loads]).encode()).hexdigest()[:16]
