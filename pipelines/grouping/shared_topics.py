"""Complaints of one narrow place whose opening words speak of the same thing.

In: a block of few complaints and its themes. Out: the themes, and further ones for what
is left. Who writes of a school, an estate or a bus line tells the same matter in words
of his own; but three who name one place and one uncommon topic in their first words
(the extra lessons of one school) are worth a look. Out of scope: roads and large places,
on which there are many matters of one topic.
"""

from __future__ import annotations

import numpy as np

from pipelines.grouping.corpus import Block, Floats
from pipelines.grouping.criteria import Criteria


def with_shared_topics(block: Block, members: Floats, criteria: Criteria) -> Floats:
    """Add a theme for each uncommon word that enough of a place's complaints open with.

    A theme of which every member opens with the word goes up in the new one; another
    keeps its members.

    Args:
        block: the complaints that name one place.
        members: complaints x themes, 0 or 1.
        criteria: the thresholds.
    """
    if block.is_wide:
        return members
    carried = block.topics[:, np.unique(block.topics.indices)].toarray() > 0
    for word in np.argsort(-carried.sum(axis=0), kind="stable"):
        inside = np.flatnonzero(carried[:, word] @ members > members.sum(axis=0) / 2)
        free = ~np.delete(members, inside, axis=1).any(axis=1)
        column = (carried[:, word] & free).astype(np.float64)
        largest = members[:, inside].sum(axis=0).max(initial=0.0)
        if block.weight @ column < criteria.sharers_at_least or column.sum() <= largest:
            continue
        members = np.hstack([np.delete(members, inside, axis=1), column[:, None]])
    return members
