"""Who answers: asked once per browser session, before the first answer.

In: what the reader types. Out: whether somebody is named. Out of scope: what is answered.
"""

from __future__ import annotations

import streamlit as st

from dashboards.casework import actor
from dashboards.components import prose
from dashboards.context import Context
from dashboards.reviewing import NAMER

_TYPED = "reviewer"


def ask_name(context: Context) -> bool:
    """Draw who answers, or ask for it; say whether somebody is named."""
    words = context.words
    if actor():
        prose.soft(words("reviewer_is", name=actor()))
        return True
    with st.container(key="reviewer-box"):
        st.text_input(words("reviewer_name"), key=_TYPED, on_change=_note, max_chars=80)
        prose.soft(words("reviewer_why"))
    return False


def _note() -> None:
    """Keep the name for the rest of the session."""
    st.session_state[NAMER] = str(st.session_state[_TYPED]).strip()
