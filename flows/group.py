"""Finds copies and groups over all complaints and stores what belongs together."""

from __future__ import annotations

import pyarrow as pa

from flows.progress import Progress
from flows.workers import in_order, one_thread_for_algebra, worker_pool
from pipelines.dedupe import find_copies
from pipelines.grouping import GroupTables, JudgedCase, group
from pipelines.grouping.further import TOLD_SCHEMA
from pipelines.grouping.told import read_told
from pipelines.taxonomy import Taxonomy
from warehouse.casework.case_events import candidate_events
from warehouse.casework.cases import fold
from warehouse.casework.ledger import Ledger
from warehouse.work import Work

POOL_FROM_ROWS = 20_000
"""Below it, grouping takes less time than starting a pool."""


def group_all(
    work: Work, ledger: Ledger, taxonomy: Taxonomy, workers: int, progress: Progress
) -> GroupTables:
    """Replace the copies and groups by those of all complaints read so far; return the groups."""
    features = work.grouping_inputs()
    with progress.stage("find copies") as stage:
        copies = find_copies(features)
        work.replace("enriched.copies", copies)
        stage.advance(features.num_rows)
    labels = {
        (str(axis), code): (entry.label.zh, entry.label.en)
        for (axis, code), entry in taxonomy.entries.items()
    }
    with progress.stage("group") as stage:
        inputs = (features, copies, work.coverage(), labels)
        beyond = {
            "cases": judged_cases(ledger),
            "quoted": work.quoted_contacts(),
            "told": pa.concat_tables([TOLD_SCHEMA.empty_table(), *map(read_told, work.texts())]),
        }
        if workers == 1 or features.num_rows < POOL_FROM_ROWS:
            tables = group(*inputs, **beyond)
        else:
            with one_thread_for_algebra(), worker_pool(workers) as pool:
                tables = group(
                    *inputs,
                    spread=lambda task, pieces: in_order(pool, task, pieces, ahead=workers + 1),
                    **beyond,
                )
        _store(work, tables)
        stage.advance(features.num_rows)
    return tables


def judged_cases(ledger: Ledger) -> list[JudgedCase]:
    """Give the candidates that people keep, with who belongs to them and who does not."""
    return [
        JudgedCase(
            candidate_id=case.candidate_id,
            pinned=frozenset(case.pinned),
            vouched=frozenset(case.vouched),
            barred=frozenset(case.barred),
        )
        for case in fold(candidate_events(ledger)).values()
        if case.is_judged and case.merged_into is None
    ]


def _store(work: Work, tables: GroupTables) -> None:
    work.replace("enriched.clusters", tables.clusters)
    work.replace("enriched.cluster_members", tables.cluster_members)
    work.replace("enriched.cluster_losses", tables.cluster_losses)
    work.replace("enriched.cluster_discounts", tables.cluster_discounts)
    work.replace("enriched.further_people", tables.further_people)
    work.replace("enriched.counterparties", tables.counterparties)
    work.replace("enriched.counterparty_complaints", tables.counterparty_complaints)
    work.replace("enriched.expected_weeks", tables.expected_weeks)
    work.replace("enriched.alarm_weeks", tables.alarm_weeks)
    work.replace("enriched.alarms", tables.alarms)
    work.replace("enriched.code_mixes", tables.code_mixes)
