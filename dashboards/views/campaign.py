"""Which complaints of this candidate share one text? The text once, and where each differs."""

from __future__ import annotations

from html import escape
from math import ceil
from typing import Any

import streamlit as st

from dashboards.components import figures, prose
from dashboards.components.cards import candidate_name
from dashboards.components.differences import differences
from dashboards.components.empty import nothing_here
from dashboards.components.pages import show_pages
from dashboards.components.passages import whole_text
from dashboards.context import Context
from dashboards.state import (
    chosen,
    follow_address,
    list_left,
    page_number,
    parameter,
    write_address,
)

PAGE_ROWS = 20

Row = dict[str, Any]


def show(context: Context) -> None:
    """Show the copied texts of the candidate that the address names."""
    words = context.words
    candidate_id = parameter("id") or ""
    found = context.build.rows("candidate", candidate_id=candidate_id)
    if not found:
        nothing_here(words("campaign_unchosen"), words("campaign_unchosen_text"))
        return
    context.link("candidate", words("back_to_candidate"), id=candidate_id, **list_left())
    prose.soft(words("campaign_question"))
    prose.title(candidate_name(words, found[0]))
    texts = context.build.rows("campaign_texts", candidate_id=candidate_id)
    if not texts:
        nothing_here(words("campaign_none"), words("campaign_none_text"))
        return
    prose.soft(words("campaign_note"))
    text = _text(context, texts)
    _copies(context, candidate_id, text)


def _text(context: Context, texts: list[Row]) -> Row:
    """Give the text that the address names, else that which most share."""
    words = context.words
    by_id = {text["copy_group_id"]: text for text in texts}
    names = {
        group: words("campaign_text", place=place, n=f"{text['complaints']:,}")
        for place, (group, text) in enumerate(by_id.items(), start=1)
    }
    usual = next(iter(by_id))
    follow_address("text_no", chosen("text_no", by_id) or usual)
    if len(texts) > 1:
        st.selectbox(
            words("campaign_choose"),
            list(names),
            format_func=lambda group: names[group],
            key="text_no",
            on_change=write_address,
            args=("text_no", usual, ("page",)),
        )
    return by_id[st.session_state["text_no"]]


def _copies(context: Context, candidate_id: str, text: Row) -> None:
    words, shared = context.words, text["complaints"]
    page = min(page_number("page"), ceil(shared / PAGE_ROWS))
    asked = {"candidate_id": candidate_id, "copy_group_id": text["copy_group_id"]}
    (first,) = context.build.rows("complaint", complaint_id=text["first_id"])
    rows = context.build.rows(
        "campaign_copies", **asked, limit=PAGE_ROWS, offset=(page - 1) * PAGE_ROWS
    )
    dates = words("undated")
    if text["first_date"] is not None:
        dates = figures.span(words, text["first_date"], text["last_date"])
    counts = {name: f"{text[name]:,}" for name in ("complaints", "people", "sources")}
    prose.paragraph(words("campaign_summary", dates=dates, **counts))
    prose.heading(words("campaign_first"))
    st.html(whole_text(first["redacted_text"], first["title_length"], []))
    prose.heading(words("campaign_each"))
    prose.soft(words("campaign_key"))
    for row in rows:
        _copy(context, candidate_id, row, first)
    if shared > PAGE_ROWS:
        show_pages("page", ceil(shared / PAGE_ROWS))


def _copy(context: Context, candidate_id: str, row: Row, first: Row) -> None:
    """Draw who, when and where, and what differs from the first."""
    words = context.words
    facts = [
        figures.day(words, row["event_date"]),
        words("fact_person", n=row["person_no"] or figures.UNKNOWN),
        row["source"],
        words.region(row["region"]) if row["region"] else figures.UNKNOWN,
        words("campaign_alike", share=f"{row['similarity']:.0%}"),
    ]
    told = f'<div class="zs-soft">{escape(" · ".join(facts))}</div>'
    if row["complaint_id"] == first["complaint_id"]:
        said = f'<div class="zs-soft">{escape(words("campaign_is_first"))}</div>'
    else:
        found = differences(first["redacted_text"], row["redacted_text"])
        same = f'<span class="zs-soft">{escape(words("campaign_same"))}</span>'
        said = f'<div class="zs-said zs-differs">{same if found is None else found}</div>'
    with st.container(horizontal=True, gap="small", key=f"row-copy-{row['complaint_id']}"):
        st.html(f'<div class="zs-entry">{told}{said}</div>')
        context.link(
            "complaint",
            words("read_whole"),
            id=row["complaint_id"],
            candidate=candidate_id,
            **list_left(),
        )
