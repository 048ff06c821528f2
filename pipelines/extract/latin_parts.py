"""Words of Latin letters that names of persons are made of.

In: one or two words. Out: whether they are a name, and its parts. Out of scope: the frames
around them (`english_names`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipelines.extract.personal_names import name_lists
from pipelines.extract.regions import place_names_in_latin

_SYLLABLE = (
    "(?:[zcs]h?|[bpmfdtnlgkhjqxryw])(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei"
    "|en|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u)|er|ai|an|ao|en|ou"
)
_PINYIN = re.compile(f"(?:{_SYLLABLE}){{1,3}}")
_GIVEN_IN_PINYIN = re.compile(f"(?:{_SYLLABLE}){{1,2}}|(?:{_SYLLABLE})-(?:{_SYLLABLE})")


@lru_cache(maxsize=4096)
def is_person_in_english(first: str, last: str) -> bool:
    """Say whether two words are a given and a family name, and no company's.

    >>> [is_person_in_english(*name.split()) for name in ("John Smith", "Mark Example",
    ...                                                   "Charles Schwab", "Grace Miller")]
    [True, False, False, True]
    """
    lists = name_lists()
    given, family = _plain(first), _plain(last).replace("’", "'")
    if f"{given}_{family}" in lists.companies_in_english or not can_be_person(last):
        return False
    if given in lists.given_in_english:
        return not first.isupper() or family in lists.families_in_english
    return given in lists.given_or_word and family in lists.families_in_english


@lru_cache(maxsize=4096)
def is_person_in_pinyin(first: str, last: str) -> bool:
    """Say whether two words are a family and a given name in pinyin.

    >>> [is_person_in_pinyin(*name.split()) for name in ("Zhang Weimin", "Hong Kong", "He Paid")]
    [True, False, False]
    """
    lists = name_lists()
    family, given = first.lower(), last.lower()
    if "-" in family:
        parts = first.split("-")
        return all(part.istitle() and is_pinyin(part) for part in parts) and can_be_person(last)
    return (
        family in lists.families_in_pinyin
        and not (first.isupper() and last.isupper())
        and given not in lists.pinyin_words
        and f"{family}_{given}" not in lists.companies_in_english
        and not is_place(family + given)
        and _GIVEN_IN_PINYIN.fullmatch(given) is not None
    )


@lru_cache(maxsize=16_384)
def is_given_name(word: str, *, surely: bool = False) -> bool:
    """Say whether a word is a given name in English; surely, if it is no other word.

    >>> is_given_name("Grace"), is_given_name("Grace", surely=True)
    (True, False)
    """
    lists = name_lists()
    plain = _plain(word)
    return plain in lists.given_in_english or (not surely and plain in lists.given_or_word)


def _plain(word: str) -> str:
    """Write a word in lower case and without the marks on its letters."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.lower().replace("ø", "o").replace("ł", "l"))
    return "".join(char for char in parts if not unicodedata.combining(char))


def can_be_person(name: str) -> bool:
    """Say whether no word of a name is one of companies, places and offices.

    >>> can_be_person("Karen O'Neill"), can_be_person("Wells Fargo Bank")
    (True, False)
    """
    return name_lists().never_in_english.isdisjoint(name.lower().replace(".", " ").split())


@lru_cache(maxsize=4096)
def is_pinyin(word: str) -> bool:
    """Say whether a word is one to three syllables of pinyin and no English word.

    >>> is_pinyin("Xiaomei"), is_pinyin("Platform"), is_pinyin("Home")
    (True, False, False)
    """
    lower = word.lower()
    lists = name_lists()
    is_other = lower in lists.pinyin_words or lower in lists.companies_in_pinyin
    return not is_other and _PINYIN.fullmatch(lower) is not None


def is_place(word: str) -> bool:
    """Say whether a word in Latin letters is the name of a place in China.

    >>> is_place("Foshan"), is_place("Xiaomei")
    (True, False)
    """
    return word.lower() in place_names_in_latin()


def family_and_given(name: str) -> tuple[str, str]:
    """Divide a name written in Latin letters, in lower case; pinyin begins with the family.

    >>> family_and_given("Ann B. Example"), family_and_given("Zhang Weimin")
    (('example', 'ann'), ('zhang', 'weimin'))
    """
    words = name.split()
    if len(words) == 2 and is_person_in_pinyin(*words):
        return words[0].lower(), words[1].lower()
    return words[-1].lower(), words[0].lower() if len(words) > 1 else ""
