"""The grouping inputs as arrays, cut into blocks that can be worked on alone.

In: the grouping table (one row per complaint) and its copies. Out: a `Corpus`
with word and code counts of everything, and one `Block` per merchant and per
named place. A block holds all that its grouping needs, so that blocks can be
spread over processes. Out of scope: what belongs together inside a block
(`pipelines.grouping.themes`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_array

from pipelines.grouping.arrays import Flags, Floats, Ints
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.openings import Openings, mark_topics, read_openings
from pipelines.grouping.places import PlaceIndex, is_wide_place, name_itself, repeats_name
from pipelines.grouping.words import number_words

BlockKind = Literal["merchant", "place"]

ALLEGATION_AXES = ("pattern", "wallet", "nature")

EARLIEST_DAY = 7305
"""1990-01-01 in days since 1970: an earlier date of an event is a slip of the pen."""

LATEST_DAY = 47482
"""2100-01-01."""

USUAL_CODE_SHARE = 0.03
"""Share of complaints that carry a code, as long as hardly any complaint is known."""

UNSEEN = 10.0
"""Complaints whose weight that share has beside those that are known."""

REFERENCES = 400
"""Complaints from elsewhere against which the wording of a theme is measured."""

STRIDE = 7919
"""A prime, so that the choice among complaints of one kind meets all of them in turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The complaints about one merchant or place, with what the rest of the corpus says.

    `is_wide` marks a road, which has many matters. `rows` are row
    numbers of the sorted grouping table; all other arrays follow them. `words` is
    binary, one column per local word; `unique_words` counts what nobody else in the
    corpus wrote. `weight` is 1 over the size of the copy group, so that a copied text
    speaks once. `day` is days since 1970, NaN when undated. `base` is the share of
    each local word in the corpus outside this block, `code_share` the share of
    complaints outside that carry the code, `is_particular` marks codes that name an act
    (patterns and wallet issues, not natures), and `rarity` the weight of a word in a
    comparison of two texts. `reference` holds the words of complaints elsewhere with
    like codes and language, with `reference_length` words each. `topics` marks, for a
    place of few complaints, the words that a complaint about it opens with.
    """

    key: str
    kind: BlockKind
    is_wide: bool
    rows: Ints
    words: csr_array
    word_ids: Ints
    unique_words: Floats
    rarity: Floats
    weight: Floats
    day: Floats
    source: Ints
    language: Ints
    base: Floats
    codes: csr_array
    code_ids: Ints
    is_particular: Flags
    code_share: Floats
    reference: csr_array
    reference_length: Floats
    reference_language: Ints
    topics: csr_array


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How many complaints each source holds per day: what a burst is measured against."""

    first_day: int
    volume: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All complaints as arrays, in the order of complaint_id.

    `kind_order` lists the rows kind by kind, a kind being a language and a set of
    codes; `kind` numbers it per row, and `kind_start` says where each begins.
    """

    features: pa.Table
    words: csr_array
    vocabulary: pa.Array
    unique_words: Floats
    document_count: Floats
    weight: Floats
    day: Floats
    source: Ints
    language: Ints
    codes: csr_array
    code_names: tuple[tuple[str, str], ...]
    calendar: Calendar
    kind: Ints
    kind_order: Ints
    kind_start: Ints


def read_corpus(features: pa.Table, copies: pa.Table) -> Corpus:
    """Turn the grouping table into arrays; the order of its rows does not matter."""
    features = features.take(pc.sort_indices(features["complaint_id"])).combine_chunks()
    weight = _copy_weights(features["complaint_id"], copies)
    words, vocabulary, unique_words = number_words(features["tokens"])
    codes, code_names = _codes(features["codes"])
    day = _days(features["event_date"])
    source = features["source"].combine_chunks().dictionary_encode()
    language = numbers(features["language"])
    kind = _kinds(codes, language)
    kind_order = np.argsort(kind, kind="stable")
    return Corpus(
        features=features,
        words=words,
        vocabulary=vocabulary,
        unique_words=unique_words,
        document_count=_documents(words, weight),
        weight=weight,
        day=day,
        source=source.indices.to_numpy().astype(np.int64),
        language=language,
        codes=codes,
        code_names=code_names,
        calendar=_calendar(day, source.indices.to_numpy(), len(source.dictionary)),
        kind=kind,
        kind_order=kind_order,
        kind_start=np.searchsorted(kind[kind_order], np.arange(int(kind.max(initial=-1)) + 2)),
    )


def cut_blocks(corpus: Corpus, criteria: Criteria) -> Iterator[Block]:
    """Give the blocks of two or more complaints: merchants first, then places, by key."""
    for key, rows in _merchant_rows(corpus.features):
        yield _block(corpus, key, "merchant", rows)
    about = _about_place(corpus.features)
    openings = read_openings(corpus.features["tokens"].take(pa.array(about)), criteria)
    for key, rows in _place_rows(corpus.features, about, criteria):
        block = _block(corpus, key, "place", rows)
        is_small = len(rows) <= criteria.small_place_at_most
        yield _with_topics(corpus, block, openings) if is_small else block


def numbers(column: pa.ChunkedArray | pa.Array) -> Ints:
    """Number the distinct values of a column in order of appearance; -1 for null."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    codes = pc.fill_null(array.dictionary_encode().indices, -1)
    return np.asarray(codes.to_numpy(), dtype=np.int64)


