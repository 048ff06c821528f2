"""Copy-paste campaigns: nearly one text, from many accounts, within days.

In: the complaints of one group: which copy each is of which, who wrote it, and when. Out: how
many of them only repeat the text of a campaign. It is a mark, shown and weighed in the order
of the worklist; no complaint is dropped for it, because people with one grievance do pass on
a letter. Out of scope: what is a copy (`pipelines.dedupe`), who is one person
(`pipelines.people`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.grouping.arrays import Flags, Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The copies among the complaints of a group; -1 or NaN means unknown.

    `writer` numbers the accounts of all sources. `day` counts days.
    """

    copy_group: Ints
    writer: Ints
    day: Floats


def mark_campaigns(copies: Copies, texts_at_least: float, days_at_most: float) -> Flags:
    """Mark the complaints that belong to a copy-paste campaign.

    Of one copied text, those belong to it that lie in days in which so many accounts, each
    counted once and an unknown one as another, sent it. Undated ones never do.

    >>> copies = Copies(
    ...     copy_group=np.array([0, 0, 0, 0, -1]), writer=np.array([1, 2, -1, 2, 3]),
    ...     day=np.array([1.0, 2.0, 2.0, 90.0, 2.0]))
    >>> mark_campaigns(copies, texts_at_least=3, days_at_most=7).tolist()
    [True, True, True, False, False]
    """
    marked = np.zeros(len(copies.copy_group), dtype=np.bool_)
    for group in np.unique(copies.copy_group[copies.copy_group >= 0]):
        rows = np.flatnonzero((copies.copy_group == group) & ~np.isnan(copies.day))
        rows = rows[np.argsort(copies.day[rows], kind="stable")]
        end = np.searchsorted(copies.day[rows], copies.day[rows] + days_at_most, side="left")
        for start in np.flatnonzero(end - np.arange(len(rows)) >= texts_at_least):
            inside = rows[start : end[start]]
            if _accounts(copies.writer[inside]) >= texts_at_least:
                marked[inside] = True
    return marked


def repeats_in(marked: Flags, copies: Copies) -> int:
    """Count the marked complaints beyond the first of each copied text."""
    groups = copies.copy_group[marked]
    return len(groups) - len(np.unique(groups))


def _accounts(writers: Ints) -> int:
    """Count the accounts, each unknown one as another."""
    return len(np.unique(writers[writers >= 0])) + int((writers < 0).sum())
