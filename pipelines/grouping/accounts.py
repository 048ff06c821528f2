"""The complaints of the corpus with what tells their writers and facts apart.

In: the corpus and the copies. Out: `Accounts`, numbers and flags per complaint, in
the order of the corpus. Out of scope: who is one person (`pipelines.people`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.grouping.arrays import Flags, Floats, Ints
from pipelines.grouping.corpus import Corpus, numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """One entry per complaint. Numbers only tell values apart; -1 is unknown.

    `loss` numbers each stated sum with its currency. `has_reply` is 1 or 0, NaN where
    the source records no replies.
    """

    corpus: Corpus
    complaint_id: tuple[str, ...]
    source: Ints
    author: Ints
    copy_group: Ints
    loss: Ints
    region: Ints
    is_hearsay: Flags
    has_reply: Floats
    has_payment_record: Flags

    def carry(self, rows: Ints, code: int) -> Flags:
        """Mark which of these complaints carry a code."""
        return np.asarray(self.corpus.codes[rows][:, [code]].toarray().ravel() > 0)


def read_accounts(corpus: Corpus, copies: pa.Table) -> Accounts:
    """Number the values that are compared, complaint by complaint."""
    features = corpus.features
    place = pc.index_in(features["complaint_id"], value_set=copies["complaint_id"].combine_chunks())
    copy_group = copies["copy_group_id"].combine_chunks().take(place.combine_chunks())
    sums = pc.binary_join_element_wise(
        features["loss_currency"], pc.cast(features["loss_value"], pa.string()), " "
    )
    replies = pc.cast(pc.cast(features["has_replies"], pa.int8()), pa.float64())
    return Accounts(
        corpus=corpus,
        complaint_id=tuple(features["complaint_id"].to_pylist()),
        source=numbers(features["source"]),
        author=numbers(features["author_key"]),
        copy_group=numbers(copy_group),
        loss=numbers(sums),
        region=numbers(features["region"]),
        is_hearsay=pc.equal(features["kind"], "report").to_numpy(zero_copy_only=False),
        has_reply=pc.fill_null(replies, float("nan")).to_numpy(),
        has_payment_record=_has_evidence(features["evidence"], "payment_record"),
    )


def _has_evidence(column: pa.ChunkedArray, kind: str) -> Flags:
    """Mark the complaints that mention a kind of evidence."""
    lists = column.combine_chunks()
    mentioned = np.zeros(len(lists), dtype=np.bool_)
    is_kind = pc.equal(lists.flatten(), kind).to_numpy(zero_copy_only=False)
    mentioned[pc.list_parent_indices(lists).to_numpy()[is_kind]] = True
    return mentioned
