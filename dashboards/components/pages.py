"""The numbers under a list that is shown page by page.

In: the parameter of the address that holds the page. Out: the same, when clicked.
"""

from __future__ import annotations

import streamlit as st

from dashboards.state import follow_address, page_number, write_address


def show_pages(name: str, count: int) -> None:
    """Draw the page numbers from 1 to `count`, with the page of the address marked."""
    follow_address(name, min(page_number(name), count))
    st.pagination(count, key=name, on_change=write_address, args=(name, 1))
