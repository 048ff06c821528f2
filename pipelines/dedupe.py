"""Exact and near copies of one wording.

In: normalised texts without placeholders (`signatures`, called while
reading), then the grouping inputs with `text_hash` and `signature`
(`find_copies`). Out: one row per complaint that shares its wording with
another. Out of scope: who wrote a copy (`pipelines.people`) and how a copy is
discounted (`pipelines.grouping`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import rensa
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cpdist
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

SHINGLE_CHARACTERS = 4
SIGNATURE_SLOTS = 128
SIGNATURE_SEED = 20260101
SHORTEST_TEXT = 20
"""Letters and digits; below it two strangers may well write the same words."""

COPY_SIMILARITY = 0.8
"""Jaccard similarity of shingles: a changed name or sum stays above, a paraphrase below."""

COMPARED_SIMILARITY = 0.45
"""Estimated similarity of shingles from which words are compared: in a brief text a few changed
characters spoil so many shingles."""

COPY_LIKENESS = 0.85
"""Share of the characters of both texts' words that stand in both in the same order: five
characters changed or a short sentence more stay above, another account of the matter below."""

CONTAINED_LIKENESS, CONTAINED_LENGTH = 0.97, 0.6
"""A text that stands whole in another (forwarded, sent once more with an addition) is a copy of
it, where it makes up so much of its length."""

LONGEST_COMPARED = 2_000
"""Characters of words; of a longer text a few changed characters spoil few shingles."""

BANDS, ROWS_PER_BAND = 32, 4
"""A pair at similarity 0.8 is missed once in 10**7, one at 0.6 once in 80 times."""

SHORTEST_EXACT_TOKENS = 3

COPIES_SCHEMA = pa.schema(
    [
        pa.field("complaint_id", pa.string(), nullable=False),
        pa.field("copy_group_id", pa.string(), nullable=False),
        pa.field("similarity", pa.float64(), nullable=False),
    ]
)

_IS_WORD_CHARACTER = np.fromiter(
    (chr(code).isalnum() for code in range(0x10000)), dtype=np.bool_, count=0x10000
)


def signatures(texts: Sequence[str]) -> list[bytes | None]:
    """Sketch each text so that the similarity of two texts shows in their sketches.

    A sketch is 128 MinHash values over shingles of four letters or digits,
    each cut to 16 bits, little-endian (256 bytes). None for a text with fewer
    than 20 letters and digits. Punctuation and blanks do not count.

    >>> told = "卡密已经被别人使用过了，商家一直不肯退款给我，客服也不理"
    >>> one, two, short = signatures([told, told.replace("，", " "), "退款"])
    >>> one == two, short
    (True, None)
    """
    shingles = [_shingles(text) for text in texts]
    usable = [row for row in shingles if row is not None]
    if not usable:
        return [None] * len(shingles)
    offsets = np.zeros(len(usable) + 1, dtype=np.uint64)
    np.cumsum([len(row) for row in usable], out=offsets[1:])
    matrix = rensa.RMinHash.digest_matrix_from_flat_token_hashes(
        np.concatenate(usable), offsets, SIGNATURE_SLOTS, SIGNATURE_SEED
    )
    rows: Iterator[npt.NDArray[np.uint16]] = iter(
        (np.array(matrix.to_rows(), dtype=np.uint32) & 0xFFFF).astype("<u2")
    )
    return [None if row is None else next(rows).tobytes() for row in shingles]


def find_copies(features: pa.Table) -> pa.Table:
    """Group the complaints that share a wording.

    Reads `complaint_id`, `text_hash`, `signature` and `tokens`. A group is
    named after its smallest complaint_id; `similarity` (0.8 to 1) is a
    complaint's highest to any other of its group: of shingles, or of words in their order
    where that is more. The order of the rows does
    not matter; the result is sorted by complaint_id.

    | complaint_id | text        |     | complaint_id | copy_group_id | similarity |
    |--------------|-------------|-----|--------------|---------------|------------|
    | a:1          | 卡密无效…   |     | a:1          | a:1           | 1.0        |
    | a:2          | 卡密无效…   | ->  | a:2          | a:1           | 1.0        |
    | a:3          | 别的事情…   |     |              |               |            |
    """
    features = by_id(features.select(["complaint_id", "text_hash", "signature", "tokens"]))
    first, second, similarity = _joined(_exact_pairs(features), _near_pairs(features))
    if not len(first):
        return COPIES_SCHEMA.empty_table()
    count = features.num_rows
    graph = coo_matrix((np.ones(len(first)), (first, second)), shape=(count, count))
    _, label = connected_components(graph, directed=False)
    _, head, inverse = np.unique(label, return_index=True, return_inverse=True)
    best = np.zeros(count)
    np.maximum.at(best, first, similarity)
    np.maximum.at(best, second, similarity)
    copied = np.flatnonzero(best > 0)
    ids = features["complaint_id"].combine_chunks()
    return pa.table(
        [ids.take(copied), ids.take(head[inverse[copied]]), pa.array(best[copied])],
        schema=COPIES_SCHEMA,
    )


def by_id(features: pa.Table) -> pa.Table:
    """Sort complaints by id; those that are sorted are given as they are, not copied.

    >>> by_id(pa.table({"complaint_id": ["b", "a"]}))["complaint_id"].to_pylist()
    ['a', 'b']
    """
    order = pc.sort_indices(features["complaint_id"])
    is_sorted = np.array_equal(order, np.arange(len(order)))
    return features if is_sorted else features.take(order)


Floats = npt.NDArray[np.float64]
_Pairs = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]


def _shingles(text: str) -> npt.NDArray[np.uint64] | None:
    points = np.frombuffer(text.encode("utf-32-le", errors="replace"), dtype="<u4")
    points = points[_IS_WORD_CHARACTER[np.minimum(points, 0xFFFF)]].astype(np.uint64)
    if len(points) < SHORTEST_TEXT:
        return None
    width = len(points) - SHINGLE_CHARACTERS + 1
    packed = points[:width].copy()
    for step in range(1, SHINGLE_CHARACTERS):
        packed = packed * np.uint64(0x100000001B3) ^ points[step : step + width]
    packed ^= packed >> np.uint64(31)
    packed *= np.uint64(0x9E3779B97F4A7C15)
    return np.asarray(packed)


def _joined(*parts: _Pairs) -> _Pairs:
    first, second, similarity = (
        np.concatenate([part[column] for part in parts]) for column in range(3)
    )
    return first, second, similarity


def _exact_pairs(features: pa.Table) -> _Pairs:
    """Chain the rows of equal text_hash; texts too short to tell anything are left alone."""
    token_count = pc.add(pc.count_substring(features["tokens"], " "), 1)
    is_usable = pc.and_(
        pc.greater_equal(token_count, SHORTEST_EXACT_TOKENS), pc.is_valid(features["text_hash"])
    )
    rows = np.flatnonzero(pc.fill_null(is_usable, False).to_numpy(zero_copy_only=False))
    hashes = features["text_hash"].combine_chunks().take(rows).dictionary_encode().indices
    first, second = _neighbours(rows, hashes.to_numpy())
    return first, second, np.ones(len(first))


def _near_pairs(features: pa.Table) -> _Pairs:
    """Verify the pairs that share a band of their signatures."""
    sketches = features["signature"].combine_chunks()
    rows = np.flatnonzero(sketches.is_valid().to_numpy(zero_copy_only=False))
    if not len(rows):
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
    matrix = _signature_matrix(sketches.take(rows))
    keys: list[npt.NDArray[np.int64]] = []
    local = np.arange(len(rows))
    for band in range(BANDS):
        piece = matrix[:, band * ROWS_PER_BAND : (band + 1) * ROWS_PER_BAND]
        first, second = _neighbours(local, _band_hash(piece))
        keys.append(first * len(rows) + second)
    pairs = np.unique(np.concatenate(keys))
    first, second = pairs // len(rows), pairs % len(rows)
    similarity = _estimated(matrix, first, second)
    doubtful = np.flatnonzero((similarity >= COMPARED_SIMILARITY) & (similarity < COPY_SIMILARITY))
    first, second = rows[first], rows[second]
    words = features["tokens"].combine_chunks()
    similarity[doubtful] = _likeness(words, first[doubtful], second[doubtful])
    kept = similarity >= COPY_SIMILARITY
    return first[kept], second[kept], similarity[kept]


def _signature_matrix(sketches: pa.Array) -> npt.NDArray[np.uint16]:
    joined = sketches.cast(pa.large_binary())
    start = np.frombuffer(joined.buffers()[1], dtype=np.int64)[joined.offset]
    flat = np.frombuffer(joined.buffers()[2], dtype=np.uint8)
    size = len(sketches) * SIGNATURE_SLOTS
    return flat[start : start + 2 * size].view("<u2").reshape(-1, SIGNATURE_SLOTS)


def _band_hash(piece: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint64]:
    key = np.zeros(len(piece), dtype=np.uint64)
    for column in range(piece.shape[1]):
        key = (key ^ piece[:, column]) * np.uint64(0x100000001B3)
        key ^= key >> np.uint64(29)
    return key


def _neighbours(
    rows: npt.NDArray[np.int64], keys: npt.NDArray[np.generic]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Pair every row with the one before it and with the first of its bucket.

    At most two pairs per row, so that a bucket of boilerplate stays linear.
    """
    if not len(rows):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    order = np.argsort(keys, kind="stable")
    keys, rows = keys[order], rows[order]
    opens = np.r_[True, keys[1:] != keys[:-1]]
    head = np.maximum.accumulate(np.where(opens, np.arange(len(rows)), 0))
    later = np.flatnonzero(~opens)
    distant = later[head[later] != later - 1]
    first = np.concatenate([rows[later - 1], rows[head[distant]]])
    second = np.concatenate([rows[later], rows[distant]])
    return first, second


