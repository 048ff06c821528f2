"""Gathers all that a dossier says of one candidate from the answers of a build's queries.

In: a function that answers the queries of `warehouse/queries` with rows, decisions, and what
reading needs. Out: `Gathered`: the build's rows, and every member's text read once more, for
what no build keeps: demands, channels, answers, contradictions. Out of scope: wording.

A text is redacted once more before it is read, so that nothing that today's redaction knows
leaves an older build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from pipelines.dossier.decisions import Decisions
from pipelines.errors import PipelineError
from pipelines.reading import ReadingContext, read_complaints
from pipelines.records import Axis, Complaint, ComplaintId, Finding, Reading
from pipelines.redact import redact
from pipelines.routing import Route, choose_route, facts_of_group, facts_of_reading, load_routing

Row = dict[str, Any]
Ask = Callable[..., list[Row]]

PAGE = 500
_NEAR_MISSES = 200
_SHOWN_OUTSIDE = 3
_READ_TOGETHER = 200
HOME = "CN"


class DossierError(PipelineError):
    """A dossier cannot be made of what is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One member: its number in the dossier, its row, and what its text says."""

    no: int
    row: Row
    reading: Reading

    @property
    def complaint_id(self) -> str:
        """Its `source:record_id`."""
        return str(self.row["complaint_id"])

    @property
    def record_id(self) -> str:
        """Its id in its source."""
        return record_id_of(self.complaint_id, self.row["source"])

    def findings(self, axis: Axis) -> list[Finding]:
        """Give the findings of its text on one axis."""
        return [one for one in self.reading.findings if one.axis is axis]

    @property
    def evidence(self) -> tuple[str, ...]:
        """The kinds of evidence that it mentions, by the build."""
        return tuple(self.row["evidence"] or ())


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenReply:
    """A reply on record; `by` None: the source does not say who, `stance` None: no answer."""

    by: str | None
    on: date | None
    text: str
    stance: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """The stated loss in one currency."""

    currency: str
    known: int
    total: Decimal
    median: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All that a dossier says, in the words of the build, the texts, and people's decisions."""

    build: Row
    candidate: Row
    accounts: tuple[Account, ...]
    near_misses: tuple[Row, ...]
    taken_out: int
    taken_in: int
    people: tuple[int, int]
    losses: tuple[Loss, ...]
    tiers: tuple[Row, ...]
    deadlines: tuple[Row, ...]
    not_begun: tuple[Row, ...]
    discounts: tuple[Row, ...]
    told_people: tuple[Row, ...]
    counterparties: tuple[Row, ...]
    sources: tuple[Row, ...]
    replies: Mapping[str, tuple[GivenReply, ...]]
    decisions: Decisions
    route: Route
    context: ReadingContext

    @property
    def as_of(self) -> date | None:
        """The last day that the build's data know, None where nothing is dated."""
        rows = (*self.tiers, *self.deadlines)
        known: date | None = rows[0]["as_of_date"] if rows else self.build["last_date"]
        return known


def record_id_of(complaint_id: str, source: str) -> str:
    """Give the id of a record in its source.

    >>> record_id_of("posts:a:1", "posts")
    'a:1'
    """
    return complaint_id.removeprefix(f"{source}:")


def gather(ask: Ask, candidate_id: str, decisions: Decisions, context: ReadingContext) -> Gathered:
    """Gather what a dossier says; the same build, decisions and taxonomy give the same.

    Raises:
        DossierError: the build does not hold the candidate, or people took every member out.
    """
    found = ask("candidate", candidate_id=candidate_id)
    if not found:
        raise DossierError(
            f"dossier: expected a candidate of the current build; found none called "
            f"{candidate_id[:40]!r}. `zhongsu candidates` lists them."
        )
    (candidate,) = found
    members, near = _members(ask, candidate_id)
    decisions = _with_moved(decisions, members)
    kept = [row for row in members if row["complaint_id"] not in decisions.barred]
    added = _taken_in(ask, {row["complaint_id"] for row in members}, decisions)
    accounts = _read([*kept, *added], context)
    if not accounts:
        raise DossierError(
            f"dossier: expected members of {candidate_id}; found that people took all of them "
            "out. Take some in with `zhongsu decide`, or choose another candidate."
        )
    out, come = len(members) - len(kept), len(added)
    told = ask("candidate_told_people", candidate_id=candidate_id)
    people = _people(candidate, members, kept, come)
    losses = _losses(accounts)
    shown = {account.complaint_id for account in accounts}
    return Gathered(
        build=ask("build")[0],
        candidate=candidate,
        accounts=tuple(accounts),
        near_misses=tuple(row for row in near if row["complaint_id"] not in shown),
        taken_out=out,
        taken_in=come,
        people=people,
        losses=losses,
        tiers=tuple(ask("candidate_tiers", candidate_id=candidate_id)),
        deadlines=tuple(ask("candidate_deadlines", candidate_id=candidate_id)),
        not_begun=tuple(ask("deadlines_not_begun", candidate_id=candidate_id, jurisdiction=HOME)),
        discounts=tuple(ask("candidate_discounts", candidate_id=candidate_id)),
        told_people=tuple(row for row in told if row["complaint_id"] in shown),
        counterparties=tuple(
            ask("candidate_counterparties", candidate_id=candidate_id, limit=_SHOWN_OUTSIDE)
        ),
        sources=tuple(ask("sources")),
        replies=_replies(ask("candidate_replies", candidate_id=candidate_id), accounts, context),
        decisions=decisions,
        route=_route(candidate, accounts, people, losses, context),
        context=context,
    )


