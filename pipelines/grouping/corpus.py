"""The grouping inputs as arrays.

In: the grouping table (one row per complaint) and its copies. Out: a `Corpus`, with the
words, codes and days of every complaint. Out of scope: cutting it into blocks
(`pipelines.grouping.blocks`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_array

from pipelines.dedupe import by_id
from pipelines.grouping.arrays import Floats, Ints
from pipelines.grouping.words import number_words

ALLEGATION_AXES = ("pattern", "wallet", "nature")
"""The axes whose codes say what is complained of; evidence and demands do not."""

EARLIEST_DAY = 7305
"""1990-01-01 in days since 1970: an earlier date of an event is a slip of the pen."""

LATEST_DAY = 47482
"""2100-01-01 in the same days: so is a later one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How many complaints each source holds per day: what a burst is measured against."""

    first_day: int
    volume: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All complaints as arrays, in the order of complaint_id.

    `document_count` and `code_count` say how many texts hold each word and carry each code,
    and `size` how many texts there are; a copied text counts once.
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
    code_count: Floats
    size: float
    calendar: Calendar
    kind: Ints
    kind_order: Ints
    kind_start: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """Scores from which a code counts: one that rules or labels give, and the model's own."""

    of_rules: float
    of_model: float


def read_corpus(features: pa.Table, copies: pa.Table, sureness: Sureness) -> Corpus:
    """Turn the grouping table into arrays; the order of its rows does not matter."""
    features = by_id(features.drop_columns(["text_hash", "signature"])).combine_chunks()
    weight = _copy_weights(features["complaint_id"], copies)
    words, vocabulary, unique_words = number_words(features["tokens"])
    codes, code_names = _codes(features["codes"], sureness)
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
        document_count=count_documents(words, weight),
        weight=weight,
        day=day,
        source=source.indices.to_numpy().astype(np.int64),
        language=language,
        codes=codes,
        code_names=code_names,
        code_count=count_documents(codes, weight),
        size=float(weight.sum()),
        calendar=_calendar(day, source.indices.to_numpy(), len(source.dictionary)),
        kind=kind,
        kind_order=kind_order,
        kind_start=np.searchsorted(kind[kind_order], np.arange(int(kind.max(initial=-1)) + 2)),
    )


def numbers(column: pa.ChunkedArray | pa.Array) -> Ints:
    """Number the distinct values of a column in order of appearance; -1 for null."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    codes = pc.fill_null(array.dictionary_encode().indices, -1)
    return np.asarray(codes.to_numpy(), dtype=np.int64)


def count_documents(words: csr_array, weight: Floats) -> Floats:
    """Count the texts that hold each word (or code); a copied text counts once."""
    weights = np.repeat(weight, np.diff(words.indptr))
    return np.bincount(words.indices, weights, minlength=words.shape[1]).astype(np.float64)


def _kinds(codes: csr_array, language: Ints) -> Ints:
    """Number each row's language and set of codes; kinds of one language are neighbours."""
    _, place = np.unique(_code_sums(codes), return_inverse=True)
    return np.unique(np.c_[language, place], axis=0, return_inverse=True)[1].ravel()


def _code_sums(codes: csr_array) -> Floats:
    """Give each set of codes a number of its own: the sum of fixed irrational parts."""
    parts = np.modf(np.sqrt(np.arange(2, codes.shape[1] + 2)) * 1e3)[0]
    return np.asarray(np.round(codes @ parts, 9))


def _copy_weights(ids: pa.ChunkedArray, copies: pa.Table) -> Floats:
    """Give each complaint 1 over the number of its copies, itself among them."""
    size = copies.group_by("copy_group_id").aggregate([("complaint_id", "count")])
    place = pc.index_in(ids, value_set=copies["complaint_id"].combine_chunks())
    group = copies["copy_group_id"].combine_chunks().take(place.combine_chunks())
    found = pc.index_in(group, value_set=size["copy_group_id"].combine_chunks())
    counted = size["complaint_id_count"].combine_chunks().take(found)
    sizes = pc.fill_null(counted, 1).to_numpy(zero_copy_only=False)
    return np.asarray(1.0 / sizes.astype(np.float64))


def _codes(
    column: pa.ChunkedArray, sureness: Sureness
) -> tuple[csr_array, tuple[tuple[str, str], ...]]:
    """Mark which alleged codes each complaint carries, of those that are sure enough."""
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
    by_model = np.array(pc.equal(entries.field("origin"), "model").to_pylist(), dtype=bool)
    least = np.where(by_model, sureness.of_model, sureness.of_rules)
    is_kept = (code >= 0) & (entries.field("score").to_numpy() >= least)
    row, code = row[is_kept], code[is_kept]
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
    """Count the complaints of each source per day, from the first dated one to the last."""
    dated = ~np.isnan(day)
    if not dated.any():
        return Calendar(first_day=0, volume=np.zeros((sources, 1)))
    first, last = int(day[dated].min()), int(day[dated].max())
    volume = np.zeros((sources, last - first + 1))
    np.add.at(volume, (source[dated], (day[dated] - first).astype(np.int64)), 1.0)
    return Calendar(first_day=first, volume=volume)
