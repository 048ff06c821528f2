"""What is alleged of this merchant, how often, and since when?"""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from dashboards.casework import read_casebook
from dashboards.components import charts, figures, prose
from dashboards.components.cards import candidate_issue
from dashboards.components.downloads import Figure, show_figure
from dashboards.components.empty import nothing_here
from dashboards.components.legend import coverage_marks, coverage_state, legend
from dashboards.components.signals import share
from dashboards.components.spellings import show_spellings
from dashboards.context import Context
from dashboards.state import chosen, follow_address, list_left, parameter, write_address

CODES_SHOWN = 12
CANDIDATES_SHOWN = 30
BRANDS_SHOWN = 12

Row = dict[str, Any]


def show(context: Context) -> None:
    """Show the merchant that the address names."""
    words = context.words
    key = parameter("key") or ""
    found = context.build.rows("merchant", merchant_key=key)
    if not found:
        told = "merchant_missing" if key else "merchant_unchosen"
        nothing_here(words(told), words("merchant_missing_text"))
        return
    merchant = found[0]
    prose.soft(words("merchant_question"))
    prose.title(merchant["merchant_name"])
    st.html(_head_figures(context, merchant))
    _kin(context, merchant)
    codes = context.build.rows("merchant_codes", merchant_key=key)
    if codes:
        _weeks(context, key, codes)
        _codes(context, merchant, codes)
    else:
        prose.soft(words("merchant_no_codes"))
    _candidates(context, key)
    show_spellings(context, key)
    prose.soft(words("merchant_note"))


def _head_figures(context: Context, merchant: Row) -> str:
    """Give how many complaints, since when, answered how often, and in how many candidates."""
    words, recorded = context.words, merchant["replies_recorded"]
    dated = words("merchant_dated", n=f"{merchant['dated']:,}")
    since = figures.day(words, merchant["first_date"])
    latest = words("merchant_latest", date=figures.day(words, merchant["last_date"]))
    replied = f"{merchant['replied'] / recorded:.0%}" if recorded else None
    of = words("merchant_replies_of", n=f"{recorded:,}")
    note = of if recorded else words("replies_note_unrecorded")
    told = (
        ("merchant_complaints", f"{merchant['complaints']:,}", dated),
        ("merchant_since", since if merchant["first_date"] else None, latest),
        ("figure_replies", replied, note),
        ("merchant_candidates", f"{merchant['candidates']:,}", ""),
    )
    unknown = f'<span class="zs-open">{figures.UNKNOWN} {escape(words("unknown"))}</span>'
    blocks = "".join(
        f'<div class="zs-figure"><b>{unknown if value is None else escape(value)}</b>'
        f"<span>{escape(words(name))}</span><small>{escape(note)}</small></div>"
        for name, value, note in told
    )
    return f'<div class="zs-figures">{blocks}</div>'


def _kin(context: Context, merchant: Row) -> None:
    """Link the owner and the brands that the taxonomy knows; complaints stay with each."""
    words, key = context.words, merchant["merchant_key"]
    brands = context.build.rows("merchant_brands", merchant_key=key)
    if not brands and not merchant["parent_key"]:
        return
    prose.heading(words("merchant_kin"))
    with st.container(horizontal=True, gap="small", key="row-kin"):
        prose.soft(words("merchant_kin_note"))
        if merchant["parent_key"]:
            label = words("merchant_parent", name=merchant["parent_name"])
            context.link("merchant", label, key=merchant["parent_key"])
        for brand in brands[:BRANDS_SHOWN]:
            label = words(
                "merchant_brand", name=brand["merchant_name"], n=f"{brand['complaints']:,}"
            )
            context.link("merchant", label, key=brand["merchant_key"])


