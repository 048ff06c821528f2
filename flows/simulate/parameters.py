"""What a simulation is asked for, and what it reports.

In: a seed and the rates of CONTRACT section 7. Out: frozen parameters, scaled to a
wished number of complaints, and the summary of a finished simulation. Out of scope:
drawing anything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import log
from typing import NamedTuple

from flows.errors import UsageRefusedError


class SimulationError(UsageRefusedError):
    """The parameters ask for a simulation that cannot be drawn."""


class Range(NamedTuple):
    """A closed range of a quantity; both ends can be drawn."""

    low: float
    high: float

    def log_uniform_mean(self) -> float:
        """Return the mean of a log-uniform draw from the range.

        >>> round(Range(0.02, 20.0).log_uniform_mean(), 3)
        2.892
        """
        if self.low == self.high:
            return self.low
        return (self.high - self.low) / log(self.high / self.low)


WEEKLY_RATE = Range(0.02, 20.0)
"""Background complaints a week of one merchant (CONTRACT section 7)."""

DISPERSION = Range(1.0, 5.0)
"""Variance over mean of the weekly counts (CONTRACT section 7)."""

EVENT_PEOPLE = Range(3, 60)
"""People of one event (CONTRACT section 7)."""

EVENT_DAYS = Range(3, 90)
"""Days over which the people of one event post (CONTRACT section 7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationParams:
    """The parameters of one simulation; the defaults are CONTRACT section 7.

    Shares are 0 to 1. `complaints` is the wished number of posts: it scales
    `merchants` and `events` and changes no rate. Shares of people: `oblique_share`
    write without any usual wording, `near_copy_share` copy another's text,
    `cross_post_share` write again on another platform, `follow_up_share` write again
    under the same handle, `unnamed_share` name no respondent. `brigade_share` is the
    number of brigades per event, `paired_share` the share of events that have a
    different event beside them at the same merchant under the same code.
    """

    seed: int
    complaints: int | None = None
    weeks: int = 156
    merchants: int = 1000
    events: int = 200
    start: date = date(2023, 1, 2)
    weekly_rate: Range = WEEKLY_RATE
    dispersion: Range = DISPERSION
    event_people: Range = EVENT_PEOPLE
    event_days: Range = EVENT_DAYS
    oblique_share: float = 0.20
    near_copy_share: float = 0.10
    brigade_share: float = 0.05
    paired_share: float = 0.30
    cross_post_share: float = 0.08
    follow_up_share: float = 0.04
    resolved_share: float = 0.10
    unnamed_share: float = 0.03
    english_share: float = 0.15

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn.

        Raises:
            SimulationError: A count is below its least value.
        """
        least = {"seed": 0, "weeks": 1, "merchants": 1, "events": 0}
        for name, bound in least.items():
            if getattr(self, name) < bound:
                raise SimulationError(
                    f"simulate: expected {name} of {bound} or more; found {getattr(self, name)}"
                )
        if self.complaints is not None and self.complaints < 1:
            raise SimulationError(
                f"simulate: expected complaints of 1 or more; found {self.complaints}"
            )

    def expected_complaints(self) -> float:
        """Return how many posts the merchants and events are expected to give."""
        background = self.merchants * self.weekly_rate.log_uniform_mean() * self.weeks
        posts_per_person = 1 + self.cross_post_share + self.follow_up_share
        people = self.events * self.event_people.log_uniform_mean()
        return background + people * posts_per_person

    def scaled(self) -> SimulationParams:
        """Return the parameters with merchants and events scaled to `complaints`.

        >>> SimulationParams(seed=1, complaints=100_000).scaled().merchants
        220
        """
        if self.complaints is None:
            return self
        factor = self.complaints / self.expected_complaints()
        return replace(
            self,
            complaints=None,
            merchants=max(1, round(self.merchants * factor)),
            events=max(1, round(self.events * factor)) if self.events else 0,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationSummary:
    """The counts of a finished simulation; `posts` is the sum of the three kinds of posts."""

    posts: int
    background_posts: int
    event_posts: int
    brigade_posts: int
    merchants: int
    events: int
    pairs: int
    brigades: int
