"""The grouping inputs as arrays, cut into blocks that can be worked on alone.

In: the grouping table (one row per complaint) and its copies. Out: a `Corpus`
with word and code counts of everything, and one `Block` per merchant and per
named place. A block holds all that its grouping needs, so that blocks can be
spread over processes. Out of scope: what belongs together inside a block
(`pipelines.grouping.themes`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_array

from pipelines.grouping.topics import find_topics

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
BlockKind = Literal["merchant", "place"]

ROWS_PER_PIECE = 50_000
KIND_SHRINKAGE = 50.0
"""Words; below it the wording of a code or topic is unknown and the whole corpus speaks for it."""

ALLEGATION_AXES = ("pattern", "wallet", "nature")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The complaints about one merchant or place, with what the rest of the corpus says.

    `rows` are row numbers of the sorted grouping table; all other arrays follow
    them. `words` is binary, one column per local word; `unique_words` counts
    what nobody else in the corpus wrote. `weight` is 1 over the size of the copy
    group, so that a copied text speaks once. `day` is days since 1970, NaN when
    undated. `base` is the share of each local word in the corpus outside this
    block, `code_base` and `topic_base` the same among complaints of each local
    code or topic (words x codes, words x topics), `code_share` the share of
    complaints outside that carry the code, and
    `rarity` the weight of a word in a comparison of two texts.
    """

    key: str
    kind: BlockKind
    rows: Ints
    words: csr_array
    word_ids: Ints
    unique_words: Floats
    rarity: Floats
    weight: Floats
    day: Floats
    source: Ints
    base: Floats
    codes: csr_array
    code_ids: Ints
    code_base: Floats
    code_share: Floats
    topics: csr_array
    topic_base: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How many complaints each source holds per day: what a burst is measured against."""

    first_day: int
    volume: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All complaints as arrays, in the order of complaint_id."""

    features: pa.Table
    words: csr_array
    vocabulary: pa.Array
    unique_words: Floats
    document_count: Floats
    weight: Floats
    day: Floats
    source: Ints
    codes: csr_array
    code_names: tuple[tuple[str, str], ...]
    code_words: npt.NDArray[np.float32]
    topics: csr_array
    topic_words: npt.NDArray[np.float32]
    calendar: Calendar


def read_corpus(features: pa.Table, copies: pa.Table) -> Corpus:
    """Turn the grouping table into arrays; the order of its rows does not matter."""
    features = features.take(pc.sort_indices(features["complaint_id"])).combine_chunks()
    weight = _copy_weights(features["complaint_id"], copies)
    words, vocabulary, unique_words = _shared_words(features["tokens"])
    codes, code_names = _codes(features["codes"])
    day = _days(features["event_date"])
    source = features["source"].combine_chunks().dictionary_encode()
    weighted = _scaled(words, weight)
    document_count = np.asarray(weighted.sum(axis=0), dtype=np.float64).ravel()
    topics = _as_columns(find_topics(words, document_count))
    return Corpus(
        features=features,
        words=words,
        vocabulary=vocabulary,
        unique_words=unique_words,
        document_count=document_count,
        weight=weight,
        day=day,
        source=source.indices.to_numpy().astype(np.int64),
        codes=codes,
        code_names=code_names,
        code_words=(weighted.T @ codes).toarray().astype(np.float32),
        topics=topics,
        topic_words=(weighted.T @ topics).toarray().astype(np.float32),
        calendar=_calendar(day, source.indices.to_numpy(), len(source.dictionary)),
    )


def cut_blocks(corpus: Corpus, place_share_at_most: float) -> Iterator[Block]:
    """Give the blocks of two or more complaints: merchants first, then places, by key."""
    for key, rows in _merchant_rows(corpus.features):
        yield _block(corpus, key, "merchant", rows)
    for key, rows in _place_rows(corpus.features, place_share_at_most):
        yield _block(corpus, key, "place", rows)


def _block(corpus: Corpus, key: str, kind: BlockKind, rows: Ints) -> Block:
    words = corpus.words[rows]
    used = np.unique(words.indices).astype(np.int64)
    word_ids = np.setdiff1d(used, _words_of_name(corpus, key, rows, used))
    words = _columns(words, word_ids)
    codes = corpus.codes[rows]
    code_ids = np.unique(codes.indices).astype(np.int64)
    codes = _columns(codes, code_ids)
    weight = corpus.weight[rows]
    topics = corpus.topics[rows]
    topic_ids = np.unique(topics.indices).astype(np.int64)
    topics = _columns(topics, topic_ids)
    weighted = _scaled(words, weight)
    base = _base_outside(corpus, weighted, word_ids)
    outside_rows = corpus.weight.sum() - weight.sum()
    carried = np.asarray(corpus.codes.T[code_ids] @ corpus.weight) - codes.T @ weight
    return Block(
        key=key,
        kind=kind,
        rows=rows,
        words=words,
        word_ids=word_ids,
        unique_words=corpus.unique_words[rows],
        rarity=np.log((len(corpus.weight) + 1) / (corpus.document_count[word_ids] + 1)),
        weight=weight,
        day=corpus.day[rows],
        source=corpus.source[rows],
        base=base,
        codes=codes,
        code_ids=code_ids,
        code_base=_kind_base(corpus.code_words, weighted, word_ids, codes, code_ids, base),
        code_share=np.maximum(carried, 0.0) / (outside_rows + 1) + 0.5 / (outside_rows + 1),
        topics=topics,
        topic_base=_kind_base(corpus.topic_words, weighted, word_ids, topics, topic_ids, base),
    )


