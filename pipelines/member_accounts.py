"""What the accounts of a group's members hold: answers, contradictions, completeness.

In: stored members of groups, with their redacted texts and what reading found in them. Out: the
tables `member_answers`, `member_contradictions` and `cluster_completeness` of schema `enriched`.
Out of scope: replies on record (`pipelines.member_replies`), and what a wording says of an answer
(`pipelines.extract.replies`) or against itself (`pipelines.extract.contradictions`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

import pyarrow as pa

from pipelines.completeness import PARTS, Account, measure_completeness
from pipelines.extract.contradictions import find_contradictions
from pipelines.extract.dates import find_dates
from pipelines.extract.money import find_amounts
from pipelines.extract.removed import find_removed
from pipelines.extract.replies import find_replies
from pipelines.hearing import speakers_of
from pipelines.normalise import normalise
from pipelines.records import ReplyBy, Span
from pipelines.routing.rulebook import load_routing
from pipelines.segment import sentences

ACCOUNTS_VERSION = "1"
"""Raised when the same members give other rows."""

Row = dict[str, Any]

_SPAN = pa.list_(pa.int32(), 2)
ANSWERS_SCHEMA = pa.schema(
    {
        "complaint_id": pa.string(),
        "place": pa.int32(),
        "by": pa.string(),
        "stance": pa.string(),
        "span": _SPAN,
    }
)
CONTRADICTIONS_SCHEMA = pa.schema(
    {
        "complaint_id": pa.string(),
        "place": pa.int32(),
        "field": pa.string(),
        "spans": pa.list_(_SPAN),
    }
)
_COUNTED = pa.list_(pa.struct({"code": pa.string(), "members": pa.int32()}))
COMPLETENESS_SCHEMA = pa.schema(
    {
        "cluster_id": pa.string(),
        "members": pa.int32(),
        "parts": _COUNTED,
        "links": _COUNTED,
        "whole": pa.int32(),
        "share": pa.float64(),
        "helpful_kind": pa.string(),
        "helpful_link": pa.string(),
        "helpful_lacking": pa.int32(),
    }
)


def hear_members(texts: Iterable[Row], kinds: Mapping[str, ReplyBy]) -> tuple[pa.Table, pa.Table]:
    """Give the answers that members tell of, and where an account contradicts itself.

    `texts` has complaint_id, redacted_text and parties (role, raw, identity); `kinds` says of
    known names, in their normalised spelling, what kind of party bears them. Spans index into
    redacted_text; passages that readers skip say nothing.

    >>> text = "我找客服退款，客服称礼物无法退还。"
    >>> row = {"complaint_id": "a:1", "redacted_text": text, "parties": []}
    >>> answers, contradictions = hear_members([row], {})
    >>> [(one["by"], one["stance"], one["span"]) for one in answers.to_pylist()]
    [('platform', 'denies', [7, 17])]
    >>> contradictions.num_rows
    0
    """
    answers: list[Row] = []
    contradictions: list[Row] = []
    for row in texts:
        told, against = _heard(row, kinds)
        answers += told
        contradictions += against
    return (
        pa.Table.from_pylist(answers, schema=ANSWERS_SCHEMA),
        pa.Table.from_pylist(contradictions, schema=CONTRADICTIONS_SCHEMA),
    )


def measure_clusters(members: Iterable[Row]) -> pa.Table:
    """Measure how complete the evidence of each group is; the members of one stand together.

    A member has cluster_id, is_named, is_dated, is_alleging, evidence and has_demand.
    """
    rows = [
        _completeness_row(cluster_id, list(own))
        for cluster_id, own in groupby(members, key=lambda row: str(row["cluster_id"]))
    ]
    return pa.Table.from_pylist(rows, schema=COMPLETENESS_SCHEMA)


def _heard(row: Row, kinds: Mapping[str, ReplyBy]) -> tuple[list[Row], list[Row]]:
    view = normalise(row["redacted_text"])
    spans = sentences(view.text)
    skipped = [removal.span for removal in find_removed(view.text, spans)]
    names = speakers_of(
        ((one["role"], one["raw"], one["identity"]) for one in row["parties"]), kinds
    )
    told = (
        {"by": one.by, "stance": one.stance, "span": list(view.to_source(*one.span))}
        for one in find_replies(view.text, spans, names)
        if not _touches(skipped, one.span)
    )
    sums, dates = find_amounts(view.text), find_dates(view.text)
    against = (
        {"field": one.field, "spans": [list(view.to_source(*span)) for span in one.spans]}
        for one in find_contradictions(view.text, sums, dates)
        if not any(_touches(skipped, span) for span in one.spans)
    )
    return list(_numbered(row, told)), list(_numbered(row, against))


def _touches(skipped: Iterable[Span], span: Span) -> bool:
    return any(span[0] < end and start < span[1] for start, end in skipped)


def _numbered(row: Row, found: Iterable[Row]) -> Iterator[Row]:
    for place, one in enumerate(found, 1):
        yield {"complaint_id": row["complaint_id"], "place": place, **one}


def _completeness_row(cluster_id: str, members: list[Row]) -> Row:
    found = measure_completeness(
        [
            Account(
                is_named=one["is_named"],
                is_dated=one["is_dated"],
                is_alleging=one["is_alleging"],
                evidence=one["evidence"],
                has_demand=one["has_demand"],
            )
            for one in members
        ],
        load_routing(),
    )
    helpful = found.helpful
    return {
        "cluster_id": cluster_id,
        "members": found.of,
        "parts": [{"code": part, "members": found.parts[part]} for part in PARTS],
        "links": [{"code": link, "members": count} for link, count in found.links.items()],
        "whole": found.whole,
        "share": found.share,
        "helpful_kind": helpful.kind if helpful else None,
        "helpful_link": helpful.link if helpful else None,
        "helpful_lacking": helpful.lacking if helpful else None,
    }
