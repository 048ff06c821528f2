"""Where a candidate came from and what came of it, with links; also one that no build holds.

In: a candidate's row or only its id, and the casebook. Out: lines and links. Out of scope: how
builds tell candidates apart (`pipelines.lineage`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from dashboards.casework import Casebook
from dashboards.components import figures, prose
from dashboards.components.cards import candidate_name
from dashboards.components.empty import nothing_here
from dashboards.context import Context
from dashboards.state import list_left
from warehouse.casework.cases import Case

COMPLAINTS_SHOWN = 100

Row = dict[str, Any]


def show_lineage(context: Context, candidate: Row, book: Casebook) -> None:
    """Draw since when it is proposed, what it came from, and what came of it."""
    words, identity = context.words, candidate["candidate_id"]
    prose.heading(words("history_title"))
    prose.soft(
        words(
            "history_line",
            lineage=words(f"lineage_{candidate['lineage']}"),
            date=figures.day(words, candidate["first_flagged_on"]),
            id=identity,
        )
    )
    rows = context.build.rows("candidate_lineage", candidate_id=identity)
    for relation in ("parent", "child"):
        related = [row for row in rows if row["relation"] == relation]
        _links(context, relation, {row["candidate_id"]: _named(context, row) for row in related})
    case = book.of(identity)
    known = {row["candidate_id"] for row in rows}
    for relation, ids in (("taken_in", case.merged), ("split_off", case.split_off)):
        _links(context, relation, {one: one for one in ids if one not in known})


def show_elsewhere(context: Context, candidate_id: str, book: Casebook) -> None:
    """Say of a candidate that this build does not hold where it went, as far as that is known."""
    words, case = context.words, book.of(candidate_id)
    if case.merged_into:
        title = words("candidate_merged", id=candidate_id)
        nothing_here(title, words("candidate_merged_text"))
        _links(context, "merged_into", {case.merged_into: case.merged_into})
    elif retired := context.build.rows("retired_candidate", candidate_id=candidate_id):
        _retired(context, retired[0])
    elif case.split_from:
        _split_unbuilt(context, case)
    else:
        title = words("candidate_missing", id=candidate_id[:40])
        nothing_here(title, words("candidate_missing_text"))
        return
    if events := book.events_of(candidate_id):
        prose.heading(words("decided_title"))
        for event in events:
            said = words(
                "elsewhere_decided",
                date=figures.day(words, event.at.date()),
                actor=event.actor,
                action=words(f"decide_{event.action}"),
                reason=event.reason,
            )
            prose.soft(said)


def _retired(context: Context, retired: Row) -> None:
    words, went = context.words, retired["went_into"]
    prose.title(words("candidate_retired", name=_named(context, retired)))
    prose.paragraph(
        words(
            "candidate_retired_into" if went else "candidate_retired_nowhere",
            id=retired["candidate_id"],
            n=f"{retired['complaints']:,}",
            first=figures.day(words, retired["first_flagged_on"]),
            last=figures.day(words, retired["last_flagged_on"]),
        )
    )
    _links(context, "went_into", _names(context, went))


def _split_unbuilt(context: Context, case: Case) -> None:
    """Show a candidate that somebody took out of another since the build was made."""
    words = context.words
    prose.title(words("candidate_unbuilt", id=case.candidate_id))
    prose.paragraph(words("candidate_unbuilt_text", n=f"{len(case.pinned):,}"))
    _links(context, "split_from", _names(context, [str(case.split_from)]))
    prose.heading(words("candidate_unbuilt_members", n=f"{len(case.pinned):,}"))
    for complaint_id in list(case.pinned)[:COMPLAINTS_SHOWN]:
        context.link("complaint", complaint_id, id=complaint_id, **list_left())
    if len(case.pinned) > COMPLAINTS_SHOWN:
        prose.soft(words("lineage_more", n=f"{len(case.pinned) - COMPLAINTS_SHOWN:,}"))


def _names(context: Context, ids: Iterable[str]) -> dict[str, str]:
    """Name candidates by merchant and issue where the build holds them, else by their ids."""
    named = {}
    for one in ids:
        found = context.build.rows("candidate", candidate_id=one)
        named[one] = f"{_named(context, found[0])} ({one})" if found else one
    return named


def _named(context: Context, row: Row) -> str:
    if not row["label_zh"]:
        return str(row["candidate_id"])
    if row["issue_axis"] == "topic" and not row.get("topic_terms"):
        return f"{row['merchant_name'] or context.words('merchant_unnamed')} · {row['label_zh']}"
    return candidate_name(context.words, row)


def _links(context: Context, relation: str, named: dict[str, str]) -> None:
    """Draw the links of one relation under its name; nothing where there are none."""
    if not named:
        return
    with st.container(key=f"row-lineage-{relation}", gap=None):
        prose.soft(context.words(f"lineage_{relation}"))
        for identity, name in named.items():
            context.link("candidate", name, id=identity, **list_left())
