"""What does this complaint say? One redacted text with every code and its passage."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from dashboards.components import figures, prose
from dashboards.components.corrections import corrected, show_correction
from dashboards.components.empty import nothing_here
from dashboards.components.passages import whole_text
from dashboards.context import Context
from dashboards.state import list_again, list_left, parameter

_REPLY = {True: "reply_given", False: "reply_none", None: "reply_unrecorded"}
AXES = ("pattern", "wallet", "nature", "demand", "evidence", "channel")


def show(context: Context) -> None:
    """Show the complaint that the address names."""
    words = context.words
    complaint_id = parameter("id") or ""
    found = context.build.rows("complaint", complaint_id=complaint_id)
    _way_back(context)
    if not complaint_id:
        nothing_here(words("complaint_unchosen"), words("complaint_unchosen_text"))
        return
    if not found:
        nothing_here(words("complaint_missing"), words("candidate_missing_text"))
        return
    complaint = found[0]
    read = context.build.rows("complaint_codes", complaint_id=complaint_id)
    codes = corrected(context, complaint_id, read)
    prose.title(words("complaint_question"))
    prose.soft(_facts(context, complaint))
    text, side = st.columns([7, 3], gap="large")
    alleged = [span for code in codes if code["is_alleged"] for span in code["spans"]]
    text.html(whole_text(complaint["redacted_text"], complaint["title_length"], alleged))
    with text:
        prose.soft(words("complaint_note"))
    with side:
        if complaint["merchant_key"]:
            label = words("merchant_see", name=complaint["merchant_name"])
            context.link("merchant", label, key=complaint["merchant_key"])
        _codes(context, codes)
        show_correction(context, complaint_id, codes)


def _way_back(context: Context) -> None:
    """Draw the link to the candidate that led here, at its page of members; else to the list."""
    candidate_id, page = parameter("candidate"), parameter("members")
    if candidate_id is None:
        context.link("worklist", context.words("back_to_worklist"), **list_again())
        return
    place = {"members": page} if page else {}
    back = context.words("back_to_candidate")
    context.link("candidate", back, id=candidate_id, **place, **list_left())


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
        reply=words(_REPLY[complaint["has_replies"]]),
    )


def _codes(context: Context, codes: list[dict[str, Any]]) -> None:
    """Draw what is alleged, then what is only mentioned, each by the question it answers."""
    words = context.words
    if not codes:
        prose.soft(words("codes_none"))
        return
    for is_alleged, heading in ((True, "codes_alleged"), (False, "codes_mentioned")):
        chosen = [code for code in codes if code["is_alleged"] == is_alleged]
        if chosen:
            prose.heading(words(heading))
            st.html("".join(_axis(context, axis, chosen) for axis in _axes(chosen)))
    prose.soft(words("codes_note"))


def _axes(codes: list[dict[str, Any]]) -> list[str]:
    """Give the axes of these codes: those of the reading order, then any other."""
    found = {code["axis"] for code in codes}
    return [*(axis for axis in AXES if axis in found), *sorted(found.difference(AXES))]


def _axis(context: Context, axis: str, codes: list[dict[str, Any]]) -> str:
    lines = "".join(
        f"<div>{_code_line(context, code)}</div>" for code in codes if code["axis"] == axis
    )
    return f'<div class="zs-axis"><h3>{escape(context.words(f"axis_{axis}"))}</h3>{lines}</div>'


def _code_line(context: Context, code: dict[str, Any]) -> str:
    words = context.words
    said_by = {"label": "by_label", "model": "by_model", "person": "by_person"}.get(code["origin"])
    origin = f" · {words(said_by)}" if said_by else ""
    soft = f'<span class="zs-soft">{code["score"]:.0%}{escape(origin)}</span>'
    return f"{escape(words.label(code))} {soft}"