def _estimated(
    matrix: npt.NDArray[np.uint16], first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Estimate the Jaccard similarity of each pair, in pieces that bound memory."""
    similarity = np.empty(len(first))
    for start in range(0, len(first), 100_000):
        piece = slice(start, start + 100_000)
        similarity[piece] = (matrix[first[piece]] == matrix[second[piece]]).mean(axis=1)
    return similarity


def _likeness(
    words: pa.Array, first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Give the share of characters that two texts' words have in common in one order.

    0 where neither is a copy of the other, or one is too long to be compared.
    """
    likeness = np.zeros(len(first))
    length = pc.fill_null(pc.utf8_length(words), 0).to_numpy().astype(np.float64)
    brief = np.flatnonzero(np.maximum(length[first], length[second]) <= LONGEST_COMPARED)
    for start in range(0, len(brief), 100_000):
        piece = brief[start : start + 100_000]
        one, other = first[piece], second[piece]
        common = cpdist(
            words.take(one).to_pylist(),
            words.take(other).to_pylist(),
            scorer=LCSseq.similarity,
            dtype=np.float64,
        )
        likeness[piece] = _shared(common, length[one], length[other])
    return likeness


def _shared(common: Floats, one: Floats, other: Floats) -> Floats:
    """Give what two texts share: of both, or of the shorter where it stands in the longer."""
    shorter, longer = np.maximum(np.minimum(one, other), 1.0), np.maximum(one, other)
    contained = np.where(shorter >= CONTAINED_LENGTH * longer, common / shorter, 0.0)
    of_both = 2 * common / (shorter + longer)
    is_copy = (of_both >= COPY_LIKENESS) | (contained >= CONTAINED_LIKENESS)
    return np.where(is_copy, np.maximum(of_both, COPY_SIMILARITY), 0.0)
