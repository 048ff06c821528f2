"""What every view is given: words, the build, the settings, and the other pages to link to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboards.components.prose import label as as_label
from dashboards.data import Source
from dashboards.settings import DashboardSettings
from dashboards.state import carried
from dashboards.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The surroundings of one rerun. `source` is None before the first publication."""

    words: Words
    settings: DashboardSettings
    source: Source | None
    pages: Mapping[str, Any]

    @property
    def build(self) -> Source:
        """The build, for views that are only shown when there is one."""
        assert self.source is not None, "app.py shows the empty page instead of this view"
        return self.source

    def link(self, page: str, label: str, **parameters: str) -> None:
        """Draw a link to another page, in the same session, that keeps the language."""
        query = {**carried(), **parameters}
        st.page_link(self.pages[page], label=as_label(label), query_params=query)
