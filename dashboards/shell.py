"""One rerun of the pages: opens the build, draws the head, shows the page asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboards.components.empty import build_outdated, nothing_published
from dashboards.components.header import header
from dashboards.context import Context
from dashboards.data import open_source
from dashboards.settings import DashboardSettings
from dashboards.state import language, parameter
from dashboards.theme import apply_style
from dashboards.views import (
    campaign,
    candidate,
    complaint,
    health,
    merchant,
    review,
    trends,
    worklist,
)
from dashboards.words import Words
from warehouse.errors import BuildOutdatedError

_VIEWS: dict[str, Callable[[Context], None]] = {
    "worklist": worklist.show,
    "candidate": candidate.show,
    "complaint": complaint.show,
    "trends": trends.show,
    "health": health.show,
    "review": review.show,
    "merchant": merchant.show,
    "campaign": campaign.show,
}


def show(start: str = "worklist") -> None:
    """Show the page that the address names; `start` is the page at the bare address."""
    words = Words(language())
    st.set_page_config(page_title=words("product"), layout="wide")
    apply_style()
    settings = DashboardSettings()
    shown: list[Callable[[Context], None]] = []
    pages = {name: _page(name, name == start, shown) for name in _VIEWS}
    page = st.navigation(list(pages.values()), position="hidden")
    page.run()
    context = Context(
        words=words,
        settings=settings,
        source=open_source(settings.home),
        pages=pages,
    )
    header(context)
    with _stage(page.title):
        if context.source is None:
            nothing_published(context)
        else:
            _show_view(context, shown[0])


def _show_view(context: Context, view: Callable[[Context], None]) -> None:
    """Show a view, or say that the build was made by another version."""
    try:
        view(context)
    except BuildOutdatedError:
        build_outdated(context)


def _stage(page: str) -> Any:
    """Give the place of the view: another one when the reader comes from another page.

    Streamlit leaves what is not yet drawn over; two pages must never stand there
    together. So there are two places, and the one that was left is emptied at once.
    """
    asked, held = (page, parameter("id")), st.session_state
    if held.get("on_stage") != asked:
        held["on_stage"], held["stage"] = asked, not held.get("stage", False)
    if held["stage"]:
        st.empty()
        return st.container()
    stage = st.container()
    st.empty()
    return stage


def _page(name: str, is_start: bool, shown: list[Callable[[Context], None]]) -> Any:
    """Give the page of a view; running it only notes which view to show, once the head is drawn."""
    return st.Page(lambda: shown.append(_VIEWS[name]), title=name, url_path=name, default=is_start)
