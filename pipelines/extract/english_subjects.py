"""One-word names in Latin letters that do what persons do: given names, pinyin in reports.

In: a text as written. Out: mentions. Out of scope: names of two words (`english_runs`), and
names that a frame announces (`english_names`).

A name in pinyin may be a company's or a place's as well: what the text says of it everywhere
decides. The text is read once for all names, not once for each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from pipelines.extract.latin_parts import (
    can_be_person,
    family_and_given,
    is_given_name,
    is_pinyin,
    is_place,
)
from pipelines.extract.persons import Mention

_CAPITAL_BEFORE = re.compile(r"[A-Z][A-Za-z]+\.? $")
_DOES = (
    r"(?:said|says|told|tells|explained|explains|sighed|added|adds|recalled|realized|realised|felt"
    r"|thought|hoped|hopes|believes|believed|decided|found|bought|paid|lives|complained"
    r"|contacted|insisted|noticed|discovered|promised"
    r"|called|asked|sent|replied|clicked|received|has|had|was|is|took|put|saw|went|claims"
    r"|claimed|refused|hung)"
)
_SUBJECT = re.compile(
    r"(?P<name>[A-Z](?<![A-Za-z'’&-][A-Z])[a-z]{1,14})"
    r"(?:['’]s (?:view|case|account|opinion|mouth|appeal|complaint)\b"
    rf"| {_DOES}\b|, (?:a|an|the|who)\b"
    r"| (?:from|in) (?:[A-Z]|billing|support|sales|customer|collections))"
)
_SURELY_HUMAN = re.compile(
    r" (?:sighed|felt|thought|recalled|realized|realised|hoped|believes|believed|lives|added|bought"
    r"|said angrily|told (?:the )?reporters?|explained|complained)\b"
    r"|['’]s (?:view|mouth|opinion)\b| from [A-Z]|, (?:a|an|who)\b"
    r"|[^.\n]{0,60}\b(?:he|she|his|her)\b"
)
_OF_BUSINESS = re.compile(
    r"\b([a-z]{2,15})(?=(?:['’]s)? (?:bank|card|account|rep|employee|claim|customer|credit"
    r"|associate|app|platform|store|website|support|loan|mortgage|branch|check|debit|visa"
    r"|online)s?\b)",
    re.IGNORECASE,
)
_AFTER_PREPOSITION = re.compile(
    r"\b(?:in|In|at|on|via|through|near)(?= ([A-Z][a-z]{1,14})\b(?!['’]))"
)
_IN_SMALL = re.compile(r"\b[a-z]{2,15}\b")
_CAPITALISED_PART = re.compile("[A-Z][a-z]{1,14}")
_CAPITALISED_WORD = re.compile(r"\b[A-Z][a-z]{1,14}\b", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Uses:
    """How a text uses some capitalised words: as things and places, and how often at all."""

    things: Set[str]
    places: Set[str]
    counts: Counter[str]


def find_subjects(text: str) -> Iterator[Mention]:
    """Report one-word names that do what persons do.

    >>> text = "Xiaomei sighed. Xiaomei said that Jessica told her so."
    >>> [text[one.start : one.end] for one in find_subjects(text)]
    ['Jessica', 'Xiaomei', 'Xiaomei']
    """
    candidates: dict[str, list[re.Match[str]]] = {}
    for match in _SUBJECT.finditer(text):
        candidates.setdefault(match["name"], []).append(match)
    in_pinyin: dict[str, list[re.Match[str]]] = {}
    for name, matches in candidates.items():
        if is_given_name(name, surely=True):
            yield from _acting(text, name, matches)
        elif is_pinyin(name) and can_be_person(name) and not is_place(name):
            in_pinyin[name] = matches
    if in_pinyin:
        uses = _uses(text, in_pinyin.keys())
        persons = {name for name in in_pinyin if _is_protagonist(text, in_pinyin[name], uses)}
        for match in _CAPITALISED_WORD.finditer(text) if persons else ():
            if match.group() in persons:
                yield Mention(*match.span(), match.group().lower(), "", "")


def _acting(text: str, name: str, matches: Sequence[re.Match[str]]) -> Iterator[Mention]:
    """Give the places where a given name stands before its verb, with no name before it."""
    for match in matches:
        before = text[max(0, match.start() - 20) : match.start()]
        goes_on = text[match.end("name") : match.end("name") + 2]
        is_verb_next = goes_on[:1] == " " and goes_on[1:].islower()
        if is_verb_next and not _CAPITAL_BEFORE.search(before):
            yield Mention(*match.span("name"), *family_and_given(name), "")


def _uses(text: str, names: Set[str]) -> _Uses:
    """Read a text once for how it uses some names."""
    parts = _CAPITALISED_PART.findall(text)
    beginnings = (part[:length] for part in parts for length in range(2, len(part) + 1))
    return _Uses(
        things=frozenset(map(str.lower, _OF_BUSINESS.findall(text))),
        places=frozenset((*_AFTER_PREPOSITION.findall(text), *_IN_SMALL.findall(text))),
        counts=Counter(beginning for beginning in beginnings if beginning in names),
    )


def _is_protagonist(text: str, matches: Sequence[re.Match[str]], uses: _Uses) -> bool:
    """Tell a person of a report from a company: she sighs, has a view, comes from a place."""
    name = matches[0]["name"]
    if name.lower() in uses.things or not uses.places.isdisjoint((name, name.lower())):
        return False
    human = sum(_SURELY_HUMAN.match(text, match.end("name")) is not None for match in matches)
    return human >= 1 and (human + len(matches) >= 3 or uses.counts[name] >= 2)
