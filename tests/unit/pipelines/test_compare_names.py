"""Two names compared: yes, no, parent or unsure, each with its evidence."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.respondents.compare import Comparer
from pipelines.respondents.judgements import NameJudgement
from pipelines.taxonomy import load_taxonomy


@cache
def comparer() -> Comparer:
    return Comparer(load_taxonomy().merchants)


@pytest.mark.parametrize(
    ("one", "other", "same", "told"),
    [
        ("Alipay", "支付宝", "yes", "a name of a known merchant"),
        ("Zhifubao", "支付宝", "yes", "pinyin"),
        ("Paypall", "PayPal", "yes", "slip of the pen"),
        ("支付保", "支付宝", "yes", "same sound"),
        ("拼**", "拼多多", "yes", "a mask that only"),
        ("WELLS FARGO & COMPANY", "Wells Fargo", "yes", "known merchant"),
        ("霁川科技有限公司", "霁川科技", "yes", "legal form"),
        ("Zelm Lending", "ＺＥＬＭ　LENDING", "yes", "case, width"),
        ("花呗", "蚂蚁集团", "parent", "belongs to"),
        ("PayPal", "Venmo", "parent", "belongs to"),
        ("淘宝", "天猫", "no", "both of 阿里巴巴"),
        ("建设银行", "中国银行", "no", "two known merchants"),
        ("Citizens Bank", "Citibank", "no", "two known merchants"),
        ("美团", "美图", "no", "none of the names"),
        ("First National Bank of Ashfold", "First National Bank of Marlowe", "no", "differently"),
        ("淘宝卖家", "淘宝", "no", "not 淘宝 itself"),
        ("某宝", "京东", "no", "does not fit"),
        ("某宝", "淘宝", "unsure", "other known merchants"),
        ("霁*优品", "霁川优品", "yes", "a mask that only"),
        ("商家", "拼多多", "unsure", "nobody in particular"),
        ("Capitol Ridge Funding", "Capital Ridge Funding", "unsure", "slip of the pen"),
        ("恒大地产", "恒达地产", "unsure", "sound alike"),
        ("ZFB", "支付宝", "unsure", "initials"),
        ("霁川", "霁川酒店", "unsure", "whole of the other"),
    ],
)
def test_the_answer_names_its_evidence(one: str, other: str, same: str, told: str) -> None:
    found = comparer().compare(one, other)

    assert found.same == same
    assert told in found.why


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Alipay", "支付宝", "Each is a name of a known merchant, 支付宝."),
        (
            "Zhifubao",
            "支付宝",
            "Both are names of 支付宝: “Zhifubao” is the pinyin or translation of one name only.",
        ),
        (
            "alipay",
            "alipay.com",
            "Both are names of 支付宝: “alipay.com” holds the name of a known merchant.",
        ),
        (
            "霁川商贸",
            "杭州霁川商贸有限公司",
            "“杭州霁川商贸有限公司” stands for “霁川商贸” "
            "(the same registered name with or without its region).",
        ),
        (
            "霁川小铺",
            "青麓书店",
            "They are written differently: no form, sound or slip makes one of the other.",
        ),
    ],
)
def test_a_reason_is_a_sentence_that_says_each_thing_once(one: str, other: str, why: str) -> None:
    assert comparer().compare(one, other).why == why


def test_a_judgement_overrules_every_rule() -> None:
    judged = Comparer(
        load_taxonomy().merchants,
        [
            NameJudgement(one="支付宝", other="Alipay", is_same=False),
            NameJudgement(one="霁川", other="青麓", is_same=True),
        ],
    )

    assert judged.compare("Alipay", "支付宝").same == "no"
    assert judged.compare("青麓", "霁川").same == "yes"
    assert judged.compare("青麓", "霁川").why.startswith("A person judged")
    assert judged.compare("花呗", "蚂蚁集团").same == "parent"


names = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "*", "某", "某宝", "xx", "拼**", "支付宝", "Alipay", "霁川科技有限公司", "a" * 500]
    ),
)


@given(one=names, other=names)
@settings(deadline=None, max_examples=150)
def test_any_two_texts_have_an_answer_that_does_not_depend_on_their_order(
    one: str, other: str
) -> None:
    found = comparer().compare(one, other)

    assert 0 <= found.score <= 1
    assert found.why
    assert comparer().compare(other, one) == found
