"""The cases of reports, on invented articles; how their answers came about stands with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.analyse import analyse
from pipelines.reading import ReadingContext
from pipelines.taxonomy import load_taxonomy

ARTICLES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("report_articles.yml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def context() -> ReadingContext:
    return ReadingContext.build(taxonomy=load_taxonomy(), key=b"k" * 32)


def read(article: dict[str, Any], context: ReadingContext, **given: str) -> dict[str, Any]:
    return analyse({"id": article["id"], "text": article["text"], **given}, context)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda one: str(one["id"]))
def test_an_article_has_the_kind_and_the_cases_that_a_reader_finds(
    article: dict[str, Any], context: ReadingContext
) -> None:
    result = read(article, context)

    assert result["kind"] == article["kind"]
    assert len(result["cases"]) == len(article["cases"])
    for number, (case, expected) in enumerate(
        zip(result["cases"], article["cases"], strict=True), start=1
    ):
        missed = expected.get("missed", {})
        unmet = {name for name, is_met in met(case, expected).items() if not is_met}
        assert unmet == set(missed), f"case {number}: not as expected, or no longer missed"


def met(case: dict[str, Any], expected: dict[str, Any]) -> dict[str, bool]:
    """Say of each expectation on a case whether what was read meets it; codes stand singly."""
    found = {
        "role": case["complainant"]["role"],
        "region": case["complainant"]["region"],
        "amount": case["amount"] and case["amount"]["value"],
        "outcome": case["outcome"],
    }
    facts = {name: found[name] == expected[name] for name in found.keys() & expected.keys()}
    codes = {
        code: code in {one["code"] for one in case[axis]}
        for axis in ("patterns", "wallet_issues")
        for code in expected.get(axis, ())
    }
    return facts | codes


@pytest.mark.parametrize("article", ARTICLES, ids=lambda one: str(one["id"]))
def test_a_declared_report_has_the_same_cases(
    article: dict[str, Any], context: ReadingContext
) -> None:
    if article["kind"] != "report":
        return

    declared = read(article, context, kind="report")

    assert declared["kind"] == "report"
    assert declared["cases"] == read(article, context)["cases"]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda one: str(one["id"]))
def test_every_span_of_a_case_points_into_the_report(
    article: dict[str, Any], context: ReadingContext
) -> None:
    result = read(article, context)
    text = result["redacted_text"]

    for case in result["cases"]:
        for pattern in case["patterns"]:
            for start, end in pattern["spans"]:
                assert text[start:end].strip()
        for amount in case["amounts"]:
            start, end = amount["span"]
            assert any(char.isdigit() for char in text[start:end])


def test_a_case_has_only_what_its_own_passages_say(context: ReadingContext) -> None:
    text = (
        "记者采访了两位消费者。\n合肥的[PERSON_1]花50元买卡，卖家发来的卡密已被使用。\n"
        "太原的[PERSON_2]花90元买了一张券，卖家收款后就把她拉黑，再也联系不上。\n"
        "专家表示，有的商家两头吃，骗完买家骗卖家。"
    )

    result = analyse({"id": "r", "text": text, "kind": "report"}, context)

    first, second = result["cases"]
    assert (first["amount"]["value"], second["amount"]["value"]) == ("50.00", "90.00")
    assert "used_or_invalid_code" not in {one["code"] for one in second["patterns"]}
    assert "both_sides_fraud" in {one["code"] for one in result["mentions"]["patterns"]}


def test_an_unnamed_platform_is_nobody_in_particular(context: ReadingContext) -> None:
    text = "记者获悉，佛山的[PERSON_1]在某二手平台花50元买卡，卖家发来的卡密已被使用。"

    (case,) = analyse({"id": "r", "text": text}, context)["cases"]

    assert case["platform"]["merchant_key"] is None
    assert case["platform"]["identity"] == "unnamed"


@pytest.mark.parametrize(
    "text",
    [
        "记者" * 5000,
        "记者[PERSON_1]花50元" * 2000,
        "案例一" * 5000,
        '"' * 9999 + "记者一名网友花50元",
        "the reporter said a woman in Ohio paid " * 1500,
        "记者\x00\ud800[PERSON_1]被骗\n" * 500,
    ],
)
def test_hostile_reports_are_read_like_any_other(text: str, context: ReadingContext) -> None:
    result = analyse({"id": "r", "text": text, "kind": "report"}, context)

    assert result["issues"] == []
