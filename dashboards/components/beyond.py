"""People beyond the members of a candidate: told of, or reached by the same contact.

In: rows of `candidate_counterparties` and `candidate_told_people`. Out: one block per contact, with
links to the complaints and candidates that it connects, and the passages that tell of others. A
contact itself is nowhere in a build. Nothing is drawn where there is nobody.
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import Any

import streamlit as st

from dashboards.components import figures, prose
from dashboards.components.passages import excerpt
from dashboards.context import Context
from dashboards.state import list_left
from dashboards.words import Words

SHOWN_OF_A_CONTACT = 6

Row = dict[str, Any]


def show_beyond(context: Context, candidate: Row) -> None:
    """Draw who else may have been hit, and what says so."""
    words, identity = context.words, candidate["candidate_id"]
    told = context.build.rows("candidate_told_people", candidate_id=identity)
    rows = context.build.rows(
        "candidate_counterparties", candidate_id=identity, limit=SHOWN_OF_A_CONTACT
    )
    if not told and not rows:
        return
    prose.heading(words("beyond_title"))
    prose.soft(words("beyond_note"))
    for row in told:
        _telling(context, candidate, row)
    for _, of_contact in groupby(rows, key=lambda row: row["counterparty_id"]):
        _contact(context, candidate, list(of_contact))


def _telling(context: Context, candidate: Row, row: Row) -> None:
    words = context.words
    passage = excerpt(row["redacted_text"], row["title_length"], [row["span"]])
    line = escape(words("beyond_told", n=row["people"]))
    _entry(
        context,
        candidate,
        row["complaint_id"],
        f'<div class="zs-why">{line}</div><div class="zs-said">{passage}</div>',
    )


def _contact(context: Context, candidate: Row, rows: list[Row]) -> None:
    """Draw one contact: in how much it appears, then the complaints outside the candidate."""
    words, first = context.words, rows[0]
    key = "beyond_contact" if first["role"] == "counterparty" else "beyond_own_contact"
    prose.paragraph(
        words(
            key,
            kind=_kind(words, first),
            complaints=f"{first['complaints']:,}",
            merchants=f"{first['merchants']:,}",
            people=f"{first['people']:,}",
            nameless=f"{first['nameless']:,}",
        )
    )
    for row in rows:
        _entry(context, candidate, row["complaint_id"], _facts(words, row))
    others = {row["candidate_id"]: row["merchant_name"] for row in rows if row["candidate_id"]}
    for other, name in others.items():
        label = words("beyond_candidate", name=name or words("beyond_nameless"))
        context.link("candidate", label, id=other, **list_left())
    if first["outside"] > len(rows):
        prose.soft(words("beyond_more", n=f"{first['outside'] - len(rows):,}"))


def _kind(words: Words, row: Row) -> str:
    return words.label(row) if row["label_zh"] else words("beyond_kind_url")


def _facts(words: Words, row: Row) -> str:
    about = row["merchant_name"] or words("beyond_nameless")
    facts = (
        str(row["event_date"] or figures.UNKNOWN),
        words("beyond_about", name=about),
        words("beyond_counted" if row["is_counted"] else "beyond_uncounted"),
    )
    return f'<div class="zs-soft">{escape(" · ".join(facts))}</div>'


def _entry(context: Context, candidate: Row, complaint_id: str, body: str) -> None:
    """Draw one complaint with the link to its whole text."""
    with st.container(horizontal=True, gap="small", key=f"row-beyond-{complaint_id}-{len(body)}"):
        st.html(f'<div class="zs-entry">{body}</div>')
        context.link(
            "complaint",
            context.words("read_whole"),
            id=complaint_id,
            candidate=candidate["candidate_id"],
            **list_left(),
        )
