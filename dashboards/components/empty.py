"""Pages with nothing to show: why, and what to do next."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboards.context import Context


def nothing_published(context: Context) -> None:
    """Say that there is no build yet, and how to make one."""
    words = context.words
    home = context.settings.home
    commands = f"zhongsu --home {home} import posts FILE.jsonl\nzhongsu --home {home} run"
    _say(words("empty_home_title"), words("empty_home_text"), commands)


def build_outdated(context: Context) -> None:
    """Say that the build was made by another version, and how to make a new one."""
    words = context.words
    command = f"zhongsu --home {context.settings.home} run"
    _say(words("outdated_title"), words("outdated_text"), command)


def nothing_here(title: str, text: str) -> None:
    """Say why a page or a part of it is empty."""
    _say(title, text, None)


def _say(title: str, text: str, commands: str | None) -> None:
    block = f"<code>{escape(commands)}</code>" if commands else ""
    st.html(f'<div class="zs-empty"><h2>{escape(title)}</h2>{escape(text)}{block}</div>')
