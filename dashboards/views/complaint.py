"""What does this complaint say? One redacted text with every code and its passage."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from dashboards.components import figures
from dashboards.components.empty import nothing_here
from dashboards.components.passages import whole_text
from dashboards.context import Context
from dashboards.state import parameter


def show(context: Context) -> None:
    """Show the complaint that the address names."""
    words = context.words
    complaint_id = parameter("id") or ""
    found = context.build.rows("complaint", complaint_id=complaint_id)
    context.link("worklist", words("back_to_worklist"))
    if not found:
        nothing_here(words("complaint_missing"), words("candidate_missing_text"))
        return
    complaint = found[0]
    codes = context.build.rows("complaint_codes", complaint_id=complaint_id)
    st.title(words("complaint_question"), anchor=False)
    st.html(f'<div class="zs-soft">{escape(_facts(context, complaint))}</div>')
    text, side = st.columns([7, 3], gap="large")
    alleged = [span for code in codes if code["is_alleged"] for span in code["spans"]]
    text.html(whole_text(complaint["redacted_text"], complaint["title_length"], alleged))
    text.html(f'<p class="zs-soft">{escape(words("complaint_note"))}</p>')
    with side:
        _codes(context, codes)


def _facts(context: Context, complaint: dict[str, Any]) -> str:
    words = context.words
    return words(
        "complaint_facts",
        merchant=complaint["merchant_name"] or words("merchant_unnamed"),
        source=complaint["source"],
        record=complaint["record_id"],
        date=figures.day(words, complaint["event_date"]),
        region=words.region(complaint["region"]) if complaint["region"] else figures.UNKNOWN,
        amount=figures.money(complaint["loss_value"], complaint["loss_currency"]),
        outcome=words(f"outcome_{complaint['outcome']}"),
    )


def _codes(context: Context, codes: list[dict[str, Any]]) -> None:
    words = context.words
    if not codes:
        st.html(f'<p class="zs-soft">{escape(words("codes_none"))}</p>')
    for is_alleged, heading in ((True, "codes_alleged"), (False, "codes_mentioned")):
        chosen = [code for code in codes if code["is_alleged"] == is_alleged]
        if chosen:
            st.header(words(heading), anchor=False)
            st.html("".join(f"<div>{_code_line(context, code)}</div>" for code in chosen))


def _code_line(context: Context, code: dict[str, Any]) -> str:
    words = context.words
    origin = f" · {words('by_label')}" if code["origin"] == "label" else ""
    soft = f'<span class="zs-soft">{code["score"]:.0%}{escape(origin)}</span>'
    return f"{escape(words.label(code))} {soft}"
