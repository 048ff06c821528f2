"""Complaints about one place that are alike, though no word and no day proves it.

In: a block and its themes. Out: the themes, and further ones for what is left. Two people
who write of one estate in words of their own share hardly more than its name and what is
wrong there; with so few complaints of a place no ratio of words can tell that from chance.
But both are about the place, neither says to be elsewhere, and their words are more alike,
names left out, than those of neighbours. Of a firm or a venue like complaints are the usual:
there they must come within a season as well. Out of scope: what a complaint is about
(`pipelines.grouping.openings`).
"""

from __future__ import annotations

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from pipelines.grouping.arrays import Flags, Floats, Ints
from pipelines.grouping.blocks import Block
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.places import is_trade
from pipelines.grouping.regions import may_be_one
from pipelines.grouping.seeds import distances


def with_alike(block: Block, members: Floats, criteria: Criteria) -> Floats:
    """Add a theme for each set of alike complaints about a place that no theme has yet.

    Args:
        block: the complaints that name one place; of another kind none is about anything.
        members: complaints x themes, 0 or 1.
        criteria: the thresholds.
    """
    rows = np.flatnonzero(block.is_about & ~members.any(axis=1))
    if len(rows) < 2:
        return members
    bonded = _bonds(block, rows, criteria)
    tree = linkage(squareform(1.0 - bonded, "tovector", checks=False), "average")
    part = fcluster(tree, 0.5, "distance")
    columns = [np.isin(np.arange(len(members)), rows[part == number]) for number in np.unique(part)]
    found = [column[:, None].astype(np.float64) for column in columns if column.sum() >= 2]
    return np.hstack([members, *found])


def _bonds(block: Block, rows: Ints, criteria: Criteria) -> Flags:
    """Mark the pairs that are alike enough for what they share (rows x rows)."""
    likeness = 1 - squareform(distances(block, rows))
    carried = block.topics[rows]
    shares_topic = (carried @ carried.T).toarray() > 0
    bare, with_topic = criteria.alike_at_least, criteria.alike_with_topic_at_least
    if block.is_wide:
        bare, with_topic = np.inf, criteria.alike_on_road_at_least
    places = [block.regions[row] for row in rows]
    is_possible = np.array([[may_be_one(here, there) for there in places] for here in places])
    enough = (likeness >= bare) | (shares_topic & (likeness >= with_topic))
    if is_trade(block.key):
        days = np.abs(block.day[rows][:, None] - block.day[rows])
        is_possible &= ~(days > criteria.burst_days)
    return np.asarray(enough & is_possible)
