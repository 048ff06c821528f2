"""Marks where a copied text differs from the first one. Texts of complaints are always escaped.

In: two texts. Out: HTML with what only the second has marked as added, what only the first has
as left out, and long equal parts shortened. Out of scope: which texts are copies
(`pipelines.dedupe`).
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape

CONTEXT = 14
"""Characters of what is alike that are shown on each side of a difference."""

_WORD = re.compile(r"[0-9]+|[A-Za-z]+|[\s\S]")
"""What differs as a whole: a number, a Latin word, any other character."""

LONGEST_COMPARED = 4_000
"""Characters of a text that are compared; the time grows with their square."""


def differences(first: str, other: str) -> str | None:
    """Give the differences as HTML; None where there is none.

    >>> differences("order A1 came late", "order B2 came late")
    'order <del>A1</del><ins>B2</ins> came late'
    """
    one, two = first[:LONGEST_COMPARED], other[:LONGEST_COMPARED]
    if one == two and len(first) == len(other):
        return None
    left, right = _WORD.findall(one), _WORD.findall(two)
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    pieces = []
    for place, (what, a, b, c, d) in enumerate(steps):
        gone, come = "".join(left[a:b]), "".join(right[c:d])
        if what == "equal":
            pieces.append(_shortened(gone, place == 0, place == len(steps) - 1))
            continue
        if gone:
            pieces.append(f"<del>{escape(gone)}</del>")
        if come:
            pieces.append(f"<ins>{escape(come)}</ins>")
    return "".join(pieces)


def _shortened(text: str, is_first: bool, is_last: bool) -> str:
    """Keep what stands beside a difference."""
    kept = (0 if is_first else CONTEXT) + (0 if is_last else CONTEXT)
    if len(text) <= max(kept, CONTEXT) + 1:
        return escape(text)
    head = "" if is_first else text[:CONTEXT]
    tail = "" if is_last else text[-CONTEXT:]
    return f"{escape(head)}…{escape(tail)}"
