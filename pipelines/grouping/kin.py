"""Complaints of one region that open with the same rare words.

In: the corpus, and which of its complaints have no merchant, or a place as one. Out: sets of
complaints that may be one matter although no name that they share was recognised as one: a
gas station, a hamlet, an office. A region alone holds too much, and rare words alone are a
description, which many places fit; both together, in texts that are alike, hardly come by
chance. Out of scope: what becomes of them (`pipelines.grouping.themes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from pipelines.grouping.arrays import Flags, Floats, Ints
from pipelines.grouping.corpus import Corpus
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.openings import Openings, read_opening
from pipelines.grouping.places import is_wide_place, repeats_name, without_kind
from pipelines.grouping.regions import Regions, may_be_one, read_all_regions
from pipelines.respondents.places import take_place_apart

LARGEST_HEAP = 1_000
"""Complaints that hang together by pairs; a larger heap is a form, not matters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where a complaint says to be: its regions and narrow places, and what marks their names."""

    regions: Regions
    places: frozenset[str]
    marks: frozenset[str]

    def may_be_kin(self, other: Whereabouts) -> bool:
        """Say whether both may be of one place that is not known as one.

        Who names no place may be anywhere in his region. Those who name the same place are
        judged as people of that place, not as kin.
        """
        if self.places & other.places or not may_be_one(self.regions, other.regions):
            return False
        return not self.marks or not other.marks or bool(self.marks & other.marks)


def find_kin(
    corpus: Corpus, rows: Ints, openings: Openings, criteria: Criteria
) -> Iterator[tuple[str, Ints]]:
    """Give the sets of kin among some complaints, each under a region and a word, in their order.

    The order of the complaints does not matter. A complaint is in one set at most.
    """
    chosen = corpus.features.select(["tokens", "places"]).take(pa.array(rows))
    tokens = chosen["tokens"].to_pylist()
    places = chosen["places"].to_pylist()
    regions = read_all_regions(tokens, places, openings.length)
    opened = _opening_words(corpus, tokens, regions, openings, criteria)
    where = [_whereabouts(*told) for told in zip(regions, places, strict=True)]
    kinship = _kinship(corpus, rows, opened, where, criteria)
    sets = [(_name(corpus, opened, regions, inside), inside) for inside in _sets(kinship)]
    for name, inside in sorted(sets, key=lambda found: (found[0], found[1].tolist())):
        yield name, rows[inside]


def _opening_words(
    corpus: Corpus,
    tokens: Sequence[str],
    regions: Sequence[Regions],
    openings: Openings,
    criteria: Criteria,
) -> csr_array:
    """Mark the rare words that complaints open with by the root of their rarity.

    Words that only repeat the name of a region say nothing beside it; who names no region
    has no kin.
    """
    number = {word: place for place, word in enumerate(corpus.vocabulary.to_pylist())}
    is_rare = corpus.document_count <= criteria.kin_word_complaints_at_most
    kept: list[list[int]] = []
    for text, found in zip(tokens, regions, strict=True):
        names = " ".join(name for _, name in found)
        words_told = read_opening(text, openings.length) if found else []
        opening = {word for word in words_told if _is_long(word)}
        places = {number[word] for word in opening & number.keys() if not repeats_name(word, names)}
        kept.append(sorted(place for place in places if is_rare[place]))
    ends = np.cumsum([0, *map(len, kept)])
    words = np.array([word for words in kept for word in words], dtype=np.int64)
    return csr_array((np.sqrt(_rarity(corpus)[words]), words, ends), (len(tokens), len(number)))


def _is_long(word: str) -> bool:
    """Say whether a word can be told from a syllable: two characters or more, not Latin."""
    return len(word) > 1 and not word.isascii()


def _whereabouts(regions: Regions, names: Sequence[str] | None) -> Whereabouts:
    """Say where a complaint is, by its regions and the names of places that it writes.

    Two characters in a row mark a name; its kind does not.

    >>> from pipelines.grouping.regions import regions_of
    >>> second, third, road, avenue = (
    ...     _whereabouts(regions_of([name], ""), [name])
    ...     for name in ("K9县二中", "K9县三中", "K9县花卉路", "K9县花卉大道"))
    >>> second.may_be_kin(third), second.may_be_kin(second), road.may_be_kin(avenue)
    (False, False, True)
    """
    places = [take_place_apart(name.lower()) for name in names or ()]
    cores = frozenset(place.core for place in places if place)
    bare = [without_kind(core) for core in cores]
    return Whereabouts(
        regions=regions,
        places=frozenset(core for core in cores if not is_wide_place(core)),
        marks=frozenset(core[start : start + 2] for core in bare for start in range(len(core) - 1)),
    )


def _kinship(
    corpus: Corpus,
    rows: Ints,
    opened: csr_array,
    where: Sequence[Whereabouts],
    criteria: Criteria,
) -> csr_array:
    """Mark the pairs that are kin (complaints x complaints, above the diagonal)."""
    shared = (opened @ opened.T).tocoo()
    is_pair = (shared.row < shared.col) & (shared.data >= criteria.kin_words_at_least)
    first, second, evidence = shared.row[is_pair], shared.col[is_pair], shared.data[is_pair]
    evidence = evidence + _shared_regions(where, first, second)
    is_kin = evidence >= criteria.kin_evidence_at_least
    is_kin &= _likeness(corpus, rows, first, second) >= criteria.kin_likeness_at_least
    marks = np.ones(int(is_kin.sum()))
    return csr_array((marks, (first[is_kin], second[is_kin])), (len(rows), len(rows)))


def _shared_regions(where: Sequence[Whereabouts], first: Ints, second: Ints) -> Floats:
    """Say how much the rarest common region of each pair speaks for one place (nats).

    Without one, or where both say to be elsewhere, nothing makes them kin.
    """
    held = Counter(region for one in where for region in one.regions)
    weight = {region: np.log(len(where) / count) for region, count in held.items()}
    told = np.full(len(first), -np.inf)
    for place, (here, there) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        common = where[here].regions & where[there].regions
        if common and where[here].may_be_kin(where[there]):
            told[place] = max(weight[region] for region in common)
    return told


def _likeness(corpus: Corpus, rows: Ints, first: Ints, second: Ints) -> Floats:
    """Compare pairs of texts by the cosine of all their words, rare ones weighing more."""
    weighted = corpus.words[rows].multiply(_rarity(corpus)[None, :]).tocsr()
    norm = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel()).clip(1e-12)
    products = np.asarray(weighted[first].multiply(weighted[second]).sum(axis=1)).ravel()
    return np.asarray(products / (norm[first] * norm[second]))


def _rarity(corpus: Corpus) -> Floats:
    return np.asarray(np.log((len(corpus.weight) + 1) / (corpus.document_count + 1)))


def _sets(kinship: csr_array) -> Iterator[Ints]:
    """Give the sets in which most pairs are kin, two complaints or more in each."""
    label = connected_components(kinship, directed=False)[1]
    order = np.argsort(label, kind="stable")
    for heap in np.split(order, np.flatnonzero(np.diff(label[order])) + 1):
        if 2 <= len(heap) <= LARGEST_HEAP:
            yield from _divided(heap, kinship[heap][:, heap].toarray() > 0)


def _divided(heap: Ints, is_kin: Flags) -> Iterator[Ints]:
    apart = 1.0 - (is_kin | is_kin.T)
    part = fcluster(
        linkage(squareform(apart, "tovector", checks=False), "average"), 0.5, "distance"
    )
    for number in np.unique(part):
        inside = heap[part == number]
        if len(inside) >= 2:
            yield inside


def _name(corpus: Corpus, opened: csr_array, regions: Sequence[Regions], inside: Ints) -> str:
    """Name a set after the narrowest region and the word that most of it opens with."""
    held = Counter(region for row in inside.tolist() for region in regions[row])
    told = max(held, key=lambda region: (held[region], region), default=(0, ""))[1]
    weight = np.asarray(opened[inside].sum(axis=0)).ravel()
    return f"{told} {corpus.vocabulary[int(weight.argmax())].as_py()}".strip()
