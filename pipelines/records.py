"""The records that the pure pipelines take and return.

In: one `Complaint` as the warehouse staged it. Out: one `Reading` of it, whose
spans all point into its redacted text. Out of scope: how records travel in
batches (`pipelines.reading`) and where they are kept (`warehouse`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple, NewType

ComplaintId = NewType("ComplaintId", str)
"""`source:record_id`, stable over versions of the record."""

MerchantKey = NewType("MerchantKey", str)
"""The resolved merchant: a taxonomy key, or a slug of the cleaned name."""

Kind = Literal["complaint", "report", "guide", "other"]
Identity = Literal["licensed", "named", "handle", "unnamed"]
AmountRole = Literal["loss", "price", "quoted", "rate", "other"]
DatePrecision = Literal["day", "month", "year", "relative"]
Outcome = Literal["resolved", "unresolved", "rejected", "pending", "unknown"]
PartyRole = Literal["respondent", "platform", "mentioned"]
Role = Literal["buyer", "seller", "user", "guardian", "viewer", "other"]
RemovalReason = Literal["spam", "repeat"]
ReplyBy = Literal["platform", "merchant", "regulator", "police", "bank", "court", "other"]
PromisedThing = Literal["review", "refund", "reply", "delivery", "repair", "solution"]
PromiseUnit = Literal["hours", "days", "working_days", "months"]
ContradictedField = Literal["amount", "date", "age", "count"]
ReplyStance = Literal["denies", "offers", "stalls", "accepts", "explains"]
GivenBy = Literal["merchant", "platform", "regulator", "complainant"]


class Axis(StrEnum):
    """The axes of codes: what a text is coded on, and the kinds of its redactions."""

    PATTERN = "pattern"
    WALLET = "wallet"
    NATURE = "nature"
    EVIDENCE = "evidence"
    DEMAND = "demand"
    CHANNEL = "channel"
    TOPIC = "topic"
    PERSONAL_DATA = "personal_data"


class Span(NamedTuple):
    """A half-open range of code points in a redacted text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenReply:
    """An answer that a record carries in a field of its own; `at` (ISO 8601) where it says so."""

    by: GivenBy
    text: str
    at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One staged complaint or report, as the reading step receives it.

    Every field but `complaint_id`, `source` and `text` may be None: the source
    did not say. `labels` holds a source's own classification, named by column
    (for instance `product`, `issue`), and codes come from it only by a table.
    """

    complaint_id: ComplaintId
    source: str
    text: str
    title: str | None = None
    respondent_name: str | None = None
    platform_name: str | None = None
    region_name: str | None = None
    problem: str | None = None
    demand: str | None = None
    amount_value: Decimal | None = None
    amount_currency: str | None = None
    status: str | None = None
    kind: str | None = None
    published_at: datetime | None = None
    labels: tuple[tuple[str, str], ...] = ()
    replies: tuple[GivenReply, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """One replaced identifier: where it stood, and where its placeholder stands."""

    kind: str
    raw_span: Span
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A passage that readers skip: injected advertising, or the later copy of what was said."""

    reason: RemovalReason
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A contact or reference as a keyed hash: equal keys mean the same thing was written."""

    kind: str
    link_key: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A code that a text alleges, with the passages that say so.

    `score` is 0 to 1. `origin` is `rule` for a passage that a rule knows, `model` for one
    that only the learned model knows, and `label` for a source's own classification, which
    has no span.
    """

    axis: Axis
    code: str
    score: float
    spans: tuple[Span, ...] = ()
    origin: Literal["rule", "model", "label"] = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A sum of money as written; never converted."""

    value: Decimal
    currency: str
    role: AmountRole
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date as written. `value` is ISO 8601 cut to `precision`, None while relative."""

    value: str | None
    precision: DatePrecision
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer of the other side or an authority, as the text tells it."""

    by: ReplyBy
    stance: ReplyStance
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A deadline that the other side has set itself: `what` is to happen within `value` units.

    Of a range (3 to 5 days) the value is the upper bound; weeks are given as days.
    """

    what: PromisedThing
    value: int
    unit: PromiseUnit
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardReply:
    """An answer of the record's own, redacted, and what it says; spans index into its text.

    `stance` is None for words of the complainant, which answer nobody's grievance.
    """

    reply: GivenReply
    stance: ReplyStance | None
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two passages of one account that cannot both be true of the same thing."""

    field: ContradictedField
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A merchant, platform, company or place that a complaint names, before resolution.

    `how` says where the name came from: `given` (a column of the source), `alias`
    (a taxonomy name met in the text), `frame` (a wording such as 在…买的) or
    `place` (a named place, estate, school or office). `span` is None when given.
    """

    role: PartyRole
    raw: str
    identity: Identity
    how: Literal["given", "alias", "frame", "place"]
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Trouble with one record: expected, found, where. Never holds text of the record."""

    complaint_id: ComplaintId
    step: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that was read from one complaint; spans index into `redacted_text`.

    `title_length` is the length of the redacted title at the head of the text
    (0 without one; a newline divides it from the narrative). `loss` is the stated
    money at stake that was not returned, or None; never zero for unknown.
    `tokens` are the content words, in order, for similarity. `cases` are those that a report
    tells; a complaint is one case by itself. `role` is the part its writer played, None where
    that was not asked. `replies` are told in the text, `own_replies` are the record's own.
    """

    complaint_id: ComplaintId
    kind: Kind
    language: str
    redacted_text: str
    title_length: int
    outcome: Outcome
    region: str | None
    is_minor: bool | None
    loss: tuple[Decimal, str] | None
    tokens: tuple[str, ...]
    redactions: tuple[Redaction, ...] = ()
    removed: tuple[Removal, ...] = ()
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()
    mentions: tuple[Finding, ...] = ()
    parties: tuple[Party, ...] = ()
    amounts: tuple[Amount, ...] = ()
    dates: tuple[DateMention, ...] = ()
    replies: tuple[Reply, ...] = ()
    own_replies: tuple[HeardReply, ...] = ()
    promises: tuple[Promise, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    issues: tuple[Issue, ...] = field(default=())
    cases: tuple[ReportedCase, ...] = ()
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Protagonist:
    """Whom a case of a report happened to.

    `label` is a placeholder or a description (a seller, 一名网友); None where only a name
    could be shown. `region` is None when the report does not place the person.
    """

    label: str | None
    role: Role
    region: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedCase:
    """One person's story in a report, read as the complaint it makes.

    `passages` are what tells it, in the redacted text of the report, as are all spans of
    `reading`.
    """

    protagonist: Protagonist
    passages: tuple[Span, ...]
    reading: Reading
