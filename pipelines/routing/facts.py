"""What is known of a matter, as the facts by which a channel is chosen.

In: the reading of a complaint or of one case of a report, or the facts of all members of a
group. Out: facts, each `kind:what`; `pipelines/taxonomy/routing.yml` lists them. Out of scope:
what follows from them (`pipelines.routing.choose`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from decimal import Decimal
from typing import Any

from pipelines.extract.regions import region_label
from pipelines.records import Axis, Finding, Party, Reading, Span
from pipelines.routing.jury import leaves_appeal
from pipelines.routing.rulebook import Routing
from pipelines.taxonomy.model import Taxonomy

MerchantOf = Callable[[str], dict[str, Any]]

_KINDS = {
    Axis.PATTERN: "pattern",
    Axis.WALLET: "wallet",
    Axis.NATURE: "nature",
    Axis.EVIDENCE: "evidence",
    Axis.DEMAND: "demand",
    Axis.CHANNEL: "tried",
}
_CHINESE = re.compile("[\u4e00-\u9fff]")
_HOME_CURRENCY = "CNY"
_ONE_OF_A_MATTER = ("main:", "outcome:", "language:", "identity:", "amount:", "jury:")
"""Kinds of facts that are no count of people, so that a group has the most usual of them."""


def facts_of_reading(
    reading: Reading,
    routing: Routing,
    taxonomy: Taxonomy,
    merchant_of: MerchantOf,
    passages: Sequence[Span] = (),
) -> frozenset[str]:
    """Gather what a complaint, or one case of a report told in `passages`, says of its matter.

    `merchant_of` resolves a name by itself, as `ReadingContext` gives it.
    """
    facts = {f"outcome:{reading.outcome}"}
    facts.add("language:zh" if reading.language == "zh" else "language:other")
    facts.update(_of_findings(reading.findings, routing))
    patterns = [one for one in reading.findings if one.axis is Axis.PATTERN]
    if patterns:
        facts.add(f"main:{max(patterns, key=lambda one: one.score).code}")
    facts.update(_of_parties(reading.parties, taxonomy, merchant_of))
    facts.update(_of_replies(reading))
    facts.update(_of_money(reading, routing))
    facts.update(_of_words(_told(reading, passages), routing))
    if reading.region is not None:
        is_chinese = _CHINESE.search(region_label(reading.region, "zh"))
        facts.add("place:china" if is_chinese else "place:abroad")
    if reading.is_minor:
        facts.add("is:minor")
    return frozenset(facts)


def facts_of_group(
    members: Sequence[Set[str]], people: int, codes: Iterable[str], routing: Routing
) -> frozenset[str]:
    """Gather what is so of a group: of a share of its members, by the figures of the rules.

    `codes` are facts that the group is about, whatever the share. A channel counts as tried
    once several members turned to it, a refusal once several were refused. Without members
    nothing but these is known.

    >>> from pipelines.routing.rulebook import load_routing
    >>> told = [{"tried:platform"}, {"tried:platform"}, set(), set(), set()]
    >>> sorted(facts_of_group(told, 5, ["pattern:late_delivery"], load_routing()))
    ['pattern:late_delivery', 'people:several', 'tried:platform']
    """
    figures, counts = routing.figures, Counter(fact for facts in members for fact in facts)
    shared = {
        fact
        for fact, count in counts.items()
        if (fact == "outcome:rejected" or not fact.startswith(_ONE_OF_A_MATTER))
        and count >= _needed(fact, len(members), routing)
    }
    for kind in _ONE_OF_A_MATTER:
        told = {fact: count for fact, count in counts.items() if fact.startswith(kind)}
        if told and max(told.values()) >= figures.share_of_group * len(members):
            shared.add(min(told, key=lambda fact: (-told[fact], fact)))
    if people > 1:
        shared.add("people:several")
    if people >= figures.numerous_people:
        shared.add("people:numerous")
    return frozenset({*shared, *codes})


def _needed(fact: str, members: int, routing: Routing) -> float:
    """Say in how many members a fact must be to be one of the group."""
    figures = routing.figures
    if fact.startswith(("tried:", "reply:", "link:")) or fact == "outcome:rejected":
        return min(figures.people_who_tried, max(members, 1))
    return figures.share_of_group * members


def _of_findings(findings: Iterable[Finding], routing: Routing) -> Iterator[str]:
    for finding in findings:
        kind = _KINDS.get(finding.axis)
        if kind is None:
            continue
        yield f"{kind}:{finding.code}"
        if finding.axis is Axis.WALLET:
            yield "is:wallet"
        elif finding.axis is Axis.EVIDENCE:
            yield from links_of([finding.code], routing)


def links_of(evidence: Iterable[str], routing: Routing) -> Iterator[str]:
    """Name the links of the chain of evidence that some kinds of it cover.

    >>> from pipelines.routing.rulebook import load_routing
    >>> sorted(set(links_of(["payment_record", "order_record"], load_routing())))
    ['link:deal', 'link:loss']
    """
    for code in evidence:
        for link, kinds in routing.links.items():
            if code in kinds:
                yield f"link:{link}"


def _of_parties(
    parties: Iterable[Party], taxonomy: Taxonomy, merchant_of: MerchantOf
) -> Iterator[str]:
    """Say who is complained of and where it happened, as far as they are named."""
    identity = "unnamed"
    for party in parties:
        if party.role == "mentioned":
            continue
        row = {} if party.identity == "unnamed" else merchant_of(party.raw)
        merchant = taxonomy.merchants.get(row.get("merchant_key") or "")
        if merchant is not None and _CHINESE.search(merchant.name):
            yield f"{party.role}:chinese"
        if party.role == "platform":
            yield "platform:named"
            if merchant is not None:
                yield "platform:known"
        elif identity == "unnamed":
            identity = party.identity
            if row.get("sector"):
                yield f"sector:{row['sector']}"
    yield f"identity:{identity}"


def _of_replies(reading: Reading) -> Iterator[str]:
    told = ((one.by, one.stance) for one in reading.replies)
    own = ((one.reply.by, one.stance) for one in reading.own_replies if one.stance)
    for by, stance in (*told, *own):
        yield f"reply:{by}"
        yield f"reply:{by}:{stance}"


def _of_money(reading: Reading, routing: Routing) -> Iterator[str]:
    currencies = {one.currency for one in reading.amounts}
    if reading.loss is not None:
        value, currency = reading.loss
        currencies.add(currency)
        yield "amount:known"
        large = Decimal(routing.figures.large_amount)
        if currency == _HOME_CURRENCY and value >= large:
            yield "amount:large"
    for currency in currencies:
        yield f"currency:{currency}" if currency == _HOME_CURRENCY else "currency:other"


def _told(reading: Reading, passages: Sequence[Span]) -> str:
    text = reading.redacted_text
    if passages:
        text = "\n".join(text[slice(*passage)] for passage in passages)
    return text.lower()


def _of_words(text: str, routing: Routing) -> Iterator[str]:
    for name, terms in routing.cues.items():
        if any(term in text for term in terms):
            yield f"cue:{name}"
    if leaves_appeal(text, routing.jury):
        yield "jury:appeal"
