"""What the marks of a chart mean, above it: only those that occur in it.

In: the rows of a chart by week. Out: HTML. Zero, unknown and missing each have a mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from dashboards.words import Words


def legend(words: Words, marks: Iterable[str]) -> str:
    """Give the legend of these marks, as named by the style sheet and the words."""
    keys = "".join(
        f'<span><i class="zs-key-{mark}"></i>{escape(words(f"mark_{mark}"))}</span>'
        for mark in marks
    )
    return f'<div class="zs-key">{keys}</div>'


def coverage_marks(weeks: Sequence[dict[str, Any]], count: str) -> list[str]:
    """Name the marks that tell an empty week's meaning: zero, unknown, not covered.

    >>> coverage_marks([{"n": None, "is_covered": None}, {"n": 0, "is_covered": True}], "n")
    ['zero', 'unknown']
    """
    return [
        *(["zero"] if any(week[count] == 0 for week in weeks) else []),
        *(["unknown"] if any(_is_unknown(week, count) for week in weeks) else []),
        *(["uncovered"] if any(week["is_covered"] is False for week in weeks) else []),
    ]


def coverage_state(weeks: Sequence[dict[str, Any]]) -> str:
    """Say how much of the span was declared complete: full, partial or unknown."""
    covered = {week["is_covered"] for week in weeks}
    return "unknown" if covered == {None} else "full" if covered == {True} else "partial"


def _is_unknown(week: dict[str, Any], count: str) -> bool:
    return week[count] is None and week["is_covered"] is None
