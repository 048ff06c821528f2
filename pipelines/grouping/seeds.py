"""First guesses at the themes of a block.

In: a block and its dates. Out: sets of complaints that may be one matter: alike
in words, or come in a burst (of all complaints, of one code, of like words); without
dates, all and those of one code; in a small block, all. Guesses overlap and may be
wrong; `pipelines.grouping.themes` keeps what explains the block better.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from pipelines.detect.scan import find_bursts
from pipelines.grouping.arrays import Floats, Ints
from pipelines.grouping.blocks import Block
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.timing import TimeModel

LIKENESS_LEVELS = (0.45, 0.3, 0.2, 0.13, 0.08)
"""Mean cosines at which like wording is cut: from hardly reworded to hardly alike."""

LARGEST_COMPARISON = 2_000
"""Complaints compared pair by pair (32 MB of numbers); a larger block is cut by date first."""

MOST_SEEDS = 60
"""Bursts, and clusters of wording, that are tried: judging takes time for each."""

FEWEST_IN_BURST_SEARCH = 3
"""Dated complaints among which bursts are sought; the days of two say nothing."""


def find_seeds(
    block: Block, times: TimeModel, criteria: Criteria, since: float | None = None
) -> list[Ints]:
    """List the guesses: the strongest bursts, the largest clusters of wording, then the rest.

    With `since`, those that hold a complaint of that day or a later one; words are then compared
    with those of the season before it.
    """
    is_new, season = np.ones((2, len(block.rows)), dtype=np.bool_)
    if since is not None:
        is_new, season = block.day >= since, block.day >= since - criteria.burst_days
    near = np.flatnonzero(season & (np.diff(block.words.indptr) > 0))
    alike = [rows for rows in _alike_in_words(block, near) if is_new[rows].any()]
    sets = [np.arange(len(block.rows)), *_carriers(block), *alike]
    bursts = _bursts_of_all(block, times, sets, criteria.burst_gain_at_least)
    bursts.sort(key=lambda found: (-found[0], found[1].tolist()))
    alike.sort(key=lambda rows: (-len(rows), rows.tolist()))
    bursts = [(gain, rows) for gain, rows in bursts if is_new[rows].any()]
    guesses = [rows for _, rows in bursts[:MOST_SEEDS]] + alike[:MOST_SEEDS]
    undated = np.flatnonzero(~times.is_dated)
    guesses += [np.intersect1d(rows, undated) for rows in sets[: 1 + len(block.code_ids)]]
    if len(block.rows) <= criteria.whole_block_at_most:
        guesses.append(np.arange(len(block.rows)))
    guesses = [rows for rows in guesses if is_new[rows].any()]
    return list({rows.tobytes(): rows for rows in guesses}.values())


def _carriers(block: Block) -> Iterator[Ints]:
    """Give the complaints of each code."""
    for carried in (block.codes.toarray() > 0).T:
        yield np.flatnonzero(carried)


def _bursts_of_all(
    block: Block, times: TimeModel, sets: list[Ints], gain_at_least: float
) -> list[tuple[float, Ints]]:
    """Give the bursts of every set; a set that comes again is not searched anew."""
    known: dict[bytes, list[tuple[float, Ints]]] = {}
    for rows in sets:
        key = rows.tobytes()
        if key not in known:
            known[key] = list(_bursts(block, times, rows, gain_at_least))
    return [burst for rows in sets for burst in known[rows.tobytes()]]


def _bursts(
    block: Block, times: TimeModel, rows: Ints, gain_at_least: float
) -> Iterator[tuple[float, Ints]]:
    """Give the bursts of these complaints, with their gains."""
    rows = rows[times.is_dated[rows]]
    if len(rows) < FEWEST_IN_BURST_SEARCH:
        return
    day = block.day[rows]
    for burst in find_bursts(day, times.cumulative, times.first_day, gain_at_least):
        yield burst.gain, rows[(day >= burst.first_day) & (day <= burst.last_day)]


def _alike_in_words(block: Block, worded: Ints) -> Iterator[Ints]:
    """Give the clusters of like wording of some complaints, at several levels of likeness."""
    for rows in _comparable_pieces(block, worded):
        tree = linkage(distances(block, rows), "average")
        for level in LIKENESS_LEVELS:
            label = fcluster(tree, 1 - level, "distance")
            ordered = rows[np.argsort(label, kind="stable")]
            size = np.bincount(label)
            end = np.cumsum(size)
            for cluster in np.flatnonzero(size >= 2).tolist():
                yield ordered[end[cluster] - size[cluster] : end[cluster]]


def _comparable_pieces(block: Block, rows: Ints) -> Iterator[Ints]:
    """Give these rows in pieces that can be compared pair by pair."""
    rows = rows[np.argsort(block.day[rows], kind="stable")]
    count = -(-len(rows) // LARGEST_COMPARISON)
    for piece in np.array_split(rows, max(count, 1)):
        if len(piece) >= 2:
            yield np.sort(piece)


def distances(block: Block, rows: Ints) -> Floats:
    """Compare texts by the cosine of their words, rare words weighing more (condensed form)."""
    weighted = block.words[rows].multiply(block.rarity[None, :]).tocsr()
    norm = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    likeness = (weighted @ weighted.T).toarray()
    likeness /= np.outer(norm, norm).clip(1e-12)
    above = squareform(likeness, "tovector", checks=False)
    return np.asarray(np.clip(1 - above, 0.0, 1.0))
