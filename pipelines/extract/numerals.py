"""Numbers as complaints write them, in digits, in Chinese numerals, or in both.

In: the number alone, normalised. Out: its value. Out of scope: finding numbers in a text.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "k": 1000}
_MYRIADS = {"万": 10_000, "w": 10_000, "亿": 100_000_000, "m": 1_000_000}
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[零〇一二两三四五六七八九]|[十百千k]|[万w亿m]|半")


@lru_cache(maxsize=4_096)
def parse_number(text: str) -> Decimal | None:
    """Give the value of a number, or None when it is not one.

    A last digit after a unit counts tenths of that unit, as spoken: 一千二 is 1200.

    >>> [int(parse_number(text)) for text in ("1,299", "一千二", "3万5千", "2.5w", "两百零五")]
    [1299, 1200, 35000, 25000, 205]
    >>> parse_number("万一") is None
    True
    """
    plain = text.replace(",", "").replace(" ", "")
    tokens = _TOKEN.findall(plain)
    if not tokens or len("".join(tokens)) != len(plain):
        return None
    if all(token in _DIGITS for token in tokens) and len(tokens) > 1:
        return Decimal("".join(str(_DIGITS[token]) for token in tokens))
    return _evaluate(tokens)


def _evaluate(tokens: list[str]) -> Decimal | None:
    """Add up digits, units and myriads, from the left."""
    total, section = Decimal(0), Decimal(0)
    pending: Decimal | None = None
    last_unit = Decimal(1)
    for token in tokens:
        if token in _UNITS:
            unit = Decimal(_UNITS[token])
            if pending is None and token != "十":
                return None
            section += (Decimal(1) if pending is None else pending) * unit
            pending, last_unit = None, unit
        elif token in _MYRIADS:
            unit = Decimal(_MYRIADS[token])
            section += pending or 0
            if not section:
                return None
            total, section, pending, last_unit = total + section * unit, Decimal(0), None, unit
        elif token in "零〇":
            last_unit = Decimal(1)
        elif pending is not None:
            return None
        elif token == "半":
            pending = last_unit / 2 if last_unit > 1 else Decimal("0.5")
            last_unit = Decimal(1)
        else:
            pending = Decimal(_DIGITS[token]) if token in _DIGITS else Decimal(token)
    if pending is None:
        return total + section
    is_spoken_tenth = last_unit >= 100 and pending < 10 and pending == int(pending)
    return total + section + (pending * last_unit / 10 if is_spoken_tenth else pending)
