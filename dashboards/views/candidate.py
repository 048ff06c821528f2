"""Why may these complaints be one case? One candidate with its members and near misses."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from dashboards.casework import read_casebook
from dashboards.components import charts, figures, prose
from dashboards.components.answers import show_answers, show_contradictions
from dashboards.components.aside import show_aside
from dashboards.components.beyond import show_beyond
from dashboards.components.cards import candidate_name, reason_told
from dashboards.components.decisions import show_decisions, show_excluded
from dashboards.components.dossier_box import show_dossier
from dashboards.components.downloads import Figure, show_figure
from dashboards.components.empty import nothing_here
from dashboards.components.legend import coverage_marks, coverage_state, legend
from dashboards.components.lineage import show_elsewhere, show_lineage
from dashboards.components.members import show_members
from dashboards.components.signals import expected_count, has_no_series
from dashboards.context import Context
from dashboards.state import list_again, list_left, parameter
from dashboards.words import Words

Shown = tuple[str, str | None, str]  # key of its name, value or None when unknown, note


def show(context: Context) -> None:
    """Show the candidate that the address names."""
    words = context.words
    candidate_id = parameter("id") or ""
    found = context.build.rows("candidate", candidate_id=candidate_id)
    context.link("worklist", words("back_to_worklist"), **list_again())
    if not candidate_id:
        nothing_here(words("candidate_unchosen"), words("candidate_unchosen_text"))
        return
    book = read_casebook(context.build.home)
    if not found:
        show_elsewhere(context, candidate_id, book)
        return
    candidate = found[0]
    _decided_just_now()
    prose.soft(words("candidate_question"))
    prose.title(candidate_name(words, candidate))
    if candidate["merchant_key"]:
        see = words("merchant_see", name=candidate["merchant_name"])
        context.link("merchant", see, key=candidate["merchant_key"], **list_left())
    prose.paragraph(reason_told(words, candidate))
    st.html(_head_figures(context, candidate))
    with st.container(key="body"):
        main, side = st.columns([7, 3], gap="large")
    timeline = main.container(key="timeline")
    with side:
        show_decisions(context, candidate, book)
        show_dossier(context, candidate, book)
        show_aside(context, candidate)
        show_lineage(context, candidate, book)
    with main:
        show_beyond(context, candidate)
        show_members(context, candidate, book)
        show_excluded(context, candidate, book)
        show_answers(context, candidate)
        show_contradictions(context, candidate)
    with timeline:  # last, because a chart takes longer to make than all the texts
        _timeline(context, candidate)


def _decided_just_now() -> None:
    """Say once, briefly, that a decision was written."""
    if told := st.session_state.pop("decided", None):
        prose.paragraph(told)


def _head_figures(context: Context, candidate: dict[str, Any]) -> str:
    """Give who, what, when and how sure: each figure with what it is of."""
    words = context.words
    told = [_people, _complaints, _window, _expected, _loss, _replies]
    blocks = "".join(
        f'<div class="zs-figure"><b>{_or_unknown(words("unknown"), value)}</b>'
        f"<span>{escape(words(key))}</span><small>{escape(note)}</small></div>"
        for key, value, note in (figure(words, candidate) for figure in told)
    )
    return f'<div class="zs-figures">{blocks}</div>'


def _or_unknown(unknown: str, value: str | None) -> str:
    if value is None:
        return f'<span class="zs-open">{figures.UNKNOWN} {escape(unknown)}</span>'
    return escape(value)


def _people(words: Words, candidate: dict[str, Any]) -> Shown:
    low, high = candidate["complainants_certain"], candidate["complainants_possible"]
    note = words("people_note_exact" if low == high else "people_note_interval")
    if beyond := candidate["further_people"]:
        note += words("people_note_beyond", n=beyond)
    return "figure_people", figures.people(words, low, high), note


def _complaints(words: Words, candidate: dict[str, Any]) -> Shown:
    share = candidate["discount_share"]
    weighs = share and candidate["discount_reason"] != "same_person"
    note = words("complaints_note_discount", share=f"{share:.0%}") if weighs else ""
    return "figure_complaints", f"{candidate['complaints']:,}", note


def _window(words: Words, candidate: dict[str, Any]) -> Shown:
    first, last = candidate["window_start"], candidate["window_end"]
    if first is None:
        return "figure_window", None, words("window_note_undated")
    length = words("days_long", n=(last - first).days + 1)
    return "figure_window", length, figures.span(words, first, last)


def _expected(words: Words, candidate: dict[str, Any]) -> Shown:
    expected = candidate["expected"]
    if expected is not None:
        return "figure_expected", expected_count(expected), words("expected_note")
    if candidate["window_start"] is None:
        return "figure_expected", None, words("expected_note_undated")
    return (
        "figure_expected",
        None,
        words("expected_note_series" if has_no_series(candidate) else "expected_note_gap"),
    )


def _loss(words: Words, candidate: dict[str, Any]) -> Shown:
    losses = candidate["loss"]
    sums = " + ".join(figures.money(loss["sum"], loss["currency"]) for loss in losses)
    known = sum(loss["known"] for loss in losses)
    note = words("loss_note", known=known, of=f"{candidate['complainants_possible']:,}")
    return "figure_loss", sums or None, note


def _replies(words: Words, candidate: dict[str, Any]) -> Shown:
    share = candidate["reply_share"]
    if share is None:
        return "figure_replies", None, words("replies_note_unrecorded")
    return "figure_replies", f"{share:.0%}", words("replies_note")


def _timeline(context: Context, candidate: dict[str, Any]) -> None:
    words = context.words
    weeks = context.build.rows("candidate_weeks", candidate_id=candidate["candidate_id"])
    if not weeks:
        prose.soft(words("timeline_undated"))
        return
    peak = max(weeks, key=lambda week: week["members"] or 0)
    title = words("timeline_title", peak=figures.day(words, peak["week_start"]), n=peak["members"])
    prose.heading(title)
    st.html(legend(words, _marks(weeks)))
    last_date = context.build.facts.last_date
    figure = Figure(
        draw=lambda colours: charts.timeline(words, colours, weeks, last_date),
        title=title,
        source=words("timeline_source", coverage=words(f"coverage_{coverage_state(weeks)}")),
        rows=weeks,
        name=candidate["candidate_id"],
    )
    show_figure(words, figure)


def _marks(weeks: list[dict[str, Any]]) -> list[str]:
    drawn = {"all": "complaints", "expected": "upper"}
    seen = [mark for mark, field in drawn.items() if any(week[field] is not None for week in weeks)]
    empty = [week for week in weeks if not week["complaints"] or week["is_covered"] is not None]
    return ["members", *seen, *coverage_marks(empty, "members")]
