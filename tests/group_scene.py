"""A small corpus for tests of grouping: invented complaints, and what `group` makes of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from pipelines.dedupe import find_copies
from pipelines.grouping import GroupTables, group

FIRST_DAY = date(2025, 1, 1)
COMMON_WORDS = [f"common{number}" for number in range(60)]
COMMON_CODES = ("refund_refused", "late_delivery", "false_advertising", "bait_and_switch")

FEATURES = pa.schema(
    [
        ("complaint_id", pa.string()),
        ("source", pa.string()),
        ("author_key", pa.string()),
        ("event_date", pa.date32()),
        ("merchant_key", pa.string()),
        ("merchant_name", pa.string()),
        ("sector", pa.string()),
        ("region", pa.string()),
        ("kind", pa.string()),
        ("language", pa.string()),
        ("loss_value", pa.decimal128(18, 2)),
        ("loss_currency", pa.string()),
        ("tokens", pa.string()),
        ("text_hash", pa.string()),
        ("signature", pa.binary()),
        (
            "codes",
            pa.list_(
                pa.struct(
                    [
                        ("axis", pa.string()),
                        ("code", pa.string()),
                        ("score", pa.float64()),
                        ("origin", pa.string()),
                    ]
                )
            ),
        ),
        ("evidence", pa.list_(pa.string())),
        ("link_keys", pa.list_(pa.string())),
        ("asks_compensation", pa.bool_()),
        ("places", pa.list_(pa.string())),
        ("has_replies", pa.bool_()),
    ]
)
COVERAGE = pa.schema(
    [
        ("source", pa.string()),
        ("respondent", pa.string()),
        ("merchant_key", pa.string()),
        ("covered_from", pa.date32()),
        ("covered_to", pa.date32()),
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One complaint; `day` counts from 2025-01-01, `codes` are patterns."""

    name: str
    words: str
    merchant: str | None = None
    day: int | None = None
    codes: Sequence[str] = ()
    author: str | None = None
    places: Sequence[str] = ()
    links: Sequence[str] = ()
    asks_compensation: bool = False

    def row(self) -> dict[str, Any]:
        """Give the complaint as a row of the grouping table."""
        return {
            "complaint_id": f"posts:{self.name}",
            "source": "posts",
            "author_key": self.author or f"author of {self.name}",
            "event_date": None if self.day is None else FIRST_DAY + timedelta(days=self.day),
            "merchant_key": self.merchant,
            "merchant_name": self.merchant,
            "kind": "complaint",
            "language": "en",
            "tokens": self.words,
            "text_hash": self.words,
            "codes": [
                {"axis": "pattern", "code": code, "score": 0.9, "origin": "rule"}
                for code in self.codes
            ],
            "evidence": [],
            "link_keys": list(self.links),
            "asks_compensation": self.asks_compensation,
            "places": list(self.places),
        }


def background(count: int = 300, merchants: int = 40, seed: int = 7) -> list[Post]:
    """Give ordinary complaints: common words and codes, spread over a year and many merchants."""
    dice = random.Random(seed)
    return [
        Post(
            name=f"usual{number:04}",
            words=" ".join(dice.sample(COMMON_WORDS, 12)),
            merchant=f"merchant{dice.randrange(merchants)}",
            day=dice.randrange(365),
            codes=(dice.choice(COMMON_CODES),),
        )
        for number in range(count)
    ]


def grouped(posts: Sequence[Post], coverage: Sequence[dict[str, Any]] = ()) -> GroupTables:
    """Group complaints; without any declared coverage where none is given."""
    features = pa.Table.from_pylist([post.row() for post in posts], schema=FEATURES)
    covered = pa.Table.from_pylist(list(coverage), schema=COVERAGE)
    return group(features, find_copies(features), covered, {})


def member_sets(posts: Sequence[Post]) -> list[set[str]]:
    """Give the names of the members of each group, best first."""
    tables = grouped(posts)
    sets: dict[str, set[str]] = {key: set() for key in tables.clusters["cluster_id"].to_pylist()}
    for row in tables.cluster_members.to_pylist():
        if row["is_member"]:
            sets[row["cluster_id"]].add(row["complaint_id"].removeprefix("posts:"))
    return list(sets.values())
