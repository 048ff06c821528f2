"""Why may these complaints be one case? One candidate with its members and near misses."""

from __future__ import annotations

from html import escape
from math import ceil
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboards.components import charts, figures
from dashboards.components.cards import candidate_issue, candidate_merchant
from dashboards.components.downloads import Figure, show_figure
from dashboards.components.empty import nothing_here
from dashboards.components.figures import Column, Markup, table
from dashboards.components.passages import excerpt
from dashboards.components.reasons import left_out_because
from dashboards.context import Context
from dashboards.state import carried, page_number, parameter
from dashboards.words import Words, load_words

MEMBER_ROWS = 25
NEAR_ROWS = 15
TYPICAL_ROWS = 4
ALIKE_FROM = 12
REGIONS_SHOWN = 12


def show(context: Context) -> None:
    """Show the candidate that the address names."""
    words = context.words
    candidate_id = parameter("id") or ""
    found = context.build.rows("candidate", candidate_id=candidate_id)
    context.link("worklist", words("back_to_worklist"))
    if not found:
        title = words("candidate_missing", id=candidate_id[:40])
        nothing_here(title, words("candidate_missing_text"))
        return
    candidate = found[0]
    name = f"{candidate_merchant(words, candidate)} · {candidate_issue(words, candidate)}"
    st.html(f'<div class="zs-soft">{escape(words("candidate_question"))}</div>')
    st.title(name, anchor=False)
    st.html(f'<p class="zs-text">{escape(words.reason(candidate))}</p>')
    st.html(_head_figures(context, candidate))
    main, side = st.columns([7, 3], gap="large")
    with main:
        _timeline(context, candidate)
        members = _members_page(context, candidate_id)
        _typical(context, members)
        _members(context, candidate, members)
        _near_misses(context, candidate)
    with side:
        _side(context, candidate)


def _head_figures(context: Context, candidate: dict[str, Any]) -> str:
    words = context.words
    expected, share = candidate["expected"], candidate["reply_share"]
    low, high = candidate["complainants_certain"], candidate["complainants_possible"]
    sums = " + ".join(figures.money(loss["sum"], loss["currency"]) for loss in candidate["loss"])
    shown = [
        ("figure_people", figures.people(words, low, high)),
        ("figure_complaints", f"{candidate['complaints']:,}"),
        ("figure_window", _short_window(context, candidate)),
        ("figure_expected", None if expected is None else f"{expected:.1f}"),
        ("figure_loss", sums or None),
        ("figure_replies", None if share is None else f"{share:.0%}"),
    ]
    blocks = "".join(
        f'<div class="zs-figure"><b>{_or_unknown(words("unknown"), value)}</b>'
        f"<span>{escape(words(key))}</span></div>"
        for key, value in shown
    )
    return f'<div class="zs-figures" title="{escape(words("people_help"))}">{blocks}</div>'


def _or_unknown(unknown: str, value: str | None) -> str:
    if value is None:
        return f'<span class="zs-open">{figures.UNKNOWN} {escape(unknown)}</span>'
    return escape(value)


def _short_window(context: Context, candidate: dict[str, Any]) -> str | None:
    first, last = candidate["window_start"], candidate["window_end"]
    return None if first is None else context.words("days_long", n=(last - first).days + 1)


def _timeline(context: Context, candidate: dict[str, Any]) -> None:
    words = context.words
    weeks = context.build.rows("candidate_weeks", candidate_id=candidate["candidate_id"])
    if not weeks:
        st.html(f'<p class="zs-soft">{escape(words("timeline_undated"))}</p>')
        return
    peak = max(weeks, key=lambda week: week["members"])
    title = words("timeline_title", peak=figures.day(words, peak["week_start"]), n=peak["members"])
    st.header(title, anchor=False)
    st.html(_timeline_key(words, weeks))
    covered = {week["is_covered"] for week in weeks}
    state = "unknown" if covered == {None} else "full" if covered == {True} else "partial"
    last_date = context.build.facts.last_date
    figure = Figure(
        draw=lambda colours: charts.timeline(words, colours, weeks, last_date),
        title=title,
        source=words("timeline_source", coverage=words(f"coverage_{state}")),
        rows=weeks,
        name=candidate["candidate_id"],
    )
    show_figure(words, figure)


