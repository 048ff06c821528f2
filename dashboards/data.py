"""Reads a build for the pages, and remembers answers as long as the build is the same.

In: a query's name and parameters. Out: Arrow tables or rows. A new build is noticed at
the next rerun, because the build id is part of every key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import streamlit as st

from warehouse.builds import current_build_id
from warehouse.home import Home
from warehouse.read import Reader, open_reader

_REMEMBERED_ANSWERS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildFacts:
    """What the build is. The dates are None when no complaint in it is dated."""

    build_id: str
    built_at: datetime
    complaint_count: int
    candidate_count: int
    first_date: date | None
    last_date: date | None


@dataclass(frozen=True, slots=True)
class Source:
    """The current build of one home, as the analyst may read it."""

    home: Path
    build_id: str

    @property
    def facts(self) -> BuildFacts:
        """What the build is and holds."""
        return BuildFacts(**self.rows("build")[0])

    def ask(self, query: str, **parameters: Any) -> pa.Table:
        """Give the answer of a query of `warehouse/queries`."""
        return _answer(self.home, self.build_id, query, parameters)

    def rows(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """Give the answer as rows."""
        rows: list[dict[str, Any]] = self.ask(query, **parameters).to_pylist()
        return rows


def open_source(home: Path) -> Source | None:
    """Open the current build, or give None before the first publication."""
    build_id = current_build_id(Home(home))
    return None if build_id is None else Source(home, build_id)


@st.cache_resource(max_entries=3, show_spinner=False)
def _reader(home: Path, build_id: str) -> Reader:
    return open_reader(Home(home), "internal", build_id=build_id)


@st.cache_data(max_entries=_REMEMBERED_ANSWERS, show_spinner=False)
def _answer(home: Path, build_id: str, query: str, parameters: dict[str, Any]) -> pa.Table:
    return _reader(home, build_id).query(query, **parameters)
