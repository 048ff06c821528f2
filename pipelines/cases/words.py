"""The words by which a report shows who its people are.

In: the lists of `reporting.yml`. Out: alternations for patterns over normalised texts. Out
of scope: what a list is used for.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


def chinese(*names: str) -> str:
    """Give the Chinese items of some lists as one alternation, longer ones first.

    >>> chinese("says_of_oneself").split("|")[:2]
    ['反映', '投诉']
    """
    return _alternation(names, "zh")


def english(*names: str) -> str:
    """Give the English items of some lists as one alternation; `_` stands for a blank.

    >>> "how to" in english("general_phrase").split("|")
    True
    """
    return _alternation(names, "en").replace("_", " ")


def is_no_name(word: str) -> bool:
    """Say whether what stands where a nickname may stand is a word for anybody.

    >>> is_no_name("小区"), is_no_name("小莫")
    (True, False)
    """
    return not word or word in _lists()["never_a_name"]["zh"].split()


def _alternation(names: tuple[str, ...], language: str) -> str:
    items = [item for name in names for item in _lists()[name].get(language, "").split()]
    return "|".join(sorted(items, key=len, reverse=True))


@cache
def _lists() -> dict[str, dict[str, str]]:
    """Read the lists, by name and language."""
    text = files("pipelines.taxonomy").joinpath("reporting.yml").read_text(encoding="utf-8")
    lists: dict[str, dict[str, str]] = yaml.safe_load(text)
    return lists
