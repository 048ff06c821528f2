"""What is taken off the size of a group: told with its numbers, weighed once, nobody dropped."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from pipelines.grouping.brigades import Rallied, mark_brigades
from pipelines.grouping.criteria import load_criteria
from pipelines.grouping.histories import Writings, read_histories
from tests.group_scene import COMMON_WORDS, Post, background, grouped

CRITERIA = load_criteria()
EVENT = "voucher redeemed already turnstile refused"


def event(count: int = 6, **changes: Any) -> list[Post]:
    """Complaints of different accounts about one matter at one merchant."""
    return [
        Post(
            name=f"event{number}",
            words=f"{EVENT} {' '.join(COMMON_WORDS[number * 6 : number * 6 + 6])}",
            merchant="merchant3",
            day=100 + number,
            codes=("used_or_invalid_code",),
            **changes,
        )
        for number in range(count)
    ]


def discounts(posts: list[Post]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Give the group of the event and its discounts."""
    tables = grouped(background() + posts)
    members = tables.cluster_members.to_pylist()
    (of_event,) = {
        row["cluster_id"]
        for row in members
        if row["complaint_id"] == "posts:event0" and row["is_member"]
    }
    (cluster,) = (row for row in tables.clusters.to_pylist() if row["cluster_id"] == of_event)
    rows = tables.cluster_discounts.to_pylist()
    return cluster, [row for row in rows if row["cluster_id"] == of_event]


def asking(count: int, merchants: int, *, days: int = 200, asks: bool = True) -> list[Post]:
    """Complaints of one account against other merchants than the event's."""
    return [
        Post(
            name=f"asking{number}",
            words=" ".join(COMMON_WORDS[number : number + 12]),
            merchant=f"elsewhere{number % merchants}",
            day=number * days // count,
            author="account with many",
            asks_compensation=asks,
        )
        for number in range(count)
    ]


def one_of_many(posts: list[Post]) -> list[Post]:
    """Let the account that asks often write one complaint of the event, too."""
    mine = Post(
        name="event9",
        words=f"{EVENT} {' '.join(COMMON_WORDS[50:56])}",
        merchant="merchant3",
        day=103,
        codes=("used_or_invalid_code",),
        author="account with many",
        asks_compensation=True,
    )
    return [*event(), mine, *posts]


def test_an_account_that_asks_many_merchants_for_compensation_is_marked_and_stays() -> None:
    cluster, (found,) = discounts(one_of_many(asking(14, 12)))

    assert (found["reason"], found["complaints"], found["accounts"]) == ("frequent_account", 1, 1)
    assert (found["account_complaints"], found["account_merchants"]) == (15, 13)
    assert found["account_days"] <= 365
    assert cluster["complaints"] == cluster["complainants_possible"] == 7
    assert cluster["complainants_certain"] == 7


@pytest.mark.parametrize(
    "others",
    [
        asking(2, 2),  # harmed twice before
        asking(14, 3),  # a long quarrel with three
        asking(14, 12, asks=False),  # wants no compensation
        asking(14, 12, days=365 * 9),  # over many years
    ],
)
def test_a_person_harmed_twice_or_in_a_long_quarrel_is_not_marked(others: list[Post]) -> None:
    assert discounts(one_of_many(others))[1] == []


def test_further_complaints_of_one_person_are_told_but_take_nothing_off() -> None:
    plain, _ = discounts(event())
    again = [
        Post(
            name=f"again{number}",
            words=f"{EVENT} {' '.join(COMMON_WORDS[number : number + 5])}",
            merchant="merchant3",
            day=104,
            codes=("used_or_invalid_code",),
            author="author of event1",
        )
        for number in (40, 47)
    ]
    cluster, (found,) = discounts(event() + again)

    assert (found["reason"], found["complaints"]) == ("same_person", 2)
    assert cluster["complainants_possible"] == plain["complainants_possible"]
    assert "counted once" in cluster["reason_en"] or "count once" in cluster["reason_en"]


def rallied(count: int, *, shared: int = 6, own: int = 4, purpose: bool = True) -> Rallied:
    """Texts of `count` accounts on two days that share so many words beside their own."""
    words = np.zeros((count, shared + count * own))
    words[:, :shared] = 1
    for number in range(count):
        words[number, shared + number * own : shared + (number + 1) * own] = 1
    return Rallied(
        account=np.arange(count),
        copy_group=np.full(count, -1),
        is_of_one_purpose=np.full(count, purpose),
        day=(np.arange(count) % 2).astype(np.float64),
        words=csr_array(words),
    )


def test_like_texts_of_many_accounts_of_one_purpose_within_days_are_a_brigade() -> None:
    assert (mark_brigades(rallied(8), CRITERIA) == 0).all()


@pytest.mark.parametrize(
    "told",
    [rallied(7), rallied(12, shared=2, own=8), rallied(12, purpose=False)],
    ids=["too few", "words of their own", "accounts that wrote of others"],
)
def test_fewer_accounts_or_words_of_their_own_are_none(told: Rallied) -> None:
    assert (mark_brigades(told, CRITERIA) == -1).all()


def test_one_text_sent_around_is_a_campaign_and_no_brigade() -> None:
    told = rallied(12)
    copied = Rallied(
        account=told.account,
        copy_group=np.zeros(12, dtype=np.int64),
        is_of_one_purpose=told.is_of_one_purpose,
        day=told.day,
        words=told.words,
    )

    assert (mark_brigades(copied, CRITERIA) == -1).all()


@given(
    rows=st.lists(
        st.tuples(st.integers(-1, 3), st.integers(-1, 4), st.integers(0, 900), st.booleans()),
        max_size=40,
    )
)
def test_an_account_is_marked_or_not_whatever_the_order(
    rows: list[tuple[int, int, int, bool]],
) -> None:
    def marked(listed: list[tuple[int, int, int, bool]]) -> list[tuple[int, int]]:
        account, merchant, day, asks = (np.array([*column]) for column in zip(*listed, strict=True))
        found = read_histories(
            Writings(
                account=account, merchant=merchant, day=day.astype(float), asks_compensation=asks
            ),
            CRITERIA,
        )
        return sorted(zip(account.tolist(), found.marked.tolist(), strict=True))

    if rows:
        assert marked(rows) == marked(rows[::-1])
        assert all(number == 0 or account >= 0 for account, number in marked(rows))