def _block(corpus: Corpus, key: str, kind: BlockKind, rows: Ints) -> Block:
    words = corpus.words[rows]
    used = np.unique(words.indices).astype(np.int64)
    word_ids = np.setdiff1d(used, _words_of_names(corpus, key, kind, rows, used))
    words = _columns(words, word_ids)
    codes = corpus.codes[rows]
    code_ids = np.unique(codes.indices).astype(np.int64)
    codes = _columns(codes, code_ids)
    weight = corpus.weight[rows]
    references = _reference_rows(corpus, rows)
    reference = corpus.words[references]
    outside_rows = corpus.weight.sum() - weight.sum()
    carried = np.asarray(corpus.codes.T[code_ids] @ corpus.weight) - codes.T @ weight
    return Block(
        key=key,
        kind=kind,
        is_wide=any(map(is_wide_place, [key] if kind == "place" else _names(corpus, key, rows))),
        rows=rows,
        words=words,
        word_ids=word_ids,
        unique_words=corpus.unique_words[rows],
        rarity=np.log((len(corpus.weight) + 1) / (corpus.document_count[word_ids] + 1)),
        weight=weight,
        day=corpus.day[rows],
        source=corpus.source[rows],
        language=corpus.language[rows],
        base=_base(corpus, words, weight, word_ids),
        codes=codes,
        code_ids=code_ids,
        is_particular=np.array([corpus.code_names[code][0] != "nature" for code in code_ids], bool),
        code_share=(np.maximum(carried, 0.0) + USUAL_CODE_SHARE * UNSEEN) / (outside_rows + UNSEEN),
        reference=_columns(reference, word_ids),
        reference_length=np.diff(reference.indptr) + corpus.unique_words[references],
        reference_language=corpus.language[references],
        topics=csr_array((len(rows), len(word_ids))),
    )


def _with_topics(corpus: Corpus, block: Block, openings: Openings) -> Block:
    """Mark the words that say, beside the name of the place, what is wrong there."""
    tokens = corpus.features["tokens"].take(pa.array(block.rows)).to_pylist()
    words = corpus.vocabulary.take(pa.array(block.word_ids)).to_pylist()
    name = block.key.rpartition(" ")[2]
    return replace(block, topics=mark_topics(tokens, name, words, openings))


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


