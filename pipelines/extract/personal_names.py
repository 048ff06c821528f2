"""Bare names of persons: recognised by their characters, where no frame announces them.

In: a name alone, normalised. Out: whether it is one that a person usually has, or one that
a person may have, and the lists of `taxonomy/personal_names.yml`. Out of scope: names inside
a text (`chinese_names`, `english_names`) and which companies are known
(`pipelines.respondents.lexicon`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import rjieba
import yaml

from pipelines.segment import is_word

_HAN_NAME = re.compile("[\u3400-\u9fff]{2,4}")
_DOTTED_NAME = re.compile("[\u3400-\u9fff]{2,6}·[\u3400-\u9fff]{2,8}")
_SYLLABLE = "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiou]{1,3}(?:ng|n|r)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLists:
    """Of what names of persons are made: characters in Chinese, words in lower case else.

    `clear` family names are no other words, `small_words` are; `sounds` gives a character
    the number of the group that sounds like it.
    """

    families: frozenset[str]
    rarer_families: frozenset[str]
    rare_families: frozenset[str]
    small_words: frozenset[str]
    compounds: frozenset[str]
    compound_words: frozenset[str]
    japanese_families: frozenset[str]
    nicknames: frozenset[str]
    given: frozenset[str]
    never_given: frozenset[str]
    transliteration: frozenset[str]
    stock: frozenset[str]
    companies: frozenset[str]
    sounds: dict[str, int]
    families_in_pinyin: frozenset[str]
    pinyin_words: frozenset[str]
    companies_in_pinyin: frozenset[str]
    given_in_english: frozenset[str]
    given_or_word: frozenset[str]
    families_in_english: frozenset[str]
    companies_in_english: frozenset[str]
    never_in_english: frozenset[str]
    person_words_in_english: frozenset[str]
    places_in_english: frozenset[str]
    brands_with_titles: frozenset[str]
    sound_parts: frozenset[str]
    sound_names: frozenset[str]
    bare_pinyin: re.Pattern[str]

    @property
    def clear(self) -> frozenset[str]:
        """Family names that are no small words."""
        return (self.families | self.rarer_families) - self.small_words


def is_usual_name(name: str) -> bool:
    """Say whether a name is a usual family name with one or two usual given characters.

    >>> [is_usual_name(name) for name in ("张伟", "欧阳娜娜", "李宁", "拼多多")]
    [True, True, False, False]
    """
    lists = name_lists()
    family, given = split_name(name)
    return (
        (family in lists.families or family in lists.compounds)
        and 1 <= len(given) <= 2
        and lists.given.issuperset(given)
        and name not in lists.companies
    )


def is_possible_name(name: str) -> bool:
    """Say whether a person may be called so, where nothing says that a company is.

    A common family name may have any given name, a rarer one only a usual one, as brands
    begin with it too; of the words of the dictionary only those that are names count.

    >>> [is_possible_name(name) for name in ("林则徐", "卓玛措", "欧阳震华", "zhang wei")]
    [True, True, True, True]
    >>> [is_possible_name(name) for name in ("周黑鸭", "王者", "张记", "金立", "zhang")]
    [False, False, False, False, False]
    """
    lists = name_lists()
    if name in lists.companies:
        return False
    if not _HAN_NAME.fullmatch(name):
        is_dotted = _DOTTED_NAME.fullmatch(name) and name.split("·")[0] not in lists.companies
        return bool(is_dotted or lists.bare_pinyin.fullmatch(name))
    family, given = split_name(name)
    if not 1 <= len(given) <= 2 or not lists.never_given.isdisjoint(given):
        return False
    if family in lists.rarer_families:
        return lists.given.issuperset(given)
    if family not in lists.families and family not in lists.compounds:
        return False
    return not is_word(name) or is_usual_name(name) or is_name_in_dictionary(name)


def is_name_in_dictionary(name: str) -> bool:
    """Say whether the dictionary of the segmenter has a word, and as the name of a person.

    Only common family names count: to the rest the dictionary is too generous (高中生).

    >>> is_name_in_dictionary("林则徐"), is_name_in_dictionary("温州")
    (True, False)
    """
    family = split_name(name)[0]
    if family not in name_lists().compounds and family not in name_lists().families:
        return False
    tags = rjieba.tag(name)
    return len(tags) == 1 and tags[0][1].startswith("nr") and is_word(name)


def is_tagged_name(name: str) -> bool:
    """Say whether the segmenter takes some characters for one name of a person.

    >>> is_tagged_name("林可测"), is_tagged_name("马上")
    (True, False)
    """
    tags = rjieba.tag(name)
    return len(tags) == 1 and tags[0][1].startswith("nr")


def is_company_name(name: str) -> bool:
    """Say whether a name is that of a company or brand which would pass for a person's.

    >>> is_company_name("周黑鸭"), is_company_name("张伟")
    (True, False)
    """
    return name in name_lists().companies


def has_usual_given(name: str) -> bool:
    """Say whether all the characters of a name are ones that given names are made of.

    >>> has_usual_given("伟"), has_usual_given("窝")
    (True, False)
    """
    return name_lists().given.issuperset(name)


def split_name(name: str) -> tuple[str, str]:
    """Divide the name of a person into family name and given name.

    >>> split_name("张伟"), split_name("欧阳娜娜")
    (('张', '伟'), ('欧阳', '娜娜'))
    """
    length = 2 if name[:2] in name_lists().compounds else 1
    return name[:length], name[length:]


def sound_alike(one: str, other: str) -> bool:
    """Say whether two characters of names are the same or pronounced the same.

    >>> sound_alike("徐", "旭"), sound_alike("徐", "张")
    (True, False)
    """
    sounds = name_lists().sounds
    return one == other or (one in sounds and sounds[one] == sounds.get(other))


@cache
def name_lists() -> NameLists:
    """Read the lists of which names are made."""
    text = files("pipelines.taxonomy").joinpath("personal_names.yml").read_text(encoding="utf-8")
    lists: dict[str, str] = yaml.safe_load(text)
    words = {key: frozenset(value.split()) for key, value in lists.items()}
    chars = {key: frozenset("".join(value.split())) for key, value in lists.items()}
    groups = enumerate(lists["sounds"].split())
    return NameLists(
        families=chars["families"],
        rarer_families=chars["rarer_families"],
        rare_families=chars["rare_families"],
        small_words=chars["small_word_families"],
        compounds=words["compound_families"],
        compound_words=words["compound_words"],
        japanese_families=words["japanese_families"],
        nicknames=chars["nickname_families"],
        given=chars["given"],
        never_given=chars["never_given"],
        transliteration=chars["transliteration"],
        stock=words["stock_names"],
        companies=words["companies"],
        sounds={char: number for number, group in groups for char in group},
        families_in_pinyin=words["all_families_in_pinyin"],
        pinyin_words=words["pinyin_words"],
        companies_in_pinyin=words["companies_in_pinyin"],
        given_in_english=words["given_in_english"],
        given_or_word=words["given_or_word"],
        families_in_english=words["families_in_english"],
        companies_in_english=words["companies_in_english"],
        never_in_english=words["never_in_english"],
        person_words_in_english=words["person_words_in_english"],
        places_in_english=words["places_in_english"],
        brands_with_titles=words["brands_with_titles"],
        sound_parts=words["sound_parts"],
        sound_names=words["sound_names"],
        bare_pinyin=re.compile(
            f"(?:{'|'.join(lists['families_in_pinyin'].split())}) (?:{_SYLLABLE}){{1,2}}"
        ),
    )
