"""How much the codes of a complaint speak for a theme.

In: a block and which of its complaints belong to which theme. Out: for every
complaint and theme a log-likelihood ratio in nats. Out of scope: how a text gets
its codes (`pipelines.coding`).
"""

from __future__ import annotations

import numpy as np

from pipelines.grouping.arrays import Floats
from pipelines.grouping.blocks import Block

SHRINKAGE = 2.0
"""Complaints whose weight the expectation has beside what is seen."""

USUAL_BOUNDS = (0.005, 0.95)
SHARE_BOUNDS = (0.005, 0.98)
"""Shares are kept off 0 and 1, where the evidence of one code would have no bound."""


def code_evidence(block: Block, founders: Floats) -> Floats:
    """Give the evidence of codes, complaints x themes, in nats."""
    if not len(block.code_ids):
        return np.zeros(founders.shape)
    weighted = founders * block.weight[:, None]
    held = np.asarray(block.codes.T @ weighted)
    outside = np.asarray(block.codes.T @ block.weight)[:, None] - held
    outside_size = block.weight.sum() - weighted.sum(axis=0)
    usual = (outside + SHRINKAGE * block.code_share[:, None]) / (outside_size + SHRINKAGE)
    usual = np.clip(usual, *USUAL_BOUNDS)
    share = (held + SHRINKAGE * usual) / (weighted.sum(axis=0) + SHRINKAGE)
    share = np.clip(share, *SHARE_BOUNDS)
    present, absent = np.log(share / usual), np.log((1 - share) / (1 - usual))
    return np.asarray(block.codes @ (present - absent) + absent.sum(axis=0))
