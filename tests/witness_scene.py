"""Complaints as the counting of people sees them, written by hand, all invented."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from pipelines.people import People, Witnesses, count_people

VOCABULARY = 64
"""Words that rows may use, numbered from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One complaint as a test writes it; -1 and None mean unknown."""

    source: int = 0
    author: int = -1
    copy_group: int = -1
    brigade: int = -1
    loss: int = -1
    region: int = -1
    day: int | None = None
    is_doubtful: bool = False
    links: tuple[str, ...] = ()
    words: frozenset[int] = frozenset()


def count(rows: list[Told]) -> People:
    """Count the people behind complaints."""
    words = np.array(
        [[number in row.words for number in range(VOCABULARY)] for row in rows], dtype=float
    )
    return count_people(
        Witnesses(
            source=np.array([row.source for row in rows]),
            author=np.array([row.author for row in rows]),
            copy_group=np.array([row.copy_group for row in rows]),
            brigade=np.array([row.brigade for row in rows]),
            loss=np.array([row.loss for row in rows]),
            region=np.array([row.region for row in rows]),
            day=np.array([np.nan if row.day is None else row.day for row in rows], dtype=float),
            is_doubtful=np.array([row.is_doubtful for row in rows]),
            links=[row.links for row in rows],
            words=csr_array(words),
        )
    )
