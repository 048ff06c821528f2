"""Passages of a text that readers skip: injected advertising, and what is said again.

In: a normalised text and its sentences. Out: the passages, in order, without overlap, each
with its reason. Out of scope: how they are found (`adverts`, `repeats`), and cutting: a
passage is marked, and `blanked` hides it from the steps that come after.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from pipelines.extract.adverts import find_adverts
from pipelines.extract.repeats import find_repeats, find_title_again
from pipelines.records import Removal, Span

_LETTER = re.compile(r"\w")


def find_removed(text: str, sentences: Sequence[Span]) -> tuple[Removal, ...]:
    """List the passages that readers skip. Adverts inside a repeat are adverts all the same.

    >>> text = "买粉丝网站:要求退款。客服表示买粉丝网站,不能退。"
    >>> [(one.reason, text[one.span.start : one.span.end]) for one in find_removed(text, [])]
    [('spam', '买粉丝网站'), ('spam', '买粉丝网站')]
    """
    adverts = find_adverts(text)
    removed = [Removal(reason="spam", span=span) for span in adverts]
    shown = blanked(text, adverts)
    if adverts:
        titles = find_title_again(shown)
        removed += [Removal(reason="repeat", span=span) for span in titles]
        shown = blanked(shown, titles)
    holes = sorted(one.span for one in removed)
    for repeat in find_repeats(shown, sentences):
        removed += [
            Removal(reason="repeat", span=span)
            for span in _outside(repeat, holes)
            if _LETTER.search(text, *span)
        ]
    return tuple(sorted(removed, key=lambda one: one.span))


def blanked(text: str, passages: Iterable[Span]) -> str:
    """Put blanks in the place of passages, which are in order; the text keeps its length.

    >>> blanked("abcd", [Span(1, 3)])
    'a  d'
    """
    pieces: list[str] = []
    position = 0
    for start, end in passages:
        pieces += (text[position:start], " " * (end - start))
        position = end
    return "".join((*pieces, text[position:])) if pieces else text


def _outside(span: Span, holes: Sequence[Span]) -> Iterator[Span]:
    """Give the parts of a passage that lie outside others; these are in order, without overlap.

    >>> list(_outside(Span(2, 9), [Span(0, 3), Span(5, 6), Span(20, 30)]))
    [Span(start=3, end=5), Span(start=6, end=9)]
    """
    start = span.start
    first = max(bisect_left(holes, span) - 1, 0)
    for hole in holes[first : bisect_left(holes, Span(span.end, 0))]:
        if hole.start > start:
            yield Span(start, hole.start)
        start = max(start, hole.end)
    if start < span.end:
        yield Span(start, span.end)
