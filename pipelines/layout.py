"""A reading laid out as the object that `zhongsu analyse` gives for it.

In: a reading, and the id of its record. Out: the object of the contract's section 4: every
key is there, null where nothing was computed, an empty list where nothing was found. Out of
scope: what is read (`pipelines.reading`), and lines (`pipelines.analyse`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pipelines.reading import ReadingContext
from pipelines.records import (
    Axis,
    Finding,
    Party,
    PartyRole,
    Promise,
    Reading,
    ReportedCase,
    Span,
)
from pipelines.routing import choose_route, facts_of_reading, load_routing

_SELF = re.compile(
    r"(?:我叫|我是|本人|投诉人|反映人|姓名|[Mm]y name is)[:： ]{0,2}(\[PERSON_\d+\])"
)


def lay_out(record_id: str | int, reading: Reading, context: ReadingContext) -> dict[str, Any]:
    """Lay a reading out; spans are half-open code-point offsets into `redacted_text`."""
    return {
        "id": record_id,
        "kind": reading.kind,
        "language": reading.language,
        "redacted_text": reading.redacted_text,
        "redactions": [
            {"kind": one.kind, "raw_span": [*one.raw_span], "span": [*one.span]}
            for one in reading.redactions
        ],
        "removed": [{"reason": one.reason, "span": [*one.span]} for one in reading.removed],
        "mentions": _mentions(reading),
        "cases": _cases(reading, context),
        "issues": [{"step": one.step, "reason": one.reason} for one in reading.issues],
    }


def _mentions(reading: Reading) -> dict[str, Any]:
    """Give what the text speaks of without a case of its own."""
    findings = reading.mentions
    if reading.kind == "report":
        findings = tuple(_outside_cases((*reading.findings, *reading.mentions), reading.cases))
    return {
        "patterns": _coded(findings, Axis.PATTERN),
        "wallet_issues": _coded(findings, Axis.WALLET),
        "channels": _coded(findings, Axis.CHANNEL),
        "promises": [{**_promise(one), "span": [*one.span]} for one in reading.promises],
    }


def _outside_cases(findings: Iterable[Finding], cases: Sequence[ReportedCase]) -> Iterator[Finding]:
    """Keep what a report says beside its cases: passages of none, and codes that none has."""
    passages = sorted(span for case in cases for span in case.passages)
    told = {(one.axis, one.code) for case in cases for one in case.reading.findings}
    for finding in findings:
        beside = tuple(span for span in finding.spans if not _is_within(span, passages))
        if beside or (finding.axis, finding.code) not in told:
            yield replace(finding, spans=beside or finding.spans)


def _is_within(span: Span, passages: Sequence[Span]) -> bool:
    """Say whether a span begins in one of some passages, which are in order."""
    index = bisect_right(passages, span.start, key=lambda passage: passage.start) - 1
    return index >= 0 and span.start < passages[index].end


def _cases(reading: Reading, context: ReadingContext) -> list[dict[str, Any]]:
    """Give the case of a complaint, or those that a report tells; a guide has none."""
    if reading.kind == "complaint":
        case = _case(1, reading, _complainant(reading), context)
        return [{**case, "route": _route(reading, reading, (), context)}]
    return [
        {
            **_case(number, case.reading, _protagonist(case), context),
            "route": _route(reading, case.reading, case.passages, context),
        }
        for number, case in enumerate(reading.cases, 1)
    ]


def _case(
    number: int, reading: Reading, complainant: dict[str, Any], context: ReadingContext
) -> dict[str, Any]:
    """Lay a complaint, or what a report tells of one person, out as one case."""
    findings = reading.findings
    return {
        "case_no": number,
        "complainant": complainant,
        "respondent": _respondent(reading.parties, context),
        "platform": _platform(reading.parties, context),
        "patterns": _coded(findings, Axis.PATTERN),
        "wallet_issues": _coded(findings, Axis.WALLET),
        "natures": [
            {"code": one.code, "score": one.score} for one in findings if one.axis is Axis.NATURE
        ],
        "amount": _money(*reading.loss) if reading.loss else None,
        "amounts": [
            {**_money(one.value, one.currency), "role": one.role, "span": [*one.span]}
            for one in reading.amounts
        ],
        "dates": [
            {"value": one.value, "precision": one.precision, "span": [*one.span]}
            for one in reading.dates
        ],
        "evidence": _things(findings, Axis.EVIDENCE),
        "demands": _things(findings, Axis.DEMAND),
        "channels_tried": _things(findings, Axis.CHANNEL),
        "outcome": reading.outcome,
        "replies": _replies(reading),
        "contradictions": [
            {"field": one.field, "spans": _pairs(one.spans)} for one in reading.contradictions
        ],
    }


def _route(
    document: Reading, reading: Reading, passages: Sequence[Span], context: ReadingContext
) -> dict[str, Any]:
    """Name the channel that comes first, in the language of the document, and why no other."""
    routing = load_routing()
    facts = facts_of_reading(
        reading, routing, context.taxonomy, context.merchant_of, passages=passages
    )
    route = choose_route(facts, routing)
    is_chinese = document.language == "zh"
    return {
        "primary": route.primary,
        "reason": route.reason.zh if is_chinese else route.reason.en,
        "not": [
            {"code": one.code, "reason": one.reason.zh if is_chinese else one.reason.en}
            for one in route.avoided
        ],
    }


def _replies(reading: Reading) -> list[dict[str, Any]]:
    """Give the answers that the text tells of, then the record's own, which have no span."""
    told = [
        {
            "by": one.by,
            "stance": one.stance,
            "span": [*one.span],
            "at": None,
            "text": reading.redacted_text[slice(*one.span)],
            "promises": [
                _promise(promise)
                for promise in reading.promises
                if one.span.start <= promise.span.start and promise.span.end <= one.span.end
            ],
        }
        for one in reading.replies
    ]
    own = [
        {
            "by": one.reply.by,
            "stance": one.stance,
            "span": None,
            "at": one.reply.at,
            "text": one.reply.text,
            "promises": [_promise(promise) for promise in one.promises],
        }
        for one in reading.own_replies
    ]
    return told + own


