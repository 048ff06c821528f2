"""Which merchants and issues are growing? A heat map and weekly series per axis."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboards.components import charts
from dashboards.components.downloads import Figure, show_figure
from dashboards.components.empty import nothing_here
from dashboards.context import Context

AXES = ("pattern", "wallet", "nature")
MERCHANTS_SHOWN = 20
CODES_SHOWN = 12
SERIES_SHOWN = 5
WEEKS_SHOWN = 52


def show(context: Context) -> None:
    """Show the trends of the axis that the address names."""
    words = context.words
    st.title(words("trends_question"), anchor=False)
    axis = st.segmented_control(
        words("axis_label"),
        AXES,
        default="pattern",
        required=True,
        format_func=lambda value: words(f"axis_{value}"),
        key="axis",
        bind="query-params",
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
    totals = charts.filled_weeks(weeks).groupby(f"label_{words.language}")["complaints"].sum()
    title = words("series_title", code=totals.idxmax(), n=f"{totals.max():,.0f}", weeks=WEEKS_SHOWN)
    st.header(title, anchor=False)
    figure = Figure(
        draw=lambda colours: charts.series(words, colours, weeks),
        title=title,
        source=words("series_source"),
        rows=weeks,
        name="series",
    )
    show_figure(words, figure)


def _heat_map(context: Context, cells: list[dict[str, Any]]) -> None:
    words = context.words
    most = max(cells, key=lambda cell: cell["complaints"])
    title = words(
        "heat_title",
        merchant=most["merchant_name"],
        code=words.label(most),
        n=f"{most['complaints']:,}",
    )
    st.header(title, anchor=False)
    figure = Figure(
        draw=lambda _: charts.heat_map(words, cells),
        title=title,
        source=words("heat_source", n=MERCHANTS_SHOWN),
        rows=cells,
        name="heat-map",
    )
    show_figure(words, figure)
