"""The complaints of a candidate: what they typically say, all members, near misses.

In: rows of `candidate_members`. Out: entries with the passage marked, each leading to
its whole text and back. Out of scope: the candidate's own figures.
"""

from __future__ import annotations

from html import escape
from math import ceil
from typing import Any

import streamlit as st

from dashboards.casework import Casebook
from dashboards.components import figures, prose
from dashboards.components.cards import candidate_issue
from dashboards.components.decisions import member_button
from dashboards.components.pages import show_pages
from dashboards.components.passages import excerpt
from dashboards.context import Context
from dashboards.state import list_left, page_number
from dashboards.words import Words
from pipelines.left_out import left_out_because

MEMBER_ROWS = 25
NEAR_ROWS = 15
TYPICAL_ROWS = 4
ALIKE_FROM = 12

Row = dict[str, Any]


def show_members(context: Context, candidate: Row, book: Casebook) -> None:
    """Draw the typical sentences, one page of members, and the first near misses.

    Who was taken out or put in since the build was made is marked.
    """
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
    _members(context, candidate, members, book)
    _near_misses(context, candidate, [row for row in rows if not row["is_member"]], book)


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


def _members(context: Context, candidate: Row, members: list[Row], book: Casebook) -> None:
    words = context.words
    total = members[0]["matching_count"] if members else candidate["complaints"]
    prose.heading(words("members_title", n=f"{total:,}"))
    prose.soft(words("members_note" if members else "members_no_page"))
    kinds = context.build.rows("candidate_evidence", candidate_id=candidate["candidate_id"])
    evidence = {kind["code"]: words.label(kind) for kind in kinds}
    for member in members:
        named = [evidence[code] for code in member["evidence"] if code in evidence]
        shown = words("evidence_named", kinds=words("comma").join(named)) if named else ""
        moved = _moved(words, candidate, member, book)
        body = f"{_facts(words, member)}{_softly(moved)}{_quoted(member)}{_softly(shown)}"
        with _entry(context, candidate, member, "member", body):
            if not moved:
                member_button(context, candidate, member["complaint_id"], "exclude", "member")
    if total > MEMBER_ROWS:
        show_pages("members", ceil(total / MEMBER_ROWS))


def _near_misses(context: Context, candidate: Row, near: list[Row], book: Casebook) -> None:
    words = context.words
    total = near[0]["matching_count"] if near else 0
    prose.heading(words("near_title", n=f"{total:,}"))
    prose.soft(words("near_note" if near else "near_none", shown=len(near)))
    issue = candidate_issue(words, candidate)
    for row in near:
        why = escape(left_out_because(words, row["why"], issue))
        holder = book.holder(row["complaint_id"])
        moved = words("moved_in", id=holder) if holder else ""
        body = f'<div class="zs-why">{why}</div>{_facts(words, row)}{_softly(moved)}{_quoted(row)}'
        with _entry(context, candidate, row, "near", body):
            if holder != candidate["candidate_id"]:
                member_button(context, candidate, row["complaint_id"], "include", "near")


def _moved(words: Words, candidate: Row, member: Row, book: Casebook) -> str:
    """Say where somebody put a member of the build since; nothing where it stayed."""
    own, complaint_id = candidate["candidate_id"], member["complaint_id"]
    holder = book.holder(complaint_id)
    if holder not in (None, own):
        return words("moved_in", id=holder)
    return words("moved_out") if complaint_id in book.of(own).barred else ""


def _entry(context: Context, candidate: Row, row: Row, sort: str, body: str) -> Any:
    """Draw one complaint with the link to its whole text, which knows the way back.

    Gives the place beneath the link, for buttons.
    """
    page = {"members": str(page_number("members"))} if page_number("members") > 1 else {}
    with st.container(horizontal=True, gap="small", key=f"row-{sort}-{row['complaint_id']}"):
        st.html(f'<div class="zs-entry">{body}</div>')
        beside = st.container(width="content", gap=None, key=f"beside-{sort}-{row['complaint_id']}")
        with beside:
            context.link(
                "complaint",
                context.words("read_whole"),
                id=row["complaint_id"],
                candidate=candidate["candidate_id"],
                **page,
                **list_left(),
            )
    return beside


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
