"""What a link holds: language and filters, read from the address and written back to it.

In: the query parameters of the page's address. Out: values that a view may use, with
what does not belong ignored. Filter widgets are bound to the address by Streamlit
itself (`bind="query-params"`), so Back and a sent link show the same page.
"""

from __future__ import annotations

from typing import Literal

import streamlit as st

Language = Literal["zh", "en"]


def language() -> Language:
    """Give the page's language: `?lang=en`, else Chinese."""
    return "en" if st.query_params.get("lang") == "en" else "zh"


def carried() -> dict[str, str]:
    """Give the parameters that every link keeps."""
    return {"lang": "en"} if language() == "en" else {}


def parameter(name: str) -> str | None:
    """Give a parameter of the address, or None when it is absent or empty."""
    return st.query_params.get(name) or None


def page_number(name: str) -> int:
    """Give the page that a parameter asks for, from 1; 1 for what is no such number."""
    given = st.query_params.get(name, "")
    return max(int(given), 1) if given.isdecimal() and len(given) < 9 else 1
