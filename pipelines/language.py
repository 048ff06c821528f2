"""The language of a text.

In: a text as written. Out: an ISO 639-1 code, or `und` when there are no words. Out of
scope: several languages in one text (the one that most of it is in wins).

Script and the commonest English words settle nearly every complaint; only what they leave
open goes to lingua, which is some hundred times slower.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

_READ = 600
"""Characters read: more of a text does not change its language."""

_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-z]+")
_OTHER_LETTER = re.compile(r"[\u00c0-\u024f\u0370-\u1fff]")
_COMMON = (
    "the and my is it was of for that they with not have this you are from after when by very to "
    "i a in on me but so no an can all do as at be"
)
_COMMON_WORDS = frozenset(_COMMON.split())
_UNMISTAKABLE = frozenset(_COMMON.split()[:22])
_CANDIDATES = (
    Language.ENGLISH,
    Language.CHINESE,
    Language.SPANISH,
    Language.FRENCH,
    Language.GERMAN,
    Language.PORTUGUESE,
    Language.ITALIAN,
    Language.DUTCH,
    Language.POLISH,
    Language.TURKISH,
    Language.RUSSIAN,
    Language.UKRAINIAN,
    Language.ARABIC,
    Language.INDONESIAN,
    Language.MALAY,
    Language.VIETNAMESE,
    Language.TAGALOG,
    Language.HINDI,
    Language.THAI,
    Language.JAPANESE,
    Language.KOREAN,
)


def detect_language(text: str) -> str:
    """Name the language that most of a text is written in.

    >>> detect_language("付款后商家失联"), detect_language("They took my money")
    ('zh', 'en')
    >>> detect_language("12.50 !!!")
    'und'
    """
    head = text[:_READ]
    wide = (len(head.encode("utf-8", "surrogatepass")) - len(head)) / 2
    if wide > 0.6 * len(head) and _is_chinese(head):
        return "zh"
    words = _LATIN.findall(head)
    if _is_english(head, words):
        return "en"
    han = len(_HAN.findall(head))
    if han and 2 * han >= len(words) and _is_chinese(head):
        return "zh"
    return _ask_lingua(head) if any(map(str.isalpha, head)) else "und"


def _is_chinese(text: str) -> bool:
    """Tell Chinese from the other languages that use its characters."""
    return _KANA_OR_HANGUL.search(text) is None and _HAN.search(text) is not None


def _is_english(text: str, words: list[str]) -> bool:
    """Say whether enough of the words are among the commonest English ones."""
    if len(words) < 3 or _OTHER_LETTER.search(text):
        return False
    lower = [word.lower() for word in words]
    common = sum(word in _COMMON_WORDS for word in lower)
    if len(words) <= 8:
        return not _UNMISTAKABLE.isdisjoint(lower)
    return common >= max(2, len(words) / 5) and 2 * len(_HAN.findall(text)) < len(words)


@lru_cache(maxsize=4096)
def _ask_lingua(text: str) -> str:
    """Ask lingua, once for each text: short reviews repeat."""
    found = _detector().detect_language_of(text)
    return "und" if found is None else str(found.iso_code_639_1.name).lower()


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    """Build the detector, whose models are loaded on first use."""
    return LanguageDetectorBuilder.from_languages(*_CANDIDATES).build()
