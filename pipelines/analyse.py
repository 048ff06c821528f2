"""Lines of posts in, one line for each out: the work of `zhongsu analyse`.

In: lines that each hold a JSON object with the fields of `posts`. Out: for every line one
object of the contract's section 4, in the same order, whatever comes in. Out of scope: how
a post is checked (`pipelines.posts`) and a reading laid out (`pipelines.layout`), and
everything that needs other complaints.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from pipelines.json_lines import UnreadableLineError, read_line
from pipelines.layout import lay_out
from pipelines.posts import Fault, Post, Refused, Taken, take_post
from pipelines.reading import ReadingContext, read_complaints
from pipelines.records import Complaint, ComplaintId, GivenReply

LONGEST_LINE = 8 * 2**20
"""Bytes of the longest line that is read: a million code points, even if all are escaped."""

_SPAN = re.compile(rb"\[\n *(\d+),\n *(\d+)\n *\]")
"""A span when it is indented; in texts line breaks are escaped."""

_KEYS = ("id", "kind", "language", "redacted_text", "redactions", "removed", "mentions", "cases")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """What a line holds, and which line of the input it is; None for a record by itself."""

    held: Taken | Refused
    number: int | None


def analyse_lines(
    lines: Sequence[bytes | str], context: ReadingContext, first: int = 1
) -> list[bytes]:
    """Analyse lines of JSON; gives one line without the line break for each, in order.

    The lines are read together, which is faster than one at a time and gives the same. A
    line that is no post gives an object whose issues say why. `first` is the number of the
    first of the lines in the input.
    """
    held = [_Line(held=_take(line), number=number) for number, line in enumerate(lines, first)]
    return [_as_line(result) for result in _analyse(held, context)]


def analyse(record: Any, context: ReadingContext) -> dict[str, Any]:
    """Say what a post alleges, with the passage for every fact.

    Spans are half-open code-point offsets into `redacted_text`. The same record and
    context give the same object.
    """
    (result,) = _analyse([_Line(held=take_post(record), number=None)], context)
    return result


def indented(line: bytes) -> bytes:
    r"""Indent an object for reading by eye; a span stays on one line.

    >>> print(indented(b'{"id":"1","span":[0,9]}').decode())
    {
      "id": "1",
      "span": [0, 9]
    }
    """
    result = json.loads(line)
    try:
        text = orjson.dumps(result, option=orjson.OPT_INDENT_2)
    except orjson.JSONEncodeError:
        text = json.dumps(result, indent=2).encode("ascii")
    return _SPAN.sub(rb"[\1, \2]", text)


def _analyse(lines: Sequence[_Line], context: ReadingContext) -> list[dict[str, Any]]:
    """Read the posts together, then give every line its object."""
    posts = [line.held.post for line in lines if isinstance(line.held, Taken)]
    readings = iter(read_complaints([_complaint(post) for post in posts], context))
    results = []
    for line in lines:
        if isinstance(line.held, Refused):
            results.append(_refused(line.held, line.number))
            continue
        result = lay_out(line.held.post.id, next(readings), context)
        result["issues"] += _issues(line.held.left_out, line.number)
        results.append(result)
    return results


def _take(line: bytes | str) -> Taken | Refused:
    """Take a post from a line, or say why there is none."""
    try:
        return take_post(read_line(line, LONGEST_LINE))
    except UnreadableLineError as error:
        fault = Fault(expected=error.expected, found=error.found)
        return Refused(record_id=None, faults=(fault,))


def _refused(one: Refused, number: int | None) -> dict[str, Any]:
    """Give the object that stands for a line that could not be read."""
    issues = _issues(one.faults, number)
    return {**dict.fromkeys(_KEYS), "id": one.record_id, "issues": issues}


def _issues(faults: Sequence[Fault], number: int | None) -> list[dict[str, str]]:
    """Lay out what is wrong with a line, and where it stands."""
    where = "" if number is None else f" (line {number})"
    return [
        {"step": "input", "reason": f"expected {one.expected}; found {one.found}{where}"}
        for one in faults
    ]


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
        replies=tuple(
            GivenReply(by=one.by, text=one.text, at=one.at) for one in post.replies or ()
        ),
    )
