"""Quotes redacted text: the sentence around a passage, fit to stand between quotation marks.

In: a redacted text and spans into it. Out: one line without quotation marks of its own kind.
Out of scope: which passages are worth quoting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_END = re.compile(r"[。！？!?\n;；][”’」』）]*|\.(?=\s)")
_BLANKS = re.compile(r"\s+")
_LONGEST = 120
_INNER = str.maketrans({"“": "‘", "”": "’"})


def sentence_around(text: str, spans: Sequence[Sequence[int]], title_length: int = 0) -> str:
    """Give the sentence in which the first passage lies; without passages the beginning.

    A passage of the narrative comes before one of the title. Too long a sentence is cut with
    an ellipsis where it is cut.

    >>> sentence_around("买了卡。打开一看“已被使用”，退不了。算了。", [[9, 13]])
    '打开一看‘已被使用’，退不了。'
    """
    told = [span for span in spans if span[0] >= title_length] or list(spans)
    if told:
        start, end = min((span[0], span[1]) for span in told)
        first = max((match.end() for match in _END.finditer(text, 0, start)), default=0)
        after = _END.search(text, end)
        last = after.end() if after else len(text)
    else:
        start = first = title_length + 1 if 0 < title_length < len(text) - 1 else 0
        last = len(text)
    return as_quote(_cut(text, first, last, start))


def as_quote(text: str) -> str:
    """Make a text fit to stand between quotation marks, on one line."""
    return _BLANKS.sub(" ", text).strip().translate(_INNER)


def _cut(text: str, first: int, last: int, start: int) -> str:
    """Cut a passage that is too long, around the place that matters."""
    if last - first <= _LONGEST:
        return text[first:last]
    low = max(first, start - _LONGEST // 3)
    high = min(last, low + _LONGEST)
    return ("…" if low > first else "") + text[low:high].strip() + ("…" if high < last else "")
