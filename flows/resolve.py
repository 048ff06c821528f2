"""Lines of pairs of names in, one line for each out: the work of `zhongsu resolve`.

In: lines of JSON with the texts `a` and `b`. Out: for every line an object with a, b, same,
score and why, whatever comes in. Out of scope: what makes two names one merchant
(`pipelines.respondents.compare`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from flows.errors import FlowError
from pipelines.json_lines import UnreadableLineError, read_line, sort_of
from pipelines.normalise import normalise
from pipelines.respondents.compare import Comparer
from pipelines.respondents.judgements import NameJudgement

LONGEST_LINE = 2**16
"""Bytes of the longest line that is read: two names are a hundred or two."""

_JUDGED = {"yes": True, "no": False}


class JudgementFileError(FlowError):
    """A file of judgements holds a line that is none."""


def resolve_line(line: bytes, comparer: Comparer, number: int = 1) -> bytes:
    """Compare the names of one line; gives a line without its line break.

    `number` is that of the line in the input, for what cannot be read.
    """
    record = _read(line)
    if isinstance(record, str):
        return _unread(f"{record} (line {number})")
    names = [_name(record.get(field)) for field in ("a", "b")]
    if names[0] is None or names[1] is None:
        missing = [f for f, name in zip(("a", "b"), names, strict=True) if name is None]
        error = f"expected names in a and b; found none in {' and '.join(missing)} (line {number})"
        return _unread(error, names)
    found = comparer.compare(names[0], names[1])
    return _as_line(
        {
            "a": names[0],
            "b": names[1],
            "same": found.same,
            "score": round(found.score, 3),
            "why": found.why,
        }
    )


def read_judgements(lines: Iterable[bytes]) -> tuple[NameJudgement, ...]:
    """Read what people judged, in the order of the lines; the later of two on a pair holds.

    Raises:
        JudgementFileError: a line is no judgement.
    """
    return tuple(
        _judgement(number, line) for number, line in enumerate(lines, start=1) if line.strip()
    )


def _judgement(number: int, line: bytes) -> NameJudgement:
    record = _read(line)
    if not isinstance(record, str):
        one, other = _name(record.get("a")), _name(record.get("b"))
        verdict = record.get("same")
        if one is not None and other is not None and verdict in _JUDGED:
            return NameJudgement(one=one, other=other, is_same=_JUDGED[verdict])
    raise JudgementFileError(
        f'judgements: line {number}: expected {{"a": ..., "b": ..., "same": "yes" or "no"}}; '
        "found something else. Correct the line or take it out."
    )


def _read(line: bytes) -> dict[str, Any] | str:
    """Read the object of a line, or say what was expected and found."""
    try:
        record = read_line(line, LONGEST_LINE)
    except UnreadableLineError as error:
        return str(error)
    if not isinstance(record, dict):
        return f"expected a JSON object with the names a and b; found {sort_of(record)}"
    return record


def _name(value: object) -> str | None:
    """Take a text or a number for a name (12306); lone surrogates become the usual mark.

    None for a text of which nothing can be seen.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    name = str(value).encode("utf-8", "replace").decode()
    return name if normalise(name).text.strip() else None


def _unread(error: str, names: list[str | None] | None = None) -> bytes:
    one, other = names or (None, None)
    empty = {"a": one, "b": other, "same": None, "score": None, "why": None}
    return _as_line(empty | {"error": error})


def _as_line(result: dict[str, Any]) -> bytes:
    return orjson.dumps(result)