def _base(corpus: Corpus, words: csr_array, weight: Floats, word_ids: Ints) -> Floats:
    """Give the share of each local word among all words outside the block."""
    inside = _documents(words, weight)
    count = np.maximum(corpus.document_count[word_ids] - inside, 0.0) + 0.5
    total = corpus.document_count.sum() - inside.sum() + 0.5 * len(count)
    return np.asarray(count / total)


def _documents(words: csr_array, weight: Floats) -> Floats:
    """Count the texts that hold each word; a copied text counts once."""
    weights = np.repeat(weight, np.diff(words.indptr))
    return np.bincount(words.indices, weights, minlength=words.shape[1]).astype(np.float64)


def _reference_rows(corpus: Corpus, rows: Ints) -> Ints:
    """Choose complaints elsewhere, each like one of the block in language and codes.

    Where no other complaint is of that kind, any of the next kinds stands in. The
    choice is even over the corpus and the same for the same corpus.
    """
    total = len(corpus.weight)
    if total - len(rows) <= REFERENCES:
        return np.setdiff1d(np.arange(total), rows)
    wanted = np.resize(rows, max(REFERENCES, min(len(rows), 2 * REFERENCES)))
    kind = corpus.kind[wanted]
    size = corpus.kind_start[kind + 1] - corpus.kind_start[kind]
    turn = np.arange(len(wanted)) * STRIDE + wanted
    found = corpus.kind_order[corpus.kind_start[kind] + turn % size]
    own = np.isin(found, rows)
    spare = corpus.kind_order[(corpus.kind_start[kind] + turn % total)[own] % total]
    return np.setdiff1d(np.r_[found[~own], spare], rows)


def _kinds(codes: csr_array, language: Ints) -> Ints:
    """Number each row's language and set of codes; kinds of one language are neighbours."""
    _, place = np.unique(_code_sums(codes), return_inverse=True)
    return np.unique(np.c_[language, place], axis=0, return_inverse=True)[1].ravel()


def _code_sums(codes: csr_array) -> Floats:
    """Give each set of codes a number of its own: the sum of fixed irrational parts."""
    parts = np.modf(np.sqrt(np.arange(2, codes.shape[1] + 2)) * 1e3)[0]
    return np.asarray(np.round(codes @ parts, 9))


def _copy_weights(ids: pa.ChunkedArray, copies: pa.Table) -> Floats:
    size = copies.group_by("copy_group_id").aggregate([("complaint_id", "count")])
    place = pc.index_in(ids, value_set=copies["complaint_id"].combine_chunks())
    group = copies["copy_group_id"].combine_chunks().take(place.combine_chunks())
    found = pc.index_in(group, value_set=size["copy_group_id"].combine_chunks())
    counted = size["complaint_id_count"].combine_chunks().take(found)
    sizes = pc.fill_null(counted, 1).to_numpy(zero_copy_only=False)
    return np.asarray(1.0 / sizes.astype(np.float64))


def _codes(column: pa.ChunkedArray) -> tuple[csr_array, tuple[tuple[str, str], ...]]:
    """Mark which alleged codes each complaint carries."""
    lists = column.combine_chunks()
    row = np.repeat(np.arange(len(lists)), pc.fill_null(pc.list_value_length(lists), 0).to_numpy())
    entries = lists.flatten()
    joined = pc.binary_join_element_wise(entries.field("axis"), entries.field("code"), "/")
    coded = joined.dictionary_encode()
    pairs = [tuple(name.split("/", 1)) for name in coded.dictionary.to_pylist()]
    known = sorted(pair for pair in pairs if pair[0] in ALLEGATION_AXES)
    place = {pair: number for number, pair in enumerate(known)}
    number = np.array([place.get(pair, -1) for pair in pairs], dtype=np.int64)
    code = number[coded.indices.to_numpy()]
    row, code = row[code >= 0], code[code >= 0]
    matrix = csr_array((np.ones(len(row)), (row, code)), shape=(len(lists), len(known)))
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix, tuple((axis, code) for axis, code in known)