def _weeks(context: Context, key: str, codes: list[Row]) -> None:
    """Draw the weeks of the code that the address names, over all complaints."""
    words = context.words
    labels = {f"{row['issue_axis']}:{row['issue_code']}": words.label(row) for row in codes}
    prose.heading(words("merchant_weeks"))
    follow_address("code", chosen("code", labels) or next(iter(labels)))
    picked = st.selectbox(
        words("filter_issue"),
        list(labels),
        format_func=lambda each: labels[each],
        key="code",
        on_change=write_address,
        args=("code", next(iter(labels))),
    )
    axis, _, code = picked.partition(":")
    weeks = context.build.rows("merchant_weeks", merchant_key=key, axis=axis, code=code)
    if not weeks:
        prose.soft(words("timeline_undated"))
        return
    peak = max(weeks, key=lambda week: week["coded"] or 0)
    peak_day = figures.day(words, peak["week_start"])
    title = words("merchant_peak", label=labels[picked], peak=peak_day, n=peak["coded"] or 0)
    prose.paragraph(title)
    st.html(legend(words, _marks(weeks)))
    coverage = words(f"coverage_{coverage_state(weeks)}")
    last_date = context.build.facts.last_date
    figure = Figure(
        draw=lambda colours: charts.merchant_timeline(words, colours, weeks, last_date),
        title=title,
        source=words("timeline_source", coverage=coverage),
        rows=weeks,
        name="merchant",
    )
    show_figure(words, figure)


def _marks(weeks: list[Row]) -> list[str]:
    band = ["expected"] if any(week["upper"] is not None for week in weeks) else []
    gaps = [mark for mark in coverage_marks(weeks, "complaints") if mark != "zero"]
    return ["merchant", "coded", *band, *gaps]


def _codes(context: Context, merchant: Row, codes: list[Row]) -> None:
    """List what is alleged, how often, since when, and how that compares with the sector."""
    words = context.words
    prose.heading(words("merchant_alleged"))
    columns = [
        figures.Column(words("filter_issue"), is_wide=True),
        figures.Column(words("merchant_complaints"), is_number=True),
        figures.Column(words("column_first")),
        figures.Column(words("column_last")),
        figures.Column(words("merchant_mix"), is_wide=True),
    ]
    rows = [
        [
            f"{words.label(row)} ({words('axis_' + row['issue_axis'])})",
            row["complaints"],
            row["first_date"],
            row["last_date"],
            _mix(context, row),
        ]
        for row in codes[:CODES_SHOWN]
    ]
    st.html(figures.table(columns, rows))
    if len(codes) > CODES_SHOWN:
        prose.soft(words("merchant_more_codes", n=f"{len(codes) - CODES_SHOWN:,}"))


def _mix(context: Context, row: Row) -> str:
    """Compare the share of a code with that of the sector's others; never how risky it is."""
    if row["background"] is None:
        return context.words("merchant_mix_unknown")
    return context.words(
        "merchant_mix_unusual" if row["is_signal"] else "merchant_mix_usual",
        share=share(row["share"]),
        background=share(row["background_share"]),
    )


def _candidates(context: Context, key: str) -> None:
    """List its candidates with how each stands: of this build, and those that it has no more."""
    words, book = context.words, read_casebook(context.build.home)
    rows = context.build.rows("merchant_candidates", merchant_key=key)
    prose.heading(words("merchant_candidates"))
    if not rows:
        prose.soft(words("merchant_no_candidates"))
    for row in rows[:CANDIDATES_SHOWN]:
        case = book.of(row["candidate_id"])
        with st.container(horizontal=True, gap="small", key=f"row-case-{row['candidate_id']}"):
            if row["rank"] is None:
                day = figures.day(words, row["last_flagged_on"])
                prose.soft(candidate_issue(words, row), words("merchant_retired", date=day))
                continue
            low, high = row["complainants_certain"], row["complainants_possible"]
            window = figures.window(words, row["window_start"], row["window_end"])
            people = figures.people(words, low, high)
            prose.soft(f"{people} · {window} · {words(f'status_{case.disposition}')}")
            label = words("merchant_candidate", rank=row["rank"], name=candidate_issue(words, row))
            context.link("candidate", label, id=row["candidate_id"], **list_left())
