"""Passages of a text that readers skip: injected advertising, and what is said again.

In: a normalised text and its sentences. Out: the passages, in order, without overlap, each
with its reason. Out of scope: how they are found (`adverts`, `repeats`), and cutting: a
passage is marked, and `blanked` hides it from the steps that come after.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from pipelines.extract.adverts import find_adverts
from pipelines.extract.repeats import find_repeats, find_title_again
from pipelines.records import Removal, Span


def find_removed(text: str, sentences: Sequence[Span]) -> tuple[Removal, ...]:
    """List the passages that readers skip. Adverts inside a repeat are adverts all the same.

    >>> text = "买粉丝网站:要求退款。客服表示买粉丝网站,不能退。"
    >>> [(one.reason, text[one.span.start : one.span.end]) for one in find_removed(text, [])]
    [('spam', '买粉丝网站'), ('spam', '买粉丝网站')]
    """
    adverts = find_adverts(text)
    removed = [Removal(reason="spam", span=span) for span in adverts]
    shown = blanked(text, removed)
    if adverts:
        titles = [Removal(reason="repeat", span=span) for span in find_title_again(shown)]
        removed += titles
        shown = blanked(shown, titles)
    holes = sorted(one.span for one in removed)
    for repeat in find_repeats(shown, sentences):
        known = holes[bisect_left(holes, repeat) : bisect_left(holes, Span(repeat.end, 0))]
        removed += [Removal(reason="repeat", span=span) for span in _outside(repeat, known)]
    return tuple(sorted(removed, key=lambda one: one.span))


def blanked(text: str, removed: Iterable[Removal]) -> str:
    """Put blanks in the place of removed passages; the text keeps its length.

    >>> blanked("abcd", [Removal(reason="spam", span=Span(1, 3))])
    'a  d'
    """
    pieces: list[str] = []
    position = 0
    for one in removed:
        pieces += (text[position : one.span.start], " " * (one.span.end - one.span.start))
        position = one.span.end
    return "".join((*pieces, text[position:])) if pieces else text


def _outside(span: Span, holes: Sequence[Span]) -> Iterator[Span]:
    """Give the parts of a passage that lie between what is removed from it already."""
    start = span.start
    for hole in holes:
        if hole.start > start:
            yield Span(start, hole.start)
        start = hole.end
    if start < span.end:
        yield Span(start, span.end)
