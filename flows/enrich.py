"""Reads new and changed complaints in worker processes and stores what they say.

In: Arrow batches of staged complaints that were never read in this form. Out: Arrow
tables of schema `enriched`, written batch by batch, so that a killed run loses at most
the batches under way. Out of scope: what reading means (`pipelines.reading`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from flows.progress import Progress
from flows.workers import in_order, search_for_cycles_seldom, worker_pool
from pipelines.reading import STEP_VERSION, ReadingContext, read_batch
from pipelines.taxonomy import Taxonomy
from warehouse.work import Work

POOL_FROM_ROWS = 4_000
"""A pool costs about two seconds to start: worth it from about this many complaints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOrder:
    """How to read: with which taxonomy and key, in how many processes, how many at a time."""

    taxonomy: Taxonomy
    key: bytes
    workers: int
    batch_rows: int


def enrich(work: Work, order: ReadingOrder, progress: Progress) -> int:
    """Read every complaint whose input, taxonomy or reading step changed; return how many.

    Those that a step failed on are read again as well.
    """
    waiting = work.count_stale(STEP_VERSION, order.taxonomy.reading_version)
    with progress.stage("read complaints", total=waiting) as stage:
        batches = work.stale_complaints(
            STEP_VERSION, order.taxonomy.reading_version, order.batch_rows
        )
        for tables in _read(batches, order, waiting):
            work.write_readings(tables)
            stage.advance(tables["readings"].num_rows)
        work.drop_vanished()
    return waiting


def _read(
    batches: Iterable[pa.Table], order: ReadingOrder, total: int
) -> Iterator[dict[str, pa.Table]]:
    """Read batches in order: in this process when they are few, else in a pool."""
    if not total:  # what reading needs takes seconds to prepare
        return
    if order.workers == 1 or total < POOL_FROM_ROWS:
        context = ReadingContext.build(taxonomy=order.taxonomy, key=order.key)
        for batch in batches:
            yield read_batch(batch, context)
        return
    with worker_pool(order.workers, _prepare_worker, order.taxonomy, order.key) as pool:
        yield from in_order(pool, _read_in_worker, batches, ahead=order.workers + 2)


_worker_context: ReadingContext | None = None


def _prepare_worker(taxonomy: Taxonomy, key: bytes) -> None:
    global _worker_context
    _worker_context = ReadingContext.build(taxonomy=taxonomy, key=key)
    search_for_cycles_seldom()


def _read_in_worker(batch: pa.Table) -> dict[str, pa.Table]:
    assert _worker_context is not None, "the pool's initializer runs first"
    return read_batch(batch, _worker_context)