def _with_moved(decisions: Decisions, members: Iterable[Row]) -> Decisions:
    """Count the members that people put into other candidates among those taken out."""
    ids = (row["complaint_id"] for row in members)
    moved = {complaint_id: None for complaint_id in ids if complaint_id in decisions.elsewhere}
    return replace(decisions, barred={**moved, **decisions.barred})


def _members(ask: Ask, candidate_id: str) -> tuple[list[Row], list[Row]]:
    """Give all members, the most typical first, and the near misses."""
    members: list[Row] = []
    near: list[Row] = []
    while True:
        page = ask(
            "candidate_members",
            candidate_id=candidate_id,
            limit=PAGE,
            offset=len(members),
            near_limit=0 if members else _NEAR_MISSES,
        )
        new = [row for row in page if row["is_member"]]
        members += new
        near += [row for row in page if not row["is_member"]]
        if len(new) < PAGE:
            return members, near


def _taken_in(ask: Ask, members: set[str], decisions: Decisions) -> list[Row]:
    """Give the complaints that people took in after the build; unknown to it are left out."""
    rows: list[Row] = []
    for complaint_id in decisions.pinned:
        if complaint_id in members or complaint_id in decisions.barred:
            continue
        for row in ask("complaint", complaint_id=complaint_id):
            blank: Row = {
                "person_no": None,
                "spans": [],
                "evidence": [],
                "why": "",
                "is_member": True,
            }
            rows.append({**row, **blank})
    return rows


def _read(rows: Sequence[Row], context: ReadingContext) -> list[Account]:
    """Read the texts of members; numbered by date, the undated last."""
    in_order = sorted(
        rows, key=lambda row: (row["event_date"] or date.max, str(row["complaint_id"]))
    )
    readings: list[Reading] = []
    for first in range(0, len(in_order), _READ_TOGETHER):
        batch = in_order[first : first + _READ_TOGETHER]
        readings += read_complaints([_complaint(row) for row in batch], context)
    return [
        Account(no=no, row=row, reading=reading)
        for no, (row, reading) in enumerate(zip(in_order, readings, strict=True), 1)
    ]


def _complaint(row: Row) -> Complaint:
    return Complaint(
        complaint_id=ComplaintId(row["complaint_id"]),
        source=row["source"],
        text=row["redacted_text"],
        kind="post",
    )


def _people(
    candidate: Row, members: Sequence[Row], kept: Sequence[Row], come: int
) -> tuple[int, int]:
    """Give people as an interval; after decisions, one that holds whatever they concerned.

    Who takes out k complaints takes out k people at most; whether those taken in are new
    people nobody knows.
    """
    low, high = candidate["complainants_certain"], candidate["complainants_possible"]
    out = len(members) - len(kept)
    gone = {row["person_no"] for row in members} - {row["person_no"] for row in kept}
    low = max(1, low - out)
    return low, max(low, high - len(gone) + come)


def _replies(
    rows: Sequence[Row], accounts: Sequence[Account], context: ReadingContext
) -> dict[str, tuple[GivenReply, ...]]:
    """Give the replies on record by member, redacted once more."""
    told: dict[str, list[GivenReply]] = {account.complaint_id: [] for account in accounts}
    for row in rows:
        if row["complaint_id"] in told:
            text = redact(row["redacted_text"], context.key).narrative.text
            reply = GivenReply(by=row["by"], on=row["replied_on"], text=text, stance=row["stance"])
            told[row["complaint_id"]].append(reply)
    return {complaint_id: tuple(replies) for complaint_id, replies in told.items()}


def _losses(accounts: Sequence[Account]) -> tuple[Loss, ...]:
    """Sum the stated losses by currency; what is unknown adds nothing."""
    sums: dict[str, list[Decimal]] = {}
    for account in accounts:
        if account.row["loss_value"] is not None:
            currency = account.row["loss_currency"]
            sums.setdefault(currency, []).append(Decimal(account.row["loss_value"]))
    return tuple(
        Loss(currency=currency, known=len(values), total=sum(values, Decimal(0)),
             median=Decimal(median(values)))
        for currency, values in sorted(sums.items(), key=lambda item: (-len(item[1]), item[0]))
    )  # fmt: skip


def _route(
    candidate: Row,
    accounts: Sequence[Account],
    people: tuple[int, int],
    losses: Sequence[Loss],
    context: ReadingContext,
) -> Route:
    """Choose the channel of the whole group by what its members share."""
    routing = load_routing()
    told = [
        {
            fact
            for fact in facts_of_reading(
                account.reading, routing, context.taxonomy, context.merchant_of
            )
            if not fact.startswith(("identity:", "outcome:", "amount:"))
        }
        | {f"outcome:{account.row['outcome']}"}
        for account in accounts
    ]
    codes = [*_codes(candidate, context), *(["amount:known"] if losses else [])]
    if any(
        loss.currency == "CNY" and loss.total >= Decimal(routing.figures.large_amount)
        for loss in losses
    ):
        codes.append("amount:large")
    return choose_route(facts_of_group(told, people[0], codes, routing), routing)


def _codes(candidate: Row, context: ReadingContext) -> list[str]:
    """Say what the group is about, and of whom, as facts."""
    axis, code = candidate["issue_axis"], candidate["issue_code"]
    facts = [f"{axis}:{code}"] if axis in ("pattern", "wallet", "nature") else []
    if axis == "pattern":
        facts.append(f"main:{code}")
    if axis == "wallet":
        facts.append("is:wallet")
    merchant = context.taxonomy.merchants.get(candidate["merchant_key"] or "")
    name = candidate["merchant_name"]
    if merchant is not None and merchant.is_licensed:
        facts.append("identity:licensed")
    else:
        facts.append("identity:named" if name else "identity:unnamed")
    if name:
        sector = context.merchant_of(name)["sector"]
        facts += [f"sector:{sector}"] if sector else []
    return facts
