"""A page that shows hostile names in every way the dashboard shows names. Served by a test."""

from __future__ import annotations

import streamlit as st

from dashboards.components import prose

NAMES = (
    "*a* [x](http://y)",
    "# x",
    "$x$ and $$y$$",
    ":red[x] :smile: :material/home:",
    "<b>x</b> &amp; <script>alert(1)</script>",
    "a -> b -- c",
    "1. one `code` ~~gone~~ **bold** __under__",
    "www.example.com someone@example.com http://example.com",
    "\\* back\\slash ![i](http://y/i.png)",
)


def show() -> None:
    """Draw every name as a title, a heading, a note and a link."""
    here = st.Page(lambda: None, title="here", url_path="here", default=True)
    st.navigation([here], position="hidden").run()
    for name in NAMES:
        prose.title(name)
        prose.heading(name)
        prose.soft(name)
        st.page_link(here, label=prose.label(name), query_params={"id": name})


if __name__ == "__main__":
    show()
