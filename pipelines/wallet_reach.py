"""Where a wallet issue may be read at all: only where money is moved or kept for the person.

In: the parties of a complaint and its text with cues. Out: which passages may carry a
wallet issue. Out of scope: which issue it is (`pipelines.rules`) and which merchant a name
means (`pipelines.respondents.resolve`); here only its sector counts.

A respondent of a known trade decides: a wallet, exchange, transfer or prepaid-card service
reaches the whole text, a bank reaches the sentences that speak of transfers, anybody else
none. So does any name that the source itself gives. Where the text names nobody, or only
names that nobody knows, its words decide: what it calls the service, how its name is coined,
and whether it speaks of moving money more than of buying, lending or playing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipelines.records import Party, Span
from pipelines.respondents.names import take_name_apart
from pipelines.respondents.sectors import guess_sector
from pipelines.rules import is_brief
from pipelines.scenery import Cue, Scenery
from pipelines.taxonomy import Taxonomy
from pipelines.taxonomy.model import Merchant

WALLET_SECTORS = frozenset({"wallet", "payment", "exchange", "remittance", "prepaid_card"})
"""Sectors of `merchants.yml` whose trade is to move or keep money for a person."""

Extent = Literal["all", "transfers", "none"]

_WIDEST: tuple[Extent, ...] = ("all", "transfers", "none")

_MANY_SERVICES = 3
"""Words of moving money that a long text without a wallet's name needs: some stand by chance."""

_COINED_NAME = re.compile(
    r"""(?=[a-z"])(?:
    \b(?!(?:re|pre|over|under|out)pay\b)[a-z]{2,}pay\b
    |\bpay(?!able|back|ch|day|e[er]|ing|load|ment|off|out|phone|roll|slip|wall)[a-z]{3,}\b
    |\b(?!bit|(?:re|mis|god)send\b)[a-z]{2,}(?:coin|wallet|remit|send|purse|cash)\b
    |\b(?:coin(?!cid|age|ed)|remit(?!s|t)|zap|cash(?!ier|mere|ew|ed|ing))[a-z]{3,}\b
    |"[^"]{1,5}(?:付|支付|钱包|钱夹|零钱|汇|汇款|汇通|币|付宝|转宝|钱宝|付通)"
    )""",
    re.VERBOSE,
)
"""Names coined like those of payment services: words of paying, coins and purses in one word,
or in Chinese quotation marks around a name that ends with one. All begin with a Latin letter
or a mark; asking for it first spares a Chinese text four fifths of the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletReach:
    """Which passages of one text may carry a wallet issue."""

    extent: Extent
    scenery: Scenery

    def covers(self, span: Span) -> bool:
        """Say whether the passage may carry one."""
        if self.extent == "transfers":
            sentence = self.scenery.sentence_of(span)
            return self.scenery.has(Cue.BANK_TRANSFER, *sentence)
        return self.extent == "all"


class MoneyMovers:
    """The merchants of a taxonomy whose trade is money, by the spellings of their names."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        merchants = taxonomy.merchants.values()
        self._known = _slugs(one for one in merchants if one.sector is not None)
        self._wallets = _slugs(one for one in merchants if one.sector in WALLET_SECTORS)
        self._banks = _slugs(one for one in merchants if one.sector == "bank")
        terms = taxonomy.concepts[Cue.WALLET_PRODUCT].part.terms
        self._name_words = tuple(term.removesuffix("*") for term in terms)
        self._extent_of_name = lru_cache(maxsize=65_536)(self._judge_name)

    def reach(self, parties: Iterable[Party], scenery: Scenery) -> WalletReach:
        """Say how far wallet issues reach in one text."""
        extents = [
            extent
            for party in _accused(parties)
            if (extent := self._extent_of_name(party.raw, party.how == "given")) is not None
        ]
        if not extents:
            extents = ["all" if _speaks_of_wallet(scenery) else "none"]
        return WalletReach(extent=min(extents, key=_WIDEST.index), scenery=scenery)

    def _judge_name(self, name: str, is_given: bool) -> Extent | None:
        """Judge a name by its trade; None for an unknown one that a text happens to hold."""
        parts = take_name_apart(name)
        sector = guess_sector(parts.slug)
        is_coined = any(word in parts.slug for word in self._name_words)
        if is_coined or sector in WALLET_SECTORS or not self._wallets.isdisjoint(parts.spellings):
            return "all"
        if not self._banks.isdisjoint(parts.spellings) or (is_given and sector == "bank"):
            return "transfers"
        return "none" if is_given or not self._known.isdisjoint(parts.spellings) else None


def _accused(parties: Iterable[Party]) -> list[Party]:
    """Give those who may be meant by the complaint, if anybody in particular."""
    return [
        party
        for party in parties
        if party.role != "mentioned" and party.identity in ("licensed", "named")
    ]


def _slugs(merchants: Iterable[Merchant]) -> frozenset[str]:
    names = (name for one in merchants for name in (one.name, *one.aliases, *one.given_only))
    return frozenset(spelling for name in names for spelling in take_name_apart(name).spellings)


def _speaks_of_wallet(scenery: Scenery) -> bool:
    """Weigh the words of wallets against those of shops, loans and games."""
    products = _words_of(Cue.WALLET_PRODUCT, scenery)
    services, elsewhere = _words_of(Cue.WALLET_SERVICE, scenery), _words_of(Cue.ELSEWHERE, scenery)
    if products or _COINED_NAME.search(scenery.text):
        return len(products) + len(set(services)) >= len(set(elsewhere))
    if not is_brief(scenery.text):
        return not elsewhere and len(set(services)) >= _MANY_SERVICES
    return len(set(services)) > len(set(elsewhere))


def _words_of(cue: Cue, scenery: Scenery) -> list[str]:
    """Give the wordings of a cue, but for those that only say how something was paid."""
    paid = scenery.cues.get(Cue.MEANS_OF_PAYMENT, ())
    return [
        scenery.text[span.start : span.end]
        for span in scenery.cues.get(cue, ())
        if not any(means.start <= span.start < means.end for means in paid)
    ]
