"""Beside a candidate: which deadlines run, which are over, and which nobody can know.

In: rows of `candidate_deadlines` and `deadlines_not_begun`. Out: one block per deadline with
its rule, due day and days left as of the build. Out of scope: tiers (`tiers`).
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import Any

import streamlit as st

from dashboards.components import figures, prose
from dashboards.components.marks import beginning
from dashboards.components.tiers import rule_block
from dashboards.context import Context
from dashboards.words import Words

JURISDICTION = "CN"
"""Whose deadlines are named although they have not begun; others only where they have."""

Row = dict[str, Any]


def show_deadlines(context: Context, candidate: Row) -> None:
    """Draw the deadlines that had begun, the most urgent first, and name those that had not."""
    words, identity = context.words, candidate["candidate_id"]
    rows = context.build.rows("candidate_deadlines", candidate_id=identity)
    prose.heading(words("deadlines_title"))
    if rows:
        prose.soft(words("deadlines_note", date=figures.day(words, rows[0]["as_of_date"])))
        st.html("".join(_deadline(words, list(same)) for _, same in groupby(rows, key=_same)))
    else:
        prose.soft(words("deadlines_none"))
    missing = context.build.rows(
        "deadlines_not_begun", candidate_id=identity, jurisdiction=JURISDICTION
    )
    st.html(_not_begun(words, missing))


def _same(row: Row) -> tuple[Any, ...]:
    rule = row["rule"] or {"code": None}
    return row["deadline_code"], row["owed_by_en"], row["amount"], row["unit"], rule["code"]


def _deadline(words: Words, rows: list[Row]) -> str:
    """Give one deadline: its name, how many members it is running or over for, its rule."""
    first = rows[0]
    notes = [words.of(row["first_due"], "notes") for row in rows]
    shared = [note for note in notes[0] if all(note in other for other in notes)]
    lines = "".join(_state(words, row, shared) for row in rows)
    block = rule_block(words, first, shared)
    return (
        f'<div class="zs-tier"><div class="zs-tier-head">{escape(_name(words, first))}</div>'
        f"{lines}{block}</div>"
    )


def _name(words: Words, row: Row) -> str:
    label, owed = beginning(words.of(row, "label")), words.of(row, "owed_by")
    if row["amount"] is None:
        return words("deadline_name_bare", label=label, owed=owed)
    period = words(f"period_{row['unit']}", n=row["amount"])
    return words("deadline_name", label=label, owed=owed, period=period)


def _state(words: Words, row: Row, told_already: list[str]) -> str:
    """Say for how many members it stands so, with the dates of the one that is due first."""
    due = row["first_due"]
    style = "zs-failed" if row["state"] == "overdue" else "zs-due"
    told = words(_key(row), n=f"{row['clocks']:,}", **_days(words, due))
    notes = [note for note in words.of(due, "notes") if note not in told_already]
    spent = [_elapsed(words, due, row["state"])] if due["elapsed_days"] is not None else []
    more = "".join(f"<div>{escape(line)}</div>" for line in (*spent, *_bounds(words, due), *notes))
    return f'<div class="{style}">{escape(told)}</div><div class="zs-soft">{more}</div>'


def _key(row: Row) -> str:
    due, state = row["first_due"], row["state"]
    if state == "running" and due["due_date"] is None:
        return "deadline_running_undated"
    if state == "running" and due["days_left"] == 0:
        return "deadline_running_today"
    return "deadline_unknown_done" if state == "unknown" and row["is_done"] else f"deadline_{state}"


def _days(words: Words, due: Row) -> dict[str, Any]:
    day = due["due_date"] or due["due_not_before_date"]
    return {
        "date": figures.day(words, day),
        "left": due["days_left"],
        "over": due["days_over"],
    }


def _elapsed(words: Words, due: Row, state: str) -> str:
    """Say how long it took or has taken, in days and in working days."""
    since, working = figures.day(words, due["start_date"]), due["elapsed_working_days"]
    form = "took" if state in ("met", "met_late") else "elapsed"
    if working is None:
        return words(f"deadline_{form}_plain", date=since, days=due["elapsed_days"])
    return words(f"deadline_{form}", date=since, days=due["elapsed_days"], working=working)


def _bounds(words: Words, due: Row) -> list[str]:
    """Say what is certain of a due day that is not known."""
    bounds = {
        "deadline_not_after": due["due_not_after_date"],
        "deadline_older": due["due_by_older_rule_date"],
    }
    return [words(key, date=figures.day(words, day)) for key, day in bounds.items() if day]


def _not_begun(words: Words, rows: list[Row]) -> str:
    lines = "".join(
        "<div>"
        + escape(
            words(
                "deadline_missing",
                label=beginning(words.of(row, "label")),
                owed=words.of(row, "owed_by"),
                starts=words.of(row, "starts"),
            )
        )
        + "</div>"
        for row in rows
    )
    title = escape(words("deadlines_not_begun", n=len(rows)))
    return (
        f'<details class="zs-fold"><summary>{title}</summary>'
        f'<div class="zs-soft">{lines}</div></details>'
    )
