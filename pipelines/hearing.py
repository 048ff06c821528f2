"""What came of a grievance as its text tells it: answers, promised deadlines, contradictions.

In: a told narrative with its sums and dates. Out: what was heard, with spans that index into
the narrative. Out of scope: what is alleged (`pipelines.coding`), and what else is known of
the matter than one text tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipelines.extract.contradictions import find_contradictions
from pipelines.extract.promises import find_promises
from pipelines.extract.replies import find_replies
from pipelines.extract.sum_roles import Sum
from pipelines.normalise import normalise
from pipelines.records import Contradiction, DateMention, Party, Promise, Reply, ReplyBy
from pipelines.weighing import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a text tells of the course of a matter."""

    replies: tuple[Reply, ...] = ()
    promises: tuple[Promise, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


def hear(
    told: Told,
    sums: Sequence[Sum],
    dates: Sequence[DateMention],
    kinds: Mapping[str, ReplyBy],
) -> Heard:
    """Find what a told narrative says of answers, promises, and against itself.

    `kinds` says of known names, in their normalised spelling, what kind of party bears them.
    """
    view = told.narrative.normalised
    text, sentences = view.text, told.sentences
    names = {name: kind for party in told.parties for name, kind in _named(party, kinds)}
    return Heard(
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


def _named(party: Party, kinds: Mapping[str, ReplyBy]) -> list[tuple[str, ReplyBy]]:
    """Give the name under which a party answers; whoever is unnamed has none."""
    if party.identity == "unnamed":
        return []
    name = normalise(party.raw).text
    usual: ReplyBy = "platform" if party.role == "platform" else "merchant"
    return [(name, kinds.get(name, usual))]
