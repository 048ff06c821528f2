"""Where a complainant turned, as told; plans, threats and advice are mentions."""

from __future__ import annotations

import secrets

import pytest

from pipelines.analyse import analyse
from pipelines.reading import ReadingContext
from pipelines.taxonomy import load_taxonomy

STORY = "我在某店花了300元买点卡，卖家发来的卡密已经被使用过，不给退款。"
ENGLISH_STORY = "I paid $300 for a gift card and the code was already used; they refuse a refund. "

TRIED = [
    (STORY + "我打了12315投诉，也联系了平台客服。", {"12315", "platform"}),
    (STORY + "已经报警，派出所受理了。", {"police"}),
    (STORY + "我向当地消协和市场监管局都投诉过。", {"consumer_association", "market_regulator"}),
    (STORY + "我在黑猫投诉平台投诉，还打了12345反映。", {"complaint_site", "12345"}),
    (STORY + "上个月我已向法院起诉。", {"court"}),
    (STORY + "已在国家反诈中心APP举报。", {"anti_fraud"}),
    (STORY + "我向银保监会投诉，又联系银行申请拒付。", {"financial_regulator", "payment_provider"}),
    (ENGLISH_STORY + "I filed a complaint with the CFPB.", {"financial_regulator"}),
    (ENGLISH_STORY + "I contacted customer service and filed a police report.",
     {"platform", "police"}),
    (ENGLISH_STORY + "I disputed the charge with my bank and complained to the BBB.",
     {"payment_provider", "consumer_association"}),
]  # fmt: skip

ONLY_MEANT = [
    (STORY + "再不退款我就去12315投诉。", "12315"),
    (STORY + "准备报警。", "police"),
    (STORY + "民警建议我向法院起诉。", "court"),
    (STORY + "客服让我打12345反映。", "12345"),
    (ENGLISH_STORY + "I will file a police report.", "police"),
    (ENGLISH_STORY + "They told me to contact the CFPB.", "financial_regulator"),
]


@pytest.fixture(scope="module")
def context() -> ReadingContext:
    return ReadingContext.build(taxonomy=load_taxonomy(), key=secrets.token_bytes(32))


def codes(found: list[dict[str, object]]) -> set[object]:
    return {one["code"] for one in found}


@pytest.mark.parametrize(("text", "expected"), TRIED)
def test_a_channel_that_was_turned_to_is_tried(
    text: str, expected: set[str], context: ReadingContext
) -> None:
    found = analyse({"id": "c", "text": text}, context)

    (case,) = found["cases"]
    assert codes(case["channels_tried"]) == expected


@pytest.mark.parametrize(("text", "code"), ONLY_MEANT)
def test_a_plan_a_threat_or_advice_is_a_mention(
    text: str, code: str, context: ReadingContext
) -> None:
    found = analyse({"id": "c", "text": text}, context)

    (case,) = found["cases"]
    assert code not in codes(case["channels_tried"])
    assert code in codes(found["mentions"]["channels"])


def test_the_channels_of_a_guide_are_mentions(context: ReadingContext) -> None:
    text = "如何维权？先联系平台客服投诉。再向12315举报。最后可以向公安机关报案。"

    found = analyse({"id": "g", "kind": "guide", "title": "维权指南", "text": text}, context)

    assert found["cases"] == []
    assert {"12315", "police"} <= codes(found["mentions"]["channels"])
