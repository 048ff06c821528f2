"""What is known of one candidate, each fact with who states it and in which words.

In: statements, events and promises as readers of texts and people gave them. Out: one
checked `CandidateFacts`, and what of it was known on a day. Out of scope: reading texts,
and counting people (`pipelines.people`).

Everything is optional. What nobody stated is unknown; it is never taken as denied.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from pipelines.errors import PipelineError
from pipelines.law.model import Rulebook
from pipelines.records import GivenBy, PromisedThing, PromiseUnit, Span

ToldBy = Literal["text", "people"]


class FactsError(PipelineError):
    """What is said of a candidate contradicts itself or the rulebook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Where a fact is from: a member and the span of the sentence that says it.

    `complaint_id` None: it is said of the candidate as a whole; `span` None: by people,
    outside any text. Spans index into the member's redacted text.
    """

    complaint_id: str | None = None
    span: Span | None = None
    told_by: ToldBy = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One complaint. Members of equal `person_no` are proven to be one person's.

    Members of different `surely_no` are certainly different people's (None: perhaps somebody
    else's, as with hearsay). Numbers that are unknown are None.
    """

    complaint_id: str
    person_no: int | None = None
    surely_no: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A fact of `facts.yml` that is said to hold or not, of the member that supports it.

    Without a member it is said of the whole candidate.
    """

    fact: str
    holds: bool
    support: Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A day on which something of `facts.yml` happened; `region` as in `regions.yml`.

    `day` None: it happened, and nothing says when. That starts no clock, but ends one.
    """

    event: str
    day: date | None
    support: Support
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A deadline that the other side set itself. None: the day is not known, or not come yet.

    `told_by` is the day by which it had been said at the latest, where `starts_on` is unknown.
    `is_kept`: it was kept, on `kept_on` or on a day that nothing says. `by` made it.
    """

    what: PromisedThing
    amount: int
    unit: PromiseUnit
    support: Support
    by: GivenBy | None = None
    starts_on: date | None = None
    told_by: date | None = None
    kept_on: date | None = None
    is_kept: bool = False
    kept_support: Support | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateFacts:
    """What is known of one candidate.

    `certain` to `possible` distinct people stand behind all its members together.

    Raises:
        FactsError: the interval runs backwards, a member is listed twice, or a fact is
            supported by a complaint that is no member.
    """

    members: tuple[Member, ...] = ()
    certain: int | None = None
    possible: int | None = None
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    promises: tuple[Promised, ...] = ()
    _ids: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_ids", frozenset(one.complaint_id for one in self.members))
        if len(self._ids) != len(self.members):
            raise FactsError("facts: expected each member once; found one twice. Remove it")
        if self.certain is not None and self.certain < 0:
            raise FactsError(f"facts: expected certain of 0 or more; found {self.certain}")
        if None not in (self.certain, self.possible) and (self.certain or 0) > (self.possible or 0):
            raise FactsError(
                f"facts: expected certain <= possible; found {self.certain} and {self.possible}"
            )
        for support in self._supports():
            if support.complaint_id is not None and support.complaint_id not in self._ids:
                raise FactsError(
                    f"facts: expected support by a member; found {support.complaint_id!r}. "
                    "Add it to the members or drop the fact"
                )

    @property
    def ids(self) -> tuple[str, ...]:
        """Give the complaints, in the order of the members."""
        return tuple(one.complaint_id for one in self.members)

    def _supports(self) -> Iterable[Support]:
        yield from (statement.support for statement in self.statements)
        yield from (event.support for event in self.events)
        for promise in self.promises:
            yield promise.support
            if promise.kept_support is not None:
                yield promise.kept_support


def check_facts(facts: CandidateFacts, book: Rulebook) -> None:
    """Refuse codes that the rulebook does not know, and consent that no person gave.

    Raises:
        FactsError: a fact, event or promise is unknown, or only people may tell it.
    """
    for statement in facts.statements:
        kind = book.facts.get(statement.fact)
        if kind is None:
            raise FactsError(_unknown("fact", statement.fact))
        if kind.told_by == "people" and statement.support.told_by != "people":
            raise FactsError(
                f"facts: expected {statement.fact!r} from people only; found it told by a text. "
                "Leave it out: what no person said is unknown"
            )
    for event in facts.events:
        if event.event not in book.events:
            raise FactsError(_unknown("event", event.event))
    for promise in facts.promises:
        if promise.what not in book.promises:
            raise FactsError(_unknown("promise", promise.what))
        if promise.amount < 1:
            raise FactsError(f"facts: expected a promise of 1 or more; found {promise.amount}")


def promises_on(facts: CandidateFacts, day: date) -> tuple[Promised, ...]:
    """Give the promises as they stood on a day: what came later is not known yet."""
    return tuple(
        replace(one, kept_on=None, kept_support=None)
        if one.kept_on is not None and one.kept_on > day
        else one
        for one in facts.promises
        if (one.starts_on or one.told_by or day) <= day
    )


def _unknown(kind: str, code: str) -> str:
    return f"facts: expected {kind} of facts.yml; found {code!r}. Correct it or declare it"
