"""What is the machine unsure of? Questions that a person answers with one click each."""

from __future__ import annotations

from functools import partial
from html import escape
from math import ceil
from typing import Any

import streamlit as st

from dashboards import reviewing
from dashboards.components import figures, prose
from dashboards.components.empty import nothing_here
from dashboards.components.pages import show_pages
from dashboards.components.passages import excerpt
from dashboards.components.reviewer import ask_name
from dashboards.context import Context
from dashboards.reviewing import Queue
from dashboards.state import chosen, follow_address, page_number, write_address
from pipelines.classify.truth import AXIS_OF_KEY
from pipelines.records import Axis
from warehouse.casework.answers import Answer

KINDS = ("codes", "names")
PAGE_ROWS = 10
ANSWERS_SHOWN = 20

Row = dict[str, Any]


def show(context: Context) -> None:
    """Show the questions of the kind that the address names, then what was answered."""
    words, queue = context.words, reviewing.read_queue(context.build)
    prose.title(words("review_question"))
    prose.soft(words("review_note"))
    is_named = ask_name(context)
    kind = _kind(context, queue)
    rows = queue.names if kind == "names" else queue.codes
    if rows:
        _questions(context, kind, rows, is_named)
    else:
        _nothing_to_ask(context, kind)
    _answered(context, is_named)


def _kind(context: Context, queue: Queue) -> str:
    """Let the reader choose what to be asked; what has questions first."""
    words = context.words
    usual = "codes" if queue.codes or not queue.names else "names"
    counts = {"codes": len(queue.codes), "names": len(queue.names)}
    follow_address("kind", chosen("kind", KINDS) or usual)
    kind = st.segmented_control(
        words("review_kind"),
        KINDS,
        required=True,
        format_func=lambda each: words(f"review_{each}", n=f"{counts[each]:,}"),
        key="kind",
        on_change=write_address,
        args=("kind", None, ("page",)),
    )
    return kind or usual


def _questions(context: Context, kind: str, rows: tuple[Row, ...], is_named: bool) -> None:
    pages = ceil(len(rows) / PAGE_ROWS)
    first = (min(page_number("page"), pages) - 1) * PAGE_ROWS
    shown = rows[first : first + PAGE_ROWS]
    if kind == "names":
        for row in shown:
            _ask_names(context, row, is_named)
    else:
        places = [row["place"] for row in shown]
        for row in context.build.rows("review_texts", places=places):
            _ask_code(context, row, is_named)
    if pages > 1:
        show_pages("page", pages)


def _ask_code(context: Context, row: Row, is_named: bool) -> None:
    """Ask whether a passage alleges a code."""
    words, home = context.words, context.build.home
    label, key = words.label(row), f"{row['complaint_id']}-{row['axis']}-{row['code']}"
    with st.container(key=f"question-{key}", gap="small"):
        said = excerpt(row["redacted_text"], row["title_length"], row["spans"])
        asked = words("review_ask_code", label=label)
        st.html(
            f'<div class="zs-why">{escape(asked)}</div>'
            f'<div class="zs-soft">{escape(words.of(row, "definition"))}</div>'
            f'<div class="zs-said">{said}</div>'
        )
        prose.soft(_code_weight(context, row))
        judge = partial(
            reviewing.judge_code, home, row["complaint_id"], (Axis(row["axis"]), row["code"])
        )
        with _row(key):
            for answer, is_alleged in (("yes", True), ("no", False)):
                told = words(f"review_code_{answer}")
                given = partial(judge, words("review_reason", answer=told), is_alleged=is_alleged)
                st.button(told, key=f"{answer}-{key}", on_click=given, disabled=not is_named)
            _skip(context, key, row["complaint_id"], row["axis"], row["code"])
            context.link("complaint", words("read_whole"), id=row["complaint_id"])


def _code_weight(context: Context, row: Row) -> str:
    """Say why it is asked, how sure the machine is, and what hangs on the answer."""
    words = context.words
    why = words(f"review_doubt_{row['doubt']}", score=f"{row['score']:.0%}")
    if row["candidate_id"] is None:
        return why
    told = "review_decides" if row["is_of_candidate"] else "review_member_of"
    name = row["merchant_name"] or words("merchant_unnamed")
    return f"{why} {words(told, rank=row['candidate_rank'], merchant=name)}"


