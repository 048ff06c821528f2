"""Who names no respondent never groups by what he describes, however many write the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading import ReadingContext, read_complaints
from pipelines.records import Complaint, ComplaintId
from pipelines.respondents import choose_respondents, resolve_names
from pipelines.taxonomy import load_taxonomy
from tests.group_scene import COMMON_WORDS, Post, background, member_sets

OPENERS = ("一个", "某个", "一家", "网上一个", "朋友圈里一个")
KINDS = ("发卡网站", "看剧软件", "借款平台", "二手卖家", "健身房", "直播间", "培训机构", "小程序")
TALES = (
    "在{who}买了一张卡，付了{sum}元，到现在没有发货，要求退款。",
    "从{who}下单，{sum}元，客服一直不回，钱也不退。",
    "投诉{who}：充了{sum}元不到账，申请退款被驳回。",
    "{who}让我先确认收货，之后卡密无效，{sum}元没了。",
)
ENGLISH = ("some reading app", "an online key shop", "a random wallet app", "the brand site")
ENGLISH_TALES = (
    "I paid ${sum} to {who} and nothing was delivered, I want a refund.",
    "Bought a gift card from {who} for ${sum}; the code was already used.",
)


@cache
def reading_context() -> ReadingContext:
    return ReadingContext.build(taxonomy=load_taxonomy(), key=b"k" * 32)


def respondents_of(texts: list[str], given: Sequence[str | None]) -> set[str]:
    """Read texts, resolve all names met, and give the merchants that they are against."""
    readings = read_complaints(
        [
            Complaint(
                complaint_id=ComplaintId(f"posts:{number}"),
                source="posts",
                text=text,
                respondent_name=name,
            )
            for number, (text, name) in enumerate(zip(texts, given, strict=True))
        ],
        reading_context(),
    )
    parties = [(str(one.complaint_id), party) for one in readings for party in one.parties]
    table = pa.table(
        {
            "complaint_id": pa.array([complaint_id for complaint_id, _ in parties], pa.string()),
            "role": pa.array([party.role for _, party in parties], pa.string()),
            "raw": pa.array([party.raw for _, party in parties], pa.string()),
            "identity": pa.array([party.identity for _, party in parties], pa.string()),
            "how": pa.array([party.how for _, party in parties], pa.string()),
            "span": pa.array([party.span for _, party in parties], pa.list_(pa.int32())),
        }
    )
    hows: dict[str, set[str]] = {}
    for _, party in parties:
        hows.setdefault(party.raw, set()).add(party.how)
    met = pa.table(
        {
            "raw": pa.array(list(hows), pa.string()),
            "hows": pa.array([sorted(found) for found in hows.values()], pa.list_(pa.string())),
        }
    )
    chosen = choose_respondents(table, resolve_names(met, load_taxonomy()))
    return {key for key in chosen["merchant_key"].to_pylist() if key is not None}


@settings(max_examples=5, deadline=None)
@given(dice=st.randoms(use_true_random=False), in_column=st.booleans())
def test_a_description_never_becomes_the_respondent(dice: random.Random, in_column: bool) -> None:
    who = [dice.choice(OPENERS) + dice.choice(KINDS) for _ in range(4)]
    texts = [dice.choice(TALES).format(who=one, sum=dice.randrange(20, 900)) for one in who]
    english = dice.choice(ENGLISH)
    texts.append(dice.choice(ENGLISH_TALES).format(who=english, sum=dice.randrange(20, 900)))

    given: list[str | None] = [*who, english] if in_column else [None] * len(texts)

    assert respondents_of(texts, given) == set()


@settings(max_examples=10, deadline=None)
@given(
    count=st.integers(min_value=2, max_value=12),
    days=st.integers(min_value=1, max_value=30),
    is_dated=st.booleans(),
    same_words=st.integers(min_value=3, max_value=10),
)
def test_complaints_that_name_nobody_are_in_no_group(
    count: int, days: int, is_dated: bool, same_words: int
) -> None:
    told = " ".join(f"told{number}" for number in range(same_words))
    nameless = [
        Post(
            name=f"nameless{number}",
            words=f"{told} {' '.join(COMMON_WORDS[number : number + 4])}",
            day=100 + number % days if is_dated else None,
            codes=("used_or_invalid_code",),
        )
        for number in range(count)
    ]

    sets = member_sets(background(60) + nameless)

    assert not any(name.startswith("nameless") for members in sets for name in members)
