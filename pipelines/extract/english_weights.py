"""How likely two words in Latin letters are the name of a person.

In: a run of capitalised words, and what stands right before and after. Out: the place in the
run where a name begins, if the weights of its words and surroundings make it likely enough.
Out of scope: how runs are found (`english_runs`), single names and forms of address
(`english_names`).

A known given name nearly suffices; a family name, or a word that ends like one, needs a
sentence around it that is about a person. A word that complaints write in small letters is
none, and what follows an article (the Laura Ashley curtains) is a thing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

import yaml

from pipelines.extract.latin_parts import can_be_person, is_place
from pipelines.extract.personal_names import name_lists

_THRESHOLD = 3.0
"""A known given name, or a known family name where a person is likely."""

_INITIAL = re.compile(r"[A-Z]\.?")
_LAST = re.compile(r"([A-Za-z'’]+)([^A-Za-z]{0,3})\Z")
_NEXT = re.compile(r"([^A-Za-z]{0,2})([A-Za-z']*)")
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "prof", "mr.", "mrs.", "ms.", "dr."))
_PARTICLES = frozenset(
    (
        *("bin", "binti", "ibn", "van", "von", "der", "den", "de"),
        *("la", "del", "di", "da", "dos", "al", "el", "ap"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnglishWords:
    """Words of names and of no names, in lower case and without marks on letters."""

    given: frozenset[str]
    families: frozenset[str]
    ordinary: frozenset[str]
    family_endings: tuple[str, ...]
    sure_given: frozenset[str]
    words_before: frozenset[str]
    articles: frozenset[str]
    words_after: frozenset[str]


def likely_start(run: str, before: str, after: str) -> int | None:
    """Give the place in a run of capitalised words where a likely name begins, or None.

    >>> likely_start("Declan Forsythe", "apparently ", " is the one")
    0
    >>> likely_start("Oakleaf Furnishings", "I bought it from ", " in May") is None
    True
    """
    words = [word for word in run.split(" ") if word not in _PARTICLES]
    around = _around(before, after, is_sentence_case=not run.isupper())
    for first, last in pairwise(_without_initials(words)):
        weight = _weight(first, last)
        if weight is not None and weight + around >= _THRESHOLD:
            return run.index(first)
    return None


def is_of_a_thing(before: str, after: str) -> bool:
    """Say whether an article before and a noun after make a name that of a thing.

    >>> is_of_a_thing("I hung the ", " curtains"), is_of_a_thing("I asked the ", " said no")
    (True, False)
    """
    last, following = _LAST.search(before), re.match(r" ([a-z]+)", after)
    if last is None or following is None or last[2] != " ":
        return False
    words = english_words()
    return last[1].lower() in words.articles and following[1] not in words.words_after


def is_ordinary(word: str) -> bool:
    """Say whether a word is one that complaints write in small letters.

    >>> is_ordinary("Refund"), is_ordinary("Okafor")
    (True, False)
    """
    return plain(word) in english_words().ordinary


@lru_cache(maxsize=16_384)
def plain(word: str) -> str:
    """Write a word in lower case and without the marks on its letters.

    >>> plain("Dvořáček")
    'dvoracek'
    """
    lower = word.lower().replace("’", "'")
    if lower.isascii():
        return lower
    parts = unicodedata.normalize("NFKD", lower.replace("ø", "o").replace("ł", "l"))
    return "".join(char for char in parts if not unicodedata.combining(char))


@cache
def english_words() -> EnglishWords:
    """Read the lists."""
    text = files("pipelines.taxonomy").joinpath("english_names.yml").read_text(encoding="utf-8")
    lists: dict[str, str] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    words = {key: frozenset(value.split()) for key, value in lists.items()}
    own = name_lists()
    return EnglishWords(
        given=words["given"] | own.given_in_english,
        families=words["families"] | own.families_in_english,
        ordinary=words["ordinary"],
        family_endings=tuple(lists["family_endings"].split()),
        sure_given=(words["given"] | own.given_in_english) - words["ordinary"],
        words_before=words["words_before"] | own.person_words_in_english,
        articles=words["articles"],
        words_after=words["words_after"],
    )


def _without_initials(words: list[str]) -> list[str]:
    """Leave out the initials inside a run; one at its head stands for a given name."""
    return [word for place, word in enumerate(words) if not place or not _INITIAL.fullmatch(word)]


def _around(before: str, after: str, *, is_sentence_case: bool) -> float:
    """Weigh what stands before and after: words, and marks that set a person off."""
    words = english_words()
    weight = 0.0
    last = _LAST.search(before)
    is_line_start = last is None or "\n" in last[2]
    if is_line_start and before and after[:1] in ("", "\n"):
        weight += 2  # signed
    elif last is None or is_line_start:
        weight += 0.5
    elif last[2] == " ":
        word = last[1].lower()
        if word in words.articles:
            weight -= 3
        elif word in name_lists().person_words_in_english:
            weight += 2
        elif word in words.words_before:
            weight += 1
    elif last[2].strip() in (",", "(", "-", '"', ":", ".", '("'):
        weight += 0.5
    following = _NEXT.match(after)
    mark, word = following.groups() if following else ("", "")
    if word.lower() in words.words_after and mark.strip() in ("", ","):
        weight += 1
    elif mark[:1] in (",", ")", "(", ".", "'", '"', "\n") or not after:
        weight += 0.5
    return weight if is_sentence_case else weight - 2


@lru_cache(maxsize=16_384)
def _weight(first: str, last: str) -> float | None:
    """Weigh the words themselves; None where they are no name whatever stands around."""
    words, lists = english_words(), name_lists()
    given, family = plain(first), plain(last)
    parts = [part for word in (given, family) for part in word.split("-")]
    if not can_be_person(" ".join(parts)) or not lists.places_in_english.isdisjoint(parts):
        return None
    if f"{given}_{family}" in lists.companies_in_english or is_place(given) or is_place(family):
        return None
    is_initial = _INITIAL.fullmatch(first) is not None
    if given in _TITLES or (first.isupper() != last.isupper() and not is_initial):
        return None
    if family in words.ordinary or (given in words.ordinary and given not in lists.given_or_word):
        return None
    return _weight_of_given(given, is_initial=is_initial) + _weight_of_family(family)


def _weight_of_given(given: str, *, is_initial: bool) -> float:
    words = english_words()
    if is_initial:
        return 1.5
    if not words.given.isdisjoint(given.split("-")):
        return 3.0
    return 1.5 if given in name_lists().given_or_word else 0.0


def _weight_of_family(family: str) -> float:
    words = english_words()
    parts = family.split("-")
    if not words.families.isdisjoint(parts):
        return 2.0
    return 1.5 if len(parts) > 1 or family.endswith(words.family_endings) else 0.5
