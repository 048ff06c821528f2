"""Bare names of persons: recognised by their characters, where no frame announces them.

In: a name alone, normalised. Out: whether it is one that a person usually has, or one that
a person may have. Out of scope: names inside a text (`persons`), names that are neither
Chinese nor in pinyin, and which companies are known (`pipelines.respondents.lexicon`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import rjieba
import yaml

from pipelines.segment import is_word

_COMPOUND = frozenset(
    (
        *("欧阳", "上官", "司马", "诸葛", "夏侯", "皇甫", "慕容", "令狐", "司徒", "南宫"),
        *("尉迟", "端木", "公孙", "东方", "独孤", "长孙", "呼延", "宇文", "申屠", "轩辕"),
    )
)
_HAN_NAME = re.compile("[\u3400-\u9fff]{2,4}")
_DOTTED_NAME = re.compile("[\u3400-\u9fff]{2,6}·[\u3400-\u9fff]{2,8}")
_SYLLABLE = "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiou]{1,3}(?:ng|n|r)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Characters:
    families: frozenset[str]
    given: frozenset[str]
    companies: frozenset[str]
    rarer_families: frozenset[str]
    never_given: frozenset[str]
    pinyin: re.Pattern[str]


def is_usual_name(name: str) -> bool:
    """Say whether a name is a usual family name with one or two usual given characters.

    >>> [is_usual_name(name) for name in ("张伟", "欧阳娜娜", "李宁", "拼多多")]
    [True, True, False, False]
    """
    characters = _characters()
    family, given = split_name(name)
    return (
        (family in characters.families or family in _COMPOUND)
        and 1 <= len(given) <= 2
        and characters.given.issuperset(given)
        and name not in characters.companies
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
    characters = _characters()
    if name in characters.companies:
        return False
    if not _HAN_NAME.fullmatch(name):
        is_dotted = _DOTTED_NAME.fullmatch(name) and name.split("·")[0] not in characters.companies
        return bool(is_dotted or characters.pinyin.fullmatch(name))
    family, given = split_name(name)
    if not 1 <= len(given) <= 2 or not characters.never_given.isdisjoint(given):
        return False
    if family in characters.rarer_families:
        return characters.given.issuperset(given)
    if family not in characters.families and family not in _COMPOUND:
        return False
    return not is_word(name) or is_usual_name(name) or is_name_in_dictionary(name)


def is_name_in_dictionary(name: str) -> bool:
    """Say whether the dictionary of the segmenter has a word, and as the name of a person.

    Only common family names count: to the rest the dictionary is too generous (高中生).

    >>> is_name_in_dictionary("林则徐"), is_name_in_dictionary("温州")
    (True, False)
    """
    family = split_name(name)[0]
    if family not in _COMPOUND and family not in _characters().families:
        return False
    tags = rjieba.tag(name)
    return len(tags) == 1 and tags[0][1].startswith("nr") and is_word(name)


def is_company_name(name: str) -> bool:
    """Say whether a name is that of a company or brand which would pass for a person's.

    >>> is_company_name("周黑鸭"), is_company_name("张伟")
    (True, False)
    """
    return name in _characters().companies


def has_usual_given(name: str) -> bool:
    """Say whether all the characters of a name are ones that given names are made of.

    >>> has_usual_given("伟"), has_usual_given("窝")
    (True, False)
    """
    return _characters().given.issuperset(name)


def split_name(name: str) -> tuple[str, str]:
    """Divide the name of a person into family name and given name.

    >>> split_name("张伟"), split_name("欧阳娜娜")
    (('张', '伟'), ('欧阳', '娜娜'))
    """
    length = 2 if name[:2] in _COMPOUND else 1
    return name[:length], name[length:]


@cache
def _characters() -> _Characters:
    """Read the characters of names."""
    text = files("pipelines.taxonomy").joinpath("personal_names.yml").read_text(encoding="utf-8")
    lists: dict[str, str] = yaml.safe_load(text)
    return _Characters(
        families=frozenset("".join(lists["families"].split())),
        given=frozenset("".join(lists["given"].split())),
        companies=frozenset(lists["companies"].split()),
        rarer_families=frozenset("".join(lists["rarer_families"].split())),
        never_given=frozenset("".join(lists["never_given"].split())),
        pinyin=re.compile(
            f"(?:{'|'.join(lists['families_in_pinyin'].split())}) (?:{_SYLLABLE}){{1,2}}"
        ),
    )
