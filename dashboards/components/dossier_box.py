"""The button that makes a candidate's dossier, and the files to take away.

In: a candidate's row and the casebook. Out: a dialog: what the dossier will say of the state of
the case, which decisions the build does not hold yet, then the files. Out of scope: making them
(`dashboards.dossiers`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboards.casework import Casebook
from dashboards.components import prose
from dashboards.components.decisions import newer_decisions
from dashboards.context import Context
from dashboards.dossiers import archive, make_dossier
from dashboards.state import Language
from pipelines.dossier import DossierError

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MIME = {
    "dossier.docx": _DOCX,
    "dossier.md": "text/markdown",
    "dossier.json": "application/json",
    "members.csv": "text/csv",
}
_OPEN = "dossier_open"

Row = Mapping[str, Any]


def show_dossier(context: Context, candidate: Row, book: Casebook) -> None:
    """Draw what a dossier is for, and the button that makes it."""
    words, identity = context.words, candidate["candidate_id"]
    prose.heading(words("dossier_title"))
    prose.soft(words("dossier_text"))
    with st.container(horizontal=True, key="decide-dossier"):
        label = words("dossier_make")
        st.button(label, key="dossier", on_click=_open, args=(identity,), shortcut="D")
    if st.session_state.get(_OPEN) == identity:
        opened = st.dialog(
            prose.label(words("dossier_dialog")), width="medium", on_dismiss=_open
        )(_dialog)  # fmt: skip
        opened(context, candidate, book)


def _open(candidate_id: str | None = None) -> None:
    """Note of which candidate the dialog stands open; of none without an argument."""
    st.session_state[_OPEN] = candidate_id


def _dialog(context: Context, candidate: Row, book: Casebook) -> None:
    words, identity = context.words, candidate["candidate_id"]
    prose.paragraph(words(f"dossier_{book.of(identity).disposition}"))
    if newer := newer_decisions(context, identity, book):
        prose.soft(words("dossier_newer"), *newer)
    language = _language(context)
    try:
        with st.spinner(words("dossier_making")):
            files = make_dossier(context.build, identity, language)
    except DossierError:
        prose.paragraph(words("dossier_nobody_left"))
        return
    with st.container(horizontal=True, gap="small", key="decide-dossier-files"):
        for name, mime in _MIME.items():
            label = words(f"dossier_file_{name.rpartition('.')[2]}")
            _save(label, f"zhongsu-{identity}-{name}", files[name], mime)
        packed = f"zhongsu-{identity}-dossier.zip"
        _save(words("dossier_file_zip"), packed, archive(files), "application/zip")
    prose.soft(words("dossier_files_note", n=len(files)))


def _language(context: Context) -> Language:
    """Ask for the dossier's language; that of the page unless the reader says otherwise."""
    words = context.words
    chosen: Language | None = st.segmented_control(
        words("dossier_language"),
        ("zh", "en"),
        default=words.language,
        format_func=lambda one: words(f"dossier_language_{one}"),
        key="dossier_language",
    )
    return chosen or words.language


def _save(label: str, file_name: str, content: bytes, mime: str) -> None:
    st.download_button(
        label, content, file_name=file_name, mime=mime, on_click="ignore", key=f"save-{file_name}"
    )
