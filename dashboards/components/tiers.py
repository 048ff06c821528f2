"""Beside a candidate: how it stands by each legal tier, with rule, sentence and a member's words.

In: rows of `candidate_tiers` and `candidate_supporters`. Out: one block per tier, and the flags
and analogues folded away. Out of scope: deadlines (`deadlines`); any sum of tiers.
"""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import Any

import streamlit as st

from dashboards.components import figures, prose
from dashboards.components.marks import beginning, rule_line, state_mark, tier_marks
from dashboards.components.passages import excerpt
from dashboards.context import Context
from dashboards.state import list_left
from dashboards.words import Words

SUPPORTERS_READ = 3
"""Members read of each tier: as many as there are tiers, so that each quotes another one."""

Row = dict[str, Any]


def show_tiers(context: Context, candidate: Row) -> None:
    """Draw the tiers, each with its mark, sentence, rule and one supporting member."""
    words, identity = context.words, candidate["candidate_id"]
    rows = context.build.rows("candidate_tiers", candidate_id=identity)
    if not rows:
        return
    supporters: defaultdict[str, list[Row]] = defaultdict(list)
    for row in context.build.rows(
        "candidate_supporters", candidate_id=identity, limit=SUPPORTERS_READ
    ):
        supporters[row["tier_code"]].append(row)
    prose.heading(words("tiers_title"))
    prose.soft(words("tiers_note", date=figures.day(words, rows[0]["as_of_date"])))
    shown = [row for row in rows if _stands_out(row)]
    for place, row in enumerate(shown):
        with st.container(key=f"tier-{row['tier_code']}", gap=None):
            st.html(_tier(words, row))
            if of_tier := supporters[row["tier_code"]]:
                _supporter(context, candidate, row, of_tier[place % len(of_tier)])
    _beside(words, [row for row in rows if not _stands_out(row)])


def _stands_out(row: Row) -> bool:
    """Say whether a row is read by itself: a tier, or a flag that is up."""
    return bool(row["role"] == "tier" or (row["role"] == "flag" and row["state"] == "met"))


def _tier(words: Words, row: Row) -> str:
    label, why = (escape(beginning(words.of(row, name))) for name in ("label", "why"))
    beside = tier_marks(words, row["beside"])
    return (
        f'<div class="zs-tier"><div class="zs-tier-head">{label} '
        f"{state_mark(words, row['state'])}</div>"
        f"<div>{why}</div>{rule_block(words, row, words.of(row, 'notes'))}"
        f'<div class="zs-tier-beside">{beside}</div></div>'
    )


def rule_block(words: Words, row: Row, notes: list[str]) -> str:
    """Give the rule of a row, that whose wording decides, and what must be said of both."""
    lines = []
    if row["rule"]:
        lines.append(rule_line(words, row["rule"]))
    if row["older_rule"]:
        lines.append(words("older_wording", rule=rule_line(words, row["older_rule"])))
    told = "".join(f'<div class="zs-soft">{escape(line)}</div>' for line in lines)
    return told + "".join(f'<div class="zs-caveat">{escape(note)}</div>' for note in notes)


def _supporter(context: Context, candidate: Row, row: Row, member: Row) -> None:
    """Quote one member that stands behind a tier, with the link to its whole text."""
    words = context.words
    key = "tier_supporters" if member["redacted_text"].strip() else "tier_supporters_by_label"
    said = words(key, n=f"{row['supporters']:,}", person=member["person_no"])
    passage = excerpt(member["redacted_text"], member["title_length"], member["spans"])
    st.html(f'<div class="zs-tier-said"><span>{escape(said)}</span> {passage}</div>')
    context.link(
        "complaint",
        words("read_whole"),
        id=member["complaint_id"],
        candidate=candidate["candidate_id"],
        **list_left(),
    )


def _beside(words: Words, rows: list[Row]) -> None:
    """Fold away flags that are not up, and analogues."""
    blocks = "".join(_tier(words, row) for row in rows)
    title = escape(words("tiers_beside", n=len(rows)))
    st.html(f'<details class="zs-fold"><summary>{title}</summary>{blocks}</details>')
