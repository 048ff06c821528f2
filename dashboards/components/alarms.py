"""Above the worklist: the alarms of the week, how many a desk can read, how many chance brings.

In: the queries `alarm_week` and `alarms`. Out: one line that opens to the alarms and to how they
are raised, in words. Where nothing is covered it says why there is no alarm.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import streamlit as st

from dashboards.components import figures, prose
from dashboards.components.signals import chance, expected_count, per_thousand
from dashboards.context import Context
from dashboards.state import list_left
from dashboards.words import Words

ALARMS_SHOWN = 30

Row = dict[str, Any]


def show_alarms(context: Context) -> None:
    """Draw the line, and behind it the alarms, new ones first, then the least likely by chance."""
    words = context.words
    found = context.build.rows("alarm_week")
    if not found:
        prose.soft(words("alarms_uncovered"))
        return
    week = found[0]
    with st.expander(prose.label(_line(words, week))):
        prose.soft(_tested(words, week))
        for alarm in context.build.rows("alarms", limit=ALARMS_SHOWN):
            _show_alarm(context, alarm)
        if week["alarms"] > ALARMS_SHOWN:
            prose.soft(words("alarms_more", n=f"{week['alarms'] - ALARMS_SHOWN:,}"))
        prose.heading(words("method_title"))
        prose.soft(*method_lines(words, week))


def _line(words: Words, week: Row) -> str:
    """Say how many alarms there are, of how many that can be read, and how many chance brings."""
    return words(
        "alarms_line",
        n=f"{week['alarms']:,}",
        budget=f"{week['budget']:,}",
        false=_one_decimal(week["expected_false"]),
    )


def _one_decimal(value: float) -> str:
    return f"{value:,.1f}" if value >= 0.05 else "<0.1"


def _tested(words: Words, week: Row) -> str:
    last = week["week_start"] + timedelta(days=6)
    said = words(
        "alarms_tested",
        week=figures.span(words, week["week_start"], last),
        n=f"{week['series_tested']:,}",
    )
    if not week["alarms"]:
        return said + words("alarms_none")
    lasting = week["alarms_lasting"]
    return said + words("alarms_lasting", n=f"{lasting:,}") if lasting else said


def _show_alarm(context: Context, alarm: Row) -> None:
    words = context.words
    name = f"{alarm['merchant_name'] or words('merchant_unnamed')} · {words.label(alarm)}"
    counts = words(
        "alarm_counts", n=f"{alarm['observed']:,}", expected=expected_count(alarm["expected"])
    )
    lines = [f"{counts} {words('alarm_chance', p=chance(alarm['p_value']))}"]
    if alarm["is_lasting"]:
        lines.append(words("alarm_lasting"))
    if not alarm["is_within_budget"]:
        lines.append(words("alarm_beyond"))
    if alarm["candidate_id"]:
        context.link("candidate", name, id=alarm["candidate_id"], **list_left())
    else:
        prose.paragraph(name)
        lines.append(words("alarm_alone"))
    prose.soft(*lines)


def method_lines(words: Words, week: Row) -> list[str]:
    """Explain in words how alarms of the week are raised, and how often they are false."""
    return [
        words("method_alarm_expected"),
        words("method_alarm", level=chance(week["level"])),
        words("method_false", rate=per_thousand(week["false_alarm_rate"])),
        words("method_budget", budget=f"{week['budget']:,}"),
        words("method_coverage"),
    ]
