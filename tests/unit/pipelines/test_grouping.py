from __future__ import annotations

import random
from datetime import date

import pytest

from pipelines.grouping import assembly
from tests.group_scene import COMMON_WORDS, Post, background, grouped, member_sets

RED = "voucher redeemed already turnstile"
TALK = "common1 common2 common3"
BLUE = "parcel empty bricks carton"


def event(
    words: str, merchant: str, first_day: int, count: int = 8, name: str = "event"
) -> list[Post]:
    """Complaints of one matter: some rare words shared, the rest everybody's."""
    dice = random.Random(first_day)
    return [
        Post(
            name=f"{name}{number}",
            words=" ".join([*words.split()[number % 2 :], *dice.sample(COMMON_WORDS, 8)]),
            merchant=merchant,
            day=first_day + number,
            codes=("used_or_invalid_code",),
        )
        for number in range(count)
    ]


def names(posts: list[Post]) -> set[str]:
    return {post.name for post in posts}


def test_people_who_tell_of_one_matter_at_one_merchant_are_a_group() -> None:
    matter = event(RED, "merchant3", 100)

    best = member_sets(background() + matter)[0]

    assert len(best & names(matter)) >= 7
    assert len(best - names(matter)) <= 1


def test_two_matters_at_one_merchant_under_one_code_are_two_groups() -> None:
    first, second = event(RED, "merchant3", 40, name="red"), event(BLUE, "merchant3", 200)

    found = member_sets(background() + first + second)

    assert not any(one & names(first) and one & names(second) for one in found)
    assert all(max(len(one & names(matter)) for one in found) >= 6 for matter in (first, second))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_the_rows_changes_nothing(seed: int) -> None:
    posts = background() + event(RED, "merchant3", 100)
    shuffled = random.Random(seed).sample(posts, len(posts))

    assert grouped(shuffled).cluster_members.equals(grouped(posts).cluster_members)


def test_ordinary_complaints_of_a_year_are_hardly_ever_a_group_of_five() -> None:
    assert sum(len(found) >= 5 for found in member_sets(background(count=600))) <= 1


def own_words(count: int, code: str, merchant: str = "corner shop") -> list[Post]:
    """Complaints that share merchant and code and not one word."""
    return [
        Post(
            name=f"own{number}",
            words=" ".join(f"word{number}x{place}" for place in range(9)),
            merchant=merchant,
            day=10 + number,
            codes=(code,),
        )
        for number in range(count)
    ]


def test_three_who_allege_an_uncommon_thing_of_a_small_merchant_are_a_group() -> None:
    three = own_words(3, "minor_spending")

    assert names(three) in member_sets(background() + three)


def test_two_who_share_nothing_but_an_allegation_are_no_group() -> None:
    two = own_words(2, "minor_spending")

    assert not any(found & names(two) for found in member_sets(background() + two))


def test_what_every_second_complaint_alleges_makes_no_group() -> None:
    posts = [
        Post(name=post.name, words=post.words, merchant=post.merchant, day=post.day, codes=codes)
        for number, post in enumerate(background())
        for codes in [("refund_refused",) if number % 2 else ("late_delivery",)]
    ]
    three = own_words(3, "refund_refused")

    assert not any(len(found & names(three)) > 1 for found in member_sets(posts + three))


def test_sharers_of_a_code_take_no_member_from_a_matter_that_stands_by_itself() -> None:
    january = event(RED, "corner shop", 10, count=4)
    june = [
        Post(
            name=post.name, words=post.words, merchant=post.merchant, day=170 + number, codes=codes
        )
        for number, post in enumerate(own_words(3, "used_or_invalid_code"))
        for codes in [post.codes]
    ]

    found = member_sets(background() + january + june)

    assert any(len(one & names(january)) >= 3 for one in found)
    assert not any(one & names(january) and one & names(june) for one in found)


def test_one_account_that_writes_ten_times_is_no_group() -> None:
    many = [
        Post(name=f"again{number}", words=RED, merchant="corner shop", day=number, author="one")
        for number in range(10)
    ]

    assert not any(found & names(many) for found in member_sets(background() + many))


def test_a_group_is_told_apart_from_its_near_misses() -> None:
    matter = event(RED, "merchant3", 100)

    tables = grouped(background() + matter)

    best = tables.clusters["cluster_id"][0].as_py()
    rows = [row for row in tables.cluster_members.to_pylist() if row["cluster_id"] == best]
    missed = [row for row in rows if not row["is_member"]]
    assert missed
    assert all(row["person_no"] is None for row in missed)
    assert all(row["why"].startswith(("+", "-")) for row in rows)


def neighbours(*words: str) -> list[Post]:
    """Complaints about one estate, each with everybody's words and some of its own."""
    return [
        Post(name=f"neighbour{number}", words=f"{TALK} {own}", places=["Elm Court"])
        for number, own in enumerate(words)
    ]


def test_neighbours_with_different_problems_are_no_group() -> None:
    noise = ["karaoke loud night sleepless bar", "karaoke loud night bar owner"]
    school = ["enrolment desk teacher lesson fee", "enrolment teacher lesson fee term"]

    found = member_sets([*background(), *neighbours(*noise, *school)])

    assert not any(
        one & {"neighbour0", "neighbour1"} and one & {"neighbour2", "neighbour3"} for one in found
    )


def test_neighbours_with_one_problem_are_a_group() -> None:
    same = ["karaoke loud night sleepless bar", "karaoke loud night bar owner"]

    found = member_sets([*background(), *neighbours(*same)])

    assert {"neighbour0", "neighbour1"} in found


def test_groups_are_the_same_however_their_themes_are_cut_into_portions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    posts = [
        *background(),
        *event(RED, "merchant3", first_day=100),
        *event(BLUE, "merchant5", first_day=200, name="other"),
    ]
    year = {
        "source": "posts",
        "covered_from": date(2024, 12, 30),
        "covered_to": date(2026, 1, 4),
    }

    at_once = grouped(posts, [year])
    monkeypatch.setattr(assembly, "MEMBERS_PER_PORTION", 1)
    one_by_one = grouped(posts, [year])

    assert at_once.clusters.num_rows >= 2
    assert at_once.clusters["expected"].null_count < at_once.clusters.num_rows
    for name in ("clusters", "cluster_members", "cluster_losses"):
        assert getattr(one_by_one, name).equals(getattr(at_once, name))