def _days(dates: pa.ChunkedArray) -> Floats:
    """Give days since 1970; NaN for none, and for one that no complaint can have."""
    numbers = pc.cast(pc.cast(pc.cast(dates, pa.date32()), pa.int32()), pa.float64())
    days = np.array(pc.fill_null(numbers, float("nan")).to_numpy())
    days[(days < EARLIEST_DAY) | (days > LATEST_DAY)] = np.nan
    return days


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
    merchant = pc.fill_null(keys.indices, -1).to_numpy()
    yield from _grouped_rows(keys.dictionary.to_pylist(), merchant, np.arange(len(merchant)))


def _about_place(features: pa.Table) -> Ints:
    """Give the complaints without a merchant, or whose respondent is a place itself."""
    lists = features["places"].combine_chunks()
    length = pc.fill_null(pc.list_value_length(lists), 0).to_numpy()
    return np.flatnonzero(_is_about_place(features, lists, length))


def _place_rows(features: pa.Table, rows: Ints, criteria: Criteria) -> Iterator[tuple[str, Ints]]:
    """Give the complaints of each place: those that name it or whose words hold its name.

    A name that too many write is a city or district, not one place.
    """
    named: list[list[str]] = features["places"].take(pa.array(rows)).to_pylist()
    words = pc.replace_substring(features["tokens"].take(pa.array(rows)), " ", "").to_pylist()
    places = PlaceIndex.build(named, words)
    pairs = [
        (key, row)
        for row, names, text in zip(rows.tolist(), named, words, strict=True)
        for key in places.keys_of(names, text)
    ]
    at_most = max(criteria.place_complaints_at_most, criteria.place_share_at_most * len(rows))
    number = {key: place for place, key in enumerate(places.keys)}
    pair = np.array([(number[key], row) for key, row in pairs], dtype=np.int64).reshape(-1, 2)
    for key, found in _grouped_rows(list(places.keys), pair[:, 0], pair[:, 1]):
        if len(found) <= at_most:
            yield key, found


def _is_about_place(features: pa.Table, lists: pa.ListArray, length: Ints) -> Flags:
    own = np.repeat(np.arange(len(length)), length)
    merchant = features["merchant_name"].combine_chunks().take(pa.array(own))
    is_own_name = pc.fill_null(pc.equal(lists.flatten(), merchant), False)
    about: Flags = pc.is_null(features["merchant_key"]).to_numpy(zero_copy_only=False).copy()
    about[own[is_own_name.to_numpy(zero_copy_only=False)]] = True
    return about


def _grouped_rows(
    keys: list[str], number: npt.NDArray[np.integer], rows: Ints
) -> Iterator[tuple[str, Ints]]:
    """Give the rows of each key in the order of the keys, where there are two or more."""
    order = np.argsort(number, kind="stable")
    starts = np.searchsorted(number[order], np.arange(len(keys) + 1))
    for place in sorted(range(len(keys)), key=keys.__getitem__):
        found = rows[order[starts[place] : starts[place + 1]]]
        if len(found) >= 2:
            yield keys[place], np.sort(found)


def _names(corpus: Corpus, key: str, rows: Ints) -> list[str]:
    """Give the names by which the merchant or place of a block goes."""
    names = {key, *corpus.features["merchant_name"].take(rows[:1]).to_pylist()}
    return sorted(name.lower() for name in names if name)


def _words_of_names(corpus: Corpus, key: str, kind: BlockKind, rows: Ints, used: Ints) -> Ints:
    """Number the words that only repeat the name of the merchant, or of a place nearby.

    Neighbours share the names of streets and estates whatever they complain of.
    """
    names = _names(corpus, key, rows)
    if kind == "place":
        nearby = corpus.features["places"].take(rows).combine_chunks().flatten()
        names += [name.lower() for name in nearby.to_pylist()]
    joined = " ".join(map(name_itself, names))
    texts = corpus.vocabulary.take(pa.array(used)).to_pylist()
    return used[np.array([repeats_name(text, joined) for text in texts], dtype=np.bool_)]