def _columns(matrix: csr_array, kept: Ints) -> csr_array:
    """Take the kept columns (sorted numbers) of a binary matrix."""
    place = np.searchsorted(kept, matrix.indices)
    found = place < len(kept)
    found[found] = kept[place[found]] == matrix.indices[found]
    ends = np.r_[0, np.cumsum(found)][matrix.indptr]
    return csr_array(
        (np.ones(int(ends[-1])), place[found].astype(np.int32), ends.astype(np.int32)),
        shape=(matrix.shape[0], len(kept)),
    )


def _base_outside(corpus: Corpus, weighted: csr_array, word_ids: Ints) -> Floats:
    """Give the share of each local word among all words outside the block."""
    inside = np.asarray(weighted.sum(axis=0)).ravel()
    count = np.maximum(corpus.document_count[word_ids] - inside, 0.0) + 0.5
    return np.asarray(count / (corpus.document_count.sum() - inside.sum() + 0.5 * len(count)))


def _kind_base(
    counted: npt.NDArray[np.float32],
    weighted: csr_array,
    word_ids: Ints,
    kinds: csr_array,
    kind_ids: Ints,
    base: Floats,
) -> Floats:
    """Give the share of each local word among the words outside, by kind (code or topic).

    `counted` holds the corpus's words x kinds; the block's own are taken off. A
    kind hardly met outside leans on `base`.
    """
    inside = (weighted.T @ kinds).toarray()
    count = np.maximum(counted[np.ix_(word_ids, kind_ids)] - inside, 0.0)
    total = counted[:, kind_ids].sum(axis=0) - inside.sum(axis=0)
    return np.asarray(
        (count + KIND_SHRINKAGE * base[:, None]) / (np.maximum(total, 0.0) + KIND_SHRINKAGE)
    )


def _scaled(words: csr_array, weight: Floats) -> csr_array:
    """Give each row of a binary matrix its weight."""
    data = np.repeat(weight, np.diff(words.indptr)).astype(words.dtype)
    return csr_array((data, words.indices, words.indptr), shape=words.shape)


def _as_columns(numbers: Ints) -> csr_array:
    """Mark each row's number in a column of its own; -1 marks none."""
    row = np.flatnonzero(numbers >= 0)
    shape = (len(numbers), int(numbers.max(initial=-1)) + 1)
    return csr_array((np.ones(len(row), np.float32), (row, numbers[row])), shape=shape)


def _copy_weights(ids: pa.ChunkedArray, copies: pa.Table) -> Floats:
    size = copies.group_by("copy_group_id").aggregate([("complaint_id", "count")])
    place = pc.index_in(ids, value_set=copies["complaint_id"].combine_chunks())
    group = copies["copy_group_id"].combine_chunks().take(place.combine_chunks())
    found = pc.index_in(group, value_set=size["copy_group_id"].combine_chunks())
    counted = size["complaint_id_count"].combine_chunks().take(found)
    return np.asarray(
        1.0 / pc.fill_null(counted, 1).to_numpy(zero_copy_only=False).astype(np.float64)
    )


def _shared_words(tokens: pa.ChunkedArray) -> tuple[csr_array, pa.Array, Floats]:
    """Number the words that two complaints share; count per complaint those that none shares."""
    number: dict[str, int] = {}
    pieces: list[tuple[Ints, Ints]] = []
    flat = tokens.combine_chunks()
    for start in range(0, len(flat), ROWS_PER_PIECE):
        pieces.append(_distinct_words(flat.slice(start, ROWS_PER_PIECE), number, start))
    row = np.concatenate([piece[0] for piece in pieces] or [np.empty(0, np.int64)])
    word = np.concatenate([piece[1] for piece in pieces] or [np.empty(0, np.int64)])
    names = pa.array(list(number), pa.string())
    order = pc.sort_indices(names).to_numpy()
    documents = np.bincount(word, minlength=len(names))[order]
    kept = order[documents >= 2]
    new_number = np.full(len(names), -1, dtype=np.int64)
    new_number[kept] = np.arange(len(kept))
    word = new_number[word]
    unique = np.bincount(row[word < 0], minlength=len(flat)).astype(np.float64)
    row, word = row[word >= 0], word[word >= 0]
    matrix = csr_array(
        (np.ones(len(row), dtype=np.float32), (row, word)), shape=(len(flat), len(kept))
    )
    matrix.sort_indices()
    return matrix, names.take(kept), unique