def _promise(one: Promise) -> dict[str, Any]:
    return {"what": one.what, "value": one.value, "unit": one.unit}


def _complainant(reading: Reading) -> dict[str, Any]:
    """Say who complains, as far as the text tells without telling who it is."""
    text = reading.redacted_text
    named = _SELF.search(text) if "[PERSON_" in text else None
    return {
        "label": named[1] if named else None,
        "role": reading.role,
        "region": reading.region,
        "is_minor": reading.is_minor,
    }


def _protagonist(case: ReportedCase) -> dict[str, Any]:
    """Say who is told of."""
    return {
        "label": case.protagonist.label,
        "role": case.protagonist.role,
        "region": case.protagonist.region,
        "is_minor": case.reading.is_minor,
    }


def _respondent(parties: Sequence[Party], context: ReadingContext) -> dict[str, Any]:
    """Give the respondent and the merchant it is."""
    party = _first(parties, "respondent")
    if party is None:
        return {
            "raw": None, "merchant_key": None, "name": None, "identity": "unnamed", "score": None
        }  # fmt: skip
    merchant = _merchant(party, context)
    return {
        "raw": party.raw,
        "merchant_key": merchant["merchant_key"],
        "name": merchant["merchant_name"] if merchant["merchant_key"] else None,
        "identity": party.identity,
        "score": merchant["score"] if merchant["merchant_key"] else 0.0,
    }


def _platform(parties: Sequence[Party], context: ReadingContext) -> dict[str, Any]:
    """Give the platform on which it happened."""
    party = _first(parties, "platform")
    if party is None:
        return {"raw": None, "merchant_key": None, "identity": "unnamed"}
    key = _merchant(party, context)["merchant_key"]
    return {"raw": party.raw, "merchant_key": key, "identity": party.identity}


def _first(parties: Iterable[Party], role: PartyRole) -> Party | None:
    return next((party for party in parties if party.role == role), None)


def _merchant(party: Party, context: ReadingContext) -> dict[str, Any]:
    """Resolve one name; whoever is unnamed has no merchant, however described."""
    if party.identity == "unnamed":
        return {"merchant_key": None, "merchant_name": None, "score": 0.0}
    return context.merchant_of(party.raw)


def _coded(findings: Iterable[Finding], axis: Axis) -> list[dict[str, Any]]:
    """Give the findings of one axis with score and passages."""
    return [
        {"code": one.code, "score": one.score, "spans": _pairs(one.spans)}
        for one in findings
        if one.axis is axis
    ]


def _things(findings: Iterable[Finding], axis: Axis) -> list[dict[str, Any]]:
    """Give the findings of one axis with their passages."""
    return [{"code": one.code, "spans": _pairs(one.spans)} for one in findings if one.axis is axis]


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[*span] for span in spans]


def _money(value: Decimal, currency: str) -> dict[str, str]:
    """Write a sum with two decimals."""
    return {"value": f"{value:.2f}", "currency": currency}
