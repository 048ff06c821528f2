"""Whom a masked name may stand for.

In: the names that may be meant, with their merchants, then masks as `take_name_apart` gives
them. Out: the merchants that have a name which fits. Out of scope: what to make of several
(`pipelines.respondents.resolve`, `compare` beside it).

    信*飞 -> one character hidden; 拼** -> one or more; 某宝 -> one or two
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Set

from pipelines.records import MerchantKey

_SIGNS = re.compile(r"(?:\\\*)+|某")
_LONE_X = re.compile(
    "(?<=[\u3400-\u9fff])x(?=[\u3400-\u9fff])|^x(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])x$"
)
_HIDDEN = {r"\*": ".", "某": ".{1,2}"}


class MaskPool:
    """The names that a masked name may stand for, found by their first and last characters."""

    def __init__(self, keys_by_slug: Mapping[str, MerchantKey]) -> None:
        self._keys = keys_by_slug
        self._by_ends: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for slug in keys_by_slug:
            first, last = slug[0], slug[-1]
            for ends in ((first, last), (first, "*"), ("*", last), ("*", "*")):
                self._by_ends[ends].append(slug)

    def fitting(self, masked: str) -> Set[MerchantKey]:
        """Give the merchants that have a name which fits the mask.

        One asterisk hides one character, a run of them one or more, 某 one or two.

        >>> MaskPool({"拼多多": MerchantKey("pinduoduo")}).fitting("拼**")
        {'pinduoduo'}
        """
        if masked in self._keys:  # 某音 is a name by now
            return {self._keys[masked]}
        pattern = re.compile(_SIGNS.sub(_hidden, re.escape(masked)))
        ends = masked.replace("某", "*")
        candidates = self._by_ends.get((ends[0], ends[-1]), [])
        return {self._keys[slug] for slug in candidates if pattern.fullmatch(slug)}


def lone_sign(slug: str) -> str | None:
    """Read an x among Chinese characters as a hidden one; None where there is none such.

    >>> lone_sign("携x旅行"), lone_sign("x东"), lone_sign("spacex")
    ('携*旅行', '*东', None)
    """
    masked = _LONE_X.sub("*", slug) if "x" in slug else slug
    return masked if masked != slug else None


def _hidden(sign: re.Match[str]) -> str:
    return _HIDDEN.get(sign.group(), ".+")
