"""A week's new groups are those that the whole grouping finds with a complaint of that week."""

from __future__ import annotations

import random
from datetime import date

import pyarrow as pa
import pytest

from pipelines.dedupe import find_copies
from pipelines.grouping import group, propose_new
from tests.group_scene import COMMON_WORDS, COVERAGE, FEATURES, FIRST_DAY, Post, background

MATTER = "voucher redeemed already turnstile harbour ticket K-4711 ferry"
YEAR = pa.Table.from_pylist(
    [{"source": "posts", "covered_from": date(2025, 1, 1), "covered_to": date(2025, 12, 31)}],
    schema=COVERAGE,
)


def known_by(day: int) -> pa.Table:
    """What is known by a day: a usual year, and ten who tell one matter from day 200 on."""
    dice = random.Random(5)
    tellers = [
        Post(
            name=f"teller{number}",
            words=" ".join([*MATTER.split(), *dice.sample(COMMON_WORDS, 8)]),
            merchant="merchant3",
            day=200 + 3 * number,
            codes=("used_or_invalid_code",),
        )
        for number in range(10)
    ]
    posts = [post for post in [*background(), *tellers] if post.day is not None and post.day <= day]
    return pa.Table.from_pylist([post.row() for post in posts], schema=FEATURES)


def tellers_together(members: pa.Table) -> set[frozenset[str]]:
    """Give the groups with tellers in them, as sets of complaints."""
    groups: dict[str, set[str]] = {}
    for row in members.filter(members["is_member"]).to_pylist():
        groups.setdefault(row["cluster_id"], set()).add(row["complaint_id"])
    return {frozenset(one) for one in groups.values() if any(":teller" in name for name in one)}


@pytest.mark.parametrize("day", [216, 223, 230])
def test_in_the_weeks_of_a_matter_a_replay_proposes_what_the_whole_grouping_does(day: int) -> None:
    features = known_by(day)
    copies = find_copies(features)
    since = (FIRST_DAY - date(1970, 1, 1)).days + day - 6

    whole = tellers_together(group(features, copies, YEAR, {}).cluster_members)
    _, members = propose_new(features, copies, YEAR, {}, since)

    assert whole
    assert tellers_together(members) == whole


def test_what_nothing_was_added_to_is_not_proposed_again() -> None:
    features = known_by(260)
    since = (FIRST_DAY - date(1970, 1, 1)).days + 254

    _, members = propose_new(features, find_copies(features), YEAR, {}, since)

    assert not tellers_together(members)
