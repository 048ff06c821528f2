"""What the frames of Chinese names are built of, and when what they hold is a name.

In: a match with the groups family and given. Out: whether it is a name. Out of scope: the
frames (`chinese_names`, `usual_names`) and bare names (`personal_names`).
"""

from __future__ import annotations

import re

from pipelines.extract.personal_names import (
    is_company_name,
    is_name_in_dictionary,
    is_usual_name,
    name_lists,
)
from pipelines.segment import is_word

_LISTS = name_lists()
_COMPOUND = "|".join(sorted(_LISTS.compounds))

HAN = "\u3400-\u9fff"
CLEAR_STARTS = "".join(sorted(_LISTS.clear | set(_COMPOUND.replace("|", ""))))
COMPOUND_STARTS = f"[{''.join(sorted({name[0] for name in _LISTS.compounds}))}]"
STARTS = "".join(sorted(set(CLEAR_STARTS) | _LISTS.small_words))
GIVEN = "".join(sorted(_LISTS.given))
NICKNAMES = "".join(sorted(_LISTS.nicknames))
CLEAR_FAMILY = f"(?:{_COMPOUND}|[{''.join(sorted(_LISTS.clear))}])"
ANY_FAMILY = f"(?:{_COMPOUND}|[{''.join(sorted(_LISTS.clear | _LISTS.small_words))}])"

_NEVER_IN_NAMES = frozenset(
    "的是在和了与不有这那个们班课科级副总客业区店该某每各位女男我你他她它为被把给向从对跟找说叫让请由或及就都也还"
    "没要来去到里外部门司队组室厅局处办员院校站县镇村等后前多些服业融公湖"
)


def can_be_given(given: str) -> bool:
    """Say whether no character of a given name is one that names never have.

    >>> can_be_given("测验"), can_be_given("客服")
    (True, False)
    """
    return _NEVER_IN_NAMES.isdisjoint(given) and all(is_han(char) for char in given)


def is_full_name(match: re.Match[str]) -> bool:
    """Say whether a family name and what follows can be a name and is no other word.

    >>> frame = re.compile("(?P<family>.)(?P<given>.+)")
    >>> [is_full_name(match) for match in map(frame.fullmatch, ("黄测验", "黄金", "李宁")) if match]
    [True, False, False]
    """
    family, given = match["family"], match["given"]
    if family in _LISTS.small_words and given[0] in _LISTS.clear:
        return False
    name = family + re.sub("[ ·\n]", "", given)
    return _NEVER_IN_NAMES.isdisjoint(given) and not is_word(name) and not is_company_name(name)


def is_announced_name(match: re.Match[str]) -> bool:
    """Say whether a frame holds a name; one may be in the dictionary, as of somebody famous.

    >>> frame = re.compile("(?P<family>.)(?P<given>.+)")
    >>> [is_announced_name(match) for match in map(frame.fullmatch, ("李建国", "温州")) if match]
    [True, False]
    """
    name = match["family"] + re.sub("[ ·\n]", "", match["given"])
    if "\n" in match.string[match.end("family") : match.end("given")]:
        return is_usual_name(name)
    is_listed = is_name_in_dictionary(name) and not is_company_name(name)
    return is_full_name(match) or is_usual_name(name) or is_listed or name in _LISTS.stock


def is_surely_name(match: re.Match[str]) -> bool:
    """Say whether a name is a usual one, or a long one that is of somebody famous.

    >>> frame = re.compile("(?P<name>(?P<family>.)(?P<given>.+))")
    >>> [is_surely_name(match) for match in map(frame.fullmatch, ("王丽丽", "马上")) if match]
    [True, False]
    """
    name = match["family"] + match["given"]
    if name in _LISTS.stock:
        return True
    if match["family"] in _LISTS.small_words or match["given"][0] in "一三四":
        return False
    return is_usual_name(name) or (len(name) > 2 and is_announced_name(match))


def is_han(char: str) -> bool:
    """Say whether a character is Chinese.

    >>> is_han("张"), is_han("a"), is_han("")
    (True, False, False)
    """
    return "\u3400" <= char <= "\u9fff"
