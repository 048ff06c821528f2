"""Which merchants and issues are growing? A heat map and weekly series per axis."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import Any

import streamlit as st

from dashboards.components import charts, prose
from dashboards.components.downloads import Figure, show_figure
from dashboards.components.empty import nothing_here
from dashboards.components.legend import coverage_marks, coverage_state, legend
from dashboards.context import Context
from dashboards.state import chosen, follow_address, write_address

AXES = ("pattern", "wallet", "nature")
MERCHANTS_SHOWN = 20
CODES_SHOWN = 12
SERIES_SHOWN = 5
WEEKS_SHOWN = 52


def show(context: Context) -> None:
    """Show the trends of the axis that the address names."""
    words = context.words
    prose.title(words("trends_question"))
    follow_address("axis", chosen("axis", AXES) or AXES[0])
    axis = st.segmented_control(
        words("axis_label"),
        AXES,
        required=True,
        format_func=lambda value: words(f"axis_{value}"),
        key="axis",
        on_change=write_address,
        args=("axis", AXES[0]),
    )
    cells = context.build.rows(
        "heat_map", axis=axis, merchant_limit=MERCHANTS_SHOWN, code_limit=CODES_SHOWN
    )
    weeks = context.build.rows("code_series", axis=axis, weeks=WEEKS_SHOWN, code_limit=SERIES_SHOWN)
    if not cells and not weeks:
        nothing_here(words("trends_empty"), words("trends_empty_text"))
        return
    if weeks:
        _series(context, weeks)
    if cells:
        _heat_map(context, cells)


def _series(context: Context, weeks: list[dict[str, Any]]) -> None:
    words = context.words
    totals: Counter[str] = Counter()
    for week in weeks:
        totals[words.label(week)] += week["complaints"] or 0
    most, n = totals.most_common(1)[0]
    title = words("series_title", code=most, n=f"{n:,}", weeks=WEEKS_SHOWN)
    prose.heading(title)
    marks = _marks(weeks)
    if marks:
        st.html(legend(words, marks))
    last_date = context.build.facts.last_date
    figure = Figure(
        draw=lambda colours: charts.series(words, colours, weeks, last_date),
        title=title,
        source=words("series_source", coverage=words(f"coverage_{coverage_state(weeks)}")),
        rows=weeks,
        name="series",
    )
    show_figure(words, figure)


def _marks(weeks: list[dict[str, Any]]) -> list[str]:
    """Name the marks of weeks without any complaint; a week of which one code is known has none."""
    known = {week["week_start"] for week in weeks if week["complaints"] is not None}
    marked = [
        week for week in weeks if week["week_start"] not in known or week["is_covered"] is False
    ]
    return [mark for mark in coverage_marks(marked, "complaints") if mark != "zero"]


def _heat_map(context: Context, cells: list[dict[str, Any]]) -> None:
    words = context.words
    most = max(cells, key=lambda cell: cell["complaints"])
    title = words(
        "heat_title",
        merchant=most["merchant_name"],
        code=words.label(most),
        n=f"{most['complaints']:,}",
    )
    prose.heading(title)
    st.html(f'<div class="zs-soft zs-swipe">{escape(words("swipe"))}</div>')
    figure = Figure(
        draw=lambda _: charts.heat_map(words, cells),
        title=title,
        source=words("heat_source", n=MERCHANTS_SHOWN),
        rows=cells,
        name="heat-map",
    )
    show_figure(words, figure)
