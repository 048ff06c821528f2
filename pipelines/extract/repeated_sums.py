"""How often a sum was paid, where the text says so: three lots of $450, 1880×2, 每月19, 扣了3个月.

In: a normalised text and the place of a sum in it. Out: a count, 1 where none is told. Out of
scope: adding up (`loss`), and counts that stand in another passage than the sum.
"""

from __future__ import annotations

import re

from pipelines.extract.numerals import parse_number

_ENGLISH = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_ENGLISH |= {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
_COUNT = rf"(?P<count>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}}|{'|'.join(_ENGLISH)})"
_HINT = re.compile(
    r"[x×*各每张套条份盒笔的]|(?<!\w)(?:lots?|payments|charges|transfers|each)(?!\w)"
)
_BEFORE = re.compile(
    rf"(?<![\d.a-z]){_COUNT}"
    r"(?: ?[x×*] ?|[张笔次份套个单晚条]?[^,。\d]{0,3},? ?(?:各|每[张笔次份套个单晚条])"
    r"(?:扣|付|批了|收|是)?"
    r"| (?:lots|payments|charges|transfers|instal?lments|transactions|withdrawals) of )$"
)
_RUN = re.compile(rf"(?:扣|刷|走|转|划|付)了?(?:我)?(?!两|二|2笔){_COUNT}笔$")
_AFTER = re.compile(rf" ?[x×*] ?{_COUNT}(?![\d.a-z年月])")
_COUNTED_OF = re.compile(rf"(?<![\d第]){_COUNT}(?:张|套|份|条|盒)$")
_OF = re.compile("[元块]?的")
_EACH_BEFORE = re.compile(rf"(?<![\d.a-z]){_COUNT} [a-z]{{2,12}},? ?(?:at |for |of )?$")
_EACH = re.compile(" ?}? ?(?:each|apiece|per head)(?![a-z])")
_OFTEN = re.compile(
    rf"[扣划收交付住拿开](?:我|了|过|到){{0,2}}(?:整整|整|满|第)?{_COUNT}(?:个多?)?"
    r"(?P<unit>年|月|回|次|笔)"
    rf"|连(?:着|续)?(?:扣|划)?了?{_COUNT.replace('count', 'run')}个?(?P<run_unit>月|次|笔|回)"
    rf"|(?:for|over|after) {_COUNT.replace('count', 'term')} (?P<term_unit>month|year)s?"
)
_MONTHLY = re.compile("月|month|/ ?mo|pm(?![a-z])")
_SINGLY = re.compile("每[笔次回单]")
_NEAR, _FAR = 24, 72
_MOST = 60


def times_paid(text: str, start: int, end: int, *, is_rate: bool) -> int:
    """Say how often a sum was paid; 1 where the text does not say.

    >>> text = "they took three lots of $450"
    >>> times_paid(text, text.index("$"), len(text), is_rate=False)
    3
    """
    if is_rate:
        return _times_of_rate(text, start, end)
    before, after = text[max(0, start - _NEAR) : start], text[end : end + 12]
    if _HINT.search(before) is None and _HINT.search(after) is None:
        return 1
    found = _BEFORE.search(before) or _AFTER.match(after) or _RUN.search(before)
    if found is None and _OF.match(after):
        found = _COUNTED_OF.search(before)
    if found is None and _EACH.match(after):
        found = _EACH_BEFORE.search(before)
    return _count(found["count"]) if found else 1


def _times_of_rate(text: str, start: int, end: int) -> int:
    """Count the months, or the single payments, that a rate was paid for."""
    around = text[max(0, start - 16) : end + 16]
    is_monthly, is_single = _MONTHLY.search(around), _SINGLY.search(around)
    for found in _OFTEN.finditer(text, max(0, start - _NEAR), min(len(text), end + _FAR)):
        count = _count(found["count"] or found["run"] or found["term"])
        unit = found["unit"] or found["run_unit"] or found["term_unit"]
        if unit in ("年", "year") and is_monthly and count * 12 <= _MOST:
            return count * 12
        if unit in ("月", "month", "回", "次") and is_monthly:
            return count
        if unit in ("笔", "次", "回") and is_single:
            return count
    return 1


def _count(number: str) -> int:
    """Give a count of two to sixty; any other is no count of payments."""
    value = _ENGLISH.get(number) or parse_number(number)
    return int(value) if value is not None and 0 < value <= _MOST else 1
