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
_LEAD_WEEKS = 2
_WEEK = pd.Timedelta(days=7)


def timeline(words: Words, colours: Palette, weeks: Rows, last_date: date | None) -> alt.LayerChart:
    """Draw a candidate's members by week over all complaints of its kind and the expected band.

    A ring marks the first week whose complaints with the code (`coded`, which the band is of)
    rise above it; `complaints` counts members without the code too. `last_date` is the last day
    of which anything is known: a week that reaches beyond it, and is not covered, is dashed.
    """
    frame = _with_ends(weeks)
    known_until = pd.Timestamp(last_date) if last_date else frame["week_end"].max()
    beyond = frame["week_end"] - pd.Timedelta(days=1) > known_until
    frame["is_open"] = beyond & ~frame["is_covered"].fillna(value=False)
    layers = [*_hatching(frame[frame["is_covered"].eq(False)]), *_band(frame)]
    if frame["complaints"].notna().any():
        layers.append(_bars(words, frame, "complaints", color=CONTEXT, opacity=0.45))
    closed, still_open = frame[~frame["is_open"]], frame[frame["is_open"]]
    layers += [
        _bars(words, closed, "members", color=colours.accent, inset=True),
        _bars(
            words,
            still_open,
            "members",
            inset=True,
            filled=False,
            color=colours.accent,
            dashed=True,
        ),
        _zeros(frame[frame["members"].eq(0)], colours),
        _unknowns(_silent(frame[frame["members"].isna()])),
        _ring(frame[frame["coded"] > frame["upper"]].head(1), colours),
    ]
    return _plain(*layers, height=_HEIGHT)


def merchant_timeline(
    words: Words, colours: Palette, weeks: Rows, last_date: date | None
) -> alt.LayerChart:
    """Draw a merchant's complaints with one code by week, over all its complaints.

    The expected band is that of the code; the rest is drawn as in `timeline`.
    """
    frame = _with_ends(weeks)
    known_until = pd.Timestamp(last_date) if last_date else frame["week_end"].max()
    beyond = frame["week_end"] - pd.Timedelta(days=1) > known_until
    is_open = beyond & ~frame["is_covered"].fillna(value=False)
    closed, still_open = frame[~is_open], frame[is_open]
    accent = colours.accent
    return _plain(
        *_hatching(frame[frame["is_covered"].eq(False)]),
        *_band(frame),
        _bars(words, frame, "complaints", color=CONTEXT, opacity=0.45),
        _bars(words, closed, "coded", color=accent, inset=True),
        _bars(words, still_open, "coded", color=accent, inset=True, filled=False, dashed=True),
        _unknowns(_silent(frame)),
        _ring(frame[frame["coded"] > frame["upper"]].head(1), colours),
        height=_HEIGHT,
    )


def _ring(alarms: pd.DataFrame, colours: Palette) -> alt.Chart:
    ring = alt.Chart(alarms).mark_point(
        size=160, shape="circle", filled=False, color=colours.accent, strokeWidth=2
    )
    drawn: alt.Chart = ring.encode(x="middle:T", y="coded:Q")
    return drawn


def _zeros(covered: pd.DataFrame, colours: Palette) -> alt.Chart:
    """Lay a bar of no height where nobody complained and everything was loaded."""
    bars = alt.Chart(covered).mark_rule(color=colours.accent, strokeWidth=3)
    drawn: alt.Chart = bars.encode(x="inset_start:T", x2="inset_end:T", y="zero:Q")
    return drawn


