"""Guesses what an unknown merchant does from the words of its name.

In: a name's slug. Out: a sector of `naming.yml`, or None. Out of scope: known merchants,
whose sector the taxonomy gives.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.taxonomy.naming import Words, load_naming


def guess_sector(slug: str) -> str | None:
    """Name the sector that a name's words speak for; None when they do not say.

    >>> guess_sector("天河城建物业"), guess_sector("acme-federal-credit-union")
    ('property', 'bank')
    >>> guess_sector("acme") is None
    True
    """
    for sector, words in _sectors():
        if words.search(slug):
            return sector
    return None


@cache
def _sectors() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((sector, _words(zh, en)) for sector, zh, en in load_naming().sectors)


def _words(zh: Words, en: Words) -> re.Pattern[str]:
    """Match Chinese words anywhere and Latin words between hyphens."""
    latin = "|".join(re.escape(word.replace(" ", "-")) for word in en)
    chinese = "|".join(map(re.escape, zh))
    return re.compile(f"{chinese}|(?:^|-)(?:{latin})(?:$|-)")
