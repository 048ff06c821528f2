"""Why a complaint was left out of a candidate, in words: on pages and in dossiers alike.

In: the marks that grouping writes, such as `+code -words:提现,失败 -dates`: what speaks
for (+) and against (-). Out: a sentence. Out of scope: why the candidate is proposed,
which the build says itself, and the words (`why_...`), which pages and dossiers bring.
"""

from __future__ import annotations

from collections.abc import Callable

Say = Callable[..., str]
"""Gives the words of a key in the reader's language, with values put in."""

_MARKS = {
    "-dates": "why_other_dates",
    "-code": "why_other_code",
    "-words": "why_other_words",
    "+code": "why_same_code",
    "+words": "why_same_words",
    "+dates": "why_same_dates",
}


def left_out_because(words: Say, marks: str, label: str) -> str:
    """Say what kept a complaint out, and what it has in common all the same.

    A mark that is not known here is shown as it is.

    >>> left_out_because(lambda key, **values: " ".join([key, *values.values()]), "-words", "x")
    'Why_apart why_other_words  x'
    """
    apart: list[str] = []
    alike: list[str] = []
    for key in sorted(marks.split(), key=_place):
        name, _, terms = key.partition(":")
        (alike if name.startswith("+") else apart).append(_phrase(words, name, terms, label))
    sentence = words("why_apart", apart=words("semicolon").join(apart))
    if alike:
        sentence += words("why_alike", alike=words("semicolon").join(alike))
    return sentence[:1].upper() + sentence[1:]


def _place(mark: str) -> int:
    known = list(_MARKS)
    name = mark.partition(":")[0]
    return known.index(name) if name in known else len(known)


def _phrase(words: Say, name: str, terms: str, label: str) -> str:
    if name == "-words" and terms:
        return words("why_few_words", terms=terms.replace(",", words("comma")))
    if name not in _MARKS:
        return name
    return words(_MARKS[name], terms=terms.replace(",", words("comma")), label=label)
