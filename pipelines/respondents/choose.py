"""Gives every complaint its respondent, from the parties it names and the resolved names.

In: parties (one row per mention; a complaint that names nobody has one row of nulls) and
`enriched.merchant_names`. Out: one row per complaint with the columns of
`enriched.respondents`. Out of scope: reading texts and resolving names.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

RESPONDENTS_SCHEMA = pa.schema(
    (
        pa.field("complaint_id", pa.string(), nullable=False),
        pa.field("raw", pa.string()),
        pa.field("merchant_key", pa.string()),
        pa.field("merchant_name", pa.string()),
        pa.field("sector", pa.string()),
        pa.field("identity", pa.string(), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
        pa.field("why", pa.string(), nullable=False),
    )
)

_BEFORE_THE_TEXT = -1
"""Where a given name is taken to stand; it has no place in the text."""


def choose_respondents(parties: pa.Table, names: pa.Table) -> pa.Table:
    """Give one row per complaint, in order of complaint id: whose act it is about.

    Of several parties with the role of respondent the given one is taken, then the one
    written first. An unnamed respondent has no merchant: a description never is a name.

        complaint_id  role        raw       ->  complaint_id  merchant_key
        a             respondent  京东客服       a             jd
        a             mentioned   支付宝         b             null
        b             null        null
    """
    chosen = _respondent_rows(parties)
    found = _look_up(chosen["raw"], names)
    is_described = _equals(chosen["identity"], "unnamed")
    is_named = pc.and_not(pc.is_valid(found["merchant_key"]), is_described)
    keeps_identity = pc.or_(is_named, _equals(chosen["identity"], "handle"))
    nobody = pa.scalar(None, pa.string())
    unknown = pa.scalar("names nobody in particular")
    columns = {
        "complaint_id": chosen["complaint_id"],
        "raw": chosen["raw"],
        "merchant_key": pc.if_else(is_named, found["merchant_key"], nobody),
        "merchant_name": pc.if_else(is_named, found["merchant_name"], nobody),
        "sector": pc.if_else(is_named, found["sector"], nobody),
        "identity": pc.if_else(keeps_identity, chosen["identity"], pa.scalar("unnamed")),
        "score": pc.if_else(is_named, found["score"], pa.scalar(0.0)),
        "why": pc.if_else(is_named, found["why"], pc.coalesce(found["why"], unknown)),
    }
    return pa.table(columns).cast(RESPONDENTS_SCHEMA)


def _respondent_rows(parties: pa.Table) -> pa.Table:
    """Keep one row per complaint: its respondent, or an unnamed one where it has none."""
    respondents = parties.filter(_equals(parties["role"], "respondent"))
    start = pc.list_element(respondents["span"], 0).cast(pa.int64())
    is_given = pc.or_(_equals(respondents["how"], "given"), pc.is_null(start))
    ranked = respondents.select(["complaint_id", "raw", "identity"]).append_column(
        "place", pc.if_else(is_given, pa.scalar(_BEFORE_THE_TEXT, pa.int64()), start)
    )
    ordered = ranked.sort_by(
        [("complaint_id", "ascending"), ("place", "ascending"), ("raw", "ascending")]
    )
    first = _first_of_each_complaint(ordered)
    everyone = pa.table({"complaint_id": pc.unique(parties["complaint_id"])})
    position = pc.index_in(everyone["complaint_id"], value_set=first["complaint_id"])
    columns = {
        "complaint_id": everyone["complaint_id"],
        "raw": first["raw"].take(position),
        "identity": pc.coalesce(first["identity"].take(position), pa.scalar("unnamed")),
    }
    return pa.table(columns).sort_by("complaint_id")


def _first_of_each_complaint(rows: pa.Table) -> pa.Table:
    """Keep the first row of each complaint of rows that are sorted by complaint."""
    ids = rows["complaint_id"].combine_chunks()
    is_first = np.ones(len(ids), dtype=np.bool_)
    if len(ids) > 1:
        is_first[1:] = pc.not_equal(ids[1:], ids[:-1]).to_numpy(zero_copy_only=False)
    return rows.filter(is_first).combine_chunks()


def _look_up(raws: pa.ChunkedArray[pa.StringScalar], names: pa.Table) -> pa.Table:
    """Give the resolution of each name, nulls for a null; in the order of the names."""
    position = pc.index_in(raws, value_set=names["raw"].combine_chunks())
    return names.take(position)


def _equals(column: pa.ChunkedArray[pa.StringScalar], word: str) -> pa.BooleanArray:
    """Compare a column of words with one word; null is not equal to any."""
    return pc.is_in(column, value_set=pa.array([word]))
