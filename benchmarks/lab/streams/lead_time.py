"""Which planted events were raised before they ended, by candidates and by counts alone.

In: the alarms of a stream and its truth. Out: per event the day of its first alarm. An alarm of
candidates tells of an event if more than half of its complaints are the event's. One of counts
alone tells of every event of its merchant of which it holds two people: it says less, and is
asked for less. Out of scope: how alarms are raised (`alarms`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.lab.streams.alarms import Alarm
from benchmarks.lab.streams.truth import Plant

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """When an event was first raised, in days since its onset; None for never."""

    event: Plant
    by_candidates: int | None
    by_counts: int | None
    by_rule: int | None

    @property
    def length(self) -> int:
        """Give the days from onset to end."""
        return (self.event.end - self.event.onset).days

    def in_time(self, days: int | None) -> bool:
        """Tell whether so many days after the onset the event was still going on."""
        return days is not None and days <= self.length


def first_of_matter(event: Plant, alarms: Sequence[Alarm]) -> int | None:
    """Give the days from onset to the first alarm of which most complaints are the event's."""
    own = event.named | event.unnamed
    return _first(
        event, [one for one in alarms if 2 * len(one.proposal.complaints & own) > _size(one)]
    )


def first_of_merchant(event: Plant, alarms: Sequence[Alarm]) -> int | None:
    """Give the days from onset to the first alarm that holds two of the event's people."""
    return _first(event, [one for one in alarms if _people(event, one) >= 2])


def _first(event: Plant, alarms: Sequence[Alarm]) -> int | None:
    return min((one.day - (event.onset - EPOCH).days for one in alarms), default=None)


def _size(alarm: Alarm) -> int:
    return len(alarm.proposal.complaints)


def _people(event: Plant, alarm: Alarm) -> int:
    return sum(not alarm.proposal.complaints.isdisjoint(own) for own in event.people.values())
