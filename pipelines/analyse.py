"""Lines of posts in, one line for each out: the work of `zhongsu analyse`.

In: lines that each hold a JSON object with the fields of `posts`. Out: for every line one
object of the contract's section 4, in the same order, whatever comes in. Out of scope: how
a reading is laid out (`pipelines.layout`), and everything that needs other complaints.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.layout import lay_out
from pipelines.reading import ReadingContext, read_complaints
from pipelines.records import Complaint, ComplaintId

LONGEST_LINE = 8 * 2**20
"""Bytes of the longest line that is read: a million code points, even if all are escaped."""

_NEEDED = ("id", "text")

_KEYS = ("id", "kind", "language", "redacted_text", "redactions", "removed", "mentions", "cases")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unread:
    """A line that is no post: what was expected and found. `record_id` where it has one."""

    record_id: str | int | None
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """A post that can be read. `ignored` names the fields that could not be used."""

    post: Post
    ignored: tuple[str, ...] = ()


def analyse_lines(lines: Sequence[bytes | str], context: ReadingContext) -> list[bytes]:
    """Analyse lines of JSON; gives one line without the line break for each, in order.

    The lines are read together, which is faster than one at a time and gives the same. A
    line that is no post gives an object whose issues say why.
    """
    return [_as_line(result) for result in _analyse([_take(line) for line in lines], context)]


def analyse(record: Any, context: ReadingContext) -> dict[str, Any]:
    """Say what a post alleges, with the passage for every fact.

    Spans are half-open code-point offsets into `redacted_text`. The same record and
    context give the same object.
    """
    (result,) = _analyse([_validated(record)], context)
    return result


def _analyse(taken: Sequence[_Taken | _Unread], context: ReadingContext) -> list[dict[str, Any]]:
    """Read the posts together, then give every line its object."""
    posts = [one.post for one in taken if isinstance(one, _Taken)]
    readings = iter(read_complaints([_complaint(post) for post in posts], context))
    results = []
    for one in taken:
        if isinstance(one, _Unread):
            results.append(_unread(one))
            continue
        result = lay_out(one.post.id, next(readings), context)
        result["issues"] += [_issue("a value of the field's type", name) for name in one.ignored]
        results.append(result)
    return results


def _take(line: bytes | str) -> _Taken | _Unread:
    """Take a post from a line, or say why there is none."""
    if len(line) > LONGEST_LINE:
        limit = f"a line of at most {LONGEST_LINE} bytes"
        return _Unread(record_id=None, expected=limit, found="a longer one")
    try:
        record = _parse(line)
    except (ValueError, RecursionError) as error:
        expected = "a JSON object on one line"
        return _Unread(record_id=None, expected=expected, found=type(error).__name__)
    return _validated(record)


def _parse(line: bytes | str) -> Any:
    """Read a line of JSON; the slower parser may take what orjson refuses (lone surrogates)."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return json.loads(line)


def _validated(record: Any) -> _Taken | _Unread:
    """Check the fields of a post; one that is not needed and not usable is left out and named."""
    try:
        return _Taken(post=Post.model_validate(record))
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
    named = {str(fault["loc"][0]) if fault["loc"] else "the line" for fault in faults}
    if isinstance(record, dict) and named.isdisjoint(_NEEDED):
        rest = {name: value for name, value in record.items() if name not in named}
        found = sorted(f"{_place(fault['loc'])}: {fault['type']}" for fault in faults)
        return _Taken(post=Post.model_validate(rest), ignored=tuple(found))
    record_id = record.get("id") if isinstance(record, dict) else None
    return _Unread(
        record_id=record_id if isinstance(record_id, str | int) else None,
        expected="the fields of posts",
        found=", ".join(f"{_place(fault['loc'])}: {fault['type']}" for fault in faults),
    )


def _place(location: Sequence[str | int]) -> str:
    return ".".join(map(str, location)) or "the line"


def _unread(one: _Unread) -> dict[str, Any]:
    """Give the object that stands for a line that could not be read."""
    issues = [_issue(one.expected, one.found)]
    return {**dict.fromkeys(_KEYS), "id": one.record_id, "issues": issues}


def _issue(expected: str, found: str) -> dict[str, str]:
    return {"step": "input", "reason": f"expected {expected}; found {found}"}


def _as_line(result: dict[str, Any]) -> bytes:
    """Write an object on one line; escaped where the text cannot be written in UTF-8."""
    try:
        return orjson.dumps(result)
    except orjson.JSONEncodeError:
        return json.dumps(result).encode("ascii")


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
