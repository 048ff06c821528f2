"""Spellings of one merchant that no list holds: registered forms, pinyin, slips, masks."""

from __future__ import annotations

from functools import cache

import pyarrow as pa
import pytest

from pipelines.respondents import Lexicon, build_lexicon, resolve_names
from pipelines.respondents.companies import take_company_apart
from pipelines.respondents.slips import slip_between
from pipelines.taxonomy import load_taxonomy


@cache
def known_merchants() -> Lexicon:
    return build_lexicon(load_taxonomy().merchants)


def keys_of(*raws: str) -> dict[str, str | None]:
    table = resolve_names(pa.table({"raw": list(raws)}), load_taxonomy(), lexicon=known_merchants())
    return dict(zip(table["raw"].to_pylist(), table["merchant_key"].to_pylist(), strict=True))


def are_one(*raws: str) -> bool:
    return len(set(keys_of(*raws).values())) == 1


@pytest.mark.parametrize(
    "spellings",
    [
        ("深圳市霁川科技有限公司", "霁川科技(深圳)有限公司", "霁川科技"),
        ("霁川科技有限公司", "霁川"),
        ("霁川教育科技有限公司", "霁川教育"),
        ("霁川科技有限公司深圳分公司", "霁川科技有限公司"),
        ("霁川健身（望江店）", "霁川健身"),
        ("霁川天猫旗舰店", "霁川官方旗舰店", "霁川"),
        ("霁川科技", "Jichuan Technology Co., Ltd."),
        ("霁川卡盟", "Jichuan Kameng", "JichuanKameng"),
        ("Zhifubao", "支付宝", "支付保"),
        ("Wels Fargo", "Wells Fargo"),
        ("Citi Bank", "Citibank, N.A."),
        ("Brightwater Lending", "Brigthwater Lending"),
        ("Pelham Collecton Svcs", "Pelham Collection Services, Inc."),
        ("Quillon Technologies, Inc.", "Quillon"),
        ("拼**", "拼xx", "拼多多"),
        ("京东（JD.COM）", "京东"),
        ("PayPal（贝宝）", "PayPal"),
        ("广东移动", "中国移动", "中国移动深圳分公司", "中国移动通信集团广东有限公司"),
        ("Green Spring Lending LLC", "GreenSpring Lending", "Greenspring Lendng"),
        ("Bank of America N.A.", "Bank of America"),
        ("Marlowe C.U.", "Marlowe Credit Union"),
    ],
)
def test_spellings_of_one_merchant_are_joined(spellings: tuple[str, ...]) -> None:
    assert are_one(*spellings)


@pytest.mark.parametrize(
    "pair",
    [
        ("美团", "美图"),
        ("恒大地产", "恒达地产"),
        ("霁川健身", "霁山健身"),
        ("北京霁川科技有限公司", "上海霁川科技有限公司"),
        ("Capitol Ridge Funding", "Capital Ridge Funding"),
        ("Union Ridge Lending", "Unison Ridge Lending"),
        ("First National Bank of Ashfold", "First National Bank of Marlowe"),
        ("Quillon Bank", "Quillon Insurance"),
        ("霁川银行", "霁川保险"),
    ],
)
def test_namesakes_and_near_names_stay_two(pair: tuple[str, str]) -> None:
    assert not are_one(*pair)


def test_a_brand_of_two_companies_is_neither() -> None:
    keys = keys_of("霁川商贸有限公司", "霁川餐饮管理有限公司", "霁川")

    assert len(set(keys.values())) == 3


def test_a_pinyin_that_two_names_have_is_neither() -> None:
    keys = keys_of("Yubei Wallet", "屿贝钱包", "渔贝钱包")

    assert len(set(keys.values())) == 3


def test_a_word_that_other_names_have_is_no_slip() -> None:
    keys = keys_of("Morrison Lending", "Morrison Auto", "Morrisson Lending", "Morrisson Homes")

    assert keys["Morrison Lending"] != keys["Morrisson Lending"]


@pytest.mark.parametrize(
    "written", ["天猫旗舰店", "淘宝卖家", "某平台", "XX科技有限公司", "xx银行"]
)
def test_whoever_is_only_somewhere_or_hidden_is_nobody(written: str) -> None:
    assert keys_of(written) == {written: None}


def test_a_hidden_part_that_several_known_names_fit_is_nobody() -> None:
    assert keys_of("某宝", "某团") == {"某宝": None, "某团": "meituan"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("discover", "discovery"),
        ("union-bank", "unison-bank"),
        ("chime", "chimes"),
        ("route-7071", "route-7171"),
        ("first-bank-of-ash", "second-bank-of-ash"),
    ],
)
def test_another_word_is_no_slip(one: str, other: str) -> None:
    assert slip_between(one, other) is None
    assert slip_between(other, one) is None


@pytest.mark.parametrize(
    "written", ["北京银行股份有限公司", "第一医院有限公司", "科技有限公司", "晴空"]
)
def test_what_has_no_brand_is_no_company(written: str) -> None:
    assert take_company_apart(written) is None
