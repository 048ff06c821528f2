"""The words of all complaints as one sparse matrix.

In: the tokens of each complaint, joined by single blanks. Out: complaints x
words, binary, for the words that two complaints share, and per complaint the
number of words that nobody else wrote. Works in pieces, so that memory stays
bounded by the matrix. Out of scope: what a word is (`pipelines.segment`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_array

from pipelines.grouping.arrays import Floats, Ints

ROWS_PER_PIECE = 50_000
"""Complaints whose words are split at a time; what that takes does not grow with the corpus."""


def number_words(tokens: pa.ChunkedArray) -> tuple[csr_array, pa.Array, Floats]:
    """Number the words that two complaints share, in alphabetical order.

    >>> matrix, words, alone = number_words(pa.chunked_array([["a b", "b c c", "b"]]))
    >>> words.to_pylist(), alone.tolist(), matrix.toarray().ravel().tolist()
    (['b'], [1.0, 1.0, 0.0], [1.0, 1.0, 1.0])
    """
    flat = tokens.combine_chunks()
    number: dict[str, int] = {}
    pieces = [
        _distinct_words(flat.slice(start, ROWS_PER_PIECE), number, start)
        for start in range(0, len(flat), ROWS_PER_PIECE)
    ]
    nothing = np.empty(0, np.int32)
    row = np.concatenate([piece[0] for piece in pieces] or [nothing])
    word = np.concatenate([piece[1] for piece in pieces] or [nothing])
    names = pa.array(list(number), pa.string())
    order = pc.sort_indices(names).to_numpy()
    kept = order[np.bincount(word, minlength=len(names))[order] >= 2]
    new_number = np.full(len(names), -1, dtype=np.int32)
    new_number[kept] = np.arange(len(kept))
    word = new_number[word]
    unique = np.bincount(row[word < 0], minlength=len(flat)).astype(np.float64)
    row, word = row[word >= 0], word[word >= 0]
    starts = np.searchsorted(row, np.arange(len(flat) + 1)).astype(np.int32)
    matrix = csr_array(
        (np.ones(len(row), dtype=np.float32), word, starts), shape=(len(flat), len(kept))
    )
    matrix.sort_indices()
    return matrix, names.take(kept), unique


def keep_columns(matrix: csr_array, kept: Ints) -> csr_array:
    """Take the kept columns (sorted numbers) of a binary matrix.

    >>> keep_columns(csr_array([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]), np.array([0, 2])).toarray()
    array([[1., 1.],
           [0., 0.]])
    """
    number = np.full(matrix.shape[1], -1, dtype=np.int32)
    number[kept] = np.arange(len(kept))
    column = number[matrix.indices]
    is_kept = column >= 0
    ends = np.r_[0, np.cumsum(is_kept)][matrix.indptr].astype(np.int32)
    return csr_array(
        (np.ones(int(ends[-1])), column[is_kept], ends), shape=(matrix.shape[0], len(kept))
    )


def _distinct_words(
    tokens: pa.Array, number: dict[str, int], start: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """List the distinct (row, word) pairs of a piece by row; new words get the next numbers."""
    lists = pc.split_pattern(tokens, " ")
    coded = lists.flatten().dictionary_encode()
    names = coded.dictionary.to_pylist()
    if not names:
        return np.empty(0, np.int32), np.empty(0, np.int32)
    ids = np.array([number.setdefault(name, len(number)) if name else -1 for name in names])
    word = ids[coded.indices.to_numpy()]
    row = np.repeat(np.arange(len(tokens)), pc.list_value_length(lists).to_numpy())
    width = len(number) + 1
    pairs = (row * width + word)[word >= 0]
    pairs.sort()  # np.unique hashes first, which takes ten times as long for such numbers
    is_first = np.ones(len(pairs), dtype=np.bool_)
    np.not_equal(pairs[1:], pairs[:-1], out=is_first[1:])
    row, word = np.divmod(pairs[is_first], width)
    return (row + start).astype(np.int32), word.astype(np.int32)
