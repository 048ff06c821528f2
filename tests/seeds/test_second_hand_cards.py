"""The report 002: seven people and an unnamed platform (T2 to T7, T10, T11, T30)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from pipelines.analyse import analyse
from pipelines.reading import ReadingContext
from tests.seeds.conftest import Analysed

pytestmark = pytest.mark.data

TOLD = (
    ("buyer", "Yunnan", "50.00"),
    ("buyer", "Shanghai", None),
    ("buyer", "Guangdong", None),
    ("seller", "Guangdong", None),
    ("seller", "Heilongjiang", "480.00"),
    ("seller", "Henan", None),
    ("seller", "Guangxi", None),
)
"""Role, region and stated amount of the seven, in the order in which they are introduced."""


def codes(case: dict[str, Any]) -> set[str]:
    return {one["code"] for one in case["patterns"]}


def people_with(code: str, cases: list[dict[str, Any]]) -> list[int]:
    return [case["case_no"] for case in cases if code in codes(case)]


@pytest.mark.parametrize("kind", [None, "report"])
def test_there_are_seven_cases_by_role_place_and_amount(
    kind: str | None, analysed: Analysed
) -> None:
    result = analysed("002", kind)

    assert result["kind"] == "report"
    found = [
        (
            case["complainant"]["role"],
            case["complainant"]["region"],
            case["amount"] and case["amount"]["value"],
        )
        for case in result["cases"]
    ]
    assert found == list(TOLD)


def test_both_sides_fraud_is_the_reporters_remark(analysed: Analysed) -> None:
    result = analysed("002")

    assert "both_sides_fraud" in {one["code"] for one in result["mentions"]["patterns"]}
    assert people_with("both_sides_fraud", result["cases"]) == []


def test_only_two_amounts_are_known_and_the_rest_are_null(analysed: Analysed) -> None:
    amounts = [case["amount"] for case in analysed("002")["cases"]]

    known = [Decimal(one["value"]) for one in amounts if one]
    assert (len(known), sum(known), len(amounts)) == (2, Decimal("530"), 7)
    assert {one["currency"] for one in amounts if one} == {"CNY"}


def test_one_person_got_a_refund_and_nobody_else_did(analysed: Analysed) -> None:
    outcomes = [case["outcome"] for case in analysed("002")["cases"]]

    assert outcomes[1] == "resolved"
    assert Counter(outcomes)["resolved"] == 1


def test_three_tricks_are_shared_by_two_people_each(analysed: Analysed) -> None:
    cases = analysed("002")["cases"]

    assert people_with("confirm_receipt_first", cases) == [1, 2]
    assert people_with("ordered_unpaid", cases) == [4, 5]
    assert people_with("malicious_return", cases) == [6, 7]
    assert people_with("off_platform_diversion", cases) == [3]
    assert "used_or_invalid_code" in codes(cases[0])


def test_the_platform_is_nobody_in_particular(analysed: Analysed) -> None:
    for case in analysed("002")["cases"]:
        assert case["platform"]["identity"] == "unnamed"
        assert case["platform"]["merchant_key"] is None
        assert case["respondent"]["merchant_key"] is None


def test_hearsay_about_others_adds_nobody(analysed: Analysed) -> None:
    result = analysed("002")
    text = result["redacted_text"]

    labels = {case["complainant"]["label"] for case in result["cases"]}
    assert len(result["cases"]) == 7
    assert not {"someone", "many people"} & labels
    assert "same buyer" in text


def test_dates_stay_relative_until_a_day_of_publication_is_known(analysed: Analysed) -> None:
    result = analysed("002")
    text = result["redacted_text"]

    dates = [one for case in result["cases"] for one in case["dates"]]
    told = [text[one["span"][0] : one["span"][1]].lower() for one in dates]
    assert "january this year" in told
    assert "may last year" in told
    assert {(one["value"], one["precision"]) for one in dates} == {(None, "relative")}


def test_the_asterisks_of_the_source_stay_what_they_are(
    analysed: Analysed, article: Callable[[str], str]
) -> None:
    result = analysed("002")

    assert result["redacted_text"].count("*") == article("002").count("*") == 52
    assert not any("*" in str(case["complainant"]["label"]) for case in result["cases"])
    raws = [case[party]["raw"] for case in result["cases"] for party in ("respondent", "platform")]
    assert not any("*" in raw for raw in raws if raw)


def test_everything_of_a_case_lies_in_what_tells_it(analysed: Analysed) -> None:
    spans = [
        [span for one in case["patterns"] for span in one["spans"]]
        for case in analysed("002")["cases"]
    ]
    starts = [min(start for start, _ in told) for told in spans]
    ends = [max(end for _, end in told) for told in spans]

    assert starts == sorted(starts)
    assert all(end < start for end, start in zip(ends, starts[1:], strict=False))


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("卖家让我先点确认收货才肯把卡密发给我。", "confirm_receipt_first"),
        ("买家拍下后没付款，我没看清就把卡密发过去了。", "ordered_unpaid"),
        ("买家恶意退货，退回来的是另一支口红。", "malicious_return"),
        ("卖家让我去第三方平台下单买超市卡。", "off_platform_diversion"),
    ],
)
def test_the_same_trick_has_the_same_code_in_chinese(
    told: str, code: str, analysed: Analysed, context: ReadingContext
) -> None:
    (chinese,) = analyse({"id": "zh", "text": f"我花了480元。{told}"}, context)["cases"]

    assert code in codes(chinese)
    assert people_with(code, analysed("002")["cases"])
