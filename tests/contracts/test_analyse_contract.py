"""Contract, section 4: what `analyse` gives for one line of input."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

import pytest

from pipelines.analyse import LONGEST_LINE, analyse, analyse_lines
from pipelines.reading import ReadingContext
from pipelines.taxonomy import load_taxonomy

TOP = {
    "id", "kind", "language", "redacted_text", "redactions", "removed", "mentions", "cases",
    "issues",
}  # fmt: skip
MENTIONS = {"patterns", "wallet_issues", "channels", "promises"}
CASE = {
    "case_no", "complainant", "respondent", "platform", "patterns", "wallet_issues", "natures",
    "amount", "amounts", "dates", "evidence", "demands", "channels_tried", "outcome", "replies",
    "contradictions", "route",
}  # fmt: skip
COMPLAINANT = {"label", "role", "region", "is_minor"}
RESPONDENT = {"raw", "merchant_key", "name", "identity", "score"}
PLATFORM = {"raw", "merchant_key", "identity"}
NOT_COMPUTED_YET = {"route"}

POST = {
    "id": "p1",
    "title": "张先生的投诉",
    "text": (
        "去年5月我在闲鱼向卖家买点卡付了300元，卖家发来的卡密已经被使用过，"
        "我有付款截图，要求退款。电话154-0000-0000"
    ),
    "region": "上海市",
    "unknown_key": {"is": "ignored"},
}


@pytest.fixture(scope="module")
def context() -> ReadingContext:
    return ReadingContext.build(taxonomy=load_taxonomy(), key=secrets.token_bytes(32))


def lines(context: ReadingContext, *given: bytes | str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in analyse_lines(given, context)]


def spans_of(value: object) -> list[list[int]]:
    """Every span in an object, at any depth, but those into the raw text."""
    if isinstance(value, dict):
        own = [value["span"]] if "span" in value else value.get("spans", [])
        return own + [span for inner in value.values() for span in spans_of(inner)]
    return [span for inner in value for span in spans_of(inner)] if isinstance(value, list) else []


def test_every_key_is_present_in_a_complaint(context: ReadingContext) -> None:
    (found,) = lines(context, json.dumps(POST))

    (case,) = found["cases"]
    assert found.keys() == TOP
    assert found["mentions"].keys() == MENTIONS
    assert case.keys() == CASE
    assert case["complainant"].keys() == COMPLAINANT
    assert case["respondent"].keys() == RESPONDENT
    assert case["platform"].keys() == PLATFORM


def test_what_is_not_computed_is_null_and_what_is_not_found_is_empty(
    context: ReadingContext,
) -> None:
    (found,) = lines(context, json.dumps(POST))

    (case,) = found["cases"]
    assert {key for key in NOT_COMPUTED_YET if case[key] is None} == NOT_COMPUTED_YET
    assert found["removed"] == []
    assert found["mentions"]["channels"] == []
    assert found["mentions"]["promises"] == []
    assert (case["channels_tried"], case["replies"], case["contradictions"]) == ([], [], [])
    assert found["mentions"]["patterns"] == []


def test_a_complaint_is_read_as_a_person_would(context: ReadingContext) -> None:
    found = analyse(POST, context)

    (case,) = found["cases"]
    assert (found["id"], found["kind"], found["language"]) == ("p1", "complaint", "zh")
    assert "used_or_invalid_code" in {one["code"] for one in case["patterns"]}
    assert case["amount"] == {"value": "300.00", "currency": "CNY"}
    assert [(one["value"], one["precision"]) for one in case["dates"]] == [(None, "relative")]
    assert "refund" in {one["code"] for one in case["demands"]}
    assert case["complainant"]["region"] == "Shanghai"
    assert case["complainant"]["is_minor"] is False
    assert case["respondent"]["merchant_key"] is None


def test_personal_data_are_placeholders_and_offsets_map_both_ways(context: ReadingContext) -> None:
    (found,) = lines(context, json.dumps(POST))

    raw = f"{POST['title']}\n{POST['text']}"
    shown = found["redacted_text"]
    assert [one["kind"] for one in found["redactions"]] == ["person", "mobile"]
    for one in found["redactions"]:
        start, end = one["raw_span"]
        raw_words = raw[start:end]
        assert raw_words in ("张先生", "154-0000-0000")
        assert raw_words not in shown
        assert shown[slice(*one["span"])] in ("[PERSON_1]", "[MOBILE_1]")


def test_every_span_points_into_the_redacted_text(context: ReadingContext) -> None:
    (found,) = lines(context, json.dumps(POST))

    spans = spans_of(found)
    assert len(spans) > 5
    assert all(0 <= start < end <= len(found["redacted_text"]) for start, end in spans)


def test_a_guide_has_mentions_and_no_case(context: ReadingContext) -> None:
    guide = {
        "id": "g",
        "kind": "guide",
        "title": "如何防骗",
        "text": "骗子常让买家先点确认收货再发货。",
    }

    (found,) = lines(context, json.dumps(guide))

    assert found["kind"] == "guide"
    assert found["cases"] == []
    assert found["mentions"]["patterns"]


def test_a_report_that_tells_of_nobody_certain_has_no_cases(context: ReadingContext) -> None:
    report = {
        "id": "r",
        "kind": "report",
        "text": "记者了解到，多名买家称卖家要求先确认收货，随后失联。",
    }

    (found,) = lines(context, json.dumps(report))

    assert found["kind"] == "report"
    assert found["cases"] == []
    assert found["mentions"]["patterns"]


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"not json",
        b"[1, 2]",
        b"null",
        b'{"id": "x"}',
        b'{"id": null, "text": "y"}',
        b'{"id": "x", "text": 5}',
        b"\xff\xfe{}",
        b"[" * 100_000,
    ],
)
def test_a_broken_line_gives_an_object_that_says_why(
    broken: bytes, context: ReadingContext
) -> None:
    (found,) = lines(context, broken)

    assert found.keys() == TOP
    assert found["id"] == ("x" if b'"id": "x"' in broken else None)
    assert found["cases"] is None
    (issue,) = found["issues"]
    assert issue["reason"].startswith("expected")


def test_an_issue_holds_no_word_of_the_line(context: ReadingContext) -> None:
    (found,) = lines(context, json.dumps({"id": "x", "text": "t", "amount": "张先生15400000000"}))

    assert "张先生" not in str(found["issues"])
    assert "15400000000" not in str(found["issues"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "\x00\x00付了\x003元",
        "\ud800坏字",
        "\u202e\u200f转账",
        "👨‍👩‍👧没到账",
        "“「『" * 2000,
        "1" * 50_000,
    ],
)
def test_a_hostile_text_gives_one_line_without_issues(text: str, context: ReadingContext) -> None:
    (line,) = analyse_lines([json.dumps({"id": "h", "text": text})], context)

    found = json.loads(line)
    assert b"\n" not in line
    assert found["id"] == "h"
    assert found["issues"] == []


def test_the_same_line_gives_the_same_bytes(context: ReadingContext) -> None:
    line = json.dumps(POST)

    assert analyse_lines([line], context) == analyse_lines([line], context)


@pytest.mark.parametrize("seed", ["000", "001", "004"])
def test_the_guides_among_the_seed_articles_hold_no_complaint(
    seed: str, shared_seeds: Path, context: ReadingContext
) -> None:
    (path,) = shared_seeds.glob(f"{seed}*")
    text = path.read_text(encoding="utf-8")

    found = analyse({"id": seed, "text": text}, context)

    assert found["kind"] == "guide"
    assert found["cases"] == []


def test_lines_read_together_give_what_each_gives_alone(context: ReadingContext) -> None:
    given = [json.dumps(POST), "no JSON", json.dumps({"id": "p2", "text": "快递丢了，客服不理"})]

    together = analyse_lines(given, context)

    assert together == [analyse_lines([line], context)[0] for line in given]


def test_a_field_that_is_not_needed_and_not_usable_is_named_and_left_out(
    context: ReadingContext,
) -> None:
    (found,) = lines(context, json.dumps({**POST, "amount": {"value": "一百块"}, "title": 7}))

    assert found["id"] == "p1"
    assert found["kind"] == "complaint"
    assert [issue["reason"] for issue in found["issues"]] == [
        "expected a value of the field's type; found amount.value: decimal_parsing",
        "expected a value of the field's type; found title: string_type",
    ]


def test_a_line_that_is_no_post_keeps_its_id(context: ReadingContext) -> None:
    (found,) = lines(context, json.dumps({"id": "p9", "text": 5}))

    assert found["id"] == "p9"
    assert found["cases"] is None
    assert found["issues"][0]["reason"] == "expected the fields of posts; found text: string_type"


def test_a_line_beyond_all_measure_is_refused_by_itself(context: ReadingContext) -> None:
    huge = b'{"id": "h", "text": "' + b"x" * LONGEST_LINE + b'"}'

    refused, read = lines(context, huge, json.dumps(POST))

    assert refused["issues"] == [
        {
            "step": "input",
            "reason": f"expected a line of at most {LONGEST_LINE} bytes; found a longer one",
        }
    ]
    assert read["id"] == "p1"
