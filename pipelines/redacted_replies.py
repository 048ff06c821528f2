"""The replies of a record without personal data, in the placeholders of its text.

In: the raw replies and the raw text of one record. Out: the replies redacted. Out of scope:
what is personal data (`pipelines.redact`), and what the replies say (`pipelines.hearing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from pipelines.records import GivenReply
from pipelines.redact import redact

_BREAK = "\n\n\n"
"""Between the text and its replies: nothing reads on over it."""


def redact_replies(
    replies: Sequence[GivenReply], text: str, key: bytes, known_names: Sequence[str] = ()
) -> tuple[GivenReply, ...]:
    """Redact the replies of a record; who is in its text has the placeholder he has there.

    Somebody whom a reply lays bare in the text keeps the number that is next to those of the
    text.

    >>> given = [GivenReply(by="merchant", text="张先生您好，请联系154-0000-0000")]
    >>> [one.text for one in redact_replies(given, "我是张先生，没有收到货", b"key")]
    ['[PERSON_1]您好，请联系[MOBILE_1]']
    """
    alone = redact(text, key, known_names).narrative.text
    for head in (text, alone):
        pieces = [head, *(reply.text for reply in replies)]
        whole = redact(_BREAK.join(pieces), key, known_names)
        told = whole.narrative.text
        ends = [
            end - len(_BREAK) for end in accumulate(len(piece) + len(_BREAK) for piece in pieces)
        ]
        if told[: whole.to_redacted(ends[0])] == alone:
            break
    return tuple(
        replace(
            reply,
            text=told[whole.to_redacted(end + len(_BREAK)) : whole.to_redacted(following)],
        )
        for reply, end, following in zip(replies, ends, ends[1:], strict=False)
    )
