"""Who is only described: a wording that never becomes a merchant."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.respondents import resolve_names
from pipelines.respondents.descriptions import is_description
from pipelines.taxonomy import load_taxonomy

OPENERS_ZH = ("一个", "一家", "某个", "某家", "有个", "这家", "网上一个", "朋友圈里一个")
TRADES_ZH = ("发卡", "看剧", "听书", "借款", "租号", "相亲", "卖鞋的", "本地", "剧本杀", "追星周边")
KINDS_ZH = ("网站", "平台", "软件", "APP", "小程序", "网店", "店铺", "卖家", "商家", "公司")
OPENERS_EN = ("a", "an", "some", "some random", "the", "another")
TRADES_EN = ("reading", "key", "card", "booking", "sneaker resale", "wallet", "concert ticket")
KINDS_EN = ("app", "site", "shop", "website", "store", "platform", "seller")


def keys_of(raw: str, hows: list[str]) -> list[str | None]:
    names = pa.table({"raw": [raw], "hows": pa.array([hows], pa.list_(pa.string()))})
    return list(resolve_names(names, load_taxonomy())["merchant_key"].to_pylist())


@given(
    parts=st.tuples(*map(st.sampled_from, (OPENERS_ZH, TRADES_ZH, KINDS_ZH))),
    how=st.sampled_from(["given", "frame", "place"]),
)
def test_an_indefinite_wording_in_chinese_is_nobody(parts: tuple[str, ...], how: str) -> None:
    assert is_description("".join(parts), [how])


@given(
    parts=st.tuples(*map(st.sampled_from, (OPENERS_EN, TRADES_EN, KINDS_EN))),
    how=st.sampled_from(["given", "frame"]),
)
def test_an_indefinite_wording_in_english_is_nobody(parts: tuple[str, ...], how: str) -> None:
    assert is_description(" ".join(parts), [how])


@pytest.mark.parametrize(
    ("raw", "how"),
    [
        ("一个发卡网站", "frame"),
        ("朋友圈里一个卖卡的", "given"),
        ("some reading app", "frame"),
        ("脱离平台", "place"),
        ("卖家买超市", "place"),
        ("某二手软件", "given"),
    ],
)
def test_who_is_described_gets_no_merchant(raw: str, how: str) -> None:
    assert keys_of(raw, [how]) == [None]


@pytest.mark.parametrize(
    ("raw", "how"),
    [
        ("一点点奶茶", "given"),
        ("第一家装公司", "given"),
        ("统一个人护理用品店", "given"),
        ("A Place for Mom", "given"),
        ("The Home Depot", "given"),
        ("星河平台", "frame"),
        ("某一天有限公司", "given"),
        ("荻埠舍百货", "place"),
    ],
)
def test_a_name_that_looks_like_a_description_stays_one(raw: str, how: str) -> None:
    assert not is_description(raw, [how])


def test_an_online_venue_is_a_name_where_a_source_gives_it() -> None:
    assert keys_of("青岳平台", ["given", "place"]) != [None]
    assert keys_of("青岳平台", ["place"]) == [None]
