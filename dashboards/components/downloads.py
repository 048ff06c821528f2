"""The line under a chart: where its data come from, and its rows as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboards.words import Words

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def source_line(words: Words, text: str, rows: Sequence[dict[str, Any]], name: str) -> None:
    """Draw the source sentence and the CSV button."""
    left, right = st.columns([8, 1], vertical_alignment="center")
    left.html(f'<div class="zs-soft">{escape(text)}</div>')
    right.download_button(
        words("download_csv"),
        as_csv(rows),
        file_name=f"zhongsu-{name}.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"csv-{name}",
    )


def as_csv(rows: Sequence[dict[str, Any]]) -> str:
    """Give rows as CSV that a spreadsheet shows and never runs.

    >>> as_csv([{"a": "=1+1"}]).splitlines()[1]
    "'=1+1"
    """
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows({name: _quoted(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _quoted(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value
