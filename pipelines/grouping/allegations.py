"""How much the codes of a complaint speak for a theme.

In: a block and which of its complaints belong to which theme. Out: for every
complaint and theme a log-likelihood ratio in nats, and the mix of codes that
marks each theme. Out of scope: how a text gets its codes (`pipelines.coding`).
"""

from __future__ import annotations

import numpy as np

from pipelines.grouping.corpus import Block, Floats

SHRINKAGE = 2.0
"""Complaints whose weight the expectation has beside what is seen."""


def code_evidence(block: Block, members: Floats) -> tuple[Floats, Floats]:
    """Give the evidence (complaints x themes, nats) and the themes' code mix (themes x codes).

    The mix holds the codes that a theme's members carry more often than the
    block's other complaints; its rows sum to 1, or to 0 without such a code.
    """
    if not len(block.code_ids):
        return np.zeros(members.shape), np.zeros((members.shape[1], 0))
    weighted = members * block.weight[:, None]
    outside = (members.sum(axis=1) == 0) * block.weight
    usual = (block.codes.T @ outside + SHRINKAGE * block.code_share) / (outside.sum() + SHRINKAGE)
    usual = np.clip(usual, 0.005, 0.95)[:, None]
    held = np.asarray(block.codes.T @ weighted)
    share = (held + SHRINKAGE * usual) / (weighted.sum(axis=0) + SHRINKAGE)
    share = np.clip(share, 0.005, 0.98)
    present, absent = np.log(share / usual), np.log((1 - share) / (1 - usual))
    gain = block.codes @ (present - absent) + absent.sum(axis=0)
    lift = np.maximum(held * present, 0.0)
    total = lift.sum(axis=0)
    return gain, (lift / np.where(total > 0, total, 1.0)).T
