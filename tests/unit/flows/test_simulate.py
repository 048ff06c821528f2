"""The laws of the simulation: same seed, same bytes; a truth that accounts for every post."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
import pytest

from flows.simulate import Range, SimulationError, SimulationParams, simulate
from flows.simulate.background import draw_background, weekly_means
from flows.simulate.merchants import make_merchants, masks_of_one
from flows.simulate.parts import load_parts
from flows.simulate.people import handle

FEW = SimulationParams(
    seed=20260101, weeks=60, merchants=40, events=40, weekly_rate=Range(0.02, 0.6)
)
"""A small world in which events outnumber the background."""


class World(NamedTuple):
    """What one simulation wrote."""

    posts: dict[str, dict[str, Any]]
    truth: dict[str, Any]


def read_world(folder: Path) -> World:
    lines = (folder / "posts.jsonl").read_bytes().splitlines()
    posts = [orjson.loads(line) for line in lines]
    return World(
        {post["id"]: post for post in posts}, orjson.loads((folder / "truth.json").read_bytes())
    )


def written(params: SimulationParams, folder: Path) -> tuple[bytes, bytes]:
    simulate(params, folder)
    return (folder / "posts.jsonl").read_bytes(), (folder / "truth.json").read_bytes()


def background_ids(truth: dict[str, Any]) -> Iterator[str]:
    for codes in truth["background"].values():
        for ids in codes.values():
            yield from ids


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """One simulation that the tests of this module look at."""
    folder = tmp_path_factory.mktemp("simulation")
    simulate(FEW, folder)
    return read_world(folder)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    params = replace(FEW, weeks=10, merchants=5, events=3)

    first = written(params, tmp_path / "first")
    second = written(params, tmp_path / "second")

    assert first == second


def test_another_seed_gives_other_posts(tmp_path: Path) -> None:
    params = replace(FEW, weeks=10, merchants=5, events=3)

    first = written(params, tmp_path / "first")
    second = written(replace(params, seed=params.seed + 1), tmp_path / "second")

    assert first[0] != second[0]


def test_the_truth_accounts_for_every_post_once(world: World) -> None:
    accounted = Counter(background_ids(world.truth))
    accounted.update(list(world.truth["background_marks"]["cross_posts"]))
    for event in world.truth["events"] + world.truth["brigades"]:
        accounted.update(event["members"])
        for ids in event["unnamed"].values():
            accounted.update(ids)

    assert accounted == Counter(list(world.posts))


def test_people_of_an_event_wrote_its_members_and_nothing_else(world: World) -> None:
    for event in world.truth["events"]:
        by_people = sorted(post_id for ids in event["people"].values() for post_id in ids)

        assert by_people == sorted(event["members"])


def test_posts_are_in_order_of_time_with_ids_that_tell_nothing_else(world: World) -> None:
    times = [post["published_at"] for post in world.posts.values()]

    assert times == sorted(times)
    assert list(world.posts) == [f"s{line:07d}" for line in range(1, len(world.posts) + 1)]


def test_no_field_of_a_post_tells_whether_it_was_planted(world: World) -> None:
    planted = {post_id for event in world.truth["events"] for post_id in event["members"]}

    of_events = {key for post_id in planted for key in world.posts[post_id]}
    of_others = {
        key for post_id, post in world.posts.items() if post_id not in planted for key in post
    }

    assert of_events <= of_others


def test_a_follow_up_keeps_the_handle_and_a_cross_post_does_not(world: World) -> None:
    def authors(kind: str) -> list[tuple[str, str]]:
        pairs = [
            (world.posts[again].get("author"), world.posts[first].get("author"))
            for event in world.truth["events"]
            for again, first in event[kind].items()
        ]
        return [(again, first) for again, first in pairs if again and first]

    assert authors("follow_ups")
    assert all(again == first for again, first in authors("follow_ups"))
    assert authors("cross_posts")
    assert all(again != first for again, first in authors("cross_posts"))


def test_different_people_never_share_a_handle() -> None:
    names = load_parts().names

    handles = {handle(serial, "zh", names) for serial in range(50_000)}

    assert len(handles) == 50_000


def test_unnamed_posts_name_the_merchant_nowhere(world: World) -> None:
    checked = 0
    for event in world.truth["events"]:
        for ids in event["unnamed"].values():
            for post_id in ids:
                post = world.posts[post_id]
                assert "respondent" not in post
                assert event["merchant"] not in post["text"] + post.get("title", "")
                checked += 1

    assert checked > 0


def test_a_named_post_names_the_merchant_in_its_column_or_its_text(world: World) -> None:
    for event in world.truth["events"]:
        for post_id in event["members"]:
            post = world.posts[post_id]
            assert "respondent" in post or event["merchant"] in post["text"]


def test_the_two_events_of_a_pair_share_merchant_and_code_but_not_the_matter(world: World) -> None:
    events = {event["event_id"]: event for event in world.truth["events"]}
    pairs = [(event, events[event["pair"]]) for event in events.values() if event["pair"]]

    assert len(pairs) == 2 * int(FEW.events * FEW.paired_share / 2)
    for event, other in pairs:
        assert (event["merchant"], event["code"]) == (other["merchant"], other["code"])
        assert event["incident"] != other["incident"]
        assert event["product"] != other["product"]


def test_background_under_the_code_of_an_event_is_about_other_things(world: World) -> None:
    parts = load_parts()
    sectors = {merchant["name"]: merchant["sector"] for merchant in world.truth["merchants"]}
    for event in world.truth["events"]:
        sector = parts.sectors[sectors[event["merchant"]]]
        product = next(one for one in sector.products if one.zh[0] == event["product"])
        for post_id in world.truth["background"][event["merchant"]].get(event["code"], []):
            text = world.posts[post_id]["text"]
            assert not any(name in text for name in (product.zh[0], product.en[0]))


def test_a_near_copy_reads_like_the_post_it_copies(world: World) -> None:
    copies = [
        (world.posts[copy]["text"], world.posts[first]["text"])
        for event in world.truth["events"]
        for copy, first in event["near_copies"].items()
    ]

    alike = [SequenceMatcher(None, copy, first).ratio() > 0.6 for copy, first in copies]

    assert len(copies) > 20
    assert sum(alike) > 0.9 * len(alike)


def test_members_of_an_event_otherwise_write_their_own_texts(world: World) -> None:
    for event in world.truth["events"]:
        repeats = set(event["near_copies"]) | set(event["cross_posts"]) | set(event["follow_ups"])
        own = [
            world.posts[post_id]["text"] for post_id in event["members"] if post_id not in repeats
        ]
        whole = [text for text in own if len(text) > 60]

        assert len(set(whole)) == len(whole)


def test_shares_of_members_are_those_of_the_contract(world: World) -> None:
    events = world.truth["events"]
    members = sum(len(event["members"]) for event in events)
    people = sum(len(event["people"]) for event in events)

    assert 0.15 < sum(len(event["oblique"]) for event in events) / members < 0.25
    assert 0.06 < sum(len(event["near_copies"]) for event in events) / people < 0.14
    assert len(world.truth["brigades"]) == round(FEW.events * FEW.brigade_share)
    assert all(3 <= event_people(event) <= 60 for event in events)


def event_people(event: dict[str, Any]) -> int:
    return len(event["people"]) + len(event["unnamed"])


def test_a_post_has_only_the_keys_of_the_contract_and_one_of_its_own(world: World) -> None:
    known = {
        "id", "text", "title", "published_at", "author", "respondent", "platform", "region",
        "url", "amount", "status", "replies", "kind", "site",
    }  # fmt: skip

    assert {key for post in world.posts.values() for key in post} <= known
    assert all(post["text"].strip() for post in world.posts.values())


def test_asking_for_complaints_scales_merchants_and_events_alike() -> None:
    base = SimulationParams(seed=1)

    scaled = replace(base, complaints=1_000_000).scaled()

    assert scaled.merchants / base.merchants == pytest.approx(scaled.events / base.events, rel=0.01)
    assert scaled.expected_complaints() == pytest.approx(1_000_000, rel=0.01)
    assert scaled.weekly_rate == base.weekly_rate


def test_the_number_of_posts_is_about_what_was_asked_for(tmp_path: Path) -> None:
    summary = simulate(SimulationParams(seed=5, complaints=3_000, weeks=20), tmp_path)

    assert summary.posts == pytest.approx(3_000, rel=0.15)
    assert summary.posts == summary.background_posts + summary.event_posts + summary.brigade_posts


def test_every_merchant_keeps_its_mean_rate_through_season_and_trend() -> None:
    params = SimulationParams(seed=3, merchants=50)
    merchants = make_merchants(params, load_parts(), np.random.default_rng(3))

    means = weekly_means(params, merchants)

    rates = [merchant.weekly_rate for merchant in merchants]
    assert means.mean(axis=1) == pytest.approx(rates)
    assert (means.max(axis=1) > 1.1 * means.min(axis=1)).all()


def test_weekly_counts_vary_as_much_as_their_dispersion_says() -> None:
    params = SimulationParams(
        seed=4, merchants=200, weeks=200, weekly_rate=Range(10, 10), dispersion=Range(4, 4)
    )
    generator = np.random.default_rng(4)
    merchants = make_merchants(params, load_parts(), generator)

    background = draw_background(params, merchants, generator)

    week = background.minute // (7 * 24 * 60)
    counts = np.zeros((params.merchants, params.weeks))
    np.add.at(counts, (background.merchant, week), 1)
    means = weekly_means(params, merchants)
    pearson = ((counts - means) ** 2 / means).mean()
    assert pearson == pytest.approx(4, rel=0.1)


def test_merchants_have_distinct_names_and_masks_hide_only_one() -> None:
    params = SimulationParams(seed=6, merchants=2_500)

    merchants = make_merchants(params, load_parts(), np.random.default_rng(6))

    assert len({merchant.name for merchant in merchants}) == 2_500
    masks = masks_of_one(merchants)
    assert len(set(masks.values())) == len(masks) > 1_000


def test_more_merchants_than_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SimulationError, match="Add roots"):
        simulate(SimulationParams(seed=1, merchants=50_000, weeks=1, events=0), tmp_path)


@pytest.mark.parametrize("wrong", [{"weeks": 0}, {"merchants": 0}, {"complaints": 0}, {"seed": -1}])
def test_numbers_below_the_least_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(SimulationError, match="or more"):
        SimulationParams(**{"seed": 1, **wrong})