def _silent(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the weeks in which nothing is on record at all, and nothing was declared."""
    is_known = frame["complaints"].notna().groupby(frame["week_start"]).transform("any")
    return frame[~is_known & frame["is_covered"].isna()].drop_duplicates("week_start")


def _unknowns(weeks: pd.DataFrame) -> alt.Chart:
    """Set an open circle where nothing is on record and nothing was declared."""
    circles = alt.Chart(weeks).mark_point(
        size=24, shape="circle", filled=False, color=CONTEXT, strokeWidth=1.5
    )
    drawn: alt.Chart = circles.encode(x="middle:T", y="zero:Q")
    return drawn


def _with_ends(weeks: Rows) -> pd.DataFrame:
    frame = pd.DataFrame(weeks)
    frame["week_start"] = pd.to_datetime(frame["week_start"])
    frame["week_end"] = frame["week_start"] + _WEEK
    frame["middle"] = frame["week_start"] + _WEEK / 2
    frame["inset_start"] = frame["week_start"] + _WEEK * 0.15
    frame["inset_end"] = frame["week_end"] - _WEEK * 0.15
    frame["is_covered"] = frame["is_covered"].astype("boolean")
    for name in ("members", "complaints", "coded", "expected", "upper"):
        frame[name] = frame[name].astype("Float64")
    frame["zero"] = 0
    return frame


def _hatching(uncovered: pd.DataFrame, lines_a_week: int = 3) -> list[alt.Chart]:
    if uncovered.empty:
        return []
    parts = [(part + 0.5) / lines_a_week for part in range(lines_a_week)]
    lines = pd.concat([uncovered[["week_start"]] + _WEEK * part for part in parts])
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
            *_of_whom(words, frame),
            alt.Tooltip("coded:Q", title=words("mark_coded")),
            alt.Tooltip("expected:Q", title=words("mark_expected"), format=".1f"),
        ],
    )
    return drawn


def _of_whom(words: Words, frame: pd.DataFrame) -> list[alt.Tooltip]:
    """Name whose complaints a bar stands for: those of a candidate, or a merchant's alone."""
    if frame["members"].isna().all():
        return [alt.Tooltip("complaints:Q", title=words("mark_merchant"))]
    return [
        alt.Tooltip("members:Q", title=words("mark_members")),
        alt.Tooltip("complaints:Q", title=words("mark_all")),
    ]


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


def series(words: Words, colours: Palette, weeks: Rows, last_date: date | None) -> alt.LayerChart:
    """Draw weekly complaints of several codes, each labelled at its end.

    A curve is broken where nothing is known. `last_date` is the last day of which
    anything is known: the way to a week that reaches beyond it, and is not covered, is
    dashed. The labels stand in the last third, apart from each other, each with a dot of its
    curve's colour; a line leads to those whose curve ends nearby.
    """
    frame = _coded(words, weeks)
    first, last = frame["week_start"].min(), frame["week_start"].max()
    span = (last - first) * (1 / (1 - _LABEL_SHARE) - 1)
    ends = placed_labels(last_known(frame), frame["complaints"].max())
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
    names = alt.Chart(ends).mark_text(
        align="left",
        dx=4,
        color=colours.ink,
        fontSize=13,
        limit=alt.ExprRef(f"width * {_LABEL_SHARE * 0.9}"),
    )
    leads = alt.Chart(ends[ends["week_start"] >= last - _WEEK * _LEAD_WEEKS]).mark_rule(
        strokeWidth=1, opacity=0.5
    )
    dots = alt.Chart(ends).mark_point(size=40, filled=True, opacity=1)
    return _plain(
        *_silences(frame),
        *(
            line.encode(x=x, y=y, color=color, tooltip=_tooltip(words))
            for line in _lines(frame, _closed_until(frame, last_date))
        ),
        leads.encode(x=x, x2="label_at:T", y=y, y2="label_y:Q", color=color),
        dots.encode(x="label_at:T", y="label_y:Q", color=color),
        names.encode(x="text_at:T", y="label_y:Q", text="label:N"),
        height=SERIES_HEIGHT,
    )


def _silences(frame: pd.DataFrame) -> list[alt.Chart]:
    """Hatch the weeks that are not covered; circle those where nothing is known of any code."""
    by_week = frame.drop_duplicates("week_start")
    uncovered = by_week[by_week["is_covered"].eq(False)]
    around = uncovered.assign(
        week_start=uncovered["week_start"] - _WEEK / 2, week_end=uncovered["week_start"] + _WEEK / 2
    )
    return [*_hatching(around, 1), _unknowns(_silent(frame))]


def _lines(frame: pd.DataFrame, closed_until: pd.Timestamp) -> list[alt.Chart]:
    """Draw the curves whole up to a week and dashed from there; points show single weeks."""
    closed = frame[frame["week_start"] <= closed_until]
    still_open = frame[frame["week_start"] >= closed_until]
    return [
        alt.Chart(closed).mark_line(strokeWidth=2, point={"size": 20}),
        alt.Chart(still_open).mark_line(strokeWidth=2, strokeDash=[3, 3], point={"size": 20}),
    ]


def _closed_until(frame: pd.DataFrame, last_date: date | None) -> pd.Timestamp:
    """Give the last week that is over: all of it is covered, or something later is known."""
    last = frame["week_start"].max()
    is_covered = frame.loc[frame["week_start"] == last, "is_covered"].fillna(value=False).all()
    is_past = last_date is None or pd.Timestamp(last_date) >= last + pd.Timedelta(days=6)
    return last if is_covered or is_past else last - _WEEK


def _tooltip(words: Words) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("label:N", title=words("filter_issue")),
        alt.Tooltip("week_start:T", title=words("week_axis"), format="%Y-%m-%d"),
        alt.Tooltip("complaints:Q", title=words("complaints_axis"), format=",d"),
    ]


def _coded(words: Words, weeks: Rows) -> pd.DataFrame:
    frame = pd.DataFrame(weeks)
    frame["week_start"] = pd.to_datetime(frame["week_start"])
    frame["week_end"] = frame["week_start"] + _WEEK
    frame["middle"], frame["zero"] = frame["week_start"], 0
    frame["label"] = frame[f"label_{words.language}"]
    frame["complaints"] = frame["complaints"].astype("Float64")
    frame["is_covered"] = frame["is_covered"].astype("boolean")
    return frame


def last_known(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the last row of every code in which its complaints are known."""
    known = frame[frame["complaints"].notna()].sort_values("week_start")
    return known.drop_duplicates("issue_code", keep="last")


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
    unlabelled = chart.configure_mark(aria=False)  # marks have no words; the title tells them
    drawn: alt.LayerChart = unlabelled.configure_view(strokeWidth=0).configure_axis(
        domainWidth=0.5,
        gridOpacity=0.35,
        labelFontSize=12,
        titleFontSize=12,
        labelSeparation=8,
        labelOverlap="greedy",
    )
    return drawn
