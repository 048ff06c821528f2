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
_SHORT_EXCERPT = 16


def whole_text(text: str, title_length: int, spans: Sequence[Sequence[int]]) -> str:
    """Give the whole text as HTML: title apart, passages marked, placeholders greyed."""
    title = _marked(text, 0, title_length, spans)
    body = _marked(text, title_length, len(text), spans).lstrip("\n")
    head = f'<div class="zs-title">{title}</div>' if title_length else ""
    return f'<div class="zs-text">{head}{body}</div>'


def excerpt(text: str, title_length: int, spans: Sequence[Sequence[int]]) -> str:
    """Give the sentence around a passage as HTML; without passages, the beginning.

    A passage of the narrative comes before one of the title, which often only
    repeats a label; a short sentence goes on with the next.

    >>> excerpt("买了一张充值卡。打开一看卡密已被使用,商家却说概不负责！不退。", 0, [[12, 18]])
    '打开一看<mark>卡密已被使用</mark>,商家却说概不负责！'
    """
    if not spans:
        first = title_length + 1 if 0 < title_length < len(text) - 1 else 0
        last = min(len(text), first + _LONGEST_EXCERPT)
        return _marked(text, first, last, spans) + ("…" if last < len(text) else "")
    told = [span for span in spans if span[0] >= title_length]
    start, end = min(map(tuple, told or spans))
    first = max((match.end() for match in _SENTENCE_END.finditer(text, 0, start)), default=0)
    last = _end_of_sentence(text, end)
    while last < len(text) and last - first < _SHORT_EXCERPT:
        last = _end_of_sentence(text, last)
    cut_first, cut_last = max(first, start - _LONGEST_EXCERPT), min(last, end + _LONGEST_EXCERPT)
    before, after = "…" if cut_first > first else "", "…" if cut_last < last else ""
    return f"{before}{_marked(text, cut_first, cut_last, spans).strip()}{after}"


def _end_of_sentence(text: str, at: int) -> int:
    end = _SENTENCE_END.search(text, at)
    return end.end() if end else len(text)


def _marked(text: str, first: int, last: int, spans: Sequence[Sequence[int]]) -> str:
    pieces, at = [], first
    for start, end in sorted(map(tuple, spans)):
        start, end = max(start, at), min(end, last)
        if start < end:
            pieces += [_plain(text[at:start]), f"<mark>{_plain(text[start:end])}</mark>"]
            at = end
    return "".join([*pieces, _plain(text[at:last])])


def _plain(text: str) -> str:
    return _PLACEHOLDER.sub(
        lambda match: f'<span class="zs-placeholder">{match.group()}</span>', escape(text)
    )
