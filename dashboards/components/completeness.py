"""How complete the evidence is: four parts, three links, and what would help most.

In: a candidate's row. Out: short lines beside its texts. Only what members mention counts; that it
exists nobody has checked. Out of scope: measuring it (`pipelines.completeness`).
"""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from dashboards.components import prose
from dashboards.context import Context
from dashboards.words import Words

Row = dict[str, Any]


def show_completeness(context: Context, candidate: Row) -> None:
    """Draw how many members have each part and each link, and the item that would help most."""
    words, identity = context.words, candidate["candidate_id"]
    found = context.build.rows("candidate_completeness", candidate_id=identity)
    prose.heading(words("completeness_title"))
    if found:
        (row,) = found
        st.html(f'<div class="zs-why">{escape(_advice(words, row))}</div>')
        of = f"{row['members']:,}"
        parts = {words(f"part_{one['code']}"): one["members"] for one in row["parts"]}
        st.html(_bars(words("parts_title"), parts, row["members"]))
        links = {words(f"link_{one['code']}"): one["members"] for one in row["links"]}
        st.html(_bars(words("links_title"), links, row["members"]))
        prose.soft(words("links_whole", n=f"{row['whole']:,}", of=of), words("completeness_note"))
    prose.soft(*_kinds(context, candidate))


def _advice(words: Words, row: Row) -> str:
    """Name the missing item that would help most."""
    if row["helpful_link"] is None:
        return words("helpful_none")
    return words(
        "helpful",
        kind=words.of(row, "helpful"),
        link=words(f"link_{row['helpful_link']}"),
        n=f"{row['helpful_lacking']:,}",
        of=f"{row['members']:,}",
    )


def _bars(title: str, counts: dict[str, int], of: int) -> str:
    """Draw a line for each item: its name, a bar as long as its share, and the count."""
    lines = "".join(_bar(name, count, of) for name, count in counts.items())
    return f'<div class="zs-axis"><h3>{escape(title)}</h3>{lines}</div>'


def _bar(name: str, count: int, of: int) -> str:
    return (
        f'<div class="zs-share"><span>{escape(name)}</span>'
        f'<i aria-hidden="true"><b style="width:{count / of:.0%}"></b></i>'
        f"<span>{count:,} / {of:,}</span></div>"
    )


def _kinds(context: Context, candidate: Row) -> list[str]:
    words, of = context.words, f"{candidate['complaints']:,}"
    rows = context.build.rows("candidate_evidence", candidate_id=candidate["candidate_id"])
    lines = [
        words("evidence_line", label=words.label(kind), n=f"{kind['members']:,}", of=of)
        for kind in rows
    ]
    return lines or [words("evidence_none")]
