"""The cases of a report, each read as the complaint it makes.

In: a report as it was told, and the reading of complaints as a function. Out: its cases with
their readings. Out of scope: dividing the text (`pipelines.cases.tracking`) and reading
itself (`pipelines.reading`).

What a report says of one person is read alone, in its place: every span points into the
report. A report states a sum or the other side of a deal in passing, so both are taken here
where a complaint would have to say more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from pipelines.cases.protagonist import describe, other_side
from pipelines.cases.tracking import ToldCase, tell_cases
from pipelines.extract.loss import BEYOND_A_LOSS
from pipelines.extract.money import find_amounts
from pipelines.records import (
    Amount,
    AmountRole,
    Axis,
    Complaint,
    Outcome,
    Party,
    Protagonist,
    Reading,
    ReportedCase,
)
from pipelines.redact import Narrative, only_passages
from pipelines.weighing import Told

ReadCase = Callable[[Complaint, Narrative, bool], Reading]
"""Reads the passages of a case; the last argument says whether it is the only one."""

_RETURNED = re.compile(r"退|返还|赔|refund|return|back|credited|reimburs", re.IGNORECASE)
_WELL_FOR_SELLERS = re.compile(
    r"解决|胜诉|和解|撤[销回诉]|恢复|补[付偿款]|货款到账|钱货两清|追回"
    r"|\b(?:resolved|settled|restored|recovered|paid (?:her|him|them)"
    r"|(?:got|received) (?:her|his|their) money|in (?:her|his|their) favou?r)\b"
)
_SHORT_LEAD = 2
"""Sentences of a lead at most: it sums up the story that follows, of somebody it does not name."""


def read_cases(report: Told, read: ReadCase) -> tuple[ReportedCase, ...]:
    """Read each case that a report tells, in order.

    What tells of no wrong and no loss is left out. Columns of the record (respondent,
    platform, region, amount) count where there is one case only.
    """
    told = tell_cases(report.narrative, report.sentences, report.title_length)
    told = _without_lead(report.narrative.normalised.text, told)
    is_only = len(told) == 1
    complaint = report.complaint if is_only else _without_columns(report.complaint)

    def read_passages(passages: Narrative) -> Reading:
        return read(complaint, passages, is_only)

    cases = [_read_case(report.narrative, one, read_passages) for one in told]
    return tuple(case for case in cases if _is_grievance(case.reading))


def _read_case(
    narrative: Narrative, told: ToldCase, read: Callable[[Narrative], Reading]
) -> ReportedCase:
    view = narrative.normalised
    passages = tuple(view.to_source(*passage) for passage in told.passages)
    reading = read(only_passages(narrative, passages))
    protagonist = describe(view.text, told, bool(reading.is_minor))
    return ReportedCase(
        protagonist=protagonist,
        passages=passages,
        reading=replace(
            reading,
            outcome=_outcome(view.text, told, protagonist, reading),
            loss=reading.loss or _sum_in_passing(narrative.text, reading),
            parties=_with_other_side(narrative, told, protagonist, reading.parties),
        ),
    )


def _is_grievance(reading: Reading) -> bool:
    """Say whether a person's story has a wrong in it, or money that was lost or came back."""
    wrongs = (Axis.PATTERN, Axis.WALLET)
    wrong = (one for one in reading.findings if one.axis in wrongs)
    if reading.loss is not None or any(one.origin != "model" or one.score >= 0.5 for one in wrong):
        return True
    is_named = any(one.axis in wrongs for one in reading.mentions)
    has_paid = any(one.role == "loss" for one in reading.amounts)
    return reading.outcome != "unknown" and (is_named or has_paid)


def _outcome(text: str, told: ToldCase, protagonist: Protagonist, reading: Reading) -> Outcome:
    """Give the outcome; a refund to the buyer ends nothing well for the seller."""
    if reading.outcome != "resolved" or protagonist.role != "seller":
        return reading.outcome
    ended_well = any(_WELL_FOR_SELLERS.search(text, *passage) for passage in told.passages)
    return "resolved" if ended_well else "unresolved"


def _sum_in_passing(text: str, reading: Reading) -> tuple[Decimal, str] | None:
    """Give the one price of a case in which nobody is said to have paid it; else None."""
    if reading.outcome == "resolved":
        return None
    roles: tuple[AmountRole, ...] = ("price", "other")
    for role in roles:
        sums = {(one.value, one.currency) for one in reading.amounts if _is_open(text, one, role)}
        if sums:
            value, currency = min(sums)
            return (value, currency) if len(sums) == 1 and value < BEYOND_A_LOSS else None
    return None


def _is_open(text: str, amount: Amount, role: AmountRole) -> bool:
    before = text[max(0, amount.span.start - 16) : amount.span.start]
    return amount.role == role and _RETURNED.search(before) is None


def _with_other_side(
    narrative: Narrative, told: ToldCase, protagonist: Protagonist, parties: Sequence[Party]
) -> tuple[Party, ...]:
    """Put the other side of the deal in the place of a respondent who is only described."""
    first = next((party for party in parties if party.role == "respondent"), None)
    if first is not None and (first.identity != "unnamed" or first.how == "given"):
        return tuple(parties)
    found = other_side(narrative.normalised.text, told.passages, protagonist.role)
    if found is None:
        return tuple(parties)
    span = narrative.normalised.to_source(*found)
    party = Party(
        role="respondent",
        raw=narrative.text[span.start : span.end],
        identity="unnamed",
        how="frame",
        span=span,
    )
    return (party, *(one for one in parties if one is not first))


def _without_lead(text: str, told: tuple[ToldCase, ...]) -> tuple[ToldCase, ...]:
    """Join a lead that names nobody with the story that it sums up."""
    if len(told) < 2:
        return told
    lead, story, *rest = told
    is_lead = lead.is_unnamed and lead.sentence_count <= _SHORT_LEAD and not story.is_likewise
    if not is_lead or not _agree(_sums(text, lead), _sums(text, story)):
        return told
    passages = tuple(sorted((*lead.passages, *story.passages)))
    return (
        replace(story, mentions=(*story.mentions, *lead.mentions), passages=passages),
        *rest,
    )


def _sums(text: str, told: ToldCase) -> set[Decimal]:
    return {one.value for start, end in told.passages for one in find_amounts(text[start:end])}


def _agree(lead: set[Decimal], story: set[Decimal]) -> bool:
    """Say whether a lead and a story may state the same sums: one of each, or none."""
    return bool(lead & story) or not lead or not story


def _without_columns(complaint: Complaint) -> Complaint:
    """Leave out what a record's columns say of its whole text."""
    return replace(
        complaint,
        title=None,
        respondent_name=None,
        platform_name=None,
        region_name=None,
        amount_value=None,
        amount_currency=None,
    )
