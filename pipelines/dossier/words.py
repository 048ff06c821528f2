"""The words of a dossier in one language, and what keeps them neutral.

In: a language and `pipelines/taxonomy/dossier.yml`. Out: phrases with their blanks filled,
dates, sums, and prose in which loaded words stand between quotation marks only. Out of scope:
what is said (the parts of a dossier).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import TypeAdapter

from pipelines.extract.regions import region_label
from pipelines.taxonomy.entry_files import Code, Prose, Spec, checked

FILE = "dossier.yml"
Language = Literal["zh", "en"]


class _Phrase(Spec):
    zh: Prose
    en: Prose


class _File(Spec):
    loaded_words: list[Prose]
    not_executable: list[Prose]
    not_executable_demands: list[Code]
    platform_sectors: list[Code]
    purposes: dict[Code, _Phrase]
    links: dict[Code, _Phrase]
    channels: dict[Code, _Phrase]
    words: dict[Code, _Phrase]


_SHAPE = TypeAdapter(_File)
_QUOTED = re.compile("“[^”]*”")


@cache
def _content() -> _File:
    return checked(FILE, files("pipelines.taxonomy").joinpath(FILE).read_bytes(), _SHAPE)


def not_executable() -> tuple[str, ...]:
    """List the wordings of demands that nobody can carry out."""
    return tuple(_content().not_executable)


def not_executable_demands() -> frozenset[str]:
    """Name the demands (codes) that nobody can carry out."""
    return frozenset(_content().not_executable_demands)


def loaded_in(text: str) -> list[str]:
    """List the loaded words that a text uses as its own, outside of quotation marks.

    >>> loaded_in("投诉人称其为“骗子”。"), loaded_in("他是骗子。")
    ([], ['骗子'])
    """
    return _loaded().findall(_QUOTED.sub("", text))


def neutral(text: str) -> str:
    """Put loaded words between quotation marks, where they are somebody's and not ours.

    >>> neutral("词语：骗子、退款"), neutral("他说“骗子”")
    ('词语：“骗子”、退款', '他说“骗子”')
    """
    pieces, at = [], 0
    for quoted in _QUOTED.finditer(text):
        pieces += [_loaded().sub(r"“\g<0>”", text[at : quoted.start()]), quoted[0]]
        at = quoted.end()
    return "".join([*pieces, _loaded().sub(r"“\g<0>”", text[at:])])


@cache
def _loaded() -> re.Pattern[str]:
    words = sorted(_content().loaded_words, key=len, reverse=True)
    listed = [re.escape(word) if not word.isascii() else rf"\b{word}\b" for word in words]
    return re.compile("|".join(listed), re.IGNORECASE)


def platform_sectors() -> frozenset[str]:
    """Name the sectors whose businesses are themselves platforms."""
    return frozenset(_content().platform_sectors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The phrases of one language."""

    language: Language

    def __call__(self, key: str, **blanks: object) -> str:
        """Give a phrase with its blanks filled.

        >>> Words(language="zh")("complaints", n=3), Words(language="en")("missing")
        ('3件', 'missing')
        """
        phrase: str = getattr(_content().words[key], self.language)
        return phrase.format(**blanks) if blanks else phrase

    def purpose(self, code: str) -> str:
        """Say what a kind of evidence proves; unknown kinds prove what they show."""
        phrase = _content().purposes.get(code)
        return getattr(phrase, self.language) if phrase else self("unknown")

    def link(self, name: str) -> str:
        """Name a link of the chain of evidence."""
        return str(getattr(_content().links[name], self.language))

    def channel(self, code: str) -> str:
        """Name a channel."""
        return str(getattr(_content().channels[code], self.language))

    def of(self, row: Mapping[str, Any], name: str) -> Any:
        """Give the value of a row that stands in it in both languages."""
        return row[f"{name}_{self.language}"]

    def listed(self, items: Iterable[str]) -> str:
        """Join items into a list."""
        return self("comma").join(items)

    def day(self, day: date | datetime | None) -> str:
        """Write a day as people write it.

        >>> Words(language="zh").day(date(2026, 3, 1)), Words(language="en").day(date(2026, 3, 1))
        ('2026年3月1日', '1 Mar 2026')
        """
        if day is None:
            return self("unknown")
        if self.language == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {day:%b %Y}"

    def money(self, value: Decimal, currency: str) -> str:
        """Write a sum.

        >>> Words(language="zh").money(Decimal("1200"), "CNY")
        '1,200.00元'
        """
        if self.language == "zh" and currency == "CNY":
            return f"{value:,.2f}元"
        return f"{currency} {value:,.2f}"

    def region(self, region: str) -> str:
        """Name a region."""
        return region_label(region, self.language)

    def share(self, share: float) -> str:
        """Write a share of 0 to 1."""
        return f"{share:.0%}"
