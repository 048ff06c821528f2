"""Copy-paste campaigns: marked where many accounts send one text within days, never dropped."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.grouping.campaigns import Copies, mark_campaigns, repeats_in
from tests.group_scene import COMMON_WORDS, Post, background, grouped, member_sets

LETTER = "voucher redeemed already turnstile refused letter signed honest shop closed counter"


def sent(count: int, days_between: int = 1, authors: int | None = None) -> list[Post]:
    """One letter sent by several accounts, one after the other."""
    return [
        Post(
            name=f"letter{number}",
            words=LETTER,
            merchant="merchant3",
            day=100 + number * days_between,
            codes=("used_or_invalid_code",),
            author=f"account {number % (authors or count)}",
        )
        for number in range(count)
    ]


def discount(posts: list[Post]) -> tuple[str | None, float | None, int]:
    """Give the discount of the group that holds the letters, and how many it holds."""
    tables = grouped(background() + posts)
    sets = member_sets(background() + posts)
    letters = {post.name for post in posts}
    place = max(range(len(sets)), key=lambda number: len(sets[number] & letters))
    row = tables.clusters.to_pylist()[place]
    return row["discount_reason"], row["discount_share"], len(sets[place] & letters)


def test_one_letter_from_many_accounts_within_days_is_a_campaign_and_keeps_its_members() -> None:
    reason, share, members = discount(sent(6))

    assert reason == "copied_campaign"
    assert share is not None
    assert share > 0.5
    assert members == 6


def test_fewer_than_five_accounts_with_one_letter_are_copies_but_no_campaign() -> None:
    others = [
        Post(
            name=f"letter of its own {number}",
            words=f"voucher redeemed already turnstile refused {' '.join(COMMON_WORDS[number::9])}",
            merchant="merchant3",
            day=100 + number,
            codes=("used_or_invalid_code",),
        )
        for number in range(6)
    ]

    assert discount(sent(4) + others)[0] == "copied_wording"


def test_one_account_that_sends_its_letter_again_is_no_campaign() -> None:
    assert discount(sent(6, authors=1))[0] != "copied_campaign"


def test_the_reason_for_the_discount_stands_in_both_sentences() -> None:
    tables = grouped(background() + sent(6))
    rows = [row for row in tables.clusters.to_pylist() if row["discount_reason"]]

    assert any("几乎相同的文字" in row["reason_zh"] for row in rows)
    assert any("in nearly one wording" in row["reason_en"] for row in rows)


@pytest.mark.parametrize(
    ("writers", "days", "marked"),
    [
        ([1, 2, 3], [0, 3, 6], True),
        ([1, 2, 3], [0, 3, 7], False),
        ([1, 2, 1], [0, 1, 2], False),
        ([-1, -1, -1], [0, 1, 2], True),
        ([1, 2, 3], [0, 1, np.nan], False),
    ],
)
def test_accounts_and_days_decide(writers: list[int], days: list[float], marked: bool) -> None:
    copies = Copies(copy_group=np.zeros(3, int), writer=np.array(writers), day=np.array(days))

    assert mark_campaigns(copies, 3, 7).any() == marked


@given(
    rows=st.lists(
        st.tuples(st.integers(-1, 3), st.integers(-1, 5), st.integers(0, 30)), max_size=40
    ),
)
def test_marks_do_not_depend_on_order_and_only_copies_are_marked(
    rows: list[tuple[int, int, int]],
) -> None:
    def marked(listed: list[tuple[int, int, int]]) -> tuple[set[tuple[int, int, int]], int]:
        columns = np.array(listed, dtype=np.int64).reshape(-1, 3)
        copies = Copies(
            copy_group=columns[:, 0], writer=columns[:, 1], day=columns[:, 2].astype(np.float64)
        )
        marks = mark_campaigns(copies, 3, 7)
        return {row for row, mark in zip(listed, marks, strict=True) if mark}, repeats_in(
            marks, copies
        )

    found, repeats = marked(rows)

    assert marked(sorted(rows, reverse=True)) == (found, repeats)
    assert all(group >= 0 for group, _, _ in found)
    assert 0 <= repeats <= len(rows)
