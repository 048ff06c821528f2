"""One post in, everything that is read in it out: the output of `zhongsu analyse`.

In: a JSON object with the fields of `posts`, or the line that holds it. Out: the object of
the contract's section 4: every key is there, null where nothing was computed, an empty list
where nothing was found. Out of scope: several cases in one text (one complaint is one
case; the cases of a report are not computed), and everything that needs other complaints.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import orjson
import pyarrow as pa
from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.extract.roles import find_role
from pipelines.normalise import normalise
from pipelines.reading import ReadingContext, read_complaint
from pipelines.records import (
    Axis,
    Complaint,
    ComplaintId,
    Finding,
    Party,
    PartyRole,
    Reading,
    Span,
)
from pipelines.respondents import resolve_names

_SELF = re.compile(
    r"(?:我叫|我是|本人|投诉人|反映人|姓名|[Mm]y name is)[:： ]{0,2}(\[PERSON_\d+\])"
)


class Money(BaseModel):
    """A sum as a post gives it."""

    value: Decimal
    currency: str = "CNY"


class Post(BaseModel):
    """A post as it comes in. Unknown keys are left alone."""

    model_config = ConfigDict(extra="ignore")

    id: str | int
    text: str
    title: str | None = None
    respondent: str | None = None
    platform: str | None = None
    region: str | None = None
    amount: Money | None = None
    status: str | None = None
    kind: str | None = None


def analyse_line(line: bytes | str, context: ReadingContext) -> bytes:
    """Analyse one line of JSON; gives one line without the line break, whatever comes in.

    A line that cannot be read gives an object whose id is null and whose issues say why.
    """
    try:
        record = _parse(line)
    except (ValueError, RecursionError) as error:
        return _as_line(_unread("expected a JSON object on one line", type(error).__name__))
    return _as_line(analyse(record, context))


def analyse(record: Any, context: ReadingContext) -> dict[str, Any]:
    """Say what a post alleges, with the passage for every fact.

    Spans are half-open code-point offsets into `redacted_text`. The same record and
    context give the same object.
    """
    try:
        post = Post.model_validate(record)
    except ValidationError as error:
        faults = ", ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'the line'}: {fault['type']}"
            for fault in error.errors(include_url=False, include_input=False)
        )
        return _unread("expected the fields of posts", faults)
    reading = read_complaint(_complaint(post), context)
    return {
        "id": post.id,
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


def _parse(line: bytes | str) -> Any:
    """Read a line of JSON; the slower parser may take what orjson refuses (lone surrogates)."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return json.loads(line)


def _as_line(result: dict[str, Any]) -> bytes:
    """Write an object on one line; escaped where the text cannot be written in UTF-8."""
    try:
        return orjson.dumps(result)
    except orjson.JSONEncodeError:
        return json.dumps(result).encode("ascii")


def _unread(expected: str, found: str) -> dict[str, Any]:
    """Give the object that stands for a line that could not be read."""
    keys = ("id", "kind", "language", "redacted_text", "redactions", "removed", "mentions", "cases")
    issue = {"step": "input", "reason": f"{expected}; found {found}"}
    return {**dict.fromkeys(keys), "issues": [issue]}


def _complaint(post: Post) -> Complaint:
    """Turn a post into the record that reading takes."""
    return Complaint(
        complaint_id=ComplaintId(f"posts:{post.id}"),
        source="posts",
        text=post.text,
        title=post.title,
        respondent_name=post.respondent,
        platform_name=post.platform,
        region_name=post.region,
        amount_value=post.amount.value if post.amount else None,
        amount_currency=post.amount.currency if post.amount else None,
        status=post.status,
        kind=post.kind,
    )


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
    names = pa.table({"raw": pa.array([party.raw], pa.string())})
    row: dict[str, Any] = resolve_names(
        names, context.taxonomy, lexicon=context.lexicon
    ).to_pylist()[0]
    return row


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
