"""The complaints of the corpus with what tells their writers and facts apart.

In: the corpus and the copies. Out: `Accounts`, numbers and flags per complaint, in
the order of the corpus, of all or of some. Out of scope: who is one person
(`pipelines.people`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_array

from pipelines.grouping.arrays import Flags, Floats, Ints
from pipelines.grouping.corpus import Corpus, numbers
from pipelines.grouping.further import Beyond
from pipelines.grouping.histories import Histories
from pipelines.grouping.words import keep_columns

FEATURES = (
    "complaint_id",
    "link_keys",
    "merchant_key",
    "merchant_name",
    "loss_value",
    "loss_currency",
    "tokens",
)
"""The columns of the grouping table that are told of a group as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """One entry per complaint. Numbers only tell values apart; -1 is unknown.

    `words` is 1 where a complaint holds a word of `vocabulary`, `codes` where it carries a
    code of `code_names`; `code_share` is the share of the whole corpus that carries it.
    `weight` is 1 over the number of copies. `loss` numbers each stated sum with its
    currency. `has_reply` is 1 or 0, NaN where the source records no replies.
    """

    features: pa.Table
    words: csr_array
    vocabulary: pa.Array
    weight: Floats
    day: Floats
    codes: csr_array
    code_names: tuple[tuple[str, str], ...]
    code_share: Floats
    source: Ints
    author: Ints
    copy_group: Ints
    loss: Ints
    region: Ints
    is_hearsay: Flags
    has_reply: Floats
    has_payment_record: Flags
    histories: Histories
    beyond: Beyond

    def carry(self, rows: Ints, code: int) -> Flags:
        """Mark which of these complaints carry a code."""
        return np.asarray(self.codes[rows].toarray()[:, code] > 0)

    def ids(self, rows: Ints) -> list[str]:
        """Give the ids of these complaints."""
        return list(self.features["complaint_id"].take(pa.array(rows)).to_pylist())

    def of(self, rows: Ints, words: Ints) -> Accounts:
        """Give the accounts of some complaints with some words, both by sorted numbers."""
        return Accounts(
            features=self.features.take(pa.array(rows)),
            words=keep_columns(self.words[rows], words).astype(np.float32),
            vocabulary=self.vocabulary.take(pa.array(words)),
            weight=self.weight[rows],
            day=self.day[rows],
            codes=self.codes[rows],
            code_names=self.code_names,
            code_share=self.code_share,
            source=self.source[rows],
            author=self.author[rows],
            copy_group=self.copy_group[rows],
            loss=self.loss[rows],
            region=self.region[rows],
            is_hearsay=self.is_hearsay[rows],
            has_reply=self.has_reply[rows],
            has_payment_record=self.has_payment_record[rows],
            histories=self.histories.of(rows),
            beyond=self.beyond.of(rows),
        )


def read_accounts(
    corpus: Corpus, copies: pa.Table, histories: Histories, beyond: Beyond
) -> Accounts:
    """Number the values that are compared, complaint by complaint."""
    features = corpus.features
    place = pc.index_in(features["complaint_id"], value_set=copies["complaint_id"].combine_chunks())
    copy_group = copies["copy_group_id"].combine_chunks().take(place.combine_chunks())
    sums = pc.binary_join_element_wise(
        features["loss_currency"], pc.cast(features["loss_value"], pa.string()), " "
    )
    replies = pc.cast(pc.cast(features["has_replies"], pa.int8()), pa.float64())
    return Accounts(
        features=features.select(FEATURES),
        words=corpus.words,
        vocabulary=corpus.vocabulary,
        weight=corpus.weight,
        day=corpus.day,
        codes=corpus.codes,
        code_names=corpus.code_names,
        code_share=corpus.code_count / corpus.size,
        source=numbers(features["source"]),
        author=numbers(features["author_key"]),
        copy_group=numbers(copy_group),
        loss=numbers(sums),
        region=numbers(features["region"]),
        is_hearsay=pc.equal(features["kind"], "report").to_numpy(zero_copy_only=False),
        has_reply=pc.fill_null(replies, float("nan")).to_numpy(),
        has_payment_record=_has_evidence(features["evidence"], "payment_record"),
        histories=histories,
        beyond=beyond,
    )


def _has_evidence(column: pa.ChunkedArray, kind: str) -> Flags:
    """Mark the complaints that mention a kind of evidence."""
    lists = column.combine_chunks()
    mentioned = np.zeros(len(lists), dtype=np.bool_)
    is_kind = pc.equal(lists.flatten(), kind).to_numpy(zero_copy_only=False)
    mentioned[pc.list_parent_indices(lists).to_numpy()[is_kind]] = True
    return mentioned
