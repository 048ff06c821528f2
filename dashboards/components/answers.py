"""What the other side answered, beside what is alleged; and where an account contradicts itself.

In: rows of `candidate_answers` and `candidate_contradictions`. Out: pairs of texts, each leading
to its complaint. Nothing is weighed: who is right is not said.
"""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from dashboards.components import figures, prose
from dashboards.components.passages import excerpt
from dashboards.context import Context
from dashboards.state import list_left
from dashboards.words import Words

ANSWERS_SHOWN = 30
CONTRADICTIONS_SHOWN = 15

Row = dict[str, Any]


def show_answers(context: Context, candidate: Row) -> None:
    """Draw every answer beside the allegation that it answers; say so where there is none."""
    words = context.words
    rows = context.build.rows(
        "candidate_answers", candidate_id=candidate["candidate_id"], limit=ANSWERS_SHOWN
    )
    prose.heading(words("answers_title", n=f"{rows[0]['matching_count'] if rows else 0:,}"))
    prose.soft(words(_note(candidate, rows)))
    for place, row in enumerate(rows):
        said = excerpt(row["redacted_text"], row["title_length"], row["spans"])
        _pair(context, candidate, row, f"answer-{place}", _beside(words, row, said))
    if rows and rows[0]["matching_count"] > len(rows):
        prose.soft(words("answers_more", n=f"{rows[0]['matching_count'] - len(rows):,}"))


def show_contradictions(context: Context, candidate: Row) -> None:
    """Draw the passages in which one account says two things; nothing where there are none."""
    words = context.words
    rows = context.build.rows(
        "candidate_contradictions",
        candidate_id=candidate["candidate_id"],
        limit=CONTRADICTIONS_SHOWN,
    )
    if not rows:
        return
    prose.heading(words("contradictions_title", n=f"{rows[0]['matching_count']:,}"))
    prose.soft(words("contradictions_note"))
    for place, row in enumerate(rows):
        field = escape(words(f"contradiction_{row['field']}"))
        told = "".join(
            f"<div>{excerpt(row['redacted_text'], row['title_length'], [span])}</div>"
            for span in row["spans"]
        )
        body = f'<div class="zs-why">{field}</div><div class="zs-said">{told}</div>'
        _pair(context, candidate, row, f"contradiction-{place}", body)


def _note(candidate: Row, rows: list[Row]) -> str:
    if rows:
        return "answers_note"
    return "answers_unrecorded" if candidate["reply_share"] is None else "answers_none"


def _beside(words: Words, row: Row, said: str) -> str:
    """Put an allegation and its answer into two columns, the answer with who, when and how."""
    who = words(f"answer_by_{row['by'] or 'unknown'}")
    day = figures.day(words, row["replied_on"]) if row["replied_on"] else words("answer_undated")
    how = words(f"answer_{row['stance'] or 'unsaid'}")
    source = words("answer_told" if row["is_told"] else "answer_on_record")
    head = words("answer_line", who=who, day=day, how=how) if not row["is_told"] else words(
        "answer_line_told", who=who, how=how
    )  # fmt: skip
    if row["is_told"]:
        text = excerpt(row["redacted_text"], row["title_length"], [row["span"]])
    else:
        text = escape(row["answer"])
    return (
        '<div class="zs-beside"><div>'
        f'<div class="zs-soft">{escape(words("answer_alleged"))}</div>'
        f'<div class="zs-said">{said}</div></div><div>'
        f'<div class="zs-why">{escape(head)}</div>'
        f'<div class="zs-said">{text}</div>'
        f'<div class="zs-soft">{escape(source)}</div></div></div>'
    )


def _pair(context: Context, candidate: Row, row: Row, key: str, body: str) -> None:
    with st.container(horizontal=True, gap="small", key=f"row-{key}"):
        st.html(f'<div class="zs-entry">{body}</div>')
        context.link(
            "complaint",
            context.words("read_whole"),
            id=row["complaint_id"],
            candidate=candidate["candidate_id"],
            **list_left(),
        )
