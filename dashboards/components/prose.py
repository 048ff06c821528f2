"""Text on a page. Here alone does text become HTML or a label; no view calls Markdown.

In: words of ours, names and texts of strangers. Out: the same characters on the page,
whatever they mean in HTML or Markdown. Out of scope: tables (`figures`), marked
passages (`passages`).
"""

from __future__ import annotations

import re
from html import escape

import streamlit as st

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SHORTCODE = re.compile(r":(?=[\w+-])")
_ARROW = re.compile(r"(?<!\S)(<->|->|<-|--|>=|<=|~=)(?!\S)")
_WORD_JOINER = "\N{WORD JOINER}"


def title(text: str) -> None:
    """Draw the heading of a page."""
    st.html(f"<h1>{escape(text)}</h1>")


def heading(text: str) -> None:
    """Draw the heading of a part of a page."""
    st.html(f"<h2>{escape(text)}</h2>")


def paragraph(text: str) -> None:
    """Draw a paragraph."""
    st.html(f'<p class="zs-text">{escape(text)}</p>')


def soft(*lines: str) -> None:
    """Draw lines that stand behind the rest: notes, sources, legends."""
    st.html("".join(f'<div class="zs-soft">{escape(line)}</div>' for line in lines))


def label(text: str) -> str:
    r"""Give text as a label that Streamlit, which reads Markdown there, shows as it is.

    Emoji codes and arrows are replaced after Markdown is read, where no backslash
    helps; an invisible word joiner keeps them apart. White space becomes one space.

    >>> print(label("*a* [x](y)"))
    \*a\* \[x\]\(y\)
    """
    one_line = " ".join(text.split())
    apart = _SHORTCODE.sub(f":{_WORD_JOINER}", one_line)
    apart = _ARROW.sub(lambda arrow: f"{arrow[0][0]}{_WORD_JOINER}{arrow[0][1:]}", apart)
    return _PUNCTUATION.sub(r"\\\1", apart)
