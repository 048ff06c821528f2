"""What the other side promised, in a member's text or in the replies of its record.

In: redacted texts, and replies that are redacted here before anything reads them. Out:
promises with the day they run from, where it is stored. Out of scope: how a promise is
worded (`pipelines.extract.promises`), and when it is due (`pipelines.law.deadlines`).

A reply says on which day it was given: its promises run from there. A promise that the text
retells was given by the day of the text at the latest; the day it runs from is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from pipelines.extract.promises import find_promises
from pipelines.law.facts import Promised, Support
from pipelines.normalise import normalise
from pipelines.records import GivenBy, Promise
from pipelines.redact import redact

_REMEMBERED_REPLIES = 20_000
"""Offices answer many complaints in the same words."""

_HINT = re.compile("[内內工hdwmｈｄｗｍ]", re.IGNORECASE)
"""One of these stands in every promise (内, 工作, hour, day, ...), normalised or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReply:
    """A reply as its source stores it, not redacted. None: the source does not say."""

    by: GivenBy | None
    on: date | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A complaint's redacted text, its day, its replies, and whether it is settled by now."""

    complaint_id: str
    text: str
    written_on: date | None
    is_settled: bool
    replies: Sequence[StoredReply] = ()


HearsPromises = Callable[[str], tuple[Promise, ...]]


def promises_of(account: Account, heard_in: HearsPromises) -> Iterator[Promised]:
    """Give what was promised to the writer of one complaint, that of his text first.

    `heard_in` gives the promises of a raw reply (`reply_reader`). What is settled was kept,
    on a day that nothing says; a promised reply was kept by the first one that came later.

    >>> account = Account(
    ...     complaint_id="board:1", text="客服说3个工作日内退款", written_on=date(2026, 3, 2),
    ...     is_settled=False, replies=[
    ...         StoredReply(by="merchant", on=date(2026, 3, 3), text="您好，15天内处理完毕")])
    >>> [(one.what, one.starts_on, one.told_by) for one in promises_of(account, reply_reader(b"k"))]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('refund', None, datetime.date(2026, 3, 2)), ('solution', datetime.date(2026, 3, 3), None)]
    """
    support = Support(complaint_id=account.complaint_id)
    for told in _told_in(account.text):
        yield Promised(
            what=told.what,
            amount=told.value,
            unit=told.unit,
            support=replace(support, span=told.span),
            told_by=account.written_on,
            is_kept=account.is_settled,
        )
    answers = [one for one in account.replies if one.by != "complainant"]
    for reply in answers:
        for told in heard_in(reply.text):
            answered_on = _next_answer(answers, reply) if told.what == "reply" else None
            yield Promised(
                what=told.what,
                amount=told.value,
                unit=told.unit,
                support=support,
                by=reply.by,
                starts_on=reply.on,
                kept_on=answered_on,
                is_kept=account.is_settled or answered_on is not None,
            )


def reply_reader(key: bytes) -> HearsPromises:
    """Give a reader of raw replies that redacts first. `key` is the installation's."""

    @lru_cache(maxsize=_REMEMBERED_REPLIES)
    def read(text: str) -> tuple[Promise, ...]:
        return tuple(find_promises(redact(text, key).narrative.normalised.text))

    return read


def _told_in(text: str) -> Iterator[Promise]:
    """Give the promises that a redacted text retells, with spans that index into it."""
    if _HINT.search(text) is None:
        return
    view = normalise(text)
    for told in find_promises(view.text):
        yield replace(told, span=view.to_source(*told.span))


def _next_answer(answers: Sequence[StoredReply], reply: StoredReply) -> date | None:
    """Give the day of the first answer after a reply; None where none is known to be later."""
    days = [one.on for one in answers if one.on is not None]
    return min((day for day in days if reply.on is not None and day > reply.on), default=None)
