"""Alarms week by week: what a worklist proposes for the first time.

In: what each week proposed. Out: the alarms, none of which is raised twice. The rule is one for
candidates and for counts alone: a proposal is an alarm unless half of its complaints or
more have been in a proposal before; those in one that only goes on count as well. Out of scope:
what an alarm tells of (`lead_time`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.lab.streams.replay import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A proposal on the day (since 1970) on which it was raised."""

    day: int
    proposal: Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """What was proposed on the last day of each week, in order of the days."""

    ends: Sequence[int]
    proposals: Sequence[Sequence[Proposal]]


def raise_alarms(weeks: Weeks, at_least: float) -> list[Alarm]:
    """Raise the proposals of at least this strength, the strongest of a week first.

    >>> going_on = [Proposal(merchant="m", complaints=frozenset(held), strength=len(held))
    ...             for held in ("ab", "abc", "cde", "xyz")]
    >>> weeks = Weeks(ends=[6, 13, 20, 27], proposals=[[one] for one in going_on])
    >>> [alarm.day for alarm in raise_alarms(weeks, at_least=2)]
    [6, 20, 27]
    """
    alarms: list[Alarm] = []
    seen: set[str] = set()
    for day, week in zip(weeks.ends, weeks.proposals, strict=True):
        strong = [one for one in week if one.strength >= at_least]
        for one in sorted(strong, key=lambda one: (-one.strength, sorted(one.complaints))):
            if 2 * len(one.complaints & seen) < len(one.complaints):
                alarms.append(Alarm(day=day, proposal=one))
            seen |= one.complaints
    return alarms


def matching_threshold(streams: Sequence[Weeks], alarms: int) -> int:
    """Choose the strength from which the streams together raise just so many alarms.

    Where no threshold gives the number, the one that gives the nearest; in a tie the lower one,
    which raises more.
    """
    highest = max(one.strength for weeks in streams for week in weeks.proposals for one in week)
    return min(
        range(2, int(highest) + 1),
        key=lambda least: (
            abs(sum(len(raise_alarms(weeks, least)) for weeks in streams) - alarms),
            least,
        ),
    )
