"""Gives every complaint its respondent, from the parties it names and the resolved names.

In: parties (one row per mention; a complaint that names nobody has one row of nulls) and
`enriched.merchant_names`. Out: one row per complaint with the columns of
`enriched.respondents`. Out of scope: reading texts and resolving names.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

RESPONDENTS_SCHEMA = pa.schema(
    [
        pa.field("complaint_id", pa.string(), nullable=False),
        pa.field("raw", pa.string()),
        pa.field("merchant_key", pa.string()),
        pa.field("merchant_name", pa.string()),
        pa.field("sector", pa.string()),
        pa.field("identity", pa.string(), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
        pa.field("why", pa.string(), nullable=False),
    ]
)

_UNNAMED = "the complaint names nobody in particular"


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
    resolved = _with_resolution(chosen, names)
    is_named = pc.and_(
        pc.is_valid(resolved["merchant_key"]), pc.not_equal(resolved["identity"], "unnamed")
    )
    nobody = pa.scalar(None, pa.string())
    identity = pc.if_else(
        pc.or_(is_named, pc.equal(resolved["identity"], "handle")), resolved["identity"], "unnamed"
    )
    columns = {
        "complaint_id": resolved["complaint_id"],
        "raw": resolved["raw"],
        "merchant_key": pc.if_else(is_named, resolved["merchant_key"], nobody),
        "merchant_name": pc.if_else(is_named, resolved["merchant_name"], nobody),
        "sector": pc.if_else(is_named, resolved["sector"], nobody),
        "identity": identity,
        "score": pc.if_else(is_named, resolved["score"], 0.0),
        "why": pc.if_else(is_named, resolved["why"], _UNNAMED),
    }
    return pa.table(columns).cast(RESPONDENTS_SCHEMA)


def _respondent_rows(parties: pa.Table) -> pa.Table:
    """Keep one row per complaint: its respondent, or nulls where it has none."""
    spans = parties["span"].combine_chunks()
    start = pc.list_element(pc.fill_null(spans, pa.scalar([-1, -1], spans.type)), 0)
    numbered = parties.select(["complaint_id", "role", "raw", "identity", "how"]).append_column(
        "place", pc.if_else(pc.equal(parties["how"], "given"), -2, start)
    )
    is_respondent = pc.fill_null(pc.equal(numbered["role"], "respondent"), False)
    respondents = numbered.filter(is_respondent).sort_by(
        [("complaint_id", "ascending"), ("place", "ascending"), ("raw", "ascending")]
    )
    first = _first_of_each(respondents["complaint_id"])
    kept = respondents.take(first).select(["complaint_id", "raw", "identity"])
    everyone = pa.table({"complaint_id": pc.unique(parties["complaint_id"])})
    return everyone.join(kept, "complaint_id", join_type="left outer").sort_by("complaint_id")


def _first_of_each(sorted_ids: pa.ChunkedArray) -> pa.Array:
    """Give the positions at which a new value begins in a sorted column."""
    ids = sorted_ids.combine_chunks()
    if len(ids) == 0:
        return pa.array([], pa.int64())
    changes = pc.not_equal(ids.slice(1), ids.slice(0, len(ids) - 1))
    is_first = pa.concat_arrays([pa.array([True]), changes])
    return pc.indices_nonzero(is_first)


def _with_resolution(chosen: pa.Table, names: pa.Table) -> pa.Table:
    """Look every name up; a name that was not resolved stays null."""
    position = pc.index_in(chosen["raw"], value_set=names["raw"].combine_chunks())
    table = chosen.set_column(
        chosen.schema.get_field_index("identity"),
        "identity",
        pc.fill_null(chosen["identity"], "unnamed"),
    )
    for column in ("merchant_key", "merchant_name", "sector", "score", "why"):
        table = table.append_column(column, names[column].take(position))
    return table
