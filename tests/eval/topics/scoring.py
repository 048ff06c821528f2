"""Events found, people behind them, precision at the top, and whether groups stay.

In: rankings, events, judgements. Out: figures. Out of scope: writing them (`page`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import comb

from tests.eval.topics.candidates import Candidate, Ranking
from tests.eval.topics.gold import Event, Verdict

TOP = 20


def finds(candidate: Candidate, event: Event) -> bool:
    """Say whether a candidate is an event: most of the event is in it, and it is mostly that.

    >>> event = Event(split="dev", at="x", problem="y", members={1, 2, 3}, may={4}, accounts=3,
    ...               people_at_least=3)
    >>> made = lambda *ids: Candidate(members=frozenset(ids), certain=2, possible=2)
    >>> finds(made("1", "2", "9"), event), finds(made("1", "2", "8", "9"), event)
    (True, False)
    """
    most = 2 * len(candidate.members & event.ids) > len(event.ids)
    return most and 2 * len(candidate.members & event.allowed) > len(candidate.members)


def events_found(ranking: Ranking, events: Collection[Event]) -> dict[Event, Candidate]:
    """Give the events that are found, each with the first candidate that finds it."""
    found = {
        event: next((one for one in ranking.candidates if finds(one, event)), None)
        for event in events
    }
    return {event: one for event, one in found.items() if one is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """How the people of found events are counted.

    `error` is the mean difference between the possible people and the accounts, `covered`
    the share of events whose interval meets that from the fewest people to the accounts.
    """

    events: int
    error: float
    covered: float


def people_error(found: Mapping[Event, Candidate]) -> People | None:
    """Compare the people of candidates with those of the events they find; None without any."""
    if not found:
        return None
    errors = [abs(one.possible - event.accounts) for event, one in found.items()]
    covered = [
        one.certain <= event.accounts and one.possible >= event.people_at_least
        for event, one in found.items()
    ]
    count = len(found)
    return People(events=count, error=sum(errors) / count, covered=sum(covered) / count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """Of the first candidates, how many are one matter of one place; `unread` nobody judged.

    `policy` ask one thing about a law or policy of a whole county or city.
    """

    right: int
    policy: int
    read: int
    unread: tuple[Candidate, ...]


def top_precision(
    ranking: Ranking,
    events: Collection[Event],
    judged: Mapping[frozenset[str], Verdict],
    first: int = TOP,
) -> Top:
    """Judge the first candidates: one that finds an event is right, others as a reader said."""
    verdicts = [
        "right" if any(finds(one, event) for event in events) else judged.get(one.members)
        for one in ranking.candidates[:first]
    ]
    pairs = zip(ranking.candidates, verdicts, strict=False)
    return Top(
        right=verdicts.count("right"),
        policy=verdicts.count("policy"),
        read=len(verdicts) - verdicts.count(None),
        unread=tuple(one for one, verdict in pairs if verdict is None),
    )


def adjusted_rand(first: Ranking, second: Ranking, ids: Collection[str]) -> float:
    """Compare two groupings of some records; those in no candidate stand for themselves.

    1 is the same grouping, 0 what chance gives.

    >>> pair, other = frozenset("ab"), frozenset("ac")
    >>> one, two = (Ranking(name="", setting="", candidates=(
    ...     Candidate(members=ids, certain=2, possible=2),)) for ids in (pair, other))
    >>> adjusted_rand(one, one, "abcd"), adjusted_rand(one, two, "abcd")
    (1.0, -0.2)
    """
    known = frozenset(ids)
    here, there = ([one.members & known for one in own.candidates] for own in (first, second))
    both = sum(comb(len(a & b), 2) for a in here for b in there)
    left, right = (sum(comb(len(one), 2) for one in own) for own in (here, there))
    chance = left * right / comb(len(known), 2)
    best = (left + right) / 2
    return round((both - chance) / (best - chance), 3) if best != chance else 1.0


def kept_share(first: Ranking, second: Ranking, ids: Collection[str]) -> float:
    """Give the share of candidates, of two records or more left, that come again mostly whole."""
    known = frozenset(ids)
    left = [one.members & known for one in first.candidates if len(one.members & known) >= 2]
    again = [one.members for one in second.candidates]
    kept = [any(2 * len(one & other) > len(one | other) for other in again) for one in left]
    return sum(kept) / len(kept) if kept else 1.0


def residual_share(ranking: Ranking, records: int) -> float:
    """Give the share of records that are in no candidate."""
    held: Sequence[frozenset[str]] = [one.members for one in ranking.candidates]
    return 1 - len(frozenset().union(*held)) / records
