"""Can the data be trusted? Audits, sources, receipts of loads, rejects, runs."""

from __future__ import annotations

from html import escape
from typing import Any

import orjson
import streamlit as st

from dashboards.components import figures
from dashboards.components.figures import Column, Markup, table
from dashboards.context import Context

ROWS_SHOWN = 50


def show(context: Context) -> None:
    """Show how the data came to be."""
    words = context.words
    audits = context.build.rows("audits")
    loads = context.build.rows("loads", limit=ROWS_SHOWN)
    bad = sum(1 for audit in audits if audit["bad_rows"])
    st.title(words("health_question"), anchor=False)
    sentence = (
        words("health_warn", bad=bad, audits=len(audits))
        if bad
        else words(
            "health_good",
            loads=f"{loads[0]['load_count'] if loads else 0:,}",
            audits=len(audits),
        )
    )
    st.html(f'<p class="zs-text">{escape(sentence)}</p>')
    _sources(context)
    _loads(context, loads)
    _rejects(context)
    _audits(context, audits)
    _runs(context)


def _sources(context: Context) -> None:
    words = context.words
    columns = [
        Column(words("column_source")),
        Column(words("column_complaints"), is_number=True),
        Column(words("column_first")),
        Column(words("column_last")),
        Column(words("column_undated"), is_number=True),
        Column(words("column_unnamed"), is_number=True),
        Column(words("column_uncoded"), is_number=True),
        Column(words("column_loaded")),
    ]
    rows = [
        (
            words.label(row) if row["label_zh"] else row["source"],
            row["complaints"],
            row["first_date"],
            row["last_date"],
            row["undated_count"],
            row["unnamed_count"],
            row["uncoded_count"],
            figures.moment(row["last_loaded_at"]),
        )
        for row in context.build.rows("sources")
    ]
    st.header(words("health_sources"), anchor=False)
    st.html(table(columns, rows))


def _loads(context: Context, loads: list[dict[str, Any]]) -> None:
    words = context.words
    counts = ("read", "kept", "changed", "duplicate", "rejected", "repaired")
    columns = [
        Column(words("column_loaded")),
        Column(words("column_source")),
        *(Column(words(f"column_{name}"), is_number=True) for name in counts),
        Column(words("column_covers")),
    ]
    rows = [
        (
            figures.moment(load["loaded_at"]),
            load["source"],
            *(load[f"{name}_count"] for name in counts),
            ", ".join(load["covers"]) if load["covers"] else words("not_declared"),
        )
        for load in loads
    ]
    st.header(words("health_loads"), anchor=False)
    st.html(table(columns, rows))


def _rejects(context: Context) -> None:
    words = context.words
    rejects = context.build.rows("reject_reasons", limit=ROWS_SHOWN)
    st.header(words("health_rejects"), anchor=False)
    if not rejects:
        st.html(f'<p class="zs-soft">{escape(words("no_rejects"))}</p>')
        return
    columns = [
        Column(words("column_source")),
        Column(words("column_reason")),
        Column(words("column_items"), is_number=True),
    ]
    st.html(table(columns, [(row["source"], row["reason"], row["items"]) for row in rejects]))


def _audits(context: Context, audits: list[dict[str, Any]]) -> None:
    words = context.words
    columns = [
        Column(words("column_audit")),
        Column(words("column_meaning"), is_wide=True),
        Column(words("column_severity")),
        Column(words("column_result")),
    ]
    rows = [
        (
            audit["audit"],
            audit["meaning"],
            words(f"severity_{audit['severity']}"),
            _result(context, audit),
        )
        for audit in audits
    ]
    st.header(words("health_audits"), anchor=False)
    st.html(table(columns, rows))


def _result(context: Context, audit: dict[str, Any]) -> str | Markup:
    words = context.words
    if not audit["bad_rows"]:
        return words("audit_passed")
    found = escape(words("audit_found", n=f"{audit['bad_rows']:,}"))
    return Markup(f'<span class="zs-failed">{found}</span>')


def _runs(context: Context) -> None:
    words = context.words
    columns = [
        Column(words("column_started")),
        Column(words("column_seconds"), is_number=True),
        Column(words("column_complaints"), is_number=True),
        Column(words("column_reread"), is_number=True),
        Column(words("column_build")),
    ]
    rows = [
        (
            figures.moment(run["started_at"]),
            round(sum(stage["seconds"] for stage in orjson.loads(run["stages"])), 1),
            run["complaint_count"],
            run["reread_count"],
            run["build_id"] or words("unfinished"),
        )
        for run in context.build.rows("runs", limit=ROWS_SHOWN)
    ]
    st.header(words("health_runs"), anchor=False)
    st.html(table(columns, rows))
