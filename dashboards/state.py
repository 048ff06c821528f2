"""What a link holds: language and filters, read from the address and written back to it.

In: the query parameters of the page's address. Out: values that a view may use, with
what does not belong ignored. A filter shows what the address says, and a change is
written there in codes of ours, so Back, a sent link and the other language show the
same rows. (Streamlit's own `bind="query-params"` writes labels of one language.)
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal
from urllib.parse import parse_qsl, urlencode

import streamlit as st

Language = Literal["zh", "en"]

FILTERS = ("merchant", "issue", "region", "tier", "status", "assignee", "since", "visit", "text")
_OF_THE_LIST = (*FILTERS, "sort", "page")


def language() -> Language:
    """Give the page's language: `?lang=en`, else Chinese."""
    return "en" if st.query_params.get("lang") == "en" else "zh"


def carried() -> dict[str, str]:
    """Give the parameters that every link keeps."""
    return {"lang": "en"} if language() == "en" else {}


def list_left() -> dict[str, str]:
    """Give what a link away from the worklist carries, to lead back to the list as it is.

    On the worklist that is its filters, order and page, packed into `list`; on the pages
    behind it, the same again.
    """
    here = {name: st.query_params.get(name, "") for name in _OF_THE_LIST}
    packed = urlencode({name: value for name, value in here.items() if value})
    packed = parameter("list") or packed
    return {"list": packed} if packed else {}


def list_again() -> dict[str, str]:
    """Give the filters, order and page of the list that was left; none when none was."""
    packed = dict(parse_qsl(parameter("list") or ""))
    return {name: packed[name] for name in _OF_THE_LIST if name in packed}


def follow_address(name: str, value: object) -> None:
    """Make the widget of this key show what the address says; call it before the widget."""
    st.session_state[name] = value


def write_address(name: str, usual: object = None, forgotten: tuple[str, ...] = ()) -> None:
    """Write what a changed widget holds to the address, and forget what hung on it.

    The usual value is not written. To be given to a widget as `on_change`.
    """
    value = st.session_state[name]
    if value in (usual, None, ""):
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = str(value)
    forget(forgotten)


def forget(names: tuple[str, ...]) -> None:
    """Take parameters out of the address."""
    for name in names:
        st.query_params.pop(name, None)


def chosen(name: str, options: Collection[str]) -> str | None:
    """Give the option that a parameter names, or None when it names none."""
    asked = parameter(name)
    return asked if asked in options else None


def parameter(name: str) -> str | None:
    """Give a parameter of the address, or None when it is absent or empty."""
    return st.query_params.get(name) or None


def page_number(name: str) -> int:
    """Give the page that a parameter asks for, from 1; 1 for what is no such number."""
    given = st.query_params.get(name, "")
    return max(int(given), 1) if given.isdecimal() and len(given) < 9 else 1
