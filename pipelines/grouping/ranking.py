"""The place of a candidate in the worklist: a sum of named parts.

In: the counted facts of a group. Out: its score, as parts that can each be
said in a sentence. Every part but that of copies grows with what it measures; raw
counts of complaints are not among them. Out of scope: whether a group is one at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The parts of a score, in points."""

    people: float
    cohesion: float
    allegation: float
    excess: float
    closeness: float
    loss: float
    copies: float

    @property
    def total(self) -> float:
        """Add the parts up."""
        return round(
            self.people
            + self.cohesion
            + self.allegation
            + self.excess
            + self.closeness
            + self.loss
            + self.copies,
            3,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a group is scored by. Shares are 0-1; `lower` is None where no test was possible.

    `dominance` is how many times more numerous the members are in their window than
    all else at the merchant; 0 for undated groups.
    """

    certain: int
    possible: int
    cohesion: float
    alleging_share: float
    lower: float | None
    dominance: float
    loss_share: float
    discount_share: float


def score(grounds: Grounds) -> Score:
    """Score a group.

    * people: 6 points per doubling of the middle of the interval, so that the
      difference between 2 and 4 people counts as much as between 20 and 40, up
      to 42: past a hundred people size says no more about being one matter. They
      count as far as they are shown to tell of one matter: by what they say
      (cohesion), or by the share of complaints beyond the expected;
    * cohesion: up to 15 for saying the same;
    * allegation: up to 10 for a named allegation: a topic alone has none;
    * excess: 3 per doubling of the lower bound of observed over expected, up to 15;
    * closeness: 5 per doubling of how far the members outnumber all else at the
      merchant in those days, up to 35;
    * loss: up to 3 for stated losses;
    * copies: 20 off for the share of copied or repeated complaints.

    >>> score(Grounds(certain=3, possible=3, cohesion=1.0, alleging_share=1.0, lower=2.0,
    ...                dominance=0.75, loss_share=0.0, discount_share=0.0)).total
    50.0
    """
    beyond = 1 - 1 / max(grounds.lower or 1.0, 1.0)
    people = (grounds.certain + grounds.possible) / 2 * max(grounds.cohesion, beyond)
    return Score(
        people=min(6 * log2(1 + people), 42.0),
        cohesion=15 * grounds.cohesion,
        allegation=10 * grounds.alleging_share,
        excess=min(3 * log2(max(grounds.lower or 1.0, 1.0)), 15.0),
        closeness=min(5 * log2(1 + 4 * grounds.dominance), 35.0),
        loss=3 * grounds.loss_share,
        copies=-20 * grounds.discount_share,
    )
