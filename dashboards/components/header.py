"""The head of every page: product, doors, which build this is and how old, language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import escape

import streamlit as st

from dashboards.components import figures
from dashboards.context import Context
from dashboards.data import Source
from dashboards.reviewing import read_queue
from dashboards.words import Words
from warehouse.errors import BuildOutdatedError


def header(context: Context) -> None:
    """Draw the head; with an old build, a banner under it."""
    words, source = context.words, context.source
    row = st.container(
        key="header",
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    )
    with row.container(horizontal=True, gap="small", width="content", vertical_alignment="center"):
        st.html(f'<span class="zs-product">{escape(words("product"))}</span>', width="content")
        for name in ("worklist", "review", "trends", "health"):
            context.link(name, words(f"nav_{name}") + _waiting(context, name))
    with row.container(horizontal=True, gap="small", width="content", vertical_alignment="center"):
        if source is not None:
            st.html(_build_line(words, source), width="content")
        if st.button(words("other_language"), type="tertiary", key="language"):
            _switch_language(words)
    st.html('<hr class="zs-rule">')
    if source is not None:
        _banner_when_stale(words, source, timedelta(days=context.settings.stale_after_days))


def _waiting(context: Context, name: str) -> str:
    """Give the number of questions that wait for a person; nothing where there is none."""
    if name != "review" or context.source is None:
        return ""
    try:
        count = len(read_queue(context.source))
    except BuildOutdatedError:  # the page below says so
        return ""
    return f" {count:,}" if count else ""


def _build_line(words: Words, source: Source) -> str:
    built_at = source.facts.built_at
    age = figures.age(words, datetime.now(UTC) - built_at)
    line = words("as_of", date=figures.moment(built_at), age=age, build=source.build_id)
    return f'<div class="zs-build">{escape(line)}</div>'


def _banner_when_stale(words: Words, source: Source, limit: timedelta) -> None:
    span = datetime.now(UTC) - source.facts.built_at
    if span > limit:
        text = words("stale", age=figures.age(words, span))
        st.html(f'<div class="zs-banner">{escape(text)}</div>')


def _switch_language(words: Words) -> None:
    if words.language == "zh":
        st.query_params["lang"] = "en"
    else:
        del st.query_params["lang"]
    st.rerun()
