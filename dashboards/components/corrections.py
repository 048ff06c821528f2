"""Corrects what the machine read in a complaint: its codes, axis by axis.

In: a complaint's codes as the build has them, and what people answered since. Out: the codes as
they now stand, and a dialog that writes a correction. Out of scope: how builds obey it
(`flows.corrections`).
"""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from dashboards import reviewing
from dashboards.casework import actor
from dashboards.components import prose
from dashboards.context import Context
from dashboards.reviewing import NAMER
from pipelines.classify.truth import AXIS_OF_KEY
from pipelines.records import Axis

_OPEN = "correcting"

Row = dict[str, Any]


def corrected(context: Context, complaint_id: str, codes: list[Row]) -> list[Row]:
    """Give the codes as people have judged them, also since the build."""
    given = reviewing.read_answers(context.build.home)
    truth = reviewing.truths_of_answers(given).get(complaint_id)
    if truth is None:
        return codes
    kept = [row for row in codes if not truth.decides((Axis(row["axis"]), row["code"]))]
    spans = {(row["axis"], row["code"]): row["spans"] for row in codes}
    judged = [
        {
            **entry,
            "is_alleged": (Axis(axis), code) in truth.codes,
            "origin": "person",
            "score": 1.0,
            "spans": spans.get((axis, code), []),
        }
        for (axis, code), entry in _entries(context).items()
        if (Axis(axis), code) in truth.codes | truth.judged
    ]
    return [*judged, *kept]


def show_correction(context: Context, complaint_id: str, codes: list[Row]) -> None:
    """Draw the button, and its dialog once it was pressed."""
    words = context.words
    with st.container(key="decide-correct"):
        st.button(words("correct"), key="correct", on_click=_ask, args=(complaint_id,))
    if st.session_state.get(_OPEN) == complaint_id:
        title = prose.label(words("correct_title"))
        st.dialog(title, width="medium", on_dismiss=_ask)(_form)(context, complaint_id, codes)


def _ask(complaint_id: str | None = None) -> None:
    st.session_state[_OPEN] = complaint_id


def _form(context: Context, complaint_id: str, codes: list[Row]) -> None:
    """Ask for the codes of each axis, why, and who says so."""
    words = context.words
    prose.soft(words("correct_text"))
    entries = _entries(context)
    before = {
        key: [row["code"] for row in codes if row["axis"] == axis and row["is_alleged"]]
        for key, axis in AXIS_OF_KEY.items()
    }
    chosen = {
        key: st.multiselect(
            words(f"axis_{axis}"),
            [code for of, code in entries if of == axis],
            default=[code for code in before[key] if (str(axis), code) in entries],
            format_func=partial(_label, context, str(axis)),
            placeholder=words("decide_choose"),
            key=f"correct-{key}",
        )
        for key, axis in AXIS_OF_KEY.items()
    }
    reason = st.text_input(words("correct_reason"), key="correct-reason")
    name = st.text_input(words("decide_name"), value=actor(), key="correct-name").strip()
    if not st.button(words("correct_write"), type="primary", key="correct-write"):
        return
    changed = {key: codes for key, codes in chosen.items() if set(codes) != set(before[key])}
    if not changed or not name:
        prose.paragraph(words("decide_needs_name" if changed else "correct_unchanged"))
        return
    st.session_state[NAMER] = name
    told = reason.strip() or words("review_reason", answer=words("correct"))
    reviewing.correct(context.build.home, complaint_id, changed, told)
    _ask()
    st.rerun()


def _label(context: Context, axis: str, code: str) -> str:
    return context.words.label(_entries(context)[axis, code])


def _entries(context: Context) -> dict[tuple[str, str], Row]:
    """Give the codes that people may choose from, by axis and code."""
    rows = context.build.rows("code_choices", axes=[str(axis) for axis in AXIS_OF_KEY.values()])
    return {(row["axis"], row["code"]): row for row in rows}
