"""How complete the evidence of a group is, and what would help most.

In: what each member's account holds. Out: how many members have each of the four parts that
regulators ask for (主体信息, 事实经过, 证据清单, 诉求内容) and proof of each of the three links of
the chain (交易事实—违约行为—损失结果), one share of all that, and the item that would help most.
Which kind of evidence covers which link is data (`links` in `pipelines/taxonomy/routing.yml`).
Out of scope: whether what is mentioned exists, and whether it proves anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipelines.routing.facts import links_of
from pipelines.routing.rulebook import Link, Routing

Part = Literal["subjects", "course", "evidence", "claims"]
PARTS: tuple[Part, ...] = ("subjects", "course", "evidence", "claims")
"""The four parts, in the order that regulators read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one member's account holds.

    `is_named`: it says whom it is about. `is_dated`: the day is known. `is_alleging`: it says
    what the group alleges. `evidence` are the kinds that it mentions.
    """

    is_named: bool
    is_dated: bool
    is_alleging: bool
    evidence: Sequence[str]
    has_demand: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpful:
    """The kind of evidence that would help most, its link, and how many members lack that link."""

    kind: str
    link: Link
    lacking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Members with each part and each link, of `of`; `whole` have all links.

    `share` is 0 to 1: the mean of the four parts, where 证据清单 counts as far as its links go.
    """

    of: int
    parts: Mapping[Part, int]
    links: Mapping[Link, int]
    whole: int
    share: float
    helpful: Helpful | None


def measure_completeness(accounts: Sequence[Account], routing: Routing) -> Completeness:
    """Measure the accounts of a group, of which there is one at least; order plays no part.

    >>> from pipelines.routing.rulebook import load_routing
    >>> one = Account(is_named=True, is_dated=True, is_alleging=True,
    ...               evidence=["order_record", "payment_record"], has_demand=False)
    >>> found = measure_completeness([one], load_routing())
    >>> found.links["breach"], found.helpful.link, round(found.share, 2)
    (0, 'breach', 0.67)
    """
    of, covered = len(accounts), [links_covered(one.evidence, routing) for one in accounts]
    links = {link: sum(link in own for own in covered) for link in routing.links}
    parts: dict[Part, int] = {
        "subjects": sum(one.is_named for one in accounts),
        "course": sum(one.is_dated and one.is_alleging for one in accounts),
        "evidence": sum(bool(one.evidence) for one in accounts),
        "claims": sum(one.has_demand for one in accounts),
    }
    chain = sum(links.values()) / len(links)
    others = parts["subjects"] + parts["course"] + parts["claims"]
    return Completeness(
        of=of,
        parts=parts,
        links=links,
        whole=sum(len(own) == len(links) for own in covered),
        share=(others + chain) / (len(PARTS) * of),
        helpful=most_helpful([one.evidence for one in accounts], routing),
    )


def links_covered(evidence: Sequence[str], routing: Routing) -> frozenset[str]:
    """Name the links of the chain that some kinds of evidence cover."""
    return frozenset(link.removeprefix("link:") for link in links_of(evidence, routing))


def most_helpful(held: Sequence[Sequence[str]], routing: Routing) -> Helpful | None:
    """Name the kind of evidence that would help most, by the kinds that each member mentions.

    The link that most members lack; of the kinds that cover it, the one that most members
    have already, because it is the easiest to come by, else the first of the file. None where
    nothing lacks.
    """
    lacking: Counter[Link] = Counter()
    for kinds in held:
        covered = links_covered(kinds, routing)
        lacking.update(link for link in routing.links if link not in covered)
    if not lacking:
        return None
    link = min(lacking, key=lambda one: (-lacking[one], one))
    counts = Counter(code for kinds in held for code in set(kinds))
    kind = max(routing.links[link], key=lambda code: counts[code])
    return Helpful(kind=kind, link=link, lacking=lacking[link])
