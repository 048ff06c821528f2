"""Recognises, in texts that name nobody known, the names that other complaints give.

In: the texts of complaints without a merchant, and the names that sources give for
others. Out: respondents in the form of `choose_respondents`. A shop that hundreds name
in the form's own field is often only mentioned in the text of the next complaint. Out of
scope: merchants of the taxonomy (`pipelines.respondents.topic` weighs those), and names
that nobody has given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.normalise import normalise
from pipelines.records import MerchantKey
from pipelines.respondents.choose import RESPONDENTS_SCHEMA
from pipelines.respondents.lexicon import Mention, stands_alone
from pipelines.respondents.names import take_name_apart
from pipelines.respondents.topic import is_pretended
from pipelines.word_search import WordSearch

SHORTEST_NAME = 3
"""Characters of a Chinese name that may be looked for; shorter ones are everywhere."""

SHORTEST_LATIN_NAME = 5

WRITERS_AT_LEAST = 3
"""Writers who give a name before it is looked for: one account cannot make anybody a merchant."""

COMMON_WORD = 2.0
"""Texts per writer who gives a name, above which the name is an ordinary word."""

SCORE = 0.7
"""How sure it is that the one known name of a text is whom it complains of (0 to 1)."""

_WHERE = re.compile(r"(?:在|从|到|于|\bon |\bat |\bfrom |\bvia |\bthrough )$")


class _Seen(NamedTuple):
    """A merchant that sources give, and how many writers give it."""

    key: str
    name: str
    sector: str | None
    writers: int


class _Found(NamedTuple):
    """The one known merchant of a text, as written there."""

    complaint_id: str
    raw: str
    seen: _Seen


def recognise_respondents(
    texts: pa.Table, given: pa.Table, weighed: Container[str] = ()
) -> pa.Table:
    """Name the respondent of each text that holds exactly one known name.

    A name that far more texts hold than writers give is an ordinary word and names
    nobody; nor does one whom somebody only pretends to be, or the place where a seller
    who is described did business.

    Args:
        texts: complaint_id, redacted_text, is_described (whether an unnamed respondent
            is described), in any order.
        given: merchant_key, merchant_name, sector, writers (how many give it) and
            spellings (list), one row per merchant.
        weighed: keys of merchants whose mentions were weighed when the text was read
            (those of the taxonomy); to be named beside another leaves a text unnamed,
            but such a merchant is not named anew.

    Returns:
        Rows of `RESPONDENTS_SCHEMA` for the complaints that are named now, by complaint id.
    """
    search = _search(given)
    hits = (_only_name(row, search) for row in texts.to_pylist())
    found = [hit for hit in hits if hit and hit.seen.key not in weighed]
    held = Counter(hit.seen.key for hit in found)
    proper = [hit for hit in found if held[hit.seen.key] <= COMMON_WORD * hit.seen.writers]
    return pa.Table.from_pylist(
        [_row(hit) for hit in sorted(proper, key=lambda hit: hit.complaint_id)],
        schema=RESPONDENTS_SCHEMA,
    )


def _search(given: pa.Table) -> WordSearch[_Seen]:
    """Prepare one search for all spellings that only one merchant has."""
    owners: dict[str, set[_Seen]] = {}
    for row in given.filter(pc.greater_equal(given["writers"], WRITERS_AT_LEAST)).to_pylist():
        seen = _Seen(row["merchant_key"], row["merchant_name"], row["sector"], row["writers"])
        for spelling in _wordings((seen.name, *row["spellings"])):
            owners.setdefault(spelling, set()).add(seen)
    return WordSearch({word: seen.pop() for word, seen in owners.items() if len(seen) == 1})


def _wordings(spellings: Iterable[str]) -> Iterator[str]:
    """Give the spellings that say enough to be looked for, and that a `WordSearch` can hold."""
    for spelling in spellings:
        name = take_name_apart(spelling)
        word = normalise(spelling).text
        shortest = SHORTEST_LATIN_NAME if word.isascii() else SHORTEST_NAME
        if name.kind == "name" and len(word) >= shortest and max(word) <= "\uffff":
            yield word


def _only_name(row: dict[str, Any], search: WordSearch[_Seen]) -> _Found | None:
    """Find the one merchant that a text names and complains of, if there is just one."""
    text = normalise(row["redacted_text"]).text
    mentions = [
        (Mention(start, end, MerchantKey(seen.key)), seen)
        for start, end, seen in search.find_longest(text)
        if stands_alone(text, start, end)
    ]
    genuine = [(mention, seen) for mention, seen in mentions if not is_pretended(text, mention)]
    if len({seen.key for _, seen in genuine}) != 1:
        return None
    if row["is_described"] and all(_WHERE.search(text, 0, one.start) for one, _ in genuine):
        return None
    mention, seen = genuine[0]
    return _Found(row["complaint_id"], text[mention.start : mention.end], seen)


def _row(hit: _Found) -> dict[str, Any]:
    return {
        "complaint_id": hit.complaint_id,
        "raw": hit.raw,
        "merchant_key": hit.seen.key,
        "merchant_name": hit.seen.name,
        "sector": hit.seen.sector,
        "identity": "named",
        "score": SCORE,
        "why": "the text holds a name that other complaints give",
    }
