"""Bare names of persons: recognised by their characters, where no frame announces them.

In: a name alone, normalised. Out: whether it is one that a person usually has. Out of
scope: names inside a text (`persons`), names that are not Chinese, and which companies are
known (`pipelines.respondents.lexicon`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

_COMPOUND = frozenset(
    ("欧阳", "上官", "司马", "诸葛", "夏侯", "皇甫", "慕容", "令狐", "司徒", "南宫")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Characters:
    families: frozenset[str]
    given: frozenset[str]
    companies: frozenset[str]


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
    )