def _ask_names(context: Context, row: Row, is_named: bool) -> None:
    """Ask whether two names are one merchant's."""
    words, key = context.words, f"pair-{row['place']}"
    with st.container(key=f"question-{key}", gap="small"):
        asked = words("review_ask_names", one=row["one"], other=row["other"])
        st.html(f'<div class="zs-why">{escape(asked)}</div>')
        counts = {name: f"{row[f'{name}_complaints']:,}" for name in ("one", "other")}
        prose.soft(
            words(f"review_names_{row['doubt']}"),
            words(
                "review_names_counts",
                **counts,
                **{"one_name": row["one"], "other_name": row["other"]},
            ),
        )
        if row["best_rank"] is not None:
            prose.soft(words("review_names_rank", rank=row["best_rank"]))
        judge = partial(reviewing.judge_names, context.build.home, row["one"], row["other"])
        with _row(key):
            for answer, is_same in (("same", True), ("apart", False)):
                told = words(f"review_{answer}")
                given = partial(judge, words("review_reason", answer=told), is_same=is_same)
                st.button(told, key=f"{answer}-{key}", on_click=given, disabled=not is_named)
            _skip(context, key, row["one"], row["other"])
            for side in ("one", "other"):
                if row[f"{side}_merchant"]:
                    label = words("review_see", name=row[side])
                    context.link("merchant", label, key=row[f"{side}_key"])


def _row(key: str) -> Any:
    """Give the place of the buttons of a question."""
    return st.container(
        horizontal=True, gap="small", vertical_alignment="center", key=f"decide-{key}"
    )


def _skip(context: Context, key: str, *question: str) -> None:
    label = context.words("review_skip")
    st.button(label, key=f"skip-{key}", on_click=partial(reviewing.skip, *question))


def _nothing_to_ask(context: Context, kind: str) -> None:
    """Say why there is no question: nothing was read, all was sure, or all was answered."""
    words = context.words
    count = context.build.facts.complaint_count
    asked = len(context.build.rows(f"review_{kind}"))
    why = "no_complaints" if not count else "answered" if asked else f"sure_{kind}"
    nothing_here(words("review_empty"), words(f"review_empty_{why}", n=f"{max(asked, count):,}"))


def _answered(context: Context, is_named: bool) -> None:
    """List the latest answers, each with its undoing."""
    words = context.words
    given = reviewing.read_answers(context.build.home)
    if not given:
        return
    prose.heading(words("review_answered", n=f"{len(given):,}"))
    for answer in given[:ANSWERS_SHOWN]:
        with st.container(key=f"event-{answer.event_id}", gap=None):
            is_new = answer.at > context.build.facts.built_at
            state = words("review_obeyed_next" if is_new else "review_obeyed")
            prose.soft(_answer_line(context, answer), f"{answer.reason} · {state}")
            reason = words("review_reason", answer=words("decide_undo"))
            take_back = partial(reviewing.undo, context.build.home, answer.event_id, reason)
            st.button(
                words("decide_undo"),
                key=f"undo-{answer.event_id}",
                on_click=take_back,
                disabled=not is_named,
            )


def _answer_line(context: Context, answer: Answer) -> str:
    """Say who answered what and when."""
    words = context.words
    when = {"date": figures.day(words, answer.at.date()), "actor": answer.actor}
    if answer.subject_kind == "name_pair":
        key = "review_said_same" if answer.action == "same" else "review_said_apart"
        return words(key, one=answer.payload["a"], other=answer.payload["b"], **when)
    return words("review_said_code", id=answer.subject_id, codes=_codes_in(context, answer), **when)


def _codes_in(context: Context, answer: Answer) -> str:
    """Name the codes that an answer is about."""
    words = context.words
    rows = context.build.rows("code_choices", axes=[str(axis) for axis in AXIS_OF_KEY.values()])
    labels = {(row["axis"], row["code"]): words.label(row) for row in rows}
    told = [
        words(
            "review_code_yes_to" if one["is_alleged"] else "review_code_no_to",
            label=labels.get((one["axis"], one["code"]), one["code"]),
        )
        for one in answer.payload.get("codes", ())
    ]
    for key, axis in AXIS_OF_KEY.items():
        if answer.payload.get(key) is not None:
            names = [labels.get((str(axis), code), code) for code in answer.payload[key]]
            told.append(f"{words(f'axis_{axis}')}: {words('comma').join(names) or figures.UNKNOWN}")
    return words("semicolon").join(told)
