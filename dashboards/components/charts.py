"""The charts: timeline of a candidate, merchants by codes, series of codes.

In: rows of a query. Out: Altair charts. Counts start at zero; expected is a band;
weeks that no load covers are hatched; a last week that is not over is dashed.
Out of scope: reading (`dashboards.data`), and the sentences around a chart (views).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from dashboards.theme import BAND, CATEGORIES, CONTEXT, Palette
from dashboards.words import Words

Rows = Sequence[dict[str, Any]]

_HEIGHT = 240
SERIES_HEIGHT = 300
LABEL_HEIGHT = 18
_LABEL_SHARE = 0.3
_WEEK = pd.Timedelta(days=7)


def timeline(words: Words, colours: Palette, weeks: Rows, last_date: date | None) -> alt.LayerChart:
    """Draw a candidate's members by week over all complaints of its kind and the expected band.

    A ring marks the first week above the band. `last_date` is the last day of which
    anything is known: a week that reaches beyond it is dashed.
    """
    frame = _with_ends(weeks)
    known_until = pd.Timestamp(last_date) if last_date else frame["week_end"].max()
    frame["is_open"] = frame["week_end"] - pd.Timedelta(days=1) > known_until
    layers = [*_hatching(frame[frame["is_covered"].eq(False)]), *_band(frame)]
    if frame["complaints"].notna().any():
        layers.append(_bars(words, frame, "complaints", color=CONTEXT, opacity=0.45))
    closed, still_open = frame[~frame["is_open"]], frame[frame["is_open"]]
    layers.append(_bars(words, closed, "members", color=colours.accent, inset=True))
    layers.append(
        _bars(
            words,
            still_open,
            "members",
            inset=True,
            filled=False,
            color=colours.accent,
            dashed=True,
        )
    )
    alarms = frame[frame["complaints"] > frame["upper"]].head(1)
    ring = alt.Chart(alarms).mark_point(
        size=160, shape="circle", filled=False, color=colours.accent, strokeWidth=2
    )
    layers.append(ring.encode(x="middle:T", y="complaints:Q"))
    return _plain(*layers, height=_HEIGHT)


def _with_ends(weeks: Rows) -> pd.DataFrame:
    frame = pd.DataFrame(weeks)
    frame["week_start"] = pd.to_datetime(frame["week_start"])
    frame["week_end"] = frame["week_start"] + _WEEK
    frame["middle"] = frame["week_start"] + _WEEK / 2
    frame["inset_start"] = frame["week_start"] + _WEEK * 0.15
    frame["inset_end"] = frame["week_end"] - _WEEK * 0.15
    for name in ("complaints", "expected", "upper"):
        frame[name] = frame[name].astype("Float64")
    frame["zero"] = 0
    return frame


def _hatching(uncovered: pd.DataFrame) -> list[alt.Chart]:
    if uncovered.empty:
        return []
    lines = pd.concat([uncovered[["week_start"]] + _WEEK * (part + 0.5) / 5 for part in range(5)])
    veil = alt.Chart(uncovered).mark_rect(color=CONTEXT, opacity=0.12)
    hatch = alt.Chart(lines).mark_rule(color=CONTEXT, opacity=0.5, strokeWidth=1)
    return [veil.encode(x="week_start:T", x2="week_end:T"), hatch.encode(x="week_start:T")]


def _band(frame: pd.DataFrame) -> list[alt.Chart]:
    modelled = frame[frame["upper"].notna()]
    if modelled.empty:
        return []
    base = alt.Chart(modelled).encode(x="week_start:T", x2="week_end:T")
    return [
        base.mark_rect(color=BAND, opacity=0.28).encode(y="zero:Q", y2="upper:Q"),
        base.mark_rule(color=BAND, strokeWidth=1.5).encode(y="expected:Q"),
    ]


def _bars(
    words: Words,
    frame: pd.DataFrame,
    field: str,
    *,
    color: str,
    opacity: float = 1.0,
    inset: bool = False,
    filled: bool = True,
    dashed: bool = False,
) -> alt.Chart:
    bars = alt.Chart(frame).mark_rect(
        color=color,
        opacity=opacity,
        filled=filled,
        strokeWidth=0 if filled else 2,
        strokeDash=[3, 3] if dashed else [1, 0],
    )
    y = alt.Y(f"{field}:Q", title=words("complaints_axis"), axis=alt.Axis(tickMinStep=1))
    drawn: alt.Chart = bars.encode(
        x=_week_axis(words, "inset_start" if inset else "week_start"),
        x2="inset_end:T" if inset else "week_end:T",
        y=y,
        y2="zero:Q",
        tooltip=[
            alt.Tooltip("week_start:T", title=words("week_axis"), format="%Y-%m-%d"),
            alt.Tooltip("members:Q", title=words("series_members")),
            alt.Tooltip("complaints:Q", title=words("series_all")),
            alt.Tooltip("expected:Q", title=words("series_expected"), format=".1f"),
        ],
    )
    return drawn


def heat_map(words: Words, cells: Rows) -> alt.LayerChart:
    """Draw complaints by merchant and code, one hue, with the numbers written in."""
    frame = pd.DataFrame(cells)
    frame["label"] = frame[f"label_{words.language}"]
    by_total = alt.EncodingSortField(field="complaints", op="sum", order="descending")
    top = alt.Axis(labelAngle=-35, orient="top", labelLimit=170, labelOverlap=False)
    base = alt.Chart(frame).encode(
        x=alt.X("label:N", sort=by_total, title=None, axis=top),
        y=alt.Y("merchant_name:N", sort=by_total, title=None, axis=alt.Axis(labelLimit=170)),
    )
    most = int(frame["complaints"].max())
    ramp = alt.Scale(range=["#d5ecea", "#0b5e5e"], type="sqrt", domain=[0, most])
    squares = base.mark_rect().encode(
        color=alt.Color("complaints:Q", scale=ramp, legend=None),
        tooltip=[
            alt.Tooltip("merchant_name:N", title=words("filter_merchant")),
            alt.Tooltip("label:N", title=words("filter_issue")),
            alt.Tooltip("complaints:Q", title=words("complaints_axis"), format=",d"),
            alt.Tooltip("first_date:T", title=words("column_first"), format="%Y-%m-%d"),
            alt.Tooltip("last_date:T", title=words("column_last"), format="%Y-%m-%d"),
        ],
    )
    numbers = base.mark_text(fontSize=12).encode(
        text=alt.Text("complaints:Q", format=",d"),
        color=alt.condition(
            f"datum.complaints > {most * 0.25}", alt.value("white"), alt.value("#1a1a1a")
        ),
    )
    return _plain(squares, numbers, height=alt.Step(28))


def series(words: Words, colours: Palette, weeks: Rows) -> alt.LayerChart:
    """Draw weekly complaints of several codes, each labelled at its end; the last week dashed.

    The labels stand in the last third, apart from each other, and a thin line leads
    from each curve to its label.
    """
    frame = filled_weeks(weeks)
    frame["label"] = frame[f"label_{words.language}"]
    last = frame["week_start"].max()
    first = frame["week_start"].min()
    whole, open_end = frame["week_start"] <= last - _WEEK, frame["week_start"] >= last - _WEEK
    ends = placed_labels(frame[frame["week_start"] == last], frame["complaints"].max())
    span = (last - first) * (1 / (1 - _LABEL_SHARE) - 1)
    ends["label_at"], ends["text_at"] = last + span * 0.06, last + span * 0.09
    months = _moments(pd.date_range(first, last, freq="MS"))
    x = _week_axis(words, "week_start", months).scale(domain=_moments([first, last + span]))
    highest = max(float(ends["label_y"].max()), float(frame["complaints"].max()), 1.0)
    y = alt.Y(
        "complaints:Q",
        title=words("complaints_axis"),
        axis=alt.Axis(tickMinStep=1),
        scale=alt.Scale(domain=[0, highest]),
    )
    color = alt.Color("issue_code:N", scale=alt.Scale(range=list(CATEGORIES)), legend=None)
    tooltip = [
        alt.Tooltip("label:N", title=words("filter_issue")),
        alt.Tooltip("week_start:T", title=words("week_axis"), format="%Y-%m-%d"),
        alt.Tooltip("complaints:Q", title=words("complaints_axis"), format=",d"),
    ]
    lines = alt.Chart(frame[whole]).mark_line(strokeWidth=2)
    dashes = alt.Chart(frame[open_end]).mark_line(strokeWidth=2, strokeDash=[3, 3])
    leads = alt.Chart(ends).mark_rule(strokeWidth=1)
    names = alt.Chart(ends).mark_text(
        align="left",
        color=colours.ink,
        fontSize=13,
        limit=alt.ExprRef(f"width * {_LABEL_SHARE * 0.9}"),
    )
    return _plain(
        lines.encode(x=x, y=y, color=color, tooltip=tooltip),
        dashes.encode(x=x, y=y, color=color, tooltip=tooltip),
        leads.encode(x=x, x2="label_at:T", y=y, y2="label_y:Q", color=color),
        names.encode(x="text_at:T", y="label_y:Q", text="label:N"),
        height=SERIES_HEIGHT,
    )


def filled_weeks(weeks: Rows) -> pd.DataFrame:
    """Give one row per code and week of the whole range; a week without complaints counts zero."""
    frame = pd.DataFrame(weeks)
    frame["week_start"] = pd.to_datetime(frame["week_start"])
    span = pd.date_range(frame["week_start"].min(), frame["week_start"].max(), freq=_WEEK)
    labels = frame.groupby("issue_code")[["label_zh", "label_en"]].first()
    counts = frame.pivot_table(
        index="week_start", columns="issue_code", values="complaints", aggfunc="sum"
    )
    filled = counts.reindex(span, fill_value=0).fillna(0).rename_axis("week_start")
    long = filled.reset_index().melt(id_vars="week_start", value_name="complaints")
    return long.join(labels, on="issue_code")


def placed_labels(ends: pd.DataFrame, highest: float) -> pd.DataFrame:
    """Move the labels of the last values apart, upwards, by a line's height."""
    placed = ends.sort_values(["complaints", "label"]).copy()
    gap = max(highest, 1) * LABEL_HEIGHT / SERIES_HEIGHT
    heights: list[float] = []
    for value in placed["complaints"]:
        heights.append(max(float(value), heights[-1] + gap) if heights else float(value))
    placed["label_y"] = heights
    return placed


def _week_axis(words: Words, field: str, months: Sequence[alt.DateTime] | None = None) -> alt.X:
    written = "%Y年%-m月" if words.language == "zh" else "%b %Y"
    ticks = {"values": months} if months else {"tickCount": {"interval": "month", "step": 1}}
    return alt.X(f"{field}:T", title=None, axis=alt.Axis(grid=False, format=written, **ticks))


def _moments(days: Iterable[pd.Timestamp]) -> list[alt.DateTime]:
    return [alt.DateTime(year=day.year, month=day.month, date=day.day) for day in days]


def _plain(*layers: Any, height: int | alt.Step) -> alt.LayerChart:
    chart = alt.layer(*layers).properties(height=height)
    drawn: alt.LayerChart = chart.configure_view(strokeWidth=0).configure_axis(
        domainWidth=0.5,
        gridOpacity=0.35,
        labelFontSize=12,
        titleFontSize=12,
        labelSeparation=8,
        labelOverlap="greedy",
    )
    return drawn
