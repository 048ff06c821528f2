"""A reading in the making, and what it comes to.

In: a redacted complaint, and what each step of `pipelines.reading` found in it. Out: its
reading, or the minimal reading of a record that a step failed on. Out of scope: the steps and
their order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pipelines.classify.second_reader import Opinion
from pipelines.coding import Coding
from pipelines.extract.loss import BEYOND_A_LOSS, money_at_stake
from pipelines.extract.regions import find_region
from pipelines.extract.sum_roles import Sum
from pipelines.hearing import Heard
from pipelines.language import detect_language
from pipelines.matching import Document
from pipelines.normalise import Normalised
from pipelines.records import (
    Amount,
    Complaint,
    DateMention,
    Issue,
    Reading,
    Removal,
    ReportedCase,
    Role,
)
from pipelines.redact import Redacted
from pipelines.rules import RuleHit
from pipelines.segment import content_of
from pipelines.weighing import Cues, Told, Weighed

_ISO_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(slots=True, kw_only=True)
class Draft:
    """A reading in the making, of a redacted complaint: each step sets what it finds."""

    complaint: Complaint
    redacted: Redacted
    is_case: bool = False
    of_report: Opinion | None = None
    is_minor: bool | None = None
    role: Role | None = None
    reading: Reading | None = None
    removed: Sequence[Removal] = ()
    told: Told = field(init=False)
    document: Document = field(init=False)
    hits: tuple[RuleHit, ...] = field(init=False)
    cues: Cues = field(init=False)
    weighed: Weighed = field(init=False)
    opinion: Opinion = field(init=False)
    coding: Coding = field(init=False)
    sums: Sequence[Sum] = ()
    dates: Sequence[DateMention] = ()
    heard: Heard = field(default_factory=Heard)
    cases: tuple[ReportedCase, ...] = ()


def compose(draft: Draft) -> Reading:
    """Put together what the steps found."""
    complaint, told, coding = draft.complaint, draft.told, draft.coding
    narrative = told.narrative
    view = narrative.normalised
    return Reading(
        complaint_id=complaint.complaint_id,
        kind=coding.kind,
        language=detect_language(narrative.text),
        redacted_text=draft.redacted.narrative.text,
        title_length=told.title_length,
        outcome=coding.outcome,
        region=find_region(complaint.region_name, view.text) or draft.redacted.region,
        is_minor=draft.is_minor,
        loss=_loss(complaint, coding, draft.sums),
        tokens=content_of(told.words),
        redactions=draft.redacted.redactions,
        removed=tuple(replace(one, span=view.to_source(*one.span)) for one in draft.removed),
        links=draft.redacted.links,
        findings=coding.findings,
        mentions=coding.mentions,
        parties=told.parties,
        amounts=_amounts(draft.sums, view),
        dates=tuple(
            replace(mention, span=view.to_source(*mention.span)) for mention in draft.dates
        ),
        replies=draft.heard.replies,
        own_replies=draft.heard.own_replies,
        promises=draft.heard.promises,
        contradictions=draft.heard.contradictions,
        issues=tuple(
            Issue(complaint_id=complaint.complaint_id, step="labels", reason=f"unmapped: {label}")
            for label in coding.unmapped_labels
        ),
        cases=draft.cases,
        role=draft.role,
    )


def failed(complaint: Complaint, redacted: Redacted | None, step: str, error: Exception) -> Reading:
    """Give the minimal reading of a record that a step failed on."""
    return Reading(
        complaint_id=complaint.complaint_id,
        kind="other",
        language="und",
        redacted_text=redacted.narrative.text if redacted else "",
        title_length=0,
        outcome="unknown",
        region=None,
        is_minor=None,
        loss=None,
        tokens=(),
        redactions=redacted.redactions if redacted else (),
        links=redacted.links if redacted else (),
        issues=(
            Issue(
                complaint_id=complaint.complaint_id,
                step=step.removeprefix("_"),
                reason=f"{type(error).__name__}: the step failed; the rest was not read",
            ),
        ),
    )


def _amounts(sums: Sequence[Sum], view: Normalised) -> tuple[Amount, ...]:
    """Point the sums found in the normalised view into the redacted text."""
    return tuple(
        Amount(
            value=one.value, currency=one.currency, role=one.role, span=view.to_source(*one.span)
        )
        for one in sums
    )


def _loss(complaint: Complaint, coding: Coding, sums: Sequence[Sum]) -> tuple[Decimal, str] | None:
    """Give the money at stake: the source's own figure, else what the text says was paid.

    None once the matter is resolved: then nothing is outstanding; None too for a figure that
    is beyond any loss, or in something that is no ISO currency.
    """
    if coding.outcome == "resolved":
        return None
    if complaint.amount_value is not None and complaint.amount_value > 0:
        currency = complaint.amount_currency or "CNY"
        is_loss = complaint.amount_value < BEYOND_A_LOSS and _ISO_CURRENCY.fullmatch(currency)
        return (complaint.amount_value, currency) if is_loss else None
    alleged = [finding.code for finding in coding.findings] if coding.kind == "complaint" else []
    return money_at_stake(sums, alleged)
