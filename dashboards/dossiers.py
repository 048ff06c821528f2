"""A candidate's dossier as files in memory, for the button on its page.

In: the build, a candidate and a language. Out: the same bytes that `zhongsu dossier` writes,
and all of them in one ZIP. Out of scope: what a dossier says (`pipelines.dossier`).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from dashboards.casework import Casebook, read_casebook
from dashboards.data import Source
from pipelines.dossier import Language, Order, dossier_files
from pipelines.dossier.decisions import decisions_of
from pipelines.reading import ReadingContext
from pipelines.taxonomy import load_taxonomy
from warehouse.home import Home

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The day that every file of an archive bears, so that the same dossier is the same archive."""


def make_dossier(source: Source, candidate_id: str, language: Language) -> dict[str, bytes]:
    """Give the files of a dossier by name; made once for a build and what was decided until now.

    Raises:
        DossierError: people took every member out.
    """
    book = read_casebook(source.home)
    last = max((event.event_no for event in book.events), default=0)
    return _files(source, candidate_id, language, last, book)


def archive(files: Mapping[str, bytes]) -> bytes:
    """Pack files into one ZIP; the same files give the same bytes.

    >>> archive({"a.txt": b"1"}) == archive({"a.txt": b"1"})
    True
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as box:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, date_time=_EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            box.writestr(info, content)
    return packed.getvalue()


@st.cache_data(max_entries=8, show_spinner=False)
def _files(
    source: Source, candidate_id: str, language: Language, last_event_no: int, _book: Casebook
) -> dict[str, bytes]:
    decisions = decisions_of(_book.events, _book.taken_back, _book.cases, candidate_id)
    order = Order(candidate_id=candidate_id, language=language)
    return dossier_files(source.rows, order, decisions, _context(source.home))


@st.cache_resource(max_entries=1, show_spinner=False)
def _context(home: Path) -> ReadingContext:
    return ReadingContext.build(taxonomy=load_taxonomy(), key=Home(home).secret_key())
