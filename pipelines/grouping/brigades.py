"""Many accounts that wrote of nothing else, much the same, within days.

In: the complaints of one group. Out: which of them came like that, numbered by burst. It is a
mark, and the smallest number of people that fits may be one for each burst: one person with many
accounts writes like this. So do many people whose app fails on one day: the largest number stands,
no complaint is dropped, and nobody is called anything. Out of scope: one text sent around
(`pipelines.grouping.campaigns`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from pipelines.grouping.arrays import Flags, Floats, Ints
from pipelines.grouping.criteria import Criteria

LARGEST_COMPARISON = 400
"""Complaints of one burst whose words are compared pair by pair; beyond, the first ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rallied:
    """The complaints of a group; -1 or NaN means unknown.

    `account` numbers the accounts of all sources; `is_of_one_purpose` marks those whose account
    named no other merchant in all that is known of it. `words` is 1 where a complaint holds a
    word.
    """

    account: Ints
    copy_group: Ints
    is_of_one_purpose: Flags
    day: Floats
    words: csr_array


def mark_brigades(told: Rallied, criteria: Criteria) -> Ints:
    """Number the bursts of like texts from accounts of one purpose; -1 for all other complaints.

    A burst has so many such accounts within so many days, and so many of all pairs in these days
    have so many words in common. Of copies of one text the first counts: one text sent around is
    a campaign. Complaints of unknown accounts are in a burst where they are alike, but do not
    make it one; those of an account that wrote of others never are.
    """
    numbers = np.full(len(told.account), -1, dtype=np.int64)
    rows = np.flatnonzero(~np.isnan(told.day) & (told.is_of_one_purpose | (told.account < 0)))
    rows = _first_copies(told.copy_group, rows[np.argsort(told.day[rows], kind="stable")])
    found = 0
    while (burst := _fullest(told, rows, criteria)) is not None:
        alike = _alike(told, burst, criteria)
        if alike is not None:
            numbers[alike] = found
            found += 1
        rows = rows[~np.isin(rows, burst)]
    return numbers


def _first_copies(copy_group: Ints, rows: Ints) -> Ints:
    """Keep the first of these rows of each copied text, and all that are no copies."""
    group = np.where(copy_group[rows] >= 0, copy_group[rows], -1 - np.arange(len(rows)))
    return rows[np.sort(np.unique(group, return_index=True)[1])]


def _fullest(told: Rallied, rows: Ints, criteria: Criteria) -> Ints | None:
    """Give the rows of the days with most complaints, if there are enough; `rows` are by day."""
    day = told.day[rows]
    held = np.searchsorted(day, day + criteria.brigade_days_at_most, side="left")
    held -= np.arange(len(rows))
    if not len(rows) or held.max() < criteria.brigade_accounts_at_least:
        return None
    start = int(held.argmax())
    return rows[start : start + held[start]]


def _alike(told: Rallied, burst: Ints, criteria: Criteria) -> Ints | None:
    """Give the largest part of a burst that hangs together by like words, if it is a brigade."""
    burst = burst[:LARGEST_COMPARISON]
    words = told.words[burst]
    common = (words @ words.T).toarray()
    size = common.diagonal()
    alike = common >= criteria.brigade_words_share * (size[:, None] + size - common)
    alike &= common > 0
    label = connected_components(csr_array(alike), directed=False)[1]
    inside = np.flatnonzero(label == np.bincount(label).argmax())
    accounts = told.account[burst[inside]]
    if len(np.unique(accounts[accounts >= 0])) < criteria.brigade_accounts_at_least:
        return None
    pairs = len(burst) * (len(burst) - 1)
    are_alike = alike.sum() - np.diagonal(alike).sum()
    return burst[inside] if are_alike >= criteria.brigade_pairs_share * pairs else None
