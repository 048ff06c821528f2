"""How a Chinese name sounds, and how it is written in Latin letters.

In: slugs of names. Out: the forms under which a Chinese and a Latin spelling of one name are
equal: pinyin run together, and pinyin with the words that a name translates instead (银行 is
Bank). Out of scope: whether sounding alike is enough (`pipelines.respondents.joining`).

    拼多多   -> pinduoduo
    星河科技 -> xinghekeji, xinghe + technology
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from pipelines.taxonomy.naming import load_naming

_SITE = re.compile(r"^www-|(?:-(?:com|cn|net|org|app))+$")
_SHORTEST_SOUND = 6
"""Letters; 万达 and any Wanda sound alike, as thousands of short names do."""

_SHORTEST_BRAND = 4
"""Letters before a word that is translated: that word is evidence, too."""


def latin_forms(slug: str) -> frozenset[str]:
    """Give the forms of a Latin slug: run together, and with what it may have translated.

    >>> sorted(latin_forms("www-haitaoyoupin-com"))
    ['haitaoyoupin']
    >>> sorted(latin_forms("xinghe-technology"))
    ['xinghe+科技', 'xinghetechnology']
    """
    slug = _SITE.sub("", slug) or slug
    packed = slug.replace("-", "")
    tagged = _tagged_latin(slug)
    return frozenset(form for form in (packed, *tagged) if _says_enough(form))


def chinese_forms(slug: str) -> frozenset[str]:
    """Give the forms of a Chinese slug that a Latin spelling may have.

    >>> sorted(chinese_forms("星河科技"))
    ['xinghe+科技', 'xinghekeji']
    """
    return frozenset(form for form in (_pinyin(slug), *_tagged_chinese(slug)) if _says_enough(form))


@lru_cache(maxsize=65_536)
def spoken(slug: str) -> str:
    """Give the syllables of a Chinese slug with their tones: equal for what is typed alike.

    >>> spoken("支付保") == spoken("支付宝"), spoken("恒大") == spoken("恒达")
    (True, False)
    """
    from pypinyin import Style, lazy_pinyin  # a third of a second, which reading never needs

    return " ".join(lazy_pinyin(slug, style=Style.TONE3, neutral_tone_with_five=True))


def initials(slug: str) -> str:
    """Give the first letters of the syllables.

    >>> initials("拼多多")
    'pdd'
    """
    return "".join(part[0] for part in spoken(slug).split())


@lru_cache(maxsize=65_536)
def _pinyin(slug: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(slug)).replace("ü", "v")


def _says_enough(form: str) -> bool:
    brand, _, mark = form.partition("+")
    return len(brand) >= (_SHORTEST_BRAND if mark else _SHORTEST_SOUND)


def _tagged_chinese(slug: str) -> Iterator[str]:
    """Give the pinyin of what comes before a word that names translate, and that word's mark."""
    marks = _chinese_marks()
    for length in range(min(7, len(slug) - 1), 1, -1):
        if mark := marks.get(slug[-length:]):
            yield f"{_pinyin(slug[:-length])}+{mark}"
            return


def _tagged_latin(slug: str) -> Iterator[str]:
    """Give what comes before the last words of a slug, and the marks of what they translate."""
    words = slug.split("-")
    for length in (3, 2, 1):
        if length < len(words) and (found := _latin_marks().get("-".join(words[-length:]))):
            brand = "".join(words[:-length])
            yield from (f"{brand}+{mark}" for mark in found)
            return


@cache
def _chinese_marks() -> Mapping[str, str]:
    """Mark the Chinese words by the first English word that they share with others."""
    marks: dict[str, str] = {}
    by_word: dict[str, str] = {}
    for zh, words in load_naming().translations.items():
        shared = next((by_word[word] for word in words if word in by_word), None)
        marks[zh] = shared or zh
        by_word |= dict.fromkeys(words, marks[zh])
    return marks


@cache
def _latin_marks() -> Mapping[str, frozenset[str]]:
    marks: dict[str, set[str]] = {}
    for zh, words in load_naming().translations.items():
        for word in words:
            marks.setdefault(word.replace(" ", "-"), set()).add(_chinese_marks()[zh])
    return {word: frozenset(found) for word, found in marks.items()}
