"""The events that a reader found, and the candidates that a reader judged.

In: `events.yml` and `judged.yml`. Out: both, checked. Out of scope: measuring with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parent

Verdict = Literal["right", "policy", "wrong"]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Event(_Row):
    """One event: its records, those that may be counted in or out, and its people."""

    split: Literal["dev", "held"]
    at: str
    problem: str
    members: frozenset[int]
    may: frozenset[int] = frozenset()
    accounts: int
    people_at_least: int

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the records, as the program gives them."""
        return frozenset(map(str, self.members))

    @property
    def allowed(self) -> frozenset[str]:
        """The ids of the records that may be counted in, members among them."""
        return frozenset(map(str, self.members | self.may))


class Judged(_Row):
    """A set of records that was read, and what it is (see the head of `judged.yml`)."""

    verdict: Verdict
    members: frozenset[int]


def read_events(path: Path = FOLDER / "events.yml") -> tuple[Event, ...]:
    """Read the events, in the order of the file."""
    return tuple(Event(**row) for row in yaml.safe_load(path.read_text(encoding="utf-8")))


def read_judged(path: Path = FOLDER / "judged.yml") -> Mapping[frozenset[str], Verdict]:
    """Read what a reader said of candidates, by their records."""
    rows = [Judged(**row) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return {frozenset(map(str, row.members)): row.verdict for row in rows}
