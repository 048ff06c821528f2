"""The channels of the articles: T23, T26, T28, and the cases of 002 and 003 (S14)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.analyse import analyse
from pipelines.reading import ReadingContext
from pipelines.routing import load_routing
from pipelines.routing.facts import links_of
from pipelines.routing.jury import may_appeal
from tests.seeds.conftest import Analysed

pytestmark = pytest.mark.data

AFTER = ("之后或改走：", "After or instead: ")


@pytest.fixture(scope="session")
def quote(shared_seeds: Path, article: Callable[[str], str]) -> Callable[[str], str]:
    """Give the words of an article at one of its numbered spans."""
    listed = json.loads((shared_seeds / "spans.json").read_text(encoding="utf-8"))
    spans = {one["id"]: one for one in (listed if isinstance(listed, list) else listed["spans"])}

    def read(span_id: str) -> str:
        one = spans[span_id]
        start, end = one.get("span") or (one["start"], one["end"])
        return article(str(one["seed"])[:3])[start:end]

    return read


@pytest.mark.parametrize(
    ("span_id", "told", "expected"),
    [
        ("P07", "我在卡盟平台买点卡，{}，要求退款。", {"platform"}),
        ("P03", "卡盟平台发来的点卡不能用，{}。", {"platform"}),
        ("P08", "我花500元买点卡，{}，拿不回钱。", {"police"}),
        ("P04", "我花500元买点卡，{}。", {"police"}),
        ("P09", "我在卡盟买点卡后，{}，被刷走500元。", {"police"}),
        (
            "P06",
            "我买的点卡无法激活，已向平台官方投诉入口提交材料，{}，还包庇商家。",
            {"12315", "consumer_association", "market_regulator"},
        ),
    ],
)
def test_the_guides_channels_are_those_of_its_own_words(
    span_id: str,
    told: str,
    expected: set[str],
    quote: Callable[[str], str],
    context: ReadingContext,
) -> None:
    text = told.format(quote(span_id))

    (case,) = analyse({"id": span_id, "text": text}, context)["cases"]

    assert case["route"]["primary"] in expected
    assert case["route"]["reason"]


def test_a_suspected_fraud_across_institutions_goes_to_the_anti_fraud_centre(
    context: ReadingContext,
) -> None:
    text = "我在一个虚假平台充值5000元被骗，案件涉及平台、支付机构、监管部门等多方。"

    (case,) = analyse({"id": "r07", "text": text}, context)["cases"]

    assert case["route"]["primary"] == "anti_fraud"


@pytest.mark.parametrize("number", ["002", "003"])
def test_one_channel_is_first_and_all_others_are_told_why_not(
    number: str, analysed: Analysed
) -> None:
    for case in analysed(number)["cases"]:
        route, others = case["route"], [one["code"] for one in case["route"]["not"]]
        assert route["primary"] not in others
        assert len(others) == len(set(others)) == (0 if case["outcome"] == "resolved" else 8)
        assert all(one["reason"] for one in route["not"])


@pytest.mark.parametrize("number", ["002", "003"])
def test_no_dispute_inside_a_platform_goes_to_the_police(number: str, analysed: Analysed) -> None:
    for case in analysed(number)["cases"]:
        police = [one["reason"] for one in case["route"]["not"] if one["code"] == "police"]
        assert case["route"]["primary"] not in ("police", "anti_fraud")
        assert police or case["outcome"] == "resolved"


def test_who_lost_before_the_small_court_by_one_vote_may_appeal(analysed: Analysed) -> None:
    cases: list[dict[str, Any]] = analysed("002")["cases"]

    appeals = [case["case_no"] for case in cases if "jury" in case["route"]["reason"]]

    assert appeals == [7]
    assert [may_appeal(9, loser, load_routing().jury) for loser in (8, 6, 5, 0)] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("evidence", "missing"),
    [
        (["payment_record"], {"deal", "breach"}),
        (["payment_record", "order_record"], {"breach"}),
        (["payment_record", "chat_record"], set()),
        (["payment_record", "logistics_record"], set()),
    ],
)
def test_a_transfer_record_alone_proves_too_little(evidence: list[str], missing: set[str]) -> None:
    routing = load_routing()

    covered = {link.removeprefix("link:") for link in links_of(evidence, routing)}

    assert set(routing.links) - covered == missing
