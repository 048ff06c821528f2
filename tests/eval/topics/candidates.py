"""A ranked list of sets of records, whoever made it.

In: nothing; these are only records. Out of scope: making them (`ours`, `rivals`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A set of records that is proposed as one matter, with the people behind it.

    `certain` to `possible` is the interval of people; a method that does not count people has
    the number of different accounts for both.
    """

    members: frozenset[str]
    certain: int
    possible: int
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """What a method proposes, the best first, and how it was set."""

    name: str
    setting: str
    candidates: tuple[Candidate, ...]
