"""Further people whom the same counterparty hit, as a complainant tells of them.

In: a normalised text and its sentences. Out: sightings, each with the number of people or None
where they cannot be counted. Out of scope: who they are, and whether they complain themselves:
what is told of others is hearsay, and adds to possible people only.

    someone contacted me, saying that he met the same buyer   1
    另有两名网友也遇到同一个卖家                                    2
    many people have been deceived in this way                   None
    希望没有人再遇到同一个卖家                                      nothing
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from pipelines.records import Span

_NUMBERS_ZH = {"一": 1, "两": 2, "二": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5, "六": 6,
               "七": 7, "八": 8, "九": 9, "十": 10}  # fmt: skip
_NUMBERS_EN = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
               "nine": 9, "ten": 10}  # fmt: skip
_HAN = re.compile(r"[\u3400-\u9fff]")
_REACH = 60
"""Characters between who is told of and what happened to him; more is another thought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherPeople:
    """People beyond the writer. `people` is None where they are not counted."""

    people: int | None
    span: Span


def find_further_people(text: str, sentences: Sequence[Span]) -> tuple[FurtherPeople, ...]:
    """Find who else is said to have met the same counterparty; at most one sighting a sentence.

    >>> from pipelines.segment import sentences
    >>> text = "someone told me that he met the same buyer. many people were cheated this way."
    >>> [one.people for one in find_further_people(text, sentences(text))]
    [1]
    >>> text = "群里还有两位网友也遇到同一个卖家。希望没有人再遇到同一个卖家。很多人也被骗了。"
    >>> [one.people for one in find_further_people(text, sentences(text))]
    [2, None]
    """
    if not may_tell(text):
        return ()
    found = (_in_sentence(text, sentence) for sentence in sentences)
    return tuple(one for one in found if one is not None)


def may_tell(text: str) -> bool:
    """Say whether a text, normalised or as written, holds a cue at all: a quick look."""
    return _cues().any_cue.search(text) is not None


def cue_pattern() -> str:
    """Give the pattern of `may_tell`, for whoever looks through a million texts at once."""
    return _cues().any_cue.pattern


def countable(found: Iterable[FurtherPeople]) -> FurtherPeople | None:
    """Give the sighting of most people: one person tells of the same ones again and again."""
    counted = [one for one in found if one.people is not None]
    return max(counted, key=lambda one: (one.people or 0, -one.span.start), default=None)


def _in_sentence(text: str, sentence: Span) -> FurtherPeople | None:
    start, end = sentence
    cues = _cues().zh if _HAN.search(text, start, end) else _cues().en
    if cues.unreal.search(text, start, end):
        return None
    for match in cues.told.finditer(text, start, end):
        if cues.same.search(text, match.end(), min(end, match.end() + _REACH)):
            return FurtherPeople(people=_number(match), span=sentence)
    for match in cues.uncounted.finditer(text, start, end):
        if cues.likewise.search(text, match.end(), min(end, match.end() + _REACH)):
            return FurtherPeople(people=None, span=sentence)
    return None


def _number(match: re.Match[str]) -> int:
    word = match["number"]
    if word is None:
        return 1
    return _NUMBERS_ZH.get(word) or _NUMBERS_EN.get(word) or int(word)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    """The cues of one language as patterns."""

    told: re.Pattern[str]
    uncounted: re.Pattern[str]
    same: re.Pattern[str]
    likewise: re.Pattern[str]
    unreal: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cues:
    """All cues; without `any_cue` a text tells of nobody, and need not be read."""

    zh: _Language
    en: _Language
    any_cue: re.Pattern[str]


@cache
def _cues() -> _Cues:
    text = files("pipelines.taxonomy").joinpath("further_people.yml").read_text(encoding="utf-8")
    words = {name: [one.replace("_", " ") for one in value.split()]
             for name, value in yaml.safe_load(text).items()}  # fmt: skip
    same_zh, same_en = _any(words["same_zh"]), _any(words["same_en"])
    kinds_zh, kinds_en = _any(words["counterparties_zh"]), _any(words["counterparties_en"])
    numbers_zh = f"(?P<number>[{''.join(_NUMBERS_ZH)}]|(?<!\\d)\\d{{1,2}})"
    numbers_en = f"(?P<number>{_any(_NUMBERS_EN)}|(?<![\\d.,$])\\d{{1,2}})"
    # A cue of Chinese that holds a verb (也被骗) stands alone; one that only compares (同一个)
    # needs the counterparty behind it.
    compares = _any(one for one in words["same_zh"] if one.startswith(("同一", "同样的")))
    return _Cues(
        zh=_Language(
            told=re.compile(
                f"(?:另外?|还|也)?有?{numbers_zh}[个名位](?:{_any(words['persons_zh'])})"
                f"|(?:{_any(words['someone_zh'])})"
            ),
            uncounted=re.compile(
                f"(?:{_any(words['uncounted_zh'])})(?:的)?(?:{_any(words['persons_zh'])})"
            ),
            same=re.compile(f"(?:{compares})(?:{kinds_zh})|(?!{compares})(?:{same_zh})"),
            likewise=re.compile(f"(?:{same_zh})"),
            unreal=re.compile(_any(words["unreal_zh"])),
        ),
        en=_Language(
            told=re.compile(
                rf"\b(?:{numbers_en} (?:other |more |another )?(?:{_any(words['persons_en'])})"
                rf"|(?:{_any(words['someone_en'])}))\b"
            ),
            uncounted=re.compile(
                rf"\b(?:{_any(words['uncounted_en'])}) (?:other |more )?"
                rf"(?:{_any(words['persons_en'])})\b"
            ),
            same=re.compile(rf"\b(?:{same_en}) (?:{kinds_en})\b"),
            likewise=re.compile(
                rf"\b(?:(?:{same_en}) (?:{kinds_en})|{_any(words['likewise_en'])})\b"
            ),
            unreal=re.compile(rf"\b(?:{_any(words['unreal_en'])})\b|\?"),
        ),
        any_cue=re.compile(f"{same_zh}|same|this very|{_any(words['likewise_en'])}", re.IGNORECASE),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
