"""The line under a chart: where its data come from, its rows as CSV, itself as PNG."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import streamlit as st

from dashboards.components import prose
from dashboards.theme import FONT, ON_LIGHT, Palette, palette
from dashboards.words import Words

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart, what is said above and below it, its rows, and a name for files.

    `draw` gives the chart in the colours of a theme: the reader's, or those of paper.
    """

    draw: Callable[[Palette], alt.LayerChart]
    title: str
    source: str
    rows: Sequence[dict[str, Any]]
    name: str


def show_figure(words: Words, figure: Figure) -> None:
    """Draw the chart, its source line, and the buttons that save it."""
    with st.container(key=f"chart-{figure.name}"):
        st.altair_chart(figure.draw(palette()), width="stretch")
    with st.container(horizontal=True, key=f"row-source-{figure.name}"):
        prose.soft(figure.source)
        with st.container(horizontal=True, width="content"):
            _save(words("download_csv"), "csv", "text/csv", figure, lambda: as_csv(figure.rows))
            _save(words("download_png"), "png", "image/png", figure, lambda: as_png(figure))


def _save(
    label: str, ending: str, mime: str, figure: Figure, content: Callable[[], str | bytes]
) -> None:
    st.download_button(
        label,
        content,
        file_name=f"zhongsu-{figure.name}.{ending}",
        mime=mime,
        on_click="ignore",
        type="tertiary",
        key=f"{ending}-{figure.name}",
    )


def as_csv(rows: Sequence[dict[str, Any]]) -> str:
    """Give rows as CSV that a spreadsheet shows and never runs.

    >>> as_csv([{"a": "=1+1"}]).splitlines()[1]
    "'=1+1"
    """
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows({name: _quoted(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def as_png(figure: Figure) -> bytes:
    """Give the chart as a picture with its title and source, on white, for a report."""
    import vl_convert

    chart = figure.draw(ON_LIGHT).properties(
        width=900,
        background="white",
        title=alt.TitleParams(
            figure.title, subtitle=figure.source, anchor="start", fontSize=18, subtitleFontSize=12
        ),
    )
    png: bytes = vl_convert.vegalite_to_png(
        chart.to_dict(), scale=2, config={"font": FONT}, allowed_base_urls=[]
    )
    return png


def _quoted(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value
