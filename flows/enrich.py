"""Reads new and changed complaints in worker processes and stores what they say.

In: Arrow batches of staged complaints that were never read in this form. Out: Arrow
tables of schema `enriched`, written batch by batch, so that a killed run loses at most
the batch under way. Out of scope: what reading means (`pipelines.reading`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TypeVar

import pyarrow as pa
from pipelines.reading import STEP_VERSION, ReadingContext, read_batch

from flows.progress import Progress
from pipelines.taxonomy import Taxonomy, load_taxonomy
from warehouse.work import Work

Result = TypeVar("Result")

# A pool costs about two seconds to start: worth it from about this many complaints.
POOL_FROM_ROWS = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOrder:
    """How to read: with which taxonomy and key, in how many processes, how many at a time."""

    taxonomy: Taxonomy
    key: bytes
    workers: int
    batch_rows: int


def enrich(work: Work, order: ReadingOrder, progress: Progress) -> int:
    """Read every complaint whose input, taxonomy or reading step changed; return how many."""
    waiting = work.count_stale(STEP_VERSION, order.taxonomy.version)
    with progress.stage("read complaints", total=waiting) as stage:
        batches = work.stale_complaints(STEP_VERSION, order.taxonomy.version, order.batch_rows)
        for tables in read_batches(batches, order, waiting):
            work.write_readings(tables)
            stage.advance(tables["readings"].num_rows)
        work.drop_vanished()
    return waiting


def read_batches(
    batches: Iterable[pa.Table], order: ReadingOrder, total: int
) -> Iterator[dict[str, pa.Table]]:
    """Read batches in order, in this process when they are few, else in a pool."""
    if order.workers == 1 or total < POOL_FROM_ROWS:
        context = ReadingContext.build(taxonomy=order.taxonomy, key=order.key)
        for batch in batches:
            yield read_batch(batch, context)
        return
    with ProcessPoolExecutor(
        order.workers, get_context("spawn"), initializer=_prepare_worker, initargs=(order.key,)
    ) as pool:
        yield from _in_order(pool, _read_in_worker, batches, ahead=order.workers + 2)


def _in_order(
    pool: ProcessPoolExecutor,
    task: Callable[[pa.Table], Result],
    batches: Iterable[pa.Table],
    ahead: int,
) -> Iterator[Result]:
    """Give results in the order of the batches, holding at most `ahead` of them in memory."""
    under_way: deque[Future[Result]] = deque()
    for batch in batches:
        under_way.append(pool.submit(task, batch))
        if len(under_way) >= ahead:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


_worker_context: ReadingContext | None = None


def _prepare_worker(key: bytes) -> None:
    global _worker_context
    _worker_context = ReadingContext.build(taxonomy=load_taxonomy(), key=key)


def _read_in_worker(batch: pa.Table) -> dict[str, pa.Table]:
    assert _worker_context is not None, "the pool's initializer runs first"
    return read_batch(batch, _worker_context)
