"""The corpus cut into blocks that can be worked on alone: one per merchant, place and kin.

In: the corpus. Out: its blocks. A block holds all that its grouping needs, what the rest
of the corpus says included, so that blocks can be spread over processes. Out of scope:
what belongs together inside a block (`pipelines.grouping.themes`).
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
from pipelines.grouping.corpus import Corpus, count_documents
from pipelines.grouping.criteria import Criteria
from pipelines.grouping.kin import find_kin
from pipelines.grouping.openings import Openings, mark_about, mark_topics, read_openings
from pipelines.grouping.places import PlaceIndex, is_wide_place, name_itself, repeats_name
from pipelines.grouping.regions import Regions, read_all_regions
from pipelines.grouping.words import keep_columns

BlockKind = Literal["merchant", "place", "kin"]

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
    like codes and language, with `reference_length` words each. For a place of few
    complaints `is_about` marks those about it, `topics` the words that these open with,
    and `regions` tells where each complaint says to be; for others they are empty. The
    complaints of a `kin` block share no name but a region and rare words.
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
    is_about: Flags
    regions: tuple[Regions, ...]


def cut_blocks(corpus: Corpus, criteria: Criteria, since: float | None = None) -> Iterator[Block]:
    """Give the blocks of two or more complaints: merchants, then places, then kin, by key.

    With `since`, those that hold a complaint of that day or a later one.
    """
    is_new = np.ones(len(corpus.day), np.bool_) if since is None else corpus.day >= since
    for key, rows in _merchant_rows(corpus.features):
        if is_new[rows].any():
            yield _block(corpus, key, "merchant", rows)
    about = _about_place(corpus.features)
    openings = read_openings(corpus.features["tokens"].take(pa.array(about)), criteria)
    for key, rows in _place_rows(corpus.features, about, criteria):
        if not is_new[rows].any():
            continue
        block = _block(corpus, key, "place", rows)
        is_small = len(rows) <= criteria.small_place_at_most
        yield _with_topics(corpus, block, openings) if is_small else block
    for key, rows in find_kin(corpus, about, openings, criteria):
        if is_new[rows].any():
            yield _block(corpus, key, "kin", rows)


def _block(corpus: Corpus, key: str, kind: BlockKind, rows: Ints) -> Block:
    """Cut one block out, without the words that only repeat its name, and without topics."""
    words = corpus.words[rows]
    used = np.unique(words.indices).astype(np.int64)
    word_ids = np.setdiff1d(used, _words_of_names(corpus, key, kind, rows, used))
    words = keep_columns(words, word_ids)
    codes = corpus.codes[rows]
    code_ids = np.unique(codes.indices).astype(np.int64)
    codes = keep_columns(codes, code_ids)
    weight = corpus.weight[rows]
    references = _reference_rows(corpus, rows)
    reference = corpus.words[references]
    outside_rows = corpus.size - weight.sum()
    carried = corpus.code_count[code_ids] - codes.T @ weight
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
        reference=keep_columns(reference, word_ids),
        reference_length=np.diff(reference.indptr) + corpus.unique_words[references],
        reference_language=corpus.language[references],
        topics=csr_array((len(rows), len(word_ids))),
        is_about=np.zeros(len(rows), dtype=np.bool_),
        regions=(),
    )


def _with_topics(corpus: Corpus, block: Block, openings: Openings) -> Block:
    """Mark the words that say, beside the name of the place, what is wrong there."""
    chosen = corpus.features.select(["tokens", "places", "merchant_name"]).take(block.rows)
    tokens = chosen["tokens"].to_pylist()
    words = corpus.vocabulary.take(pa.array(block.word_ids)).to_pylist()
    name = block.key.rpartition(" ")[2]
    is_named = [name in (told or "").lower() for told in chosen["merchant_name"].to_pylist()]
    is_about = mark_about(tokens, name, openings) | np.array(is_named, dtype=np.bool_)
    return replace(
        block,
        topics=mark_topics(tokens, is_about, words, openings),
        is_about=is_about,
        regions=read_all_regions(tokens, chosen["places"].to_pylist(), openings.length),
    )


def _base(corpus: Corpus, words: csr_array, weight: Floats, word_ids: Ints) -> Floats:
    """Give the share of each local word among all words outside the block."""
    inside = count_documents(words, weight)
    count = np.maximum(corpus.document_count[word_ids] - inside, 0.0) + 0.5
    total = corpus.document_count.sum() - inside.sum() + 0.5 * len(count)
    return np.asarray(count / total)


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


def _merchant_rows(features: pa.Table) -> Iterator[tuple[str, Ints]]:
    keys = features["merchant_key"].combine_chunks().dictionary_encode()
    merchant = pc.fill_null(keys.indices, -1).to_numpy()
    yield from _grouped_rows(keys.dictionary.to_pylist(), merchant, np.arange(len(merchant)))


def _about_place(features: pa.Table) -> Ints:
    """Give the complaints without a merchant, or whose respondent is a place itself."""
    lists = features["places"].combine_chunks()
    length = pc.fill_null(pc.list_value_length(lists), 0).to_numpy()
    own = np.repeat(np.arange(len(length)), length)
    merchant = features["merchant_name"].combine_chunks().take(pa.array(own))
    is_own_name = pc.fill_null(pc.equal(lists.flatten(), merchant), False)
    about: Flags = pc.is_null(features["merchant_key"]).to_numpy(zero_copy_only=False).copy()
    about[own[is_own_name.to_numpy(zero_copy_only=False)]] = True
    return np.flatnonzero(about)


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
