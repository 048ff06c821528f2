"""Which complaints are one case? The ranked candidates of the current build, filtered and paged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil
from typing import Any

import streamlit as st

from dashboards.casework import Casebook, read_casebook
from dashboards.components import prose
from dashboards.components.alarms import show_alarms
from dashboards.components.cards import show_card
from dashboards.components.empty import nothing_here
from dashboards.components.marks import beginning
from dashboards.components.pages import show_pages
from dashboards.components.visit import show_visit
from dashboards.context import Context
from dashboards.state import (
    FILTERS,
    chosen,
    follow_address,
    forget,
    page_number,
    parameter,
    write_address,
)

PAGE_ROWS = 20
_PLACEHOLDERS = {"since": "since_any", "status": "status_any"}
_SINCE_DAYS = ("30", "90", "365")
SORTS = ("score", "newest", "people", "deadline")
STATUSES = ("open", "confirmed", "dismissed", "all")


def show(context: Context) -> None:
    """Show the worklist."""
    words = context.words
    prose.title(words("worklist_question"))
    show_alarms(context)
    if context.build.facts.candidate_count == 0:
        count = f"{context.build.facts.complaint_count:,}"
        nothing_here(words("empty_build_title"), words("empty_build_text", n=count))
        return
    book = read_casebook(context.build.home)
    asked = show_visit(context)
    parameters = _filters(context, book, asked)
    page = page_number("page")
    rows = context.build.rows(
        "worklist", **parameters, limit=PAGE_ROWS, offset=(page - 1) * PAGE_ROWS
    )
    if not rows:
        _nothing_matches(context, page)
        return
    matching = rows[0]["matching_count"]
    order = words(f"worklist_order_{parameters['sort']}")
    prose.soft(words("worklist_count", n=f"{matching:,}", order=order), words("worklist_key"))
    for row in rows:
        show_card(context, row, book)
    if matching > PAGE_ROWS:
        show_pages("page", ceil(matching / PAGE_ROWS))
    prose.soft(words("proposal_note"))


def _filters(context: Context, book: Casebook, asked: tuple[str, ...] | None) -> dict[str, Any]:
    """Draw the filters and give the parameters of the query that they stand for."""
    words = context.words
    options: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in context.build.rows("worklist_filters"):
        options[row["filter"]][row["value"]] = words.label(row)
    options["tier"] = {code: beginning(label) for code, label in options["tier"].items()}
    options["region"] = {name: words.region(name) for name in options["region"]}
    with st.container(key="filters"):
        text, merchant, issue, region, tier, status, assignee, since, sort = st.columns(
            [7, 5, 5, 4, 5, 5, 4, 5, 4]
        )
    standing = _status(context, status, book)
    only = [standing["only_ids"], _assigned(context, assignee, book), asked]
    return {
        "text": _search(context, text),
        "merchant_key": _choice(context, merchant, "merchant", options["merchant"]),
        "issue_code": _choice(context, issue, "issue", options["issue"]),
        "region": _choice(context, region, "region", options["region"]),
        "tier": _choice(context, tier, "tier", options["tier"]),
        "hidden_ids": standing["hidden_ids"],
        "only_ids": _all_of(only),
        "since": _since(context, since),
        "sort": _sort(context, sort),
    }


def _search(context: Context, place: Any) -> str | None:
    words = context.words
    follow_address("text", parameter("text") or "")
    found: str = place.text_input(
        words("filter_text"),
        key="text",
        type="search",
        placeholder=words("filter_text_example"),
        on_change=write_address,
        args=("text", None, ("page",)),
    )
    return found.strip() or None


def _choice(context: Context, place: Any, name: str, labels: dict[str, str]) -> str | None:
    words = context.words
    follow_address(name, chosen(name, labels))
    return place.selectbox(  # type: ignore[no-any-return]
        words(f"filter_{name}"),
        list(labels),
        index=None,
        format_func=lambda value: labels.get(value, value),
        placeholder=words(_PLACEHOLDERS.get(name, "filter_all")),
        key=name,
        on_change=write_address,
        args=(name, None, ("page",)),
    )


def _status(context: Context, place: Any, book: Casebook) -> dict[str, list[str] | None]:
    """Give which candidates are left out and which alone are shown, by what was decided.

    Without a choice the dismissed are left out. What goes on in another is never shown.
    """
    labels = {status: context.words(f"status_{status}") for status in STATUSES}
    status = _choice(context, place, "status", labels)
    confirmed, dismissed = book.standing("confirmed"), book.standing("dismissed")
    if status == "all":
        return {"hidden_ids": book.gone(), "only_ids": None}
    if status is None:
        return {"hidden_ids": [*book.gone(), *dismissed], "only_ids": None}
    if status == "open":
        return {"hidden_ids": [*book.gone(), *confirmed, *dismissed], "only_ids": None}
    only = confirmed if status == "confirmed" else dismissed
    return {"hidden_ids": book.gone(), "only_ids": only}


def _assigned(context: Context, place: Any, book: Casebook) -> list[str] | None:
    """Give the candidates assigned to whom the reader chose; None without a choice."""
    names = sorted({case.assignee for case in book.cases.values() if case.assignee})
    name = _choice(context, place, "assignee", {one: one for one in names})
    if name is None:
        return None
    return [case.candidate_id for case in book.cases.values() if case.assignee == name]


def _all_of(lists: Sequence[Sequence[str] | None]) -> list[str] | None:
    """Give what is in every list that there is; None where there is none.

    >>> _all_of([None, ["a", "b"], ["b"]])
    ['b']
    """
    given = [set(one) for one in lists if one is not None]
    return sorted(set.intersection(*given)) if given else None


def _since(context: Context, place: Any) -> date | None:
    labels = {days: context.words("since_days", n=days) for days in _SINCE_DAYS}
    days = _choice(context, place, "since", labels)
    last = context.build.facts.last_date
    return None if days is None or last is None else last - timedelta(days=int(days))


def _sort(context: Context, place: Any) -> str:
    words = context.words
    follow_address("sort", chosen("sort", SORTS) or SORTS[0])
    return place.selectbox(  # type: ignore[no-any-return]
        words("sort"),
        SORTS,
        format_func=lambda value: words(f"sort_{value}"),
        key="sort",
        on_change=write_address,
        args=("sort", SORTS[0], ("page",)),
    )


def _nothing_matches(context: Context, page: int) -> None:
    words = context.words
    if page > 1:
        nothing_here(words("empty_page_title", n=page), words("empty_page_text"))
        st.button(words("first_page"), on_click=forget, args=(("page",),))
    else:
        nothing_here(words("empty_filter_title"), words("empty_filter_text"))
        st.button(words("clear_filters"), on_click=forget, args=((*FILTERS, "page"),))
