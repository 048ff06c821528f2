"""Shows redacted text with its passages marked. Text from complaints is always escaped.

In: a redacted text, its title's length, half-open spans into it. Out: HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

_PLACEHOLDER = re.compile(r"\[[A-Z_]+_\d+\]")
_SENTENCE_END = re.compile(r"[。！？!?\n;；]|\.(?=\s)")
_LONGEST_EXCERPT = 140


def whole_text(text: str, title_length: int, spans: Sequence[Sequence[int]]) -> str:
    """Give the whole text as HTML: title apart, passages marked, placeholders greyed."""
    title = _marked(text, 0, title_length, spans)
    body = _marked(text, title_length, len(text), spans).lstrip("\n")
    head = f'<div class="zs-title">{title}</div>' if title_length else ""
    return f'<div class="zs-text">{head}{body}</div>'


def excerpt(text: str, title_length: int, spans: Sequence[Sequence[int]]) -> str:
    """Give the sentence around the first passage as HTML; without passages, the beginning.

    >>> excerpt("买了一张卡。卡密已被使用！不退款。", 0, [[6, 12]])
    '<mark>卡密已被使用</mark>！'
    """
    if not spans:
        first = title_length + 1 if 0 < title_length < len(text) - 1 else 0
        last = min(len(text), first + _LONGEST_EXCERPT)
        return _marked(text, first, last, spans) + ("…" if last < len(text) else "")
    start, end = spans[0]
    first = max((match.end() for match in _SENTENCE_END.finditer(text, 0, start)), default=0)
    after = _SENTENCE_END.search(text, end)
    last = after.end() if after else len(text)
    first, last = max(first, start - _LONGEST_EXCERPT), min(last, end + _LONGEST_EXCERPT)
    return _marked(text, first, last, spans).strip()


def _marked(text: str, first: int, last: int, spans: Sequence[Sequence[int]]) -> str:
    pieces, at = [], first
    for start, end in sorted(spans):
        start, end = max(start, at), min(end, last)
        if start < end:
            pieces += [_plain(text[at:start]), f"<mark>{_plain(text[start:end])}</mark>"]
            at = end
    return "".join([*pieces, _plain(text[at:last])])


def _plain(text: str) -> str:
    return _PLACEHOLDER.sub(
        lambda match: f'<span class="zs-placeholder">{match.group()}</span>', escape(text)
    )
