"""Choosing a channel: the rules are sound, and one matter has one first channel."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.analyse import analyse
from pipelines.errors import TaxonomyError
from pipelines.reading import ReadingContext
from pipelines.routing import choose_route, facts_of_group, load_routing
from pipelines.routing.jury import leaves_appeal, may_appeal
from pipelines.routing.rulebook import CHANNELS, FILE, read_routing
from pipelines.taxonomy import load_taxonomy

ROUTING = load_routing()
CONTENT = files("pipelines.taxonomy").joinpath(FILE).read_text(encoding="utf-8")
FACTS = sorted(
    {
        fact
        for conditions in (
            ROUTING.signs.values(),
            [rule.when for rule in ROUTING.rules],
            [one.when for reasons in ROUTING.channels.values() for one in reasons],
        )
        for condition in conditions
        for fact in (*condition.some, *condition.every, *condition.no)
        if ":" in fact
    }
)


@pytest.fixture(scope="module")
def context() -> ReadingContext:
    return ReadingContext.build(taxonomy=load_taxonomy(), key=b"k" * 32)


def primary(*facts: str) -> str | None:
    return choose_route(set(facts), ROUTING).primary


@given(st.sets(st.sampled_from(FACTS), max_size=12))
@settings(max_examples=300, deadline=None)
def test_every_matter_has_one_route_that_accounts_for_all_other_channels(facts: set[str]) -> None:
    route = choose_route(facts, ROUTING)

    others = [one.code for one in route.avoided]
    assert route.reason.zh
    assert route.reason.en
    if "outcome:resolved" in facts:
        assert (route.primary, others) == (None, [])
    else:
        assert sorted([*others, *([route.primary] if route.primary else [])]) == sorted(CHANNELS)


@given(st.sets(st.sampled_from(FACTS), max_size=12))
@settings(max_examples=300, deadline=None)
def test_a_dispute_inside_a_platform_never_goes_to_the_police_first(facts: set[str]) -> None:
    outside = ("cue:gone", "pattern:fake_platform", "pattern:off_platform_diversion")
    inside = {fact for fact in facts if not fact.startswith("main:")} - set(outside)

    route = choose_route({*inside, "platform:known", "main:refund_refused"}, ROUTING)

    assert route.primary not in ("police", "anti_fraud") or "pattern:personal_data_leak" in inside


def test_every_code_of_a_condition_exists() -> None:
    known = {code for _, code in load_taxonomy().entries}
    coded = [
        fact.partition(":")[2]
        for fact in FACTS
        if fact.partition(":")[0] in ("pattern", "main", "wallet", "nature", "tried")
    ]

    assert not set(coded) - known
    assert not {code for kinds in ROUTING.links.values() for code in kinds} - known


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (["pattern:counterfeit_or_pirated"], "platform"),
        (["pattern:counterfeit_or_pirated", "tried:platform", "outcome:pending"], "platform"),
        (["pattern:refund_refused", "tried:platform", "outcome:rejected"], "12315"),
        (["pattern:bait_and_switch", "tried:platform", "cue:covers_up"], "market_regulator"),
        (["pattern:bait_and_switch", "tried:platform", "people:numerous"], "consumer_association"),
        (["pattern:bait_and_switch", "tried:12315"], "consumer_association"),
        (["pattern:fake_platform"], "police"),
        (["pattern:paid_then_vanished"], "police"),
        (["pattern:paid_then_vanished", "platform:known"], "platform"),
        (["pattern:account_theft"], "platform"),
        (["pattern:account_theft", "amount:known"], "police"),
        (["pattern:fake_platform", "cue:several_institutions"], "anti_fraud"),
        (["pattern:fake_platform", "tried:police", "cue:not_filed"], "anti_fraud"),
        (["pattern:personal_data_leak", "tried:platform"], "anti_fraud"),
        (["pattern:loan_charges", "tried:platform"], "12345"),
        (["pattern:counterfeit_or_pirated", "cue:piracy", "tried:platform"], "ip_office"),
        (["pattern:late_delivery", "outcome:resolved"], None),
        (["pattern:loan_charges", "place:abroad", "tried:platform"], None),
        (["pattern:identity_theft", "language:other"], None),
        (["pattern:identity_theft", "language:other", "place:china"], "police"),
        (["pattern:paid_then_vanished", "language:other"], "police"),
        (["pattern:loan_charges", "place:abroad"], "platform"),
        ([], None),
    ],
)
def test_the_first_channel_follows_from_what_is_known(
    facts: list[str], expected: str | None
) -> None:
    assert primary(*facts) == expected


def test_a_lawsuit_needs_a_large_sum_a_whole_chain_and_a_known_respondent() -> None:
    whole = {
        "pattern:bait_and_switch", "tried:12315", "amount:large", "identity:named",
        "link:deal", "link:breach", "link:loss",
    }  # fmt: skip

    assert primary(*whole) == "court"
    for missing in ("amount:large", "identity:named", "link:breach", "tried:12315"):
        assert primary(*(whole - {missing})) != "court"


@pytest.mark.parametrize(
    ("votes", "is_open"),
    [((9, 8), True), ((9, 6), True), ((9, 5), False), ((9, 0), False), ((8, 7), False)],
)
def test_a_jury_leaves_an_appeal_by_fewer_than_four_votes(
    votes: tuple[int, int], is_open: bool
) -> None:
    assert may_appeal(*votes, ROUTING.jury) is is_open
    assert leaves_appeal(f"闲置小法庭{votes[0]}:{votes[1]}判对方赢", ROUTING.jury) is is_open


def test_a_time_of_day_is_no_vote() -> None:
    assert not leaves_appeal("小法庭定于2021:09:08开始", ROUTING.jury)


def test_two_who_tried_a_channel_in_vain_try_it_for_the_group() -> None:
    one = facts_of_group([{"tried:12315"}, *[set()] * 9], 10, [], ROUTING)
    two = facts_of_group([{"tried:12315"}, {"tried:12315"}, *[set()] * 8], 10, [], ROUTING)

    assert "tried:12315" not in one
    assert two == {"tried:12315", "people:several", "people:numerous"}


def test_the_reason_is_in_the_language_of_the_text(context: ReadingContext) -> None:
    chinese = {"id": "1", "text": "卖家发来的点卡无法激活，要求退款。"}
    english = {"id": "2", "text": "The gift card code was already used and I want a refund."}

    (zh,) = analyse(chinese, context)["cases"]
    (en,) = analyse(english, context)["cases"]

    assert not zh["route"]["reason"].isascii()
    assert all(not one["reason"].isascii() for one in zh["route"]["not"])
    assert en["route"]["reason"].isascii()
    assert all(one["reason"].isascii() for one in en["route"]["not"])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (("pattern:fake_platform", "patern:fake_platform"), "patern:fake_platform"),
        (("cue:covers_up", "cue:cover_up"), "cue:cover_up"),
        (("any: [cue:gone]", "any: [nobody_declares]"), "nobody_declares"),
        (("- code: anti_fraud", "- code: court"), "every channel once"),
        (("primary: ip_office", "primary: ombudsman"), "ombudsman"),
        (("    when: {}\n", "    when: {all: [crime]}\n"), "without a condition"),
    ],
)
def test_a_file_that_breaks_its_shape_is_refused(change: tuple[str, str], found: str) -> None:
    assert change[0] in CONTENT

    with pytest.raises(TaxonomyError, match=found):
        read_routing(CONTENT.replace(*change).encode())