def _distinct_words(tokens: pa.Array, number: dict[str, int], start: int) -> tuple[Ints, Ints]:
    """List the distinct (row, word) pairs of a piece; new words get the next numbers."""
    lists = pc.split_pattern(tokens, " ")
    coded = lists.flatten().dictionary_encode()
    if not len(coded.dictionary):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    names = coded.dictionary.to_pylist()
    ids = np.array([number.setdefault(name, len(number)) if name else -1 for name in names])
    word = ids[coded.indices.to_numpy()]
    row = np.repeat(np.arange(len(tokens)), pc.list_value_length(lists).to_numpy())
    width = len(number) + 1
    distinct = np.unique((row * width + word)[word >= 0])
    return distinct // width + start, distinct % width


def _codes(column: pa.ChunkedArray) -> tuple[csr_array, tuple[tuple[str, str], ...]]:
    """Mark which alleged codes each complaint carries."""
    lists = column.combine_chunks()
    row = np.repeat(np.arange(len(lists)), pc.fill_null(pc.list_value_length(lists), 0).to_numpy())
    entries = lists.flatten()
    axes, names = entries.field("axis").to_pylist(), entries.field("code").to_pylist()
    pairs = list(zip(axes, names, strict=True))
    known = sorted({pair for pair in pairs if pair[0] in ALLEGATION_AXES})
    number = {pair: place for place, pair in enumerate(known)}
    code = np.array([number.get(pair, -1) for pair in pairs], dtype=np.int64)
    row, code = row[code >= 0], code[code >= 0]
    matrix = csr_array((np.ones(len(row), np.float32), (row, code)), shape=(len(lists), len(known)))
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix, tuple(known)


def _days(dates: pa.ChunkedArray) -> Floats:
    numbers = pc.cast(pc.cast(dates, pa.date32()), pa.int32())
    return np.asarray(pc.fill_null(pc.cast(numbers, pa.float64()), float("nan")).to_numpy())


def _calendar(day: Floats, source: npt.NDArray[np.int32], sources: int) -> Calendar:
    dated = ~np.isnan(day)
    if not dated.any():
        return Calendar(first_day=0, volume=np.zeros((sources, 1)))
    first, last = int(day[dated].min()), int(day[dated].max())
    volume = np.zeros((sources, last - first + 1))
    np.add.at(volume, (source[dated], (day[dated] - first).astype(np.int64)), 1.0)
    return Calendar(first_day=first, volume=volume)


def _merchant_rows(features: pa.Table) -> Iterator[tuple[str, Ints]]:
    keys = features["merchant_key"].combine_chunks().dictionary_encode()
    numbers = pc.fill_null(keys.indices, -1).to_numpy()
    yield from _grouped_rows(keys.dictionary.to_pylist(), numbers, np.arange(len(numbers)))


def _place_rows(features: pa.Table, share_at_most: float) -> Iterator[tuple[str, Ints]]:
    lists = features["places"].combine_chunks()
    length = pc.fill_null(pc.list_value_length(lists), 0).to_numpy()
    places = lists.flatten().dictionary_encode()
    rows = np.repeat(np.arange(len(length)), length)
    limit = max(30.0, share_at_most * np.count_nonzero(length))
    for key, found in _grouped_rows(places.dictionary.to_pylist(), places.indices.to_numpy(), rows):
        distinct = np.unique(found)
        if 2 <= len(distinct) <= limit:
            yield key, distinct


def _grouped_rows(
    keys: list[str], numbers: npt.NDArray[np.integer], rows: Ints
) -> Iterator[tuple[str, Ints]]:
    """Give the rows of each key in the order of the keys, where there are two or more."""
    order = np.argsort(numbers, kind="stable")
    starts = np.searchsorted(numbers[order], np.arange(len(keys) + 1))
    for number in sorted(range(len(keys)), key=keys.__getitem__):
        found = rows[order[starts[number] : starts[number + 1]]]
        if len(found) >= 2:
            yield keys[number], np.sort(found)


def _words_of_name(corpus: Corpus, key: str, rows: Ints, used: Ints) -> Ints:
    """Number the words that only repeat the name of the merchant or place."""
    names = {key, *corpus.features["merchant_name"].take(rows[:1]).to_pylist()}
    joined = " ".join(name.lower() for name in names if name)
    texts = corpus.vocabulary.take(pa.array(used)).to_pylist()
    return used[np.array([text in joined for text in texts], dtype=np.bool_)]
