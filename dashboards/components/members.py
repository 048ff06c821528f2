"""The complaints of a candidate: what they typically say, all members, near misses.

In: rows of `candidate_members`. Out: entries with the passage marked, each leading to
its whole text and back. Out of scope: the candidate's own figures.
"""

from __future__ import annotations

from html import escape
from math import ceil
from typing import Any

import streamlit as st

from dashboards.components import figures, prose
from dashboards.components.cards import candidate_issue
from dashboards.components.pages import show_pages
from dashboards.components.passages import excerpt
from dashboards.components.reasons import left_out_because
from dashboards.context import Context
from dashboards.state import list_left, page_number
from dashboards.words import Words

MEMBER_ROWS = 25
NEAR_ROWS = 15
TYPICAL_ROWS = 4
ALIKE_FROM = 12

Row = dict[str, Any]


def show_members(context: Context, candidate: Row) -> None:
    """Draw the typical sentences, one page of members, and the first near misses."""
    rows = context.build.rows(
        "candidate_members",
        candidate_id=candidate["candidate_id"],
        limit=MEMBER_ROWS,
        offset=(page_number("members") - 1) * MEMBER_ROWS,
        near_limit=NEAR_ROWS,
    )
    members = [row for row in rows if row["is_member"]]
    if page_number("members") == 1:  # the most typical stand first, so later pages hold none
        _typical(context, candidate, members)
    _members(context, candidate, members)
    _near_misses(context, candidate, [row for row in rows if not row["is_member"]])


def _typical(context: Context, candidate: Row, members: list[Row]) -> None:
    quoted = _told_differently(members)[:TYPICAL_ROWS]
    if not quoted:
        return
    prose.heading(context.words("typical_title"))
    for member in quoted:
        quote = f'<div class="zs-quote">{_passage(member)}</div>'
        _entry(context, candidate, member, "typical", quote)


def _told_differently(members: list[Row]) -> list[Row]:
    """Keep the first of those members whose passages begin alike; copies only if all are."""
    own = [member for member in members if not member["is_copy"]] or members
    first = {_passage(member)[:ALIKE_FROM]: member for member in reversed(own)}
    return [member for member in own if first[_passage(member)[:ALIKE_FROM]] is member]


def _members(context: Context, candidate: Row, members: list[Row]) -> None:
    words = context.words
    total = members[0]["matching_count"] if members else candidate["complaints"]
    prose.heading(words("members_title", n=f"{total:,}"))
    prose.soft(words("members_note" if members else "members_no_page"))
    kinds = context.build.rows("candidate_evidence", candidate_id=candidate["candidate_id"])
    evidence = {kind["code"]: words.label(kind) for kind in kinds}
    for member in members:
        named = [evidence[code] for code in member["evidence"] if code in evidence]
        shown = words("evidence_named", kinds=words("comma").join(named)) if named else ""
        body = f"{_facts(words, member)}{_quoted(member)}"
        _entry(context, candidate, member, "member", body + _softly(shown))
    if total > MEMBER_ROWS:
        show_pages("members", ceil(total / MEMBER_ROWS))


def _near_misses(context: Context, candidate: Row, near: list[Row]) -> None:
    words = context.words
    total = near[0]["matching_count"] if near else 0
    prose.heading(words("near_title", n=f"{total:,}"))
    prose.soft(words("near_note" if near else "near_none", shown=len(near)))
    issue = candidate_issue(words, candidate)
    for row in near:
        why = escape(left_out_because(words, row["why"], issue))
        body = f'<div class="zs-why">{why}</div>{_facts(words, row)}{_quoted(row)}'
        _entry(context, candidate, row, "near", body)


def _entry(context: Context, candidate: Row, row: Row, sort: str, body: str) -> None:
    """Draw one complaint with the link to its whole text, which knows the way back."""
    page = {"members": str(page_number("members"))} if page_number("members") > 1 else {}
    with st.container(horizontal=True, gap="small", key=f"row-{sort}-{row['complaint_id']}"):
        st.html(f'<div class="zs-entry">{body}</div>')
        context.link(
            "complaint",
            context.words("read_whole"),
            id=row["complaint_id"],
            candidate=candidate["candidate_id"],
            **page,
            **list_left(),
        )


def _facts(words: Words, row: Row) -> str:
    """Give date, person, region, money and outcome; an open circle where one is unknown."""
    money = figures.money(row["loss_value"], row["loss_currency"])
    region = words.region(row["region"]) if row["region"] else figures.UNKNOWN
    outcome = words(f"outcome_{row['outcome']}")
    facts = [
        str(row["event_date"] or figures.UNKNOWN),
        words("fact_person", n=row["person_no"]) if row["person_no"] else "",
        words("fact_region", value=region),
        words("fact_money", value=money),
        words("fact_outcome", value=figures.UNKNOWN if row["outcome"] == "unknown" else outcome),
    ]
    copied = f'<span class="zs-chip">{escape(words("copy_mark"))}</span>' if row["is_copy"] else ""
    shown = "".join(f"<span>{escape(fact)}</span>" for fact in facts)
    return f'<div class="zs-entry-facts">{shown}{copied}</div>'


def _passage(row: Row) -> str:
    return excerpt(row["redacted_text"], row["title_length"], row["spans"])


def _quoted(row: Row) -> str:
    return f'<div class="zs-said">{_passage(row)}</div>'


def _softly(line: str) -> str:
    return f'<div class="zs-soft">{escape(line)}</div>' if line else ""
