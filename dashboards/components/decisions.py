"""Deciding on a candidate: how it stands, what can be decided, and what was decided.

In: a candidate's row and the casebook. Out: buttons that open a dialog; each asks for a reason
and says beforehand what happens to the members. Out of scope: what decisions mean
(`warehouse.casework`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboards import casework
from dashboards.casework import Casebook
from dashboards.components import figures, prose
from dashboards.components.cards import candidate_name
from dashboards.context import Context
from dashboards.state import list_left
from warehouse.casework.cases import CaseEvent
from warehouse.casework.decisions import Preview, Request
from warehouse.errors import DecisionRefusedError

_STANDING = ("confirm", "dismiss")
_ON_MEMBERS = ("merge", "split")
_AROUND = ("assign", "consent", "sent", "note")
_OF_MEMBERS = ("split", "exclude", "consent")
_SHORTCUTS = {"decide_confirm": "Y", "decide_dismiss": "X"}
"""Keys that press a button; Streamlit keeps C and R to itself, and shows each beside its label."""

_ASKED = "asked"

MOST_LISTED = 500
"""Members or candidates that a dialog offers; more would not be read."""

Row = Mapping[str, Any]


def show_decisions(context: Context, candidate: Row, book: Casebook) -> None:
    """Draw how the candidate stands, the buttons, and what was decided so far."""
    words = context.words
    prose.heading(words("decide_title"))
    prose.soft(*standing_lines(context, candidate, book))
    for row, actions in enumerate((_STANDING, _ON_MEMBERS, _AROUND)):
        with st.container(horizontal=True, gap="small", key=f"decide-{row}"):
            for action in actions:
                _button(words(f"decide_{action}"), f"decide_{action}", candidate, action)
    _history(context, candidate, book)
    _dialog(context, candidate)


def standing_lines(context: Context, candidate: Row, book: Casebook) -> list[str]:
    """Say in words how a candidate stands, and what the build does not hold yet."""
    words, case = context.words, book.of(candidate["candidate_id"])
    lines = [words(f"standing_{case.disposition}")]
    if case.merged_into:
        lines.append(words("standing_merged", id=case.merged_into))
    if case.assignee:
        lines.append(words("standing_assigned", name=case.assignee))
    if case.sent:
        lines.append(words("standing_sent", on=figures.day(words, case.sent[-1].at.date())))
    if case.consented:
        lines.append(
            words(
                "standing_consent",
                n=f"{len(case.consented):,}",
                representatives=f"{len(case.representatives):,}",
            )
        )
    newer = newer_decisions(context, candidate["candidate_id"], book)
    return [*lines, words("standing_newer", n=len(newer))] if newer else lines


def newer_decisions(context: Context, candidate_id: str, book: Casebook) -> list[str]:
    """Tell, one line each, which decisions on members the build does not hold yet."""
    return [
        _said(context, event)
        for event in book.events_of(candidate_id)
        if event.at > context.build.facts.built_at
        and event.action in ("merge", "split", "include", "exclude", "undo")
    ]


def member_button(
    context: Context, candidate: Row, complaint_id: str, action: str, place: str
) -> None:
    """Draw the button that takes one complaint out of a candidate, or into it."""
    label, key = context.words(f"decide_{action}"), f"{action}-{place}-{complaint_id}"
    _button(label, key, candidate, action, complaint_id)


def show_excluded(context: Context, candidate: Row, book: Casebook) -> None:
    """List the complaints that people took out, with the reason, and let them be put back."""
    words = context.words
    barred = book.of(candidate["candidate_id"]).barred
    if not barred:
        return
    prose.heading(words("excluded_title", n=f"{len(barred):,}"))
    reasons = {
        target: event.reason
        for event in reversed(book.events_of(candidate["candidate_id"]))
        for target in event.targets
    }
    for complaint_id in list(barred)[:MOST_LISTED]:
        with st.container(horizontal=True, gap="small", key=f"row-out-{complaint_id}"):
            prose.soft(complaint_id, words("decided_reason", reason=reasons[complaint_id]))
            with st.container(width="content", gap=None, key=f"beside-out-{complaint_id}"):
                context.link(
                    "complaint",
                    words("read_whole"),
                    id=complaint_id,
                    candidate=candidate["candidate_id"],
                    **list_left(),
                )
                member_button(context, candidate, complaint_id, "include", "out")


def _button(label: str, key: str, candidate: Row, action: str, *targets: str) -> None:
    """Draw a button that asks for the dialog of an action."""
    asked = (candidate["candidate_id"], action, targets)
    shortcut = _SHORTCUTS.get(key)
    st.button(label, key=key, on_click=_ask, args=(asked,), shortcut=shortcut)


def _ask(asked: tuple[str, str, tuple[str, ...]] | None = None) -> None:
    """Note which dialog stands open; none without an argument."""
    st.session_state[_ASKED] = asked


def _dialog(context: Context, candidate: Row) -> None:
    """Open the dialog that was asked for on this candidate, until it is dismissed or done."""
    candidate_id, action, targets = st.session_state.get(_ASKED) or ("", "", ())
    if candidate_id != candidate["candidate_id"]:
        return
    title = prose.label(context.words(f"decide_{action}_title"))
    opened = st.dialog(title, width="medium", on_dismiss=_ask)(_form)
    opened(context, candidate, action, targets)


def _form(context: Context, candidate: Row, action: str, targets: tuple[str, ...]) -> None:
    """Ask for targets, reason and name; show what would happen; write it."""
    words = context.words
    prose.soft(words(f"decide_{action}_text"))
    chosen = targets or _targets(context, candidate, action)
    is_representative = action == "consent" and st.checkbox(words("decide_representative"))
    reason = st.text_area(words("decide_reason"), key=f"reason-{action}", height=96)
    name = st.text_input(words("decide_name"), value=casework.actor(), key=f"name-{action}")
    wanted = casework.request(
        candidate["candidate_id"],
        action,
        chosen,
        reason,
        name,
        is_representative=is_representative,
    )
    missing = _missing(context, wanted)
    if not missing:
        _foresee(context, wanted)
    if st.button(words("decide_write"), type="primary", key="write"):
        if missing:
            prose.paragraph(" ".join(missing))
        else:
            _write(context, wanted)


def _missing(context: Context, wanted: Request) -> list[str]:
    """Say what has to be filled in before the decision can be written."""
    needs_target = wanted.action not in (*_STANDING, "note", "sent")
    gaps = {
        "decide_needs_target": needs_target and not wanted.targets,
        "decide_needs_reason": not wanted.reason.strip(),
        "decide_needs_name": not wanted.actor.strip(),
    }
    return [context.words(key) for key, is_missing in gaps.items() if is_missing]


def _foresee(context: Context, wanted: Request) -> None:
    """Say what happens to the members; say why not if it cannot be decided."""
    try:
        shown = casework.foresee(context.build, wanted)
    except DecisionRefusedError as error:
        prose.soft(str(error))
    else:
        prose.soft(_told(context, shown))


def _told(context: Context, shown: Preview) -> str:
    if shown.before == shown.after:
        return context.words("decide_members_stay", n=f"{len(shown.before):,}")
    return context.words(
        "decide_members_change", before=f"{len(shown.before):,}", after=f"{len(shown.after):,}"
    )


def _write(context: Context, wanted: Request) -> None:
    try:
        done = casework.write(context.build, wanted)
    except DecisionRefusedError as error:
        prose.soft(str(error))
        return
    told = context.words("decide_written", action=context.words(f"decide_{wanted.action}"))
    if done.new_candidate_id:
        told = context.words("decide_written_split", id=done.new_candidate_id)
    st.session_state["decided"] = told
    _ask()
    st.rerun()


def _targets(context: Context, candidate: Row, action: str) -> tuple[str, ...]:
    """Let the reader choose what the action is about."""
    words = context.words
    if action == "assign":
        name = st.text_input(words("decide_assignee"), key="assignee").strip()
        return (name,) if name else ()
    if action == "merge":
        labels = _other_candidates(context, candidate)
    elif action in _OF_MEMBERS:
        labels = _members(context, candidate)
    else:
        return ()
    chosen = st.multiselect(
        words(f"decide_{action}_choice"),
        list(labels),
        format_func=lambda each: labels[each],
        placeholder=words("decide_choose"),
        key=f"targets-{action}",
    )
    return tuple(chosen)


def _other_candidates(context: Context, candidate: Row) -> dict[str, str]:
    """List candidates that this one may be merged with, those of its merchant first."""
    rows = context.build.rows(
        "merge_choices",
        candidate_id=candidate["candidate_id"],
        merchant_key=candidate["merchant_key"],
        limit=MOST_LISTED,
    )
    gone = set(casework.read_casebook(context.build.home).gone())
    return {
        row["candidate_id"]: f"{candidate_name(context.words, row)} ({row['candidate_id']})"
        for row in rows
        if row["candidate_id"] not in gone
    }


def _members(context: Context, candidate: Row) -> dict[str, str]:
    """List the members by number of the person, date and id."""
    rows = context.build.rows(
        "member_choices", candidate_id=candidate["candidate_id"], limit=MOST_LISTED
    )
    return {
        row["complaint_id"]: context.words(
            "decide_member",
            n=row["person_no"],
            date=row["event_date"] or figures.UNKNOWN,
            id=row["complaint_id"],
        )
        for row in rows
    }


def _history(context: Context, candidate: Row, book: Casebook) -> None:
    """List what was decided, the newest first, each with its undoing."""
    words = context.words
    events = book.events_of(candidate["candidate_id"])
    if not events:
        return
    prose.heading(words("decided_title"))
    for event in events:
        is_undone = event.event_id in book.taken_back
        with st.container(key=f"event-{event.event_id}", gap=None):
            prose.soft(*_event_lines(context, event, is_undone=is_undone))
            if not is_undone:
                key = f"undo-{event.event_id}"
                _button(words("decide_undo"), key, candidate, "undo", event.event_id)


def _event_lines(context: Context, event: CaseEvent, *, is_undone: bool) -> list[str]:
    words = context.words
    lines = [_said(context, event), words("decided_reason", reason=event.reason)]
    return [*lines, words("decided_undone")] if is_undone else lines


def _said(context: Context, event: CaseEvent) -> str:
    words = context.words
    return words(
        "decided_line",
        date=figures.day(words, event.at.date()),
        actor=event.actor,
        action=words(f"decide_{event.action}"),
        n=f" {len(event.targets):,}" if event.action in (*_OF_MEMBERS, "include") else "",
    )
