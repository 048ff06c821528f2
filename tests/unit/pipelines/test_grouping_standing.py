"""A group must stand out from what is said all the time, where all days are known."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.grouping.standing import Standing, Tellings, standing
from tests.group_scene import COMMON_WORDS, Post, background, grouped

YEAR = [
    {"source": "posts", "covered_from": date(2025, 1, 1), "covered_to": date(2025, 12, 31)},
]
MATTER = "voucher redeemed already turnstile harbour ticket K-4711 ferry"


def tellers(days: Sequence[int], merchant: str = "merchant3") -> list[Post]:
    """Complaints that tell one matter on these days."""
    dice = random.Random(len(days))
    return [
        Post(
            name=f"teller{number:03}",
            words=" ".join([*MATTER.split(), *dice.sample(COMMON_WORDS, 8)]),
            merchant=merchant,
            day=day,
            codes=("used_or_invalid_code",),
        )
        for number, day in enumerate(days)
    ]


def told_of_it(posts: Sequence[Post], coverage: Sequence[dict[str, Any]]) -> int:
    """Count the members of candidates that tell the matter."""
    members = grouped(posts, coverage).cluster_members.to_pylist()
    return sum(row["is_member"] and ":teller" in row["complaint_id"] for row in members)


def test_a_matter_of_some_days_stands_out_where_all_days_are_covered() -> None:
    posts = background() + tellers(range(100, 110))

    assert told_of_it(posts, YEAR) >= 9


def test_what_is_said_all_year_is_proposed_only_where_other_days_are_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    posts = background() + tellers(range(0, 360, 12))
    monkeypatch.setattr("pipelines.grouping.standing.USUAL_COMPLAINTS", len(posts))

    assert told_of_it(posts, ()) > 0
    assert told_of_it(posts, YEAR) == 0


def test_among_few_complaints_less_proof_is_enough() -> None:
    some = Standing(days=8.0, words=4.0, others=1.0)

    assert some.total(300) > 0 > some.total()
    assert some.total() > some.total(1_000_000)


def told(text: list[float], inside: list[bool]) -> Tellings:
    """Five members and whoever else; who speaks at 1 nat or more speaks of it."""
    return Tellings(
        text=np.array(text),
        speaks=np.array(text) >= 1,
        founds=np.arange(len(text)) < 5,
        inside=np.array(inside),
        weight=np.ones(len(text)),
        mass=0.02,
    )


def test_others_who_say_the_same_on_other_days_take_from_it() -> None:
    alone = standing(told([5.0] * 5 + [-3.0] * 45, [True] * 5 + [False] * 45))
    beside = standing(told([5.0] * 15 + [-3.0] * 35, [True] * 5 + [False] * 45))

    assert alone.others == 0
    assert beside.others == 10
    assert beside.days < alone.days
    assert beside.total() < 0 < alone.total()


@pytest.mark.parametrize("part", ["days", "words"])
@given(low=st.floats(-5, 60), more=st.floats(0, 20), others=st.floats(0, 500))
def test_standing_rises_with_each_part_and_falls_with_others(
    part: str, low: float, more: float, others: float
) -> None:
    parts = {"days": 5.0, "words": 3.0, "others": others}

    assert Standing(**parts | {part: low}).total() <= Standing(**parts | {part: low + more}).total()
    assert Standing(**parts).total() >= Standing(**parts | {"others": others + more}).total()
