"""Deadlines that the other side has set itself."""

from __future__ import annotations

import pytest

from pipelines.extract.promises import find_promises
from pipelines.normalise import normalise

PROMISED = [
    ("客服承诺3天内退款，至今没到。", [("refund", 3, "days")]),
    ("协议写着一般48小时内完成审核，预计10个工作日内完成退款。",
     [("review", 48, "hours"), ("refund", 10, "working_days")]),
    ("平台说三到五个工作日会给我回复。", [("reply", 5, "working_days")]),
    ("卖家保证半个月内发货。", [("delivery", 15, "days")]),
    ("售后答应两周内修好，现在一个多月了。", [("repair", 14, "days")]),
    ("对方称一个月之内把钱退还给我。", [("refund", 1, "months")]),
    ("They said my refund would arrive within 3-5 business days.", [("refund", 5, "working_days")]),
    ("Support promised to get back to me within 24 hours.", [("reply", 24, "hours")]),
    ("The store said it would ship in two weeks.", [("delivery", 14, "days")]),
    ("The agent told us the review takes 10 business days.", [("review", 10, "working_days")]),
]  # fmt: skip

NO_PROMISE = [
    "我已经等了三个工作日。",
    "要求商家三天内退款，否则起诉。",
    "15个工作日过去了一直显示审核中。",
    "收到货两天内就坏了，联系商家不处理。",
    "请在48小时内答复我。",
    "他在3天内给我打了20个电话。",
    "平台24小时营业。",
    "I demand a refund within 10 days.",
    "The phone broke within two weeks.",
    "I called them four times within a month.",
    "Nobody replied in three weeks.",
]


def promises(text: str) -> list[tuple[str, int, str]]:
    return [(one.what, one.value, one.unit) for one in find_promises(normalise(text).text)]


@pytest.mark.parametrize(("text", "expected"), PROMISED)
def test_a_promise_says_what_happens_within_which_time(
    text: str, expected: list[tuple[str, int, str]]
) -> None:
    assert promises(text) == expected


@pytest.mark.parametrize("text", NO_PROMISE)
def test_a_time_that_nobody_promised_is_no_promise(text: str) -> None:
    assert promises(text) == []


def test_a_promise_points_at_the_words_that_make_it() -> None:
    view = normalise("客服说预计10个工作日内完成退款，请放心。").text

    (promise,) = find_promises(view)

    assert view[slice(*promise.span)] == "10个工作日内完成退款"
