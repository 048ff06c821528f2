"""What two usual ways to find topics propose for the same records.

In: the board, and the events for development, on which their settings are chosen. Out: rankings.
BERTopic is no dependency (`pip install --no-deps bertopic umap-learn pynndescent hdbscan numba
llvmlite tqdm` beside the development extra); where it is missing, HDBSCAN of scikit-learn over the
same vectors stands in for it, and the name of the ranking says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from tests.eval.topics.board import Board
from tests.eval.topics.candidates import Candidate, Ranking
from tests.eval.topics.gold import Event
from tests.eval.topics.scoring import events_found

CUTS = (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
"""Distances at which the tree of character n-grams is cut: from copies to hardly alike."""

SMALLEST_TOPICS = (2, 3, 5)
"""Smallest sizes of a topic that are tried; the usual default is 10, larger than any event."""

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The records as vectors: character n-grams by TF-IDF, and the same in few dimensions."""

    ids: tuple[str, ...]
    accounts: tuple[str, ...]
    texts: tuple[str, ...]
    likeness: Array
    dense: Array


def read_texts(board: Board) -> Texts:
    """Turn the records into vectors, without a network."""
    ids = tuple(sorted(board.messages, key=int))
    texts = tuple(board.messages[record].text for record in ids)
    grams = TfidfVectorizer(analyzer="char", ngram_range=(2, 4), sublinear_tf=True, min_df=2)
    vectors = grams.fit_transform(texts)
    dense = TruncatedSVD(100, n_iter=3, random_state=0).fit_transform(vectors)
    return Texts(
        ids=ids,
        accounts=tuple(board.messages[record].account for record in ids),
        texts=texts,
        likeness=(vectors @ vectors.T).toarray(),
        dense=dense / np.linalg.norm(dense, axis=1, keepdims=True),
    )


def agglomerative(texts: Texts, events: Collection[Event], like: int) -> list[Ranking]:
    """Cut the tree where most events for development are found, and where `like` sets come.

    The tightest set comes first.
    """
    apart = squareform(np.clip(1 - texts.likeness, 0, 1), checks=False)
    tree = linkage(apart, "average")
    name = "character n-grams, agglomerative"
    cut = {at: _ranked(texts, fcluster(tree, at, "distance"), name, f"cut at {at}") for at in CUTS}
    most = _best(cut.values(), events)
    near = min(cut.values(), key=lambda ranking: abs(len(ranking.candidates) - like))
    return [most] if most == near else [most, near]


def density_topics(texts: Texts, events: Collection[Event]) -> Ranking:
    """Give the topics of BERTopic, or of HDBSCAN where it is missing, the largest first."""
    try:
        return _best((_bertopic(texts, size) for size in SMALLEST_TOPICS), events)
    except ModuleNotFoundError:
        return _best((_hdbscan(texts, size) for size in SMALLEST_TOPICS), events)


def _bertopic(texts: Texts, size: int) -> Ranking:
    """Run BERTopic as its guide says for vectors made beforehand, with a fixed seed."""
    from bertopic import BERTopic
    from hdbscan import HDBSCAN
    from umap import UMAP

    model = BERTopic(
        embedding_model=None,
        umap_model=UMAP(
            n_neighbors=5, n_components=10, min_dist=0.0, metric="cosine", random_state=0
        ),
        hdbscan_model=HDBSCAN(min_cluster_size=size, cluster_selection_method="leaf"),
        vectorizer_model=CountVectorizer(analyzer="char", ngram_range=(2, 3)),
    )
    label, _ = model.fit_transform(list(texts.texts), texts.dense)
    return _sized(texts, label, "BERTopic", size)


def _hdbscan(texts: Texts, size: int) -> Ranking:
    from sklearn.cluster import HDBSCAN

    model = HDBSCAN(min_cluster_size=size, cluster_selection_method="leaf", copy=True)
    return _sized(texts, model.fit_predict(texts.dense), "HDBSCAN (no BERTopic here)", size)


def _sized(texts: Texts, label: Sequence[int], name: str, size: int) -> Ranking:
    ranking = _ranked(texts, label, name, f"topics of {size} or more")
    by_size = sorted(ranking.candidates, key=lambda one: -len(one.members))
    return Ranking(name=name, setting=ranking.setting, candidates=tuple(by_size))


def _best(rankings: Iterable[Ranking], events: Collection[Event]) -> Ranking:
    """Choose the setting that finds most events, of equals the one with the fewest sets."""
    return max(
        rankings,
        key=lambda ranking: (len(events_found(ranking, events)), -len(ranking.candidates)),
    )


def _ranked(texts: Texts, label: Any, name: str, setting: str) -> Ranking:
    """Give the sets of two accounts or more, the tightest first; -1 is no set."""
    label = np.asarray(label)
    found: list[tuple[float, Candidate]] = []
    for number in np.unique(label[label >= 0]):
        rows = np.flatnonzero(label == number)
        people = len({texts.accounts[row] for row in rows})
        if people >= 2:
            alike = texts.likeness[np.ix_(rows, rows)][np.triu_indices(len(rows), 1)].mean()
            members = frozenset(texts.ids[row] for row in rows)
            found.append((-alike, Candidate(members=members, certain=people, possible=people)))
    ordered = sorted(found, key=lambda pair: (pair[0], sorted(pair[1].members)))
    return Ranking(name=name, setting=setting, candidates=tuple(one for _, one in ordered))
