"""What was planted in a simulated stream.

In: `truth.json` (`flows.simulate.truth`). Out: planted events and brigades with their people, and
the merchant and code of every background complaint. Out of scope: what was found of it
(`verdicts`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import orjson

PlantKind = Literal["event", "brigade"]

BANDS = ((3, 4), (5, 9), (10, 19), (20, 60))
"""Sizes of events in people, both ends included, by which figures are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """One planted event or brigade.

    `people` gives the complaints of each person who names the merchant, `unnamed` the
    complaints that name nobody; `size` counts the people of both. `oblique` are complaints in
    words of no rule.
    """

    plant_id: str
    kind: PlantKind
    merchant: str
    people: Mapping[str, tuple[str, ...]]
    unnamed: frozenset[str]
    size: int
    oblique: frozenset[str]
    onset: date
    end: date

    @property
    def named(self) -> frozenset[str]:
        """Give the complaints that name the merchant."""
        return frozenset(one for complaints in self.people.values() for one in complaints)


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Everything planted in a stream, by id; ids of complaints are those of the warehouse.

    `plant_of` gives the planted event or brigade of a complaint, `usual` the merchant and code
    of each background complaint.
    """

    plants: Mapping[str, Plant]
    plant_of: Mapping[str, str]
    usual: Mapping[str, tuple[str, str]]

    @property
    def events(self) -> tuple[Plant, ...]:
        """Give the planted events, without the brigades."""
        return tuple(plant for plant in self.plants.values() if plant.kind == "event")


def read_truth(file: Path) -> Truth:
    """Read the truth of one simulation."""
    told = orjson.loads(file.read_bytes())
    plants = [_plant(row, "event") for row in told["events"]]
    plants += [_plant(row, "brigade") for row in told["brigades"]]
    usual = {
        complaint_id(post): (merchant, code)
        for merchant, by_code in told["background"].items()
        for code, posts in by_code.items()
        for post in posts
    }
    echoes = told["background_marks"]["cross_posts"].items()
    usual |= {complaint_id(echo): usual[complaint_id(origin)] for echo, origin in echoes}
    return Truth(
        plants={plant.plant_id: plant for plant in plants},
        plant_of={one: plant.plant_id for plant in plants for one in plant.named | plant.unnamed},
        usual=usual,
    )


def complaint_id(post_id: str) -> str:
    """Give the warehouse's id of a simulated post.

    >>> complaint_id("s0000042")
    'posts:s0000042'
    """
    return f"posts:{post_id}"


def band_of(size: int) -> int:
    """Number the band of a size; 60 people and more are in the last.

    >>> [band_of(size) for size in (3, 9, 20, 70)]
    [0, 1, 3, 3]
    """
    return sum(size > high for _, high in BANDS[:-1])


def _plant(row: Mapping[str, Any], kind: PlantKind) -> Plant:
    return Plant(
        plant_id=row["event_id"],
        kind=kind,
        merchant=row["merchant"],
        people={person: tuple(map(complaint_id, posts)) for person, posts in row["people"].items()},
        unnamed=frozenset(
            complaint_id(post) for posts in row["unnamed"].values() for post in posts
        ),
        size=len(row["people"]) + len(row["unnamed"]),
        oblique=frozenset(map(complaint_id, row["oblique"])),
        onset=date.fromisoformat(row["onset"]),
        end=date.fromisoformat(row["end"]),
    )
