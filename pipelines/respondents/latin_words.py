"""Divides Latin names into words, and takes their legal forms off.

In: a normalised name. Out: its words. Out of scope: what the words name
(`pipelines.respondents.names`).
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.taxonomy.naming import load_naming

_INITIALS = re.compile(r"(?<![a-z])(?:[a-z]\.\s?){2,}")
_SARL = re.compile(r"\bs\.[^a-z0-9]*a?[^a-z0-9]*r\.\s?l\b\.?")


def latin_words(text: str) -> list[str]:
    """Divide a Latin name into words: initials joined, & read as and, apostrophes dropped.

    >>> latin_words("morgan's & co.")
    ['morgans', 'and', 'co']
    """
    spelled = _SARL.sub(" sarl ", text)
    joined = _INITIALS.sub(lambda match: re.sub(r"[.\s]", "", match.group()) + " ", spelled)
    plain = (
        joined.replace("&", " and ").replace(" dot com", " com").replace("'", "").replace("\\", "")
    )
    short = load_naming().short_words
    words = re.findall(r"[^\W_]+", plain)
    return " ".join(short.get(word, word) for word in words).split()


def without_legal_form(words: list[str]) -> tuple[str, ...]:
    """Take legal forms off the end, and an article off the front, as long as a word remains.

    >>> without_legal_form(["the", "acme", "company"])
    ('acme',)
    """
    words = words[1:] if words[:1] == ["the"] and len(words) > 1 else words
    while length := _legal_length(words):
        words = words[:-length]
        if words[-1] == "and" and len(words) > 1:
            words = words[:-1]
    return tuple(words)


def is_short_for(initials: str, words: list[str]) -> bool:
    """Say whether these letters are, in order, first letters of the words.

    >>> is_short_for("becu", ["boeing", "employees", "credit", "union"])
    True
    """
    letters = iter(word[0] for word in words)
    return len(initials) > 2 and all(letter in letters for letter in initials)


def _legal_length(words: list[str]) -> int:
    """Count the words of the legal form at the end; 0 where nothing else would remain."""
    legal = _legal_forms()
    fitting = (n for n in (3, 2, 1) if n < len(words) and tuple(words[-n:]) in legal)
    return next(fitting, 0)


@cache
def _legal_forms() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(form.split()) for form in load_naming().legal_en)