def _timeline_key(words: Words, weeks: list[dict[str, Any]]) -> str:
    shown = ["members"]
    if any(week["complaints"] is not None for week in weeks):
        shown.append("all")
    if any(week["upper"] is not None for week in weeks):
        shown.append("expected")
    if any(week["is_covered"] is False for week in weeks):
        shown.append("uncovered")
    keys = "".join(
        f'<span><i class="zs-key-{name}"></i>{escape(words(f"series_{name}"))}</span>'
        for name in shown
    )
    return f'<div class="zs-key">{keys}</div>'


def _members_page(context: Context, candidate_id: str) -> list[dict[str, Any]]:
    return context.build.rows(
        "candidate_members",
        candidate_id=candidate_id,
        is_member=True,
        limit=MEMBER_ROWS,
        offset=(page_number("members") - 1) * MEMBER_ROWS,
    )


def _typical(context: Context, members: list[dict[str, Any]]) -> None:
    quoted = _told_differently(members)[:TYPICAL_ROWS]
    if not quoted:
        return
    st.header(context.words("typical_title"), anchor=False)
    st.html(
        "".join(
            f'<div class="zs-quote">{_passage(member)} {_complaint_link(context, member)}</div>'
            for member in quoted
        )
    )


def _told_differently(members: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the first of those members whose passages begin alike; copies only if all are."""
    own = [member for member in members if not member["is_copy"]] or members
    first = {_passage(member)[:ALIKE_FROM]: member for member in reversed(own)}
    return [member for member in own if first[_passage(member)[:ALIKE_FROM]] is member]


def _members(context: Context, candidate: dict[str, Any], members: list[dict[str, Any]]) -> None:
    words = context.words
    total = members[0]["matching_count"] if members else candidate["complaints"]
    st.header(words("members_title", n=f"{total:,}"), anchor=False)
    if not members:
        st.html(f'<p class="zs-soft">{escape(words("members_no_page"))}</p>')
    columns = [
        Column(words("column_date")),
        Column(words("column_person"), is_number=True),
        Column(words("column_region")),
        Column(words("column_amount"), is_number=True),
        Column(words("column_outcome")),
        Column(words("column_passage"), is_wide=True),
    ]
    evidence = {kind["code"]: words.label(kind) for kind in _evidence(context, candidate)}
    rows = [
        (
            member["event_date"],
            member["person_no"],
            member["region"] and words.region(member["region"]),
            figures.money(member["loss_value"], member["loss_currency"]),
            words(f"outcome_{member['outcome']}"),
            Markup(f"{_passage(member)} {_marks(context, member, evidence)}"),
        )
        for member in members
    ]
    st.html(table(columns, rows))
    if total > MEMBER_ROWS:
        st.pagination(ceil(total / MEMBER_ROWS), key="members", bind="query-params")


def _near_misses(context: Context, candidate: dict[str, Any]) -> None:
    words = context.words
    near = context.build.rows(
        "candidate_members",
        candidate_id=candidate["candidate_id"],
        is_member=False,
        limit=NEAR_ROWS,
        offset=0,
    )
    if not near:
        return
    st.header(words("near_title", n=f"{near[0]['matching_count']:,}"), anchor=False)
    columns = [
        Column(words("column_date")),
        Column(words("column_passage"), is_wide=True),
        Column(words("column_why"), is_wide=True),
    ]
    label = candidate_issue(words, candidate)
    rows = [
        (
            row["event_date"],
            Markup(f"{_passage(row)} {_marks(context, row, {})}"),
            left_out_because(words, row["why"], label),
        )
        for row in near
    ]
    st.html(table(columns, rows))


def _passage(member: dict[str, Any]) -> str:
    return excerpt(member["redacted_text"], member["title_length"], member["spans"])


def _marks(context: Context, member: dict[str, Any], evidence: dict[str, str]) -> str:
    words = context.words
    copied = f'<span class="zs-chip">{escape(words("copy_mark"))}</span> '
    shown = words("comma").join(evidence[code] for code in member["evidence"] if code in evidence)
    named = f'<div class="zs-soft">{escape(words("evidence_named", kinds=shown))}</div>'
    link = _complaint_link(context, member)
    return (copied if member["is_copy"] else "") + link + (named if shown else "")


def _evidence(context: Context, candidate: dict[str, Any]) -> list[dict[str, Any]]:
    return context.build.rows("candidate_evidence", candidate_id=candidate["candidate_id"])


def _complaint_link(context: Context, member: dict[str, Any]) -> str:
    address = "complaint?" + urlencode({**carried(), "id": member["complaint_id"]})
    label = escape(context.words("read_whole"))
    return f'<a class="zs-soft" href="{escape(address)}" target="_self">{label}</a>'


def _side(context: Context, candidate: dict[str, Any]) -> None:
    words = context.words
    blocks = [
        (words("signal_title"), [_signal_line(context, candidate)]),
        (words("loss_title"), _loss_lines(context, candidate)),
        (words("evidence_title"), _evidence_lines(context, candidate)),
        (words("regions_title"), _region_lines(context, candidate)),
        (words("history_title"), [_history_line(context, candidate)]),
    ]
    if candidate["discount_reason"]:
        blocks.insert(1, (words("discount_title"), [_discount_line(context, candidate)]))
    for title, lines in blocks:
        st.header(title, anchor=False)
        st.html("".join(f'<div class="zs-soft">{escape(line)}</div>' for line in lines))


def _signal_line(context: Context, candidate: dict[str, Any]) -> str:
    words = context.words
    if candidate["window_start"] is None:
        return words("signal_undated")
    if candidate["expected"] is None:
        return words("signal_uncovered")
    method = candidate["signal_method"]
    return words(
        "signal_line",
        n=f"{candidate['complaints']:,}",
        expected=f"{candidate['expected']:.1f}",
        lower=_or_open(candidate["signal_lower"]),
        method=words("method_gamma_poisson") if method == "gamma_poisson" else str(method),
    )


def _or_open(value: float | None) -> str:
    return figures.UNKNOWN if value is None else f"{value:.1f}"


def _discount_line(context: Context, candidate: dict[str, Any]) -> str:
    share, reason = f"{candidate['discount_share']:.0%}", candidate["discount_reason"]
    key = f"discount_{reason}"
    return context.words(key, share=share) if key in load_words() else f"{reason}: {share}"


def _loss_lines(context: Context, candidate: dict[str, Any]) -> list[str]:
    words = context.words
    lines = [
        words(
            "loss_line",
            currency=loss["currency"],
            known=loss["known"],
            of=loss["of"],
            sum=figures.money(loss["sum"], loss["currency"]),
            median=figures.money(loss["median"], loss["currency"]),
        )
        for loss in candidate["loss"]
    ]
    return lines or [words("loss_unknown", of=candidate["complainants_possible"])]


def _evidence_lines(context: Context, candidate: dict[str, Any]) -> list[str]:
    words, of = context.words, f"{candidate['complaints']:,}"
    lines = [
        words("evidence_line", label=words.label(kind), n=f"{kind['members']:,}", of=of)
        for kind in _evidence(context, candidate)
    ]
    return lines or [words("evidence_none")]


def _region_lines(context: Context, candidate: dict[str, Any]) -> list[str]:
    words, areas = context.words, candidate["regions"]
    lines = [f"{words.region(area['region'])} {area['complaints']:,}" for area in areas]
    told = sum(area["complaints"] for area in areas)
    unsaid = words("regions_unsaid", n=f"{candidate['complaints'] - told:,}")
    if not lines:
        return [words("regions_none")]
    shown = [words("semicolon").join(lines[:REGIONS_SHOWN])]
    return shown if told >= candidate["complaints"] else [*shown, unsaid]


def _history_line(context: Context, candidate: dict[str, Any]) -> str:
    words = context.words
    return words(
        "history_line",
        lineage=words(f"lineage_{candidate['lineage']}"),
        date=figures.day(words, candidate["first_flagged_on"]),
        id=candidate["candidate_id"],
    )
