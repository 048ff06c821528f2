"""A post as a user hands it over: its fields checked, and what is wrong with them in words.

In: whatever a line of JSON holds. Out: a `Post`, with what had to be left out of it; or why
there is none. Out of scope: reading the post (`pipelines.analyse`).

Every message says what was expected, where, and of what sort the thing found was; none holds
a word of the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from pipelines.extract.loss import BEYOND_A_LOSS
from pipelines.json_lines import sort_of
from pipelines.records import GivenBy

_CURRENCIES = frozenset(
    {
        "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM",
        "BBD", "BDT", "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN",
        "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNH", "CNY", "COP", "CRC",
        "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR",
        "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD",
        "HNL", "HRK", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD",
        "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT",
        "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK",
        "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN",
        "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN",
        "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK",
        "SGD", "SHP", "SLE", "SLL", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL",
        "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX",
        "USD", "UYU", "UZS", "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF",
        "XPF", "YER", "ZAR", "ZMW", "ZWL",
    }
)  # fmt: skip
"""ISO 4217, without metals and units of account."""

LONGEST_NAME = 500
"""Characters of a name or place; a longer one is a text in the wrong field."""

_EXPECTED: Mapping[str, str] = {
    "id": "a text or a whole number",
    "text": "a text",
    "title": "a text",
    "published_at": "a date or time in ISO 8601, such as 2024-05-31 or 2024-05-31T08:30:00+08:00",
    "author": "a text or a whole number",
    "respondent": f"a text of at most {LONGEST_NAME} characters",
    "platform": f"a text of at most {LONGEST_NAME} characters",
    "region": f"a text of at most {LONGEST_NAME} characters",
    "url": "a text",
    "amount": 'an object such as {"value": "500.00", "currency": "CNY"}',
    "amount.value": f"a number above 0 and below {BEYOND_A_LOSS}",
    "amount.currency": "a currency of ISO 4217, such as CNY or USD",
    "status": "a text",
    "kind": "post or report",
    "replies": 'a list of objects such as {"by": "merchant", "at": "2024-05-31", "text": "..."}',
    "replies[]": 'an object such as {"by": "merchant", "at": "2024-05-31", "text": "..."}',
    "replies.by": "merchant, platform, regulator or complainant",
    "replies.at": "a date or time in ISO 8601, such as 2024-05-31 or 2024-05-31T08:30:00+08:00",
    "replies.text": "a text",
}
"""What is expected of a field, by its path without positions in lists."""

_LESS_PRECISE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
"""A year or a month of ISO 8601, which the standard library does not read."""

_FOUND = {"missing": "nothing", "string_too_long": "a longer one"}
"""What is found where the sort of the value does not say what is wrong, by pydantic's types."""

SMALLEST_SUM = Decimal("0.01")
"""What is less reads as 0.00, which would say that nothing was at stake."""


def _iso(value: object) -> str:
    """Take a date of ISO 8601 as it is written."""
    if not isinstance(value, str):
        raise ValueError
    moment = value.strip()
    if not _LESS_PRECISE.fullmatch(moment):
        datetime.fromisoformat(moment)
    return moment


def _currency(value: str) -> str:
    code = value.strip().upper()
    if code not in _CURRENCIES:
        raise ValueError
    return code


def _number(value: object) -> object:
    """Refuse truth values, which Python counts as numbers."""
    if isinstance(value, bool):
        raise ValueError
    return value


_Named = Annotated[str, Field(max_length=LONGEST_NAME)]
_Moment = Annotated[str, BeforeValidator(_iso)]


class Money(BaseModel):
    """A sum as a post gives it."""

    value: Annotated[Decimal, BeforeValidator(_number), Field(ge=SMALLEST_SUM, lt=BEYOND_A_LOSS)]
    currency: Annotated[str, AfterValidator(_currency)] = "CNY"


class PostedReply(BaseModel):
    """An answer that a post carries."""

    by: GivenBy
    text: str
    at: _Moment | None = None


