"""Finds the pairs of merchants that resolution keeps apart in doubt, for people to judge.

In: the resolved names of a corpus with how often each was met, the known merchants, and what
people judged already. Out: some hundreds of pairs of names, those whose answer moves most
complaints first. Names are only compared where they share a beginning, their words, sound,
initials or all letters but one, so time grows with the number of names. Out of scope: what
speaks for or against two names (`pipelines.respondents.compare`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from pipelines.records import MerchantKey
from pipelines.respondents.compare import Comparer, initials_of, toneless
from pipelines.respondents.judgements import NameJudgement
from pipelines.respondents.masks import MaskPool
from pipelines.respondents.names import Name, take_name_apart
from pipelines.respondents.sounds import initials
from pipelines.taxonomy.model import Merchant

Doubt = Literal["holds", "words", "sound", "letters", "initials", "mask"]

FREQUENT_NAMES = 5_000
"""Merchants that are looked at, the most frequent ones: an answer about the rest moves little."""

MOST_COMPARED = 1_500
"""Pairs that are compared closely, those that move most complaints first."""

MOST_UNSURE = 300
"""Pairs that are kept; nobody answers more between two builds."""

CROWD = 6
"""Names in one block from which what they share is a common word, not a name."""

SHORTEST_MISSPELT = 4
"""Characters of a slug from which one other letter may be a slip."""

UNSURE_SCHEMA = pa.schema(
    (
        pa.field("one", pa.string(), nullable=False),
        pa.field("other", pa.string(), nullable=False),
        pa.field("one_key", pa.string()),
        pa.field("other_key", pa.string()),
        pa.field("doubt", pa.string(), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
        pa.field("one_complaints", pa.int64(), nullable=False),
        pa.field("other_complaints", pa.int64(), nullable=False),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Met:
    """One merchant by the name that is written most; `key` is None for a mask."""

    raw: str
    key: MerchantKey | None
    name: Name
    complaints: int


_Pair = tuple[_Met, _Met, Doubt]


def unsure_names(
    names: pa.Table,
    counts: Mapping[str, int],
    merchants: Mapping[str, Merchant],
    judged: Sequence[NameJudgement] = (),
) -> pa.Table:
    """Give the pairs in doubt; `names` are resolved, `counts` says how many complaints name each.

    A pair that a person judged is never asked again. The order of the names does not matter.
    """
    met = _met(names, counts)
    comparer = Comparer(merchants, judged)
    asked = {frozenset((pair.one, pair.other)) for pair in judged}
    rows: list[dict[str, object]] = []
    for one, other, doubt in _most_telling(_pairs(met, merchants)):
        if len(rows) == MOST_UNSURE:
            break
        found = comparer.compare(one.raw, other.raw)
        is_judged = frozenset((one.raw, other.raw)) in asked
        if found.same in ("unsure", "yes") and not is_judged:
            rows.append(_row(one, other, doubt, found.score))
    return pa.Table.from_pylist(rows, schema=UNSURE_SCHEMA)


def _row(one: _Met, other: _Met, doubt: Doubt, score: float) -> dict[str, object]:
    return {
        "one": one.raw,
        "other": other.raw,
        "one_key": one.key,
        "other_key": other.key,
        "doubt": doubt,
        "score": score,
        "one_complaints": one.complaints,
        "other_complaints": other.complaints,
    }


def _met(names: pa.Table, counts: Mapping[str, int]) -> list[_Met]:
    """Give every merchant by its most frequent name, and masks that nothing fits alone."""
    totals: Counter[str] = Counter()
    usual: dict[str, str] = {}
    columns = (names[column].to_pylist() for column in ("raw", "merchant_key"))
    keys = dict(zip(*columns, strict=True))
    for raw, key in sorted(keys.items()):
        subject = key or raw
        totals[subject] += counts.get(raw, 0)
        if subject not in usual or counts.get(raw, 0) > counts.get(usual[subject], 0):
            usual[subject] = raw
    frequent = sorted(totals, key=lambda subject: (-totals[subject], subject))[:FREQUENT_NAMES]
    met = (
        _Met(
            raw=usual[subject],
            key=keys[usual[subject]],
            name=take_name_apart(usual[subject]),
            complaints=totals[subject],
        )
        for subject in frequent
        if totals[subject]
    )
    return [one for one in met if (one.name.kind == "mask") == (one.key is None)]


def _most_telling(pairs: Iterable[_Pair]) -> list[_Pair]:
    """Order pairs by the complaints that a yes would move, each pair once."""
    first: dict[tuple[str, str], _Pair] = {}
    for one, other, doubt in pairs:
        low, high = sorted((one, other), key=lambda each: (each.complaints, each.raw))
        first.setdefault((low.raw, high.raw), (low, high, doubt))
    ordered = sorted(
        first.values(), key=lambda pair: (-pair[0].complaints, -pair[1].complaints, pair[0].raw)
    )
    return ordered[:MOST_COMPARED]


def _pairs(met: Sequence[_Met], merchants: Mapping[str, Merchant]) -> Iterator[_Pair]:
    """Give the pairs that share something; two known merchants are two."""
    named = [one for one in met if one.name.kind in ("name", "place") and one.name.slug]
    yield from _masked([one for one in met if one.key is None], named)
    found = (*_blocks(named), *_beginnings(named))
    for one, other, doubt in found:
        both_known = one.key in merchants and other.key in merchants
        if one.key != other.key and not both_known:
            yield one, other, doubt


def _blocks(named: Sequence[_Met]) -> Iterator[_Pair]:
    """Give the pairs of names that have words, sound, initials or all letters but one in common."""
    blocks: defaultdict[tuple[Doubt, str], dict[str, _Met]] = defaultdict(dict)
    for one in named:
        for doubt, mark in _marks(one.name.slug):
            blocks[doubt, mark][one.raw] = one
    for (doubt, _), members in blocks.items():
        if len(members) < CROWD:
            yield from ((one, other, doubt) for one, other in _couples([*members.values()]))


def _couples(members: Sequence[_Met]) -> Iterator[tuple[_Met, _Met]]:
    for place, one in enumerate(members):
        yield from ((one, other) for other in members[place + 1 :])


def _marks(slug: str) -> Iterator[tuple[Doubt, str]]:
    """Give what a name may share with a name that stands for the same merchant.

    >>> ("words", "bank harbor") in set(_marks("harbor-bank"))
    True
    """
    if slug.isascii():
        words = slug.split("-")
        yield "words", " ".join(sorted(words))
        yield "sound", slug.replace("-", "")
        yield "initials", initials_of(words) or slug
    else:
        yield "sound", toneless(slug)
        if len(slug) > 2:
            yield "initials", initials(slug)
    if len(slug) > SHORTEST_MISSPELT:
        yield from (("letters", slug[:at] + slug[at + 1 :]) for at in range(len(slug)))
        yield "letters", slug


def _beginnings(named: Sequence[_Met]) -> Iterator[_Pair]:
    """Give the names with those that begin with the whole of them."""
    by_slug = {one.name.slug: one for one in named}
    longer: defaultdict[str, list[_Met]] = defaultdict(list)
    for one in named:
        slug = one.name.slug
        ends = range(2, len(slug)) if not slug.isascii() else _word_ends(slug)
        for end in ends:
            if slug[:end] in by_slug:
                longer[slug[:end]].append(one)
    for slug, members in longer.items():
        if len(members) < CROWD:
            yield from ((by_slug[slug], one, "holds") for one in members)


def _word_ends(slug: str) -> list[int]:
    return [at for at, sign in enumerate(slug) if sign == "-"]


def _masked(masks: Sequence[_Met], named: Sequence[_Met]) -> Iterator[_Pair]:
    """Give the masks with the few names that fit what they show."""
    pool = MaskPool({one.name.slug: MerchantKey(one.raw) for one in reversed(named)})
    by_raw = {one.raw: one for one in named}
    for mask in masks:
        fitting = sorted(pool.fitting(mask.name.slug)) if mask.name.slug else []
        if len(fitting) < CROWD:
            yield from ((mask, by_raw[raw], "mask") for raw in fitting)
