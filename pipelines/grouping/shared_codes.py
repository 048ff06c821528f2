"""Complaints of a small merchant that share an uncommon allegation, in words of their own.

In: a block of few complaints and its themes. Out: the themes, and further ones for what
is left. Where a merchant has few complaints in all, a few who allege the same uncommon
thing within months are worth a look even if no word and no burst proves that it is one
matter. Out of scope: larger merchants, where the same would be the usual.
"""

from __future__ import annotations

import numpy as np

from pipelines.grouping.arrays import Flags, Floats, Ints
from pipelines.grouping.blocks import Block
from pipelines.grouping.criteria import Criteria


def with_shared_codes(block: Block, members: Floats, criteria: Criteria) -> Floats:
    """Add a theme for each uncommon code that enough of the block's other complaints carry.

    A theme that lies wholly among them and holds less than half goes up in it.

    Args:
        block: the complaints of one merchant.
        members: complaints x themes, 0 or 1.
        criteria: the thresholds.
    """
    if block.kind != "merchant" or len(block.rows) > criteria.small_merchant_at_most:
        return members
    uncommon = np.flatnonzero(
        block.is_particular & (block.code_share <= criteria.uncommon_code_share)
    )
    carried = block.codes.toarray() > 0
    for code in sorted(uncommon, key=lambda number: (-carried[:, number].sum(), number)):
        inside = _inside(members, carried[:, code])
        free = ~np.delete(members, inside, axis=1).any(axis=1)
        rows = _together(block, np.flatnonzero(carried[:, code] & free), criteria.burst_days)
        if _mostly_grouped(members[rows]):
            continue
        swallowed = _wholly_among(members, rows)
        rows = rows[~np.delete(members, swallowed, axis=1)[rows].any(axis=1)]
        if block.weight[rows].sum() < criteria.sharers_at_least:
            continue
        column = np.zeros((len(members), 1))
        column[rows] = 1.0
        members = np.hstack([np.delete(members, swallowed, axis=1), column])
    return members


def _inside(members: Floats, carries: Flags) -> Ints:
    """Number the themes of which every member carries a code."""
    outside = (members * ~carries[:, None]).sum(axis=0)
    return np.flatnonzero(outside == 0).astype(np.int64)


def _wholly_among(members: Floats, rows: Ints) -> Ints:
    """Number the themes that have no member outside these complaints."""
    outside = members.sum(axis=0) - members[rows].sum(axis=0)
    return np.flatnonzero(outside == 0).astype(np.int64)


def _mostly_grouped(members: Floats) -> bool:
    """Say whether one theme holds half or more of the complaints already."""
    return bool(members.shape[1]) and bool(2 * members.sum(axis=0).max() >= len(members))


def _together(block: Block, rows: Ints, days: float) -> Ints:
    """Keep the complaints of the fullest stretch of so many days; undated ones stay."""
    day = block.day[rows]
    dated = ~np.isnan(day)
    if not dated.any():
        return rows
    starts = np.sort(day[dated])
    held = np.searchsorted(starts, starts + days, "right") - np.arange(len(starts))
    start = starts[int(held.argmax())]
    return np.asarray(rows[~dated | ((day >= start) & (day <= start + days))])
