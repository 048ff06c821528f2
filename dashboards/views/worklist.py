"""Which complaints are one case? The ranked candidates of the current build, filtered and paged."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from math import ceil
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboards.components.cards import candidate_card
from dashboards.components.empty import nothing_here
from dashboards.context import Context
from dashboards.state import carried, page_number

PAGE_ROWS = 20
_SINCE_DAYS = ("30", "90", "365")
_FILTERS = ("merchant", "issue", "region", "since", "text")


def show(context: Context) -> None:
    """Show the worklist."""
    words = context.words
    st.title(words("worklist_question"))
    if context.build.facts.candidate_count == 0:
        count = f"{context.build.facts.complaint_count:,}"
        nothing_here(words("empty_build_title"), words("empty_build_text", n=count))
        return
    parameters = _filters(context)
    page = page_number("page")
    rows = context.build.rows(
        "worklist", **parameters, limit=PAGE_ROWS, offset=(page - 1) * PAGE_ROWS
    )
    if not rows:
        _nothing_matches(context, page)
        return
    matching = rows[0]["matching_count"]
    st.html(f'<div class="zs-soft">{words("worklist_count", n=f"{matching:,}")}</div>')
    st.html("".join(candidate_card(words, row, _address(row)) for row in rows))
    if matching > PAGE_ROWS:
        st.pagination(ceil(matching / PAGE_ROWS), key="page", bind="query-params")
    st.html(f'<p class="zs-soft">{words("proposal_note")}</p>')


def _address(row: dict[str, Any]) -> str:
    return "candidate?" + urlencode({**carried(), "id": row["candidate_id"]})


def _filters(context: Context) -> dict[str, Any]:
    """Draw the filters and give the parameters of the query that they stand for."""
    words = context.words
    options: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in context.build.rows("worklist_filters"):
        options[row["filter"]][row["value"]] = words.label(row)
    options["region"] = {name: words.region(name) for name in options["region"]}
    with st.container(key="filters"):
        text, merchant, issue, region, since = st.columns([4, 3, 3, 2, 2])
    return {
        "text": text.text_input(
            words("filter_text"),
            key="text",
            bind="query-params",
            type="search",
            placeholder=words("filter_text_example"),
        )
        or None,
        "merchant_key": _choice(context, merchant, "merchant", options["merchant"]),
        "issue_code": _choice(context, issue, "issue", options["issue"]),
        "region": _choice(context, region, "region", options["region"]),
        "since": _since(context, since),
    }


def _choice(context: Context, place: Any, name: str, labels: dict[str, str]) -> str | None:
    words = context.words
    return place.selectbox(  # type: ignore[no-any-return]
        words(f"filter_{name}"),
        list(labels),
        index=None,
        format_func=lambda value: labels.get(value, value),
        placeholder=words("filter_all"),
        key=name,
        bind="query-params",
    )


def _since(context: Context, place: Any) -> date | None:
    words = context.words
    days = place.selectbox(
        words("filter_since"),
        _SINCE_DAYS,
        index=None,
        format_func=lambda value: words("since_days", n=value),
        placeholder=words("since_any"),
        key="since",
        bind="query-params",
    )
    last = context.build.facts.last_date
    return None if days is None or last is None else last - timedelta(days=int(days))


def _nothing_matches(context: Context, page: int) -> None:
    words = context.words
    if page > 1:
        nothing_here(words("empty_page_title", n=page), words("empty_page_text"))
        label = words("first_page")
        forgotten: tuple[str, ...] = ("page",)
    else:
        nothing_here(words("empty_filter_title"), words("empty_filter_text"))
        label = words("clear_filters")
        forgotten = (*_FILTERS, "page")
    st.button(label, on_click=_forget, args=(forgotten,))


def _forget(names: tuple[str, ...]) -> None:
    """Clear filters: both what the widgets hold and what the address says."""
    for name in names:
        st.session_state.pop(name, None)
        st.query_params.pop(name, None)
