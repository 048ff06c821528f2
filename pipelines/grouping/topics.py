"""What complaints are commonly about: a coarse division of the whole corpus.

In: which words each complaint uses. Out: one topic number per complaint. A
theme of one merchant is judged against how the theme's topics are written of
elsewhere, so that all who write about mortgages are not one event. Topics have
no names and are never shown. Out of scope: events (`pipelines.grouping.themes`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, diags_array

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MOST_TOPICS = 64
COMPLAINTS_PER_TOPIC = 50
SAMPLE = 20_000
MOST_WORDS = 20_000
TURNS = 10
NO_TOPIC = -1
ROWS_PER_PIECE = 100_000


def find_topics(words: csr_array, document_count: Floats) -> Ints:
    """Number the topic of each complaint; -1 where it has no common word.

    Spherical k-means on an even sample of the rows, then every row to its
    nearest centre. The same rows in the same order give the same numbers.
    """
    vectors = _unit_rows(words, document_count)
    usable = np.flatnonzero(np.diff(vectors.indptr) > 0)
    topics = np.full(words.shape[0], NO_TOPIC, dtype=np.int64)
    count = min(MOST_TOPICS, len(usable) // COMPLAINTS_PER_TOPIC)
    if count < 2:
        topics[usable] = 0
        return topics
    sample = vectors[usable[:: -(-len(usable) // SAMPLE)]]
    centres = _first_centres(sample, count)
    for _ in range(TURNS):
        centres = _moved(sample, centres)
    for start in range(0, len(usable), ROWS_PER_PIECE):
        rows = usable[start : start + ROWS_PER_PIECE]
        topics[rows] = (vectors[rows] @ centres).argmax(axis=1)
    return topics


def _unit_rows(words: csr_array, document_count: Floats) -> csr_array:
    """Weigh the commonest words by their rarity and bring every row to length 1."""
    floor = 0.0
    if len(document_count) > MOST_WORDS:
        floor = float(np.partition(document_count, -MOST_WORDS)[-MOST_WORDS])
    rarity = np.log((words.shape[0] + 1) / (document_count + 1)).astype(np.float32)
    rarity[document_count < floor] = 0.0
    weighted = csr_array((rarity[words.indices], words.indices, words.indptr), shape=words.shape)
    weighted.eliminate_zeros()
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    scale = diags_array(1 / np.maximum(length, 1e-9).astype(np.float32))
    return csr_array(scale @ weighted)


def _first_centres(sample: csr_array, count: int) -> npt.NDArray[np.float32]:
    """Take rows that are unlike each other: each the one least like those before it."""
    chosen = [0]
    likeness = _likeness(sample, 0)
    while len(chosen) < count:
        chosen.append(int(likeness.argmin()))
        likeness = np.maximum(likeness, _likeness(sample, chosen[-1]))
    return sample[chosen].toarray().T.astype(np.float32)


def _likeness(sample: csr_array, row: int) -> Floats:
    return np.asarray((sample @ sample[[row]].T).toarray(), dtype=np.float64).ravel()


def _moved(sample: csr_array, centres: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Move every centre to the middle of the rows nearest to it; an empty one stays."""
    nearest = (sample @ centres).argmax(axis=1)
    held = csr_array(
        (np.ones(len(nearest), np.float32), (np.arange(len(nearest)), nearest)),
        shape=(len(nearest), centres.shape[1]),
    )
    sums = (sample.T @ held).toarray()
    length = np.sqrt((sums**2).sum(axis=0))
    return np.where(length > 0, sums / np.maximum(length, 1e-9), centres).astype(np.float32)
