"""What came of a grievance: answers, promised deadlines, contradictions.

In: a told narrative with its sums and dates, and the replies that its record carries. Out: what
was heard, with spans that index into the narrative, or into the reply. Out of scope: what is
alleged (`pipelines.coding`), and how it ended (`pipelines.endings`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipelines.extract.contradictions import find_contradictions
from pipelines.extract.promises import find_promises
from pipelines.extract.replies import find_replies
from pipelines.extract.stances import stance_in
from pipelines.extract.sum_roles import Sum
from pipelines.normalise import normalise
from pipelines.records import (
    Contradiction,
    DateMention,
    GivenReply,
    HeardReply,
    Promise,
    Reply,
    ReplyBy,
)
from pipelines.weighing import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a text, and the replies of its record, tell of the course of a matter."""

    replies: tuple[Reply, ...] = ()
    own_replies: tuple[HeardReply, ...] = ()
    promises: tuple[Promise, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


def hear(
    told: Told,
    sums: Sequence[Sum],
    dates: Sequence[DateMention],
    kinds: Mapping[str, ReplyBy],
) -> Heard:
    """Find what a told narrative says of answers, promises, and against itself.

    What is told of one person in a report carries no replies of the record: they answer all.
    `kinds` says of known names, in their normalised spelling, what kind of party bears them.
    """
    view = told.narrative.normalised
    text, sentences = view.text, told.sentences
    parties = ((party.role, party.raw, party.identity) for party in told.parties)
    names = speakers_of(parties, kinds)
    given = () if told.is_case else told.complaint.replies
    return Heard(
        own_replies=tuple(hear_reply(one) for one in given),
        replies=tuple(
            replace(one, span=view.to_source(*one.span))
            for one in find_replies(text, sentences, names)
        ),
        promises=tuple(replace(one, span=view.to_source(*one.span)) for one in find_promises(text)),
        contradictions=tuple(
            replace(one, spans=tuple(view.to_source(*span) for span in one.spans))
            for one in find_contradictions(text, sums, dates)
        ),
    )


def hear_reply(given: GivenReply) -> HeardReply:
    """Say what a reply of the record's own comes to.

    >>> heard = hear_reply(GivenReply(by="platform", text="3个工作日内退款"))
    >>> heard.stance, [(one.what, one.value, one.unit) for one in heard.promises]
    ('stalls', [('refund', 3, 'working_days')])
    """
    view = normalise(given.text)
    if given.by == "complainant":
        return HeardReply(reply=given, stance=None)
    promises = tuple(
        replace(one, span=view.to_source(*one.span)) for one in find_promises(view.text)
    )
    return HeardReply(reply=given, stance=stance_in(view.text), promises=promises)


def speakers_of(
    parties: Iterable[tuple[str, str, str]], kinds: Mapping[str, ReplyBy]
) -> dict[str, ReplyBy]:
    """Give the names under which parties (role, raw, identity) answer; the unnamed have none."""
    names: dict[str, ReplyBy] = {}
    for role, raw, identity in parties:
        if identity != "unnamed":
            name = normalise(raw).text
            names[name] = kinds.get(name, "platform" if role == "platform" else "merchant")
    return names
