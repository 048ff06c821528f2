"""Where one account contradicts itself, and where it does not."""

from __future__ import annotations

import pytest

from pipelines.extract.contradictions import find_contradictions
from pipelines.extract.dates import find_dates
from pipelines.extract.money import find_amounts
from pipelines.normalise import normalise

CONFLICTING = [
    ("孩子一分钟刷几千块钱。\n消费记录显示，孩子一分钟花掉几十万元。", ["amount"]),
    ("女儿累计消费近31万元。客服说，这个账号充值一年多，消费0.5元。", ["amount"]),
    ("老人在直播间总共花费了8万元。记者了解到，他一共花费12万元。", ["amount"]),
    ("8岁的女儿偷偷充值。平台回复称，女儿今年13岁，不符合条件。", ["age"]),
    ("共计有12名业主受骗，他们找到开发商。据统计共有35名业主受骗。", ["count"]),
    ("我于2021年3月5日签订合同。合同上写着2022年7月1日签订合同。", ["date"]),
    ("In total he lost $400 to them. The report says that he lost a total of $90,000.", ["amount"]),
    ("My 9-year-old daughter paid. The letter speaks of a 15-year-old daughter.", ["age"]),
]

CONSISTENT = [
    "原价299元的课我付了1999元，只退了300元，还差1699元，要求赔偿5000元。",
    "第一次共充值3000元，第二次共充值5000元，累计充值8000元。",
    "每月扣30元会员费，后来每月扣35元，一年一共扣了400元。",
    "大女儿12岁，小女儿5岁，都在这家机构上课，共花费2万元。",
    "总共消费1.2万元，其中游戏充值总共花费8000元。",
    "女儿9岁的时候开始上课，现在女儿10岁了。",
    "2021年3月5日付款，2021年3月9日退货，2021年4月1日退款。",
    "买了一箱一共花了60元，又买了一箱一共花了75元。",
    "I paid $300 for the phone and $20 for shipping, and they refunded $100.",
    "I was charged a total of $40 in May and a total of $45 in June for each month.",
]


def fields(text: str) -> list[str]:
    view = normalise(text).text
    return [one.field for one in find_contradictions(view, find_amounts(view), find_dates(view))]


@pytest.mark.parametrize(("text", "expected"), CONFLICTING)
def test_two_sizes_of_one_thing_are_a_contradiction(text: str, expected: list[str]) -> None:
    assert fields(text) == expected


@pytest.mark.parametrize("text", CONSISTENT)
def test_different_sums_of_one_complaint_are_none(text: str) -> None:
    assert fields(text) == []


def test_a_contradiction_points_at_both_passages() -> None:
    view = normalise(CONFLICTING[1][0]).text

    (found,) = find_contradictions(view, find_amounts(view), find_dates(view))

    assert [view[slice(*span)] for span in found.spans] == ["31万元", "0.5元"]
