"""The charts: timeline of a candidate, merchants by codes, series of codes.

In: rows of a query. Out: Altair charts, or the sentence above them. Counts start at
zero; expected is a band; weeks without coverage are shaded; the last week of a series
may be incomplete and is dashed. Out of scope: reading (`dashboards.data`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import altair as alt
import pandas as pd

from dashboards.theme import BAND, CATEGORIES, CONTEXT, accent
from dashboards.words import Words

Rows = Sequence[dict[str, Any]]

_HEIGHT = 240
_DIRECT_LABELS = 5


def timeline(words: Words, weeks: Rows) -> alt.LayerChart:
    """Draw a candidate's members by week over all complaints of its kind and the expected band."""
    frame = pd.DataFrame(weeks)
    frame["week_end"] = frame["week_start"] + pd.Timedelta(days=7)
    for name in ("week_start", "week_end"):
        frame[name] = pd.to_datetime(frame[name])
    base = alt.Chart(frame).encode(x=_week_axis("week_start"))
    layers = []
    if (frame["is_covered"] == False).any():  # noqa: E712 - null means unknown, not uncovered
        uncovered = alt.Chart(frame[frame["is_covered"] == False])  # noqa: E712
        layers.append(
            uncovered.mark_rect(color=CONTEXT, opacity=0.18).encode(
                x="week_start:T", x2="week_end:T"
            )
        )
    if frame["upper"].notna().any():
        band = base.mark_area(color=BAND, opacity=0.28, interpolate="step-after")
        layers.append(band.encode(y=alt.Y("upper:Q"), y2=alt.value(_HEIGHT)))
    if frame["complaints"].notna().any():
        context = base.mark_bar(color=CONTEXT, opacity=0.55, align="left", width={"band": 0.9})
        layers.append(context.encode(x2="week_end:T", y="complaints:Q"))
    bars = base.mark_bar(color=accent()).encode(
        x2="week_end:T",
        y=alt.Y("members:Q", title=words("complaints_axis"), axis=alt.Axis(tickMinStep=1)),
        tooltip=["week_start:T", "members:Q", "complaints:Q", "expected:Q"],
    )
    return _plain(alt.layer(*layers, bars).properties(height=_HEIGHT))


def heat_map(words: Words, cells: Rows) -> alt.LayerChart:
    """Draw complaints by merchant and code, one hue, with the numbers written in."""
    frame = pd.DataFrame(cells)
    frame["label"] = frame[f"label_{words.language}"]
    by_total = alt.EncodingSortField(field="complaints", op="sum", order="descending")
    top = alt.Axis(labelAngle=-35, orient="top", labelLimit=200, labelOverlap=False)
    x = alt.X("label:N", sort=by_total, title=None, axis=top)
    y = alt.Y("merchant_name:N", sort=by_total, title=None, axis=alt.Axis(labelLimit=220))
    dark = frame["complaints"].max() * 0.45
    squares = (
        alt.Chart(frame)
        .mark_rect()
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "complaints:Q", scale=alt.Scale(scheme="teals", type="sqrt"), legend=None
            ),
            tooltip=["merchant_name:N", "label:N", "complaints:Q", "first_date:T", "last_date:T"],
        )
    )
    numbers = (
        alt.Chart(frame)
        .mark_text(fontSize=12)
        .encode(
            x=x,
            y=y,
            text=alt.Text("complaints:Q", format=",d"),
            color=alt.condition(
                f"datum.complaints > {dark}", alt.value("white"), alt.value("#1a1a1a")
            ),
        )
    )
    return _plain((squares + numbers).properties(height=alt.Step(28)))


def series(words: Words, weeks: Rows) -> alt.LayerChart:
    """Draw weekly complaints of several codes, labelled at their ends; the last week dashed."""
    frame = filled_weeks(weeks)
    frame["label"] = frame[f"label_{words.language}"]
    last = frame["week_start"].max()
    before_last = last - pd.Timedelta(days=7)
    color = alt.Color("label:N", scale=alt.Scale(range=list(CATEGORIES)), legend=None)
    encoding = {"x": _week_axis("week_start"), "color": color}
    y = alt.Y("complaints:Q", title=words("complaints_axis"), axis=alt.Axis(tickMinStep=1))
    whole = alt.Chart(frame[frame["week_start"] <= before_last]).mark_line(strokeWidth=2)
    open_end = alt.Chart(frame[frame["week_start"] >= before_last]).mark_line(
        strokeWidth=2, strokeDash=[3, 3]
    )
    ends = alt.Chart(frame[frame["week_start"] == last]).mark_text(align="left", dx=6, fontSize=12)
    tooltip = ["label:N", "week_start:T", "complaints:Q"]
    return _plain(
        alt.layer(
            whole.encode(**encoding, y=y, tooltip=tooltip),
            open_end.encode(**encoding, y=y, tooltip=tooltip),
            ends.encode(**encoding, y=y, text="label:N"),
        ).properties(height=_HEIGHT + 40, padding={"right": 140})
    )


def filled_weeks(weeks: Rows) -> pd.DataFrame:
    """Give one row per code and week of the whole range; a week without complaints counts zero."""
    frame = pd.DataFrame(weeks)
    frame["week_start"] = pd.to_datetime(frame["week_start"])
    span = pd.date_range(
        frame["week_start"].min(), frame["week_start"].max(), freq=timedelta(days=7)
    )
    labels = frame.groupby("issue_code")[["label_zh", "label_en"]].first()
    counts = frame.pivot_table(
        index="week_start", columns="issue_code", values="complaints", aggfunc="sum"
    )
    filled = counts.reindex(span, fill_value=0).fillna(0).rename_axis("week_start")
    long = filled.reset_index().melt(id_vars="week_start", value_name="complaints")
    return long.join(labels, on="issue_code")


def _week_axis(field: str) -> alt.X:
    return alt.X(f"{field}:T", title=None, axis=alt.Axis(grid=False, format="%Y-%m", tickCount=6))


def _plain(chart: alt.LayerChart) -> alt.LayerChart:
    return chart.configure_view(strokeWidth=0).configure_axis(
        domainWidth=0.5, gridOpacity=0.35, labelFontSize=12, titleFontSize=12
    )
