"""Where a wallet issue may be read at all: only where money is moved or kept for the person.

In: the parties of a complaint and its text with cues. Out: which passages may carry a
wallet issue. Out of scope: which issue it is (`pipelines.rules`) and which merchant a name
means (`pipelines.respondents.resolve`); here only its sector counts.

A named respondent decides: a wallet, exchange, transfer or prepaid-card service reaches the
whole text, a bank reaches the sentences that speak of transfers, anybody else none. Where
nobody is named, the words of the text decide, unless the wallet is only how something else
was paid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipelines.records import Party, Span
from pipelines.respondents.names import take_name_apart
from pipelines.stance import Cue, Scenery
from pipelines.taxonomy import Taxonomy
from pipelines.taxonomy.model import Merchant

WALLET_SECTORS = frozenset({"wallet", "payment", "exchange", "remittance", "prepaid_card"})
"""Sectors of `merchants.yml` whose trade is to move or keep money for a person."""

Extent = Literal["all", "transfers", "none"]

_WIDEST: tuple[Extent, ...] = ("all", "transfers", "none")


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
        self._wallets = _slugs(one for one in merchants if one.sector in WALLET_SECTORS)
        self._banks = _slugs(one for one in merchants if one.sector == "bank")
        terms = taxonomy.concepts[Cue.WALLET_PRODUCT].part.terms
        self._name_words = tuple(term.removesuffix("*") for term in terms)
        self._extent_of_name = lru_cache(maxsize=65_536)(self._judge_name)

    def reach(self, parties: Iterable[Party], scenery: Scenery) -> WalletReach:
        """Say how far wallet issues reach in one text."""
        extents = [self._extent_of_name(name) for name in _accused(parties)]
        if not extents:
            extent: Extent = "all" if _speaks_of_wallet(scenery) else "none"
        else:
            extent = min(extents, key=_WIDEST.index)
        return WalletReach(extent=extent, scenery=scenery)

    def _judge_name(self, name: str) -> Extent:
        parts = take_name_apart(name)
        if not self._wallets.isdisjoint(parts.spellings):
            return "all"
        if not self._banks.isdisjoint(parts.spellings):
            return "transfers"
        return "all" if any(word in parts.slug for word in self._name_words) else "none"


def _accused(parties: Iterable[Party]) -> list[str]:
    """Name those who may be meant by the complaint, if anybody in particular."""
    return [
        party.raw
        for party in parties
        if party.role != "mentioned" and party.identity in ("licensed", "named")
    ]


def _slugs(merchants: Iterable[Merchant]) -> frozenset[str]:
    names = (name for one in merchants for name in (one.name, *one.aliases, *one.given_only))
    return frozenset(spelling for name in names for spelling in take_name_apart(name).spellings)


def _speaks_of_wallet(scenery: Scenery) -> bool:
    """Weigh the words of wallets against those of shops, loans and games."""
    paid = scenery.cues.get(Cue.MEANS_OF_PAYMENT, ())
    products = [
        span
        for span in scenery.cues.get(Cue.WALLET_PRODUCT, ())
        if not any(means.start <= span.start < means.end for means in paid)
    ]
    elsewhere = scenery.count(Cue.ELSEWHERE)
    if products:
        return len(products) >= elsewhere
    return elsewhere == 0 and scenery.count(Cue.WALLET_SERVICE) > 0
