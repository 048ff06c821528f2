"""Tells wordings that only describe somebody from names.

In: a wording as a source or a text gives it, and how it was met. Out: whether it names nobody.
Out of scope: names made of common words alone, which `pipelines.respondents.names` calls
generic, and accounts.

Two complaints about "a card site" are not about one respondent. What is described in a text
or in a column of a source therefore gets no merchant, however many write the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyarrow as pa
import yaml

from pipelines.normalise import normalise
from pipelines.respondents.names import LONGEST_NAME, Name, take_name_apart
from pipelines.taxonomy.naming import load_naming

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[\w'’-]+")
_FARTHEST_OPENING = 8
"""Characters that may stand before a Chinese opening: 朋友圈里一个卖卡的."""

_LONGEST_OPENING = 3
"""Characters of the longest Chinese opening."""


def is_description(raw: str, hows: Collection[str] = ()) -> bool:
    """Say whether a wording describes somebody without naming him.

    `hows` are the ways in which it was met, as in `Party.how`; none where that is not known.

    >>> [is_description(raw) for raw in ("一个发卡网站", "some reading app", "一点点", "A Store")]
    [True, True, False, False]
    >>> is_description("脱离平台", ["place"]), is_description("脱离平台", ["given", "place"])
    (True, False)
    """
    written = raw[:LONGEST_NAME].strip()
    spelled = normalise(written).text
    if _HAN.search(spelled) is None:
        return _is_indefinite_english(written)
    name = take_name_apart(written)
    if _wordings().registered.search(spelled):
        return False
    return _is_indefinite_chinese(spelled) or _is_no_place(name, hows)


def descriptions_in(names: pa.Table) -> frozenset[str]:
    """Give the names (column `raw`) that only describe; `hows`, where there is such a column.

    >>> sorted(descriptions_in(pa.table({"raw": ["一个看剧软件", "星河卡盟", None]})))
    ['一个看剧软件']
    """
    raws = names["raw"].to_pylist()
    hows = names["hows"].to_pylist() if "hows" in names.column_names else [()] * len(raws)
    met = zip(raws, hows, strict=True)
    return frozenset(raw for raw, how in met if raw is not None and is_description(raw, how))


def _is_indefinite_chinese(spelled: str) -> bool:
    packed = re.sub(r"\s", "", spelled)
    found = _wordings().indefinite_zh.search(packed[: _FARTHEST_OPENING + _LONGEST_OPENING])
    if found is None:
        return False
    rest = packed[found.end() :]
    if found.group() == "某":  # a mask, unless what is left of it names nobody either
        return take_name_apart(rest).kind == "generic"
    return _wordings().kinds_zh.search(rest) is not None


def _is_indefinite_english(written: str) -> bool:
    words = _WORD.findall(written)
    if len(words) < 2 or words[0].lower() not in _wordings().indefinite_en:
        return False
    if any(word not in ("I", word.lower()) for word in words[1:]):
        return False
    return not _wordings().kinds_en.isdisjoint(words)


def _is_no_place(name: Name, hows: Collection[str]) -> bool:
    """Say whether something on a screen, or a piece of a sentence, was taken for a place."""
    place = name.place
    if set(hows) != {"place"} or (place is not None and place.regions):
        return False
    core = name.slug if place is None else place.core
    return _wordings().no_place_zh.search(core) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wordings:
    """The words of `descriptions.yml` as patterns over normalised wordings."""

    indefinite_zh: re.Pattern[str]
    kinds_zh: re.Pattern[str]
    no_place_zh: re.Pattern[str]
    registered: re.Pattern[str]
    indefinite_en: frozenset[str]
    kinds_en: frozenset[str]


@cache
def _wordings() -> _Wordings:
    text = files("pipelines.taxonomy").joinpath("descriptions.yml").read_text(encoding="utf-8")
    words = {name: value.split() for name, value in yaml.safe_load(text).items()}
    return _Wordings(
        indefinite_zh=re.compile(
            f"(?<![{''.join(words['not_behind_zh'])}])(?:{_any(words['indefinite_zh'])})"
        ),
        kinds_zh=re.compile(f"(?:{_any({*words['kinds_zh'], *load_naming().generic_nouns_zh})})$"),
        no_place_zh=re.compile(f"(?:{_any(words['screens_zh'])})$|(?:{_any(words['dealers_zh'])})"),
        registered=re.compile("有限(?:责任)?公司|股份公司"),
        indefinite_en=frozenset(words["indefinite_en"]),
        kinds_en=frozenset(words["kinds_en"]),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
