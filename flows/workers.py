"""Spreads pure work over processes, in order and with bounded memory.

In: a task and pieces of work. Out: results in the order of the pieces. At most a few
pieces are under way at a time, so that neither side waits with a full hand.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")


THREADS_OF_ALGEBRA = "OPENBLAS_NUM_THREADS"
"""Read by numpy's library for linear algebra when a process loads it."""

OBJECTS_BETWEEN_SEARCHES = 200_000
"""Reading makes no cycles: searching for them as often as usual takes a twentieth more time."""


def search_for_cycles_seldom() -> None:
    """Let this process search for cycles seldom, and never in what it holds by now."""
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES)


@contextmanager
def worker_pool(
    workers: int, prepare: Callable[..., None] | None = None, *args: Any
) -> Iterator[ProcessPoolExecutor]:
    """Start processes that share nothing with this one; `prepare` runs first in each."""
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=prepare, initargs=args)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def one_thread_for_algebra() -> Iterator[None]:
    """Let processes that start meanwhile compute with matrices in one thread each.

    Each worker has a core of its own: threads of the library for linear algebra, one per core,
    would only wait for each other. What the caller's environment says of it holds.
    """
    if THREADS_OF_ALGEBRA in os.environ:
        yield
        return
    os.environ[THREADS_OF_ALGEBRA] = "1"
    try:
        yield
    finally:
        del os.environ[THREADS_OF_ALGEBRA]


def in_order(
    pool: ProcessPoolExecutor, task: Callable[[Piece], Result], pieces: Iterable[Piece], ahead: int
) -> Iterator[Result]:
    """Give results in the order of the pieces, holding at most `ahead` of them."""
    under_way: deque[Future[Result]] = deque()
    for piece in pieces:
        under_way.append(pool.submit(task, piece))
        if len(under_way) >= ahead:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()
