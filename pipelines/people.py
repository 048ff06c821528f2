"""How many people stand behind a group of complaints, as an interval.

In: what is known of each complaint's writer and facts (`Witnesses`). Out: the
smallest and the largest number of people that fit, and a person's number per
complaint. Out of scope: who they are; nothing here holds more than hashes.

Proven to be one person: the same author key in one source, the same contact or
order reference, or a copied wording unless two accounts of one source wrote it.
Perhaps one person: the same facts (a copied wording, the same stated loss, or
mostly the same words) with places and dates that do not contradict it; and what
one burst of like texts from accounts of one purpose holds (`pipelines.grouping.brigades`).
What is doubtful (hearsay, or a complaint that hardly speaks of the matter) may
stand for one person more, never for a certain one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

DAYS_APART = 31
"""A person who tells of one matter in two places does so within a month."""

SAME_WORDS = 0.5
"""Share of the words of both that two tellings have in common (Jaccard)."""

RETOLD_WORDS = 0.4
"""Share of the words at which two accounts that state one sum may be one person."""

LARGEST_COMPARISON = 400
"""Complaints of one group whose words are compared pair by pair; beyond, the first ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnesses:
    """The complaints of one group, in the order of complaint_id; -1 or NaN means unknown.

    `loss` numbers each stated sum with its currency. `brigade` numbers
    bursts of like texts that one person with many accounts may have written. `links` holds the
    hashed contacts and references of each complaint, `words` is 1 where it holds a word.
    """

    source: Ints
    author: Ints
    copy_group: Ints
    brigade: Ints
    loss: Ints
    region: Ints
    day: npt.NDArray[np.float64]
    is_doubtful: Flags
    links: Sequence[Sequence[str]]
    words: csr_array


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """`certain` to `possible` people; `person_no` counts from 1 up to `possible`.

    `surely_no` counts from 1 up to `certain`: complaints of different numbers are certainly
    different people's. 0: perhaps somebody's who has a number already.
    """

    certain: int
    possible: int
    person_no: Ints
    surely_no: Ints


def count_people(witnesses: Witnesses) -> People:
    """Count the people behind a group of complaints.

    The interval holds for any order of the rows: 1 <= certain <= possible <=
    complaints, except that a group of doubtful ones alone has no certain person.
    """
    person = _components(len(witnesses.source), _proven_pairs(witnesses))
    surely_no = _surely_apart(witnesses, person)
    return People(
        certain=int(surely_no.max()),
        possible=int(person.max()) + 1,
        person_no=person + 1,
        surely_no=surely_no,
    )


_Pairs = tuple[Ints, Ints]


def _proven_pairs(witnesses: Witnesses) -> _Pairs:
    rows = np.arange(len(witnesses.source))
    pairs = [
        _chained(rows, witnesses.author, witnesses.source),
        _chained(rows, witnesses.copy_group, _account_ranks(witnesses)),
        _linked(witnesses.links),
    ]
    return np.concatenate([pair[0] for pair in pairs]), np.concatenate([pair[1] for pair in pairs])


def _account_ranks(witnesses: Witnesses) -> Ints:
    """Number the accounts of one source inside each copy group; the nameless join the first."""
    rank = np.zeros(len(witnesses.source), dtype=np.int64)
    groups, counts = np.unique(witnesses.copy_group[witnesses.copy_group >= 0], return_counts=True)
    for group in groups[counts > 1]:
        for source in np.unique(witnesses.source[witnesses.copy_group == group]):
            rows = np.flatnonzero(
                (witnesses.copy_group == group)
                & (witnesses.source == source)
                & (witnesses.author >= 0)
            )
            rank[rows] = np.unique(witnesses.author[rows], return_inverse=True)[1]
    return rank


def _chained(rows: Ints, key: Ints, within: Ints) -> _Pairs:
    """Pair each row with the next of equal key (known, >= 0) and equal `within`."""
    known = rows[key >= 0]
    order = known[np.lexsort((known, within[known], key[known]))]
    same = (key[order[1:]] == key[order[:-1]]) & (within[order[1:]] == within[order[:-1]])
    return order[:-1][same], order[1:][same]


