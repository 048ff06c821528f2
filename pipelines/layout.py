"""A reading laid out as the object that `zhongsu analyse` gives for it.

In: a reading, and the id of its record. Out: the object of the contract's section 4: every
key is there, null where nothing was computed, an empty list where nothing was found. Out of
scope: what is read (`pipelines.reading`), and lines (`pipelines.analyse`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from pipelines.extract.roles import find_role
from pipelines.normalise import normalise
from pipelines.reading import ReadingContext
from pipelines.records import Axis, Finding, Party, PartyRole, Reading, Span

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
        "removed": None,
        "mentions": _mentions(reading),
        "cases": _cases(reading, context),
        "issues": [{"step": one.step, "reason": one.reason} for one in reading.issues],
    }


def _mentions(reading: Reading) -> dict[str, Any]:
    """Give what the text speaks of without a case of its own.

    The findings of a report belong here too as long as its cases are not told apart.
    """
    findings = reading.mentions
    if reading.kind == "report":
        findings = (*findings, *reading.findings)
    return {
        "patterns": _coded(findings, Axis.PATTERN),
        "wallet_issues": _coded(findings, Axis.WALLET),
        "channels": None,
        "promises": None,
    }


def _cases(reading: Reading, context: ReadingContext) -> list[dict[str, Any]] | None:
    """Give the case of a complaint; a guide has none, a report's are not computed."""
    if reading.kind == "report":
        return None
    return [_case(reading, context)] if reading.kind == "complaint" else []


def _case(reading: Reading, context: ReadingContext) -> dict[str, Any]:
    """Lay a complaint out as one case."""
    findings = reading.findings
    return {
        "case_no": 1,
        "complainant": _complainant(reading),
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
        "channels_tried": None,
        "outcome": reading.outcome,
        "replies": None,
        "contradictions": None,
        "route": None,
    }


def _complainant(reading: Reading) -> dict[str, Any]:
    """Say who complains, as far as the text tells without telling who it is."""
    named = _SELF.search(reading.redacted_text)
    text = normalise(reading.redacted_text).text
    return {
        "label": named[1] if named else None,
        "role": find_role(text, bool(reading.is_minor)),
        "region": reading.region,
        "is_minor": reading.is_minor,
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
