"""One line of JSON read, and what is wrong with a line that cannot be, in words.

In: the bytes or the text of a line. Out: what it holds, or an error that says what was
expected and found. Out of scope: what the fields of an object mean.
"""

from __future__ import annotations

import json
from typing import Any

import orjson

from pipelines.errors import PipelineError

_SORTS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "true or false"),
    ((int, float), "a number"),
    (str, "a text"),
    (list, "a list"),
    (dict, "an object"),
)


class UnreadableLineError(PipelineError):
    """A line holds no JSON; the message says what was expected and found."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(f"expected {expected}; found {found}")
        self.expected = expected
        self.found = found


def read_line(line: bytes | str, longest: int) -> Any:
    """Give what a line of JSON holds; the slower parser may take what orjson refuses.

    Raises:
        UnreadableLineError: the line is longer than `longest`, empty, or no JSON.

    >>> read_line(b"{oops", 100)
    Traceback (most recent call last):
    ...
    pipelines.json_lines.UnreadableLineError: expected a JSON object on one line; found \
something that is no JSON, at character 2
    """
    if len(line) > longest:
        raise UnreadableLineError(f"a line of at most {longest} bytes", "a longer one")
    if not line.strip():
        raise UnreadableLineError("a JSON object on one line", "an empty line")
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return _read_slowly(line)


def _read_slowly(line: bytes | str) -> Any:
    """Read what only the standard library may take: lone surrogates, a byte order mark."""
    try:
        return json.loads(line)
    except UnicodeDecodeError as error:
        found = "bytes that are not UTF-8"
        raise UnreadableLineError("a JSON object in UTF-8", found) from error
    except json.JSONDecodeError as error:
        found = f"something that is no JSON, at character {error.pos + 1}"
        raise UnreadableLineError("a JSON object on one line", found) from error
    except ValueError as error:
        found = "a number of too many digits"
        raise UnreadableLineError("a JSON object on one line", found) from error
    except RecursionError as error:
        found = "lists or objects nested too deep"
        raise UnreadableLineError("a JSON object on one line", found) from error


def sort_of(value: object) -> str:
    """Say in words of what sort a value of JSON is.

    >>> sort_of([]), sort_of(1.5), sort_of(None)
    ('a list', 'a number', 'null')
    """
    return next((name for kind, name in _SORTS if isinstance(value, kind)), "null")
