"""Colours, type and the style sheet: how every page looks, in light and dark.

Colours are Okabe-Ito where they tell categories apart; one accent; grey for context;
red only for what is overdue or failed.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

import streamlit as st

FONT = '"Source Sans", "Noto Sans CJK SC", sans-serif'
ACCENT = "#0b6e6e"
ACCENT_ON_DARK = "#4fb3b3"
CONTEXT = "#9aa0a6"
BAND = "#9aa0a6"
CATEGORIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours that differ between light and dark."""

    accent: str
    ink: str


ON_LIGHT = Palette(accent=ACCENT, ink="#1a1a1a")
ON_DARK = Palette(accent=ACCENT_ON_DARK, ink="#f2f2f2")


def palette() -> Palette:
    """Give the colours that have contrast enough on the reader's theme."""
    return ON_DARK if st.context.theme.type == "dark" else ON_LIGHT


def apply_style() -> None:
    """Put the style sheet on the page."""
    css = resources.files("dashboards").joinpath("style.css").read_text(encoding="utf-8")
    st.html(f"<style>:root {{ --zs-accent: {palette().accent}; }}\n{css}</style>")
