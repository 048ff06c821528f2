"""Complaints about one place whose opening words speak of the same thing.

In: a block and its themes. Out: the themes, and further ones for what is left. Who writes
of a school, an estate or a road tells the matter in words of his own; but a few who name
one place and open with one uncommon topic (the extra lessons of one school) are worth a
look. Out of scope: what the topics of a complaint are (`pipelines.grouping.openings`).
"""

from __future__ import annotations

import numpy as np

from pipelines.grouping.arrays import Floats
from pipelines.grouping.blocks import Block
from pipelines.grouping.criteria import Criteria


def with_shared_topics(block: Block, members: Floats, criteria: Criteria) -> Floats:
    """Add a theme for each topic that enough complaints of a place share, copies as one.

    A smaller theme of which half the members open with the topic gives way to the new one;
    another keeps its members.

    Args:
        block: the complaints that name one place; a merchant's have no topics.
        members: complaints x themes, 0 or 1.
        criteria: the thresholds.
    """
    carried = block.topics[:, np.unique(block.topics.indices)].toarray() > 0
    for topic in np.argsort(-carried.sum(axis=0), kind="stable"):
        inside = np.flatnonzero(2 * (carried[:, topic] @ members) >= members.sum(axis=0))
        free = ~np.delete(members, inside, axis=1).any(axis=1)
        column = (carried[:, topic] & free).astype(np.float64)
        largest = members[:, inside].sum(axis=0).max(initial=0.0)
        if block.weight @ column < criteria.sharers_at_least or column.sum() <= largest:
            continue
        members = np.hstack([np.delete(members, inside, axis=1), column[:, None]])
    return members
