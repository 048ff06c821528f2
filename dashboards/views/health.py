"""Can the data be trusted? Audits, sources, receipts of loads, rejects, reading issues, runs."""

from __future__ import annotations

from typing import Any

import orjson
import streamlit as st

from dashboards.components import figures, prose
from dashboards.components.figures import Column, Markup, table
from dashboards.context import Context
from dashboards.words import load_words

ROWS_SHOWN = 50

Rows = list[dict[str, Any]]


def show(context: Context) -> None:
    """Show how the data came to be."""
    words = context.words
    audits = context.build.rows("audits")
    loads = context.build.rows("loads", limit=ROWS_SHOWN)
    issues = context.build.rows("issues", limit=ROWS_SHOWN)
    rejects = context.build.rows("reject_reasons", limit=ROWS_SHOWN)
    prose.title(words("health_question"))
    for sentence in _verdict(context, audits, loads, issues):
        prose.paragraph(sentence)
    if rejects:
        prose.paragraph(words("health_rejected", n=f"{rejects[0]['rejected_count']:,}"))
    _sources(context)
    _loads(context, loads)
    _rejects(context, rejects)
    _issues(context, issues)
    _audits(context, audits)
    _runs(context)


def _verdict(context: Context, audits: Rows, loads: Rows, issues: Rows) -> list[str]:
    """Give the answer in sentences: the audits, then what was not read in full."""
    words = context.words
    bad = sum(1 for audit in audits if audit["bad_rows"])
    load_count = f"{loads[0]['load_count'] if loads else 0:,}"
    if bad:
        first = words("health_warn", bad=bad, audits=len(audits))
    else:
        first = words("health_good", loads=load_count, audits=len(audits))
    troubled = issues[0]["troubled_count"] if issues else 0
    read = f"{context.build.facts.complaint_count:,}"
    if not troubled:
        return [first, words("health_read_all", n=read)]
    return [first, words("health_read_part", n=f"{troubled:,}", of=read)]


def _part(title: str, note: str, columns: list[Column], rows: list[tuple[Any, ...]]) -> None:
    """Draw a part of the page: what it is, then its table; without rows, only the note."""
    prose.heading(title)
    prose.soft(note)
    if rows:
        st.html(table(columns, rows))


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
    _part(words("health_sources"), words("sources_note" if rows else "no_loads"), columns, rows)


def _loads(context: Context, loads: Rows) -> None:
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
            words.label(load) if load["label_zh"] else load["source"],
            *(load[f"{name}_count"] for name in counts),
            ", ".join(load["covers"]) if load["covers"] else words("not_declared"),
        )
        for load in loads
    ]
    _part(words("health_loads"), words("loads_note" if rows else "no_loads"), columns, rows)


def _rejects(context: Context, rejects: Rows) -> None:
    words = context.words
    columns = [
        Column(words("column_source")),
        Column(words("column_reason"), is_wide=True),
        Column(words("column_items"), is_number=True),
        Column(words("column_loads"), is_number=True),
        Column(words("column_last_load")),
    ]
    rows = [
        (
            words.label(row) if row["label_zh"] else row["source"],
            _why_rejected(context, row["reason"]),
            row["items"],
            row["load_count"],
            row["last_load_id"],
        )
        for row in rejects
    ]
    if rows:
        note = words("rejects_note", n=f"{rejects[0]['rejected_count']:,}")
    else:
        note = words("no_rejects")
    _part(words("health_rejects"), note, columns, rows)


def _why_rejected(context: Context, reason: str) -> str:
    """Say a reason in words, with its code, which the receipt prints; else only the code."""
    if f"reject_{reason}" in load_words():
        return context.words("reject_told", told=context.words(f"reject_{reason}"), code=reason)
    field = reason.removeprefix("empty_")
    if field == reason:
        return reason
    told = context.words("reject_empty_field", field=field)
    return context.words("reject_told", told=told, code=reason)


def _issues(context: Context, issues: Rows) -> None:
    words = context.words
    columns = [
        Column(words("column_step")),
        Column(words("column_what"), is_wide=True),
        Column(words("column_complaints"), is_number=True),
        Column(words("column_to_do"), is_wide=True),
    ]
    rows = [
        (
            words("step_labels") if issue["step"] == "labels" else issue["step"],
            _what(context, issue),
            issue["complaints"],
            words("issue_map_label" if issue["step"] == "labels" else "issue_report"),
        )
        for issue in issues
    ]
    note = words("issues_note", shown=len(rows), n=f"{issues[0]['issue_count']:,}") if rows else ""
    _part(words("health_issues"), note or words("no_issues"), columns, rows)


def _what(context: Context, issue: dict[str, Any]) -> str:
    """Say in words what the marks of a reading say: `unmapped: LABEL`, or `ERROR: ...`."""
    mark, _, rest = issue["reason"].partition(": ")
    if issue["step"] == "labels" and mark == "unmapped":
        return context.words("issue_unmapped", label=rest)
    return context.words("issue_failed", error=mark)


def _audits(context: Context, audits: Rows) -> None:
    """Draw what was found; what passed is folded away."""
    words = context.words
    found = [audit for audit in audits if audit["bad_rows"]]
    passed = [audit for audit in audits if not audit["bad_rows"]]
    columns = [
        Column(words("column_audit")),
        Column(words("column_meaning"), is_wide=True),
        Column(words("column_severity")),
        Column(words("column_result")),
    ]
    note = words("audits_note" if found else "audits_none_found")
    _part(words("health_audits"), note, columns, _audit_rows(context, found))
    if passed:
        with st.expander(words("audits_passed", n=len(passed))):
            st.html(table(columns, _audit_rows(context, passed)))


def _audit_rows(context: Context, audits: Rows) -> list[tuple[Any, ...]]:
    return [
        (
            audit["audit"],
            _meaning(context, audit),
            context.words(f"severity_{audit['severity']}"),
            _result(context, audit),
        )
        for audit in audits
    ]


def _meaning(context: Context, audit: dict[str, Any]) -> str:
    """Give what a finding means: of those that let a build pass, in both languages."""
    key = f"audit_{audit['audit']}"
    return context.words(key) if key in load_words() else str(audit["meaning"])


def _result(context: Context, audit: dict[str, Any]) -> str | Markup:
    words = context.words
    if not audit["bad_rows"]:
        return words("audit_passed")
    return figures.failed(words("audit_found", n=f"{audit['bad_rows']:,}"))


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
    _part(words("health_runs"), words("runs_note" if rows else "no_runs"), columns, rows)