def _linked(links: Sequence[Sequence[str]]) -> _Pairs:
    first: dict[str, int] = {}
    pairs = [(first.setdefault(key, row), row) for row, keys in enumerate(links) for key in keys]
    both = np.array([pair for pair in pairs if pair[0] != pair[1]], dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _components(count: int, pairs: _Pairs) -> Ints:
    """Number what pairs connect, in the order of its first rows.

    Every row takes the lowest row that a pair leads it to, until nothing changes: for the few
    rows of a group this is several times faster than the search of a library.
    """
    first, second = pairs
    lowest = np.arange(count)
    while True:
        one, other = lowest[first], lowest[second]
        lower = np.minimum(one, other)
        new = lowest.copy()
        for rows in (first, second, one, other):
            np.minimum.at(new, rows, lower)
        new = new[new]
        if np.array_equal(new, lowest):
            return np.unique(lowest, return_inverse=True)[1].astype(np.int64)
        lowest = new


def _surely_apart(witnesses: Witnesses, person: Ints) -> Ints:
    """Number the people that are certainly apart: the smallest number that fits.

    All that may be one person are merged; of those merged, the accounts of one source with
    wordings of their own are apart, and the source with most of them counts. Whoever else is
    merged with several of them may be any of them, and has no number.
    """
    surely_no = np.zeros(len(person), dtype=np.int64)
    told = np.flatnonzero(~witnesses.is_doubtful)
    if not len(told):
        return surely_no
    retold = _retold(witnesses)
    merged = _merged(witnesses, person, told, retold)
    named = told[witnesses.author[told] >= 0]
    writer = _writers(witnesses, person, named, retold)
    most, chosen = _most_writers(merged[named], witnesses.source[named], writer[named], len(person))
    is_apart = np.isin(told, named) & (witnesses.source[told] == chosen[merged[told]])
    rows = told[(most[merged[told]] <= 1) | is_apart]
    own = np.where(most[merged[rows]] > 1, writer[rows], -1)
    surely_no[rows] = 1 + _numbered(np.c_[merged[rows], own])
    return surely_no


def _merged(witnesses: Witnesses, person: Ints, told: Ints, retold: Ints) -> Ints:
    """Number the groups of complaints that may be one person's, of those that are not doubtful."""
    first, second = _perhaps_pairs(witnesses, told, retold)
    _, head = np.unique(person[told], return_index=True)
    same = told[head][np.searchsorted(person[told][head], person[told])]
    return _components(len(person), (np.r_[first, same], np.r_[second, told]))


def _most_writers(merged: Ints, source: Ints, writer: Ints, count: int) -> tuple[Ints, Ints]:
    """Give for each merged group the most writers that one source has in it, and that source.

    Of sources with equally many the first counts; 0 and -1 where nobody is named.
    """
    most, chosen = np.zeros(count, dtype=np.int64), np.full(count, -1, dtype=np.int64)
    apart = np.unique(np.c_[merged, source, writer], axis=0)
    of_source, writers = np.unique(apart[:, :2], axis=0, return_counts=True)
    order = np.lexsort((-of_source[:, 1], writers))
    most[of_source[order, 0]] = writers[order]
    chosen[of_source[order, 0]] = of_source[order, 1]
    return most, chosen


def _numbered(rows: Ints) -> Ints:
    """Number the distinct rows from 0."""
    return np.unique(rows, axis=0, return_inverse=True)[1].ravel().astype(np.int64)


def _writers(witnesses: Witnesses, person: Ints, named: Ints, retold: Ints) -> Ints:
    """Number the writers of each source: a person, or all the persons that copied one wording."""
    rows = np.arange(len(person))
    is_named = np.isin(rows, named)
    pairs = [
        _chained(rows, np.where(is_named, key, -1), witnesses.source)
        for key in (person, witnesses.copy_group, retold, witnesses.brigade)
    ]
    joined = tuple(np.concatenate(column) for column in zip(*pairs, strict=True))
    return _components(len(person), (joined[0], joined[1]))


def _retold(witnesses: Witnesses) -> Ints:
    """Number the tellings of one sum in much the same words, whatever the accounts; -1 for none."""
    first, second = _alike_in_words(witnesses.words, RETOLD_WORDS)
    loss = witnesses.loss
    same = (loss[first] == loss[second]) & (loss[first] >= 0)
    alike = _components(len(loss), (first[same], second[same]))
    return np.where(np.bincount(alike)[alike] > 1, alike, -1)


def _perhaps_pairs(witnesses: Witnesses, rows: Ints, retold: Ints) -> _Pairs:
    """Pair the complaints that tell the same facts without contradiction."""
    pairs = [_alike_in_words(witnesses.words[rows])]
    for facts in (witnesses.copy_group[rows], witnesses.loss[rows], witnesses.brigade[rows]):
        pairs.extend(_alike_in_facts(facts))
    first = rows[np.concatenate([pair[0] for pair in pairs])]
    second = rows[np.concatenate([pair[1] for pair in pairs])]
    region, day = witnesses.region, witnesses.day
    fits = (region[first] == region[second]) | (region[first] < 0) | (region[second] < 0)
    fits &= ~(np.abs(day[first] - day[second]) > DAYS_APART)
    fits &= ~_known_to_differ(witnesses, retold, first, second)
    return first[fits], second[fits]


def _alike_in_words(words: csr_array, share: float = SAME_WORDS) -> _Pairs:
    """Pair the complaints that have this share of the words (1 or 0) of both in common."""
    words = words[:LARGEST_COMPARISON]
    common = (words @ words.T).toarray()
    size = common.diagonal()
    alike = common >= share * (size[:, None] + size - common)
    first, second = np.nonzero(np.triu(alike & (common > 0), 1))
    return first, second


def _alike_in_facts(facts: Ints) -> Iterator[_Pairs]:
    """Pair the complaints of equal fact, in each fact's first ones where there are very many."""
    values, counts = np.unique(facts[facts >= 0], return_counts=True)
    for fact in values[counts > 1]:
        rows = np.flatnonzero(facts == fact)[:LARGEST_COMPARISON]
        first, second = np.triu_indices(len(rows), 1)
        yield rows[first], rows[second]


def _known_to_differ(witnesses: Witnesses, retold: Ints, first: Ints, second: Ints) -> Flags:
    source, author = witnesses.source, witnesses.author
    named = (author[first] >= 0) & (author[second] >= 0)
    differ = named & (source[first] == source[second]) & (author[first] != author[second])
    for told in (witnesses.copy_group, retold, witnesses.brigade):
        differ &= ~((told[first] == told[second]) & (told[first] >= 0))
    return np.asarray(differ)