class Post(BaseModel):
    """A post as it comes in. Unknown keys are left alone."""

    model_config = ConfigDict(extra="ignore")

    id: Annotated[str | int, BeforeValidator(_number)]
    text: str
    title: str | None = None
    published_at: _Moment | None = None
    author: str | int | None = None
    respondent: _Named | None = None
    platform: _Named | None = None
    region: _Named | None = None
    url: str | None = None
    amount: Money | None = None
    status: str | None = None
    replies: tuple[PostedReply, ...] | None = None
    kind: Literal["post", "report"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What was expected where, and of what sort the thing found was."""

    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A post that can be read, and what was left out of it."""

    post: Post
    left_out: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A record that is no post, with its id if it has one."""

    record_id: str | int | None
    faults: tuple[Fault, ...]


def take_post(record: Any) -> Taken | Refused:
    """Check the fields of a post; one that is not needed and not usable is left out and named.

    >>> taken = take_post({"id": 1, "text": "", "kind": "news"})
    >>> taken.left_out
    (Fault(expected='post or report in kind', found='another text'),)
    """
    if not isinstance(record, dict):
        fault = Fault(
            expected="a JSON object with the fields of a post", found=_sort(record, "an object")
        )
        return Refused(record_id=None, faults=(fault,))
    try:
        return Taken(post=Post.model_validate(record))
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False)
    faults = {_path(one["loc"]): _fault(one) for one in errors}
    needed = tuple(fault for path, fault in faults.items() if path[0] in ("id", "text"))
    if needed:
        record_id = record.get("id")
        is_id = isinstance(record_id, str | int) and not isinstance(record_id, bool)
        return Refused(record_id=record_id if is_id else None, faults=needed)
    post = Post.model_validate(_without(record, faults))
    return Taken(post=post, left_out=tuple(faults.values()))


def _path(location: Sequence[str | int]) -> tuple[str | int, ...]:
    """Give the part of an error's location that leads to a field of a post.

    >>> _path(("replies", 2, "by")), _path(("id", "int"))
    (('replies', 2, 'by'), ('id',))
    """
    for end in range(len(location), 1, -1):
        if _name(location[:end]) in _EXPECTED:
            return tuple(location[:end])
    return tuple(location[:1])


def _name(path: Sequence[str | int]) -> str:
    """Name a field, or a part of a list, without positions in lists."""
    name = ".".join(part for part in path if isinstance(part, str))
    return f"{name}[]" if isinstance(path[-1], int) else name


def _place(path: Sequence[str | int]) -> str:
    """Say where a field stands.

    >>> _place(("replies", 2, "by"))
    'replies[2].by'
    """
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def _fault(error: ErrorDetails) -> Fault:
    """Put an error into words."""
    path = _path(error["loc"])
    expected = _EXPECTED[_name(path)]
    found = _FOUND.get(error["type"]) or _sort(error["input"], expected)
    return Fault(expected=f"{expected} in {_place(path)}", found=found)


def _sort(value: object, expected: str) -> str:
    """Say of what sort a value is; one of the sort expected is another than could be used."""
    sort = sort_of(value)
    if sort == "a number" and "number" in expected:
        return "another number"
    if sort == "a text" and ("ISO" in expected or not expected.startswith(("a ", "an "))):
        return "another text"
    return sort


def _without(record: Mapping[str, Any], paths: Iterable[Sequence[str | int]]) -> dict[str, Any]:
    """Leave out what cannot be used: an optional part by itself, else the field or reply it is in.

    >>> replies = [{"at": "soon"}, {"by": "shop"}]
    >>> _without({"replies": replies}, [("replies", 0, "at"), ("replies", 1, "by")])
    {'replies': [{'at': None}]}
    """
    usable = dict(record)
    if isinstance(usable.get("replies"), list):
        usable["replies"] = list(usable["replies"])
    refused = set()
    for path in paths:
        match path:
            case ("replies", int(number), "at"):
                usable["replies"][number] = {**usable["replies"][number], "at": None}
            case ("replies", int(number), *_):
                refused.add(number)
            case (name, *_):
                usable.pop(str(name), None)
    if refused:
        kept = (one for number, one in enumerate(usable["replies"]) if number not in refused)
        usable["replies"] = list(kept)
    return usable
