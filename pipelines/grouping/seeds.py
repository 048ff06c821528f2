"""First guesses at the themes of a block.

In: a block and its models. Out: sets of complaints that may be one matter: by
likeness of words, and by bursts of one code in time. Guesses may overlap and
may be wrong; `pipelines.grouping.themes` keeps what explains the block better.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from pipelines.detect.scan import find_bursts
from pipelines.grouping.corpus import Block, Floats, Ints
from pipelines.grouping.timing import TimeModel
from pipelines.grouping.wording import WordModel

LIKENESS_LEVELS = (0.6, 0.5, 0.4, 0.32, 0.26, 0.2, 0.15, 0.1, 0.06)
LARGEST_COMPARISON = 2_000
"""Complaints compared pair by pair; a larger block is cut by date first."""

SEED_GAIN = 3.0
BURST_GAIN = 5.0
MOST_BURSTS = 60


def wording_seeds(block: Block, model: WordModel, text_share: float) -> list[Ints]:
    """Cut the tree of likeness where the clusters explain their members best."""
    found: list[Ints] = []
    for rows in _comparable_pieces(block):
        found.extend(_tree_cut(block, model, rows, text_share))
    return found


def burst_seeds(block: Block, times: TimeModel) -> list[Ints]:
    """Take the complaints of each code that came in a burst, the strongest bursts only."""
    found: list[tuple[float, Ints]] = []
    for code in range(len(block.code_ids)):
        carries = np.flatnonzero(block.codes[:, [code]].toarray().ravel() > 0)
        rows = carries[times.is_dated[carries]]
        day = block.day[rows]
        for burst in find_bursts(day, times.cumulative, times.first_day, BURST_GAIN):
            inside = (day >= burst.first_day) & (day <= burst.last_day)
            found.append((-burst.gain, rows[inside]))
    found.sort(key=lambda guess: (guess[0], guess[1].tolist()))
    return [rows for _, rows in found[:MOST_BURSTS]]


def _comparable_pieces(block: Block) -> Iterator[Ints]:
    """Give the rows that have words, in pieces that can be compared pair by pair."""
    rows = np.flatnonzero(np.diff(block.words.indptr) > 0)
    rows = rows[np.argsort(block.day[rows], kind="stable")]
    count = -(-len(rows) // LARGEST_COMPARISON)
    for piece in np.array_split(rows, max(count, 1)):
        if len(piece) >= 2:
            yield np.sort(piece)


def _tree_cut(block: Block, model: WordModel, rows: Ints, text_share: float) -> list[Ints]:
    """Choose, bottom up, between a cluster and the best division of what it holds."""
    tree = linkage(_distances(block, rows), "average")
    chosen: list[tuple[float, list[Ints]]] = [(0.0, []) for _ in rows]
    label: Ints = np.arange(len(rows))
    for level in LIKENESS_LEVELS:
        coarser = fcluster(tree, 1 - level, "distance").astype(np.int64) - 1
        if coarser.max() + 1 == len(chosen):
            continue
        gains = text_share * _cluster_gains(block, model, rows, coarser) - SEED_GAIN
        parts: list[list[int]] = [[] for _ in range(coarser.max() + 1)]
        for part, whole in zip(*np.unique(np.c_[label, coarser], axis=0).T, strict=True):
            parts[whole].append(part)
        chosen = [
            _better(chosen, own_parts, float(gains[number]), rows[coarser == number])
            for number, own_parts in enumerate(parts)
        ]
        label = coarser
    return [seed for _, seeds in chosen for seed in seeds]


def _better(
    chosen: list[tuple[float, list[Ints]]], parts: list[int], gain: float, members: Ints
) -> tuple[float, list[Ints]]:
    if len(parts) == 1:
        return chosen[parts[0]]
    divided = sum(chosen[part][0] for part in parts)
    if gain > divided:
        return gain, [members]
    return divided, [seed for part in parts for seed in chosen[part][1]]


def _cluster_gains(block: Block, model: WordModel, rows: Ints, label: Ints) -> Floats:
    """Judge the clusters of a piece; complaints outside the piece stand alone."""
    everyone = label.max() + 1 + np.arange(block.words.shape[0])
    everyone[rows] = label
    return model.cluster_gains(np.unique(everyone, return_inverse=True)[1])[: label.max() + 1]


def _distances(block: Block, rows: Ints) -> Floats:
    """Compare texts by the cosine of their words, rare words weighing more (condensed form)."""
    weighted = block.words[rows].multiply(block.rarity[None, :]).tocsr()
    norm = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    likeness = (weighted @ weighted.T).toarray() / np.outer(norm, norm).clip(1e-12)
    upper = np.triu_indices(len(rows), 1)
    return np.asarray(np.clip(1 - likeness[upper], 0.0, 1.0))
