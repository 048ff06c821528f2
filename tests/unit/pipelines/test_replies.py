"""What the other side answered, as texts tell it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipelines.extract.replies import find_replies
from pipelines.normalise import normalise
from pipelines.records import ReplyBy
from pipelines.segment import sentences

TOLD = [
    # An answer to a grievance, with who gave it and what it does about it.
    ("我多次联系客服要求退款，客服称虚拟商品一经售出概不退换。", [("platform", "denies")]),
    ("平台回应：该订单已超过售后期限。", [("platform", "denies")]),
    ("申诉后平台判定卖家全责，已退款给我。", [("platform", "accepts")]),
    ("我找商家理论，商家说最多补偿我20元优惠券。", [("merchant", "offers")]),
    ("打电话给银行，银行工作人员表示正在核实，让我耐心等待。", [("bank", "stalls")]),
    ("向市场监管局投诉后，市场监管局答复已立案调查。", [("regulator", "accepts")]),
    ("报警后民警说金额太小不予立案。", [("police", "denies")]),
    ("客服说需要我提供孩子的消费证明。", [("platform", "stalls")]),
    ("我的申诉被平台驳回。", [("platform", "denies")]),
    ("“你们先等等。”客服回复说，“后台会在三天内处理。”", [("platform", "stalls")]),
    ("The platform ruled that the seller had to refund me in full.", [("platform", "accepts")]),
    ("I asked for my money and the seller said he could not refund digital goods.",
     [("merchant", "denies")]),
    ("My appeal was rejected by the platform.", [("platform", "denies")]),
    ("I called twice and customer service told me to wait for a review.", [("platform", "stalls")]),
    ("I complained, and the store offered me a voucher for half of it.", [("merchant", "offers")]),
    ("After my dispute the bank approved the claim and refunded the money.", [("bank", "accepts")]),
]  # fmt: skip

NO_ANSWER = [
    "我向客服说明了情况，至今没有回复。",
    "卖家说先点确认收货再发卡密，我就点了。",
    "希望平台尽快答复，要求商家退款。",
    "客服一直不回复，拒绝沟通。",
    "我告诉客服孩子偷偷充值了三千元。",
    "律师指出平台应当承担责任。",
    "如果商家拒绝退款，可以向12315投诉。",
    "I told the seller that the card did not work.",
    "They refused to answer my calls.",
    "I hope the platform replies soon.",
    "The seller said the phone was like new, so I bought it.",
]

BRANDED = "联系某猫索要退款，某猫方面回复称材料不符合要求，无法退款。"
SPUN = "对方称申诉被驳回。我打了很多次电话，都说是他自己操作的，要求退钱。” 随后他又去投诉。"


def answers(text: str, names: dict[str, ReplyBy] | None = None) -> list[tuple[str, str]]:
    view = normalise(text).text
    return [(one.by, one.stance) for one in find_replies(view, sentences(view), names or {})]


def words(text: str) -> list[str]:
    view = normalise(text).text
    return [view[slice(*one.span)] for one in find_replies(view, sentences(view), {})]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_an_answer_has_a_giver_and_a_stance(text: str, expected: list[tuple[str, str]]) -> None:
    assert answers(text) == expected


@pytest.mark.parametrize("text", NO_ANSWER)
def test_what_is_no_answer_is_no_reply(text: str) -> None:
    assert answers(text) == []


def test_a_party_answers_under_its_name() -> None:
    assert answers(BRANDED, {"某猫": "platform"}) == [("platform", "denies")]


def test_a_pronoun_is_the_party_named_last() -> None:
    assert answers("记者联系了店铺的商家。对方称不予退款。") == [("merchant", "denies")]


def test_an_answer_ends_where_the_complainant_speaks_again() -> None:
    (answer,) = words("我要求退款，客服说虚拟商品不能退，我不同意，再次投诉到12315。")

    assert answer == "客服说虚拟商品不能退"


def test_a_quotation_that_only_closes_belongs_to_the_speech_before_it() -> None:
    found = words("他联系平台客服。" + SPUN)

    assert found[-1] == '我打了很多次电话,都说是他自己操作的,要求退钱。"'
    assert len(found) == 2


def test_what_a_speaker_adds_in_the_next_sentence_is_an_answer_too() -> None:
    found = answers("平台答复称，申诉被驳回。另外，该账号的评论明显是成年人在用，不符合退款条件。")

    assert found == [("platform", "denies"), ("platform", "denies")]


def test_two_sides_may_answer_in_one_sentence() -> None:
    found = answers("投诉后商家回复已经过了保质期，平台回复正在核实处理中。")

    assert found == [("merchant", "denies"), ("platform", "stalls")]


@pytest.mark.parametrize("piece", ["客服说", "客服称，", '平台回复"', "they said ", "3天内"])
def test_an_endless_sentence_is_heard_in_bounded_time(piece: str) -> None:
    view = normalise(piece * 60_000).text

    found = find_replies(view, sentences(view), {})

    assert all(one.span.end <= two.span.start for one, two in pairwise(found))
