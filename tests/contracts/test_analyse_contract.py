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
ROUTE = {"primary", "reason", "not"}

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
    assert case["route"].keys() == ROUTE
    assert all(one.keys() == {"code", "reason"} for one in case["route"]["not"])


def test_what_is_not_found_is_empty(
    context: ReadingContext,
) -> None:
    (found,) = lines(context, json.dumps(POST))

    (case,) = found["cases"]
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

    alone = [analyse_lines([line], context, first=n)[0] for n, line in enumerate(given, 1)]
    assert together == alone


def test_a_field_that_is_not_needed_and_not_usable_is_named_and_left_out(
    context: ReadingContext,
) -> None:
    (found,) = lines(context, json.dumps({**POST, "amount": {"value": "一百块"}, "title": 7}))

    assert found["id"] == "p1"
    assert found["kind"] == "complaint"
    assert [issue["reason"] for issue in found["issues"]] == [
        "expected a text in title; found a number (line 1)",
        "expected a number above 0 and below 1000000000000 in amount.value; found a text (line 1)",
    ]


def test_a_line_that_is_no_post_keeps_its_id(context: ReadingContext) -> None:
    (found,) = lines(context, json.dumps({"id": "p9", "text": 5}))

    assert found["id"] == "p9"
    assert found["cases"] is None
    assert found["issues"][0]["reason"] == "expected a text in text; found a number (line 1)"


def test_a_line_beyond_all_measure_is_refused_by_itself(context: ReadingContext) -> None:
    huge = b'{"id": "h", "text": "' + b"x" * LONGEST_LINE + b'"}'

    refused, read = lines(context, huge, json.dumps(POST))

    assert refused["issues"] == [
        {
            "step": "input",
            "reason": f"expected a line of at most {LONGEST_LINE} bytes; "
            "found a longer one (line 1)",
        }
    ]
    assert read["id"] == "p1"


UNUSABLE = [
    ({"published_at": "yesterday"}, "ISO 8601", "published_at", "another text"),
    ({"published_at": 20240531}, "ISO 8601", "published_at", "a number"),
    ({"kind": "news"}, "post or report", "kind", "another text"),
    ({"amount": {"value": -5}}, "a number above 0", "amount.value", "another number"),
    ({"amount": {"value": True}}, "a number above 0", "amount.value", "true or false"),
    ({"amount": {"value": "NaN"}}, "a number above 0", "amount.value", "a text"),
    ({"amount": {"value": 5, "currency": "XYZ"}}, "ISO 4217", "amount.currency", "another text"),
    ({"amount": {}}, "a number above 0", "amount.value", "nothing"),
    ({"amount": 500}, "an object such as", "amount", "a number"),
    ({"replies": "none"}, "a list of objects", "replies", "a text"),
    ({"replies": [5]}, "an object such as", "replies[0]", "a number"),
    ({"replies": [{"by": "shop", "text": "x"}]}, "merchant,", "replies[0].by", "another text"),
    ({"replies": [{"by": "merchant"}]}, "a text", "replies[0].text", "nothing"),
    (
        {"replies": [{"by": "merchant", "text": "x", "at": "soon"}]},
        "ISO 8601",
        "replies[0].at",
        "another text",
    ),
    ({"status": ["done"]}, "a text", "status", "a list"),
    ({"author": 1.5}, "a text or a whole number", "author", "another number"),
]


@pytest.mark.parametrize(("fields", "expected", "place", "found"), UNUSABLE)
def test_a_field_that_cannot_be_used_is_named_in_words(
    fields: dict[str, Any], expected: str, place: str, found: str, context: ReadingContext
) -> None:
    (plain, one) = lines(context, json.dumps(POST), json.dumps(POST | fields))

    (issue,) = one.pop("issues")
    assert issue["reason"].startswith("expected ")
    assert expected in issue["reason"]
    assert f" in {place}; found {found} (line 2)" in issue["reason"]
    if "at" not in place.split("."):
        assert one == {name: value for name, value in plain.items() if name != "issues"}


@pytest.mark.parametrize(
    "fields",
    [
        {"published_at": "2024-05"},
        {
            "published_at": "2024-05-31T08:30:00Z",
            "kind": "post",
            "author": 7,
            "url": "https://x.example",
        },
        {"amount": {"value": "12.50", "currency": "usd"}, "status": None, "replies": []},
        {"replies": None, "amount": None, "kind": None, "title": None},
    ],
)
def test_a_field_that_can_be_used_is_no_issue(
    fields: dict[str, Any], context: ReadingContext
) -> None:
    (found,) = lines(context, json.dumps(POST | fields))

    assert found["issues"] == []


@pytest.mark.parametrize(
    ("broken", "found"),
    [
        (b"", "an empty line"),
        (b"{broken", "something that is no JSON, at character 2"),
        (b"\xff{}", "bytes that are not UTF-8"),
        (b"[" * 100_000, "lists or objects nested too deep"),
        (b"[]", "a list"),
        (b'"x"', "a text"),
        (b"{}", "nothing"),
        (b'{"id": null, "text": "y"}', "null"),
    ],
)
def test_a_line_that_cannot_be_read_has_its_number_and_a_reason_in_words(
    broken: bytes, found: str, context: ReadingContext
) -> None:
    (_, refused) = lines(context, json.dumps(POST), broken)

    assert refused["issues"]
    for issue in refused["issues"]:
        assert issue["reason"].endswith(f"found {found} (line 2)")


SETTLED = {
    "id": "s",
    "text": "张先生在网店买手机付款500元，商家不发货也不退款，客服说3天内退款",
    "replies": [
        {
            "by": "merchant",
            "at": "2024-05-31",
            "text": "张先生您好，已全额退款500元，5个工作日内退款到账",
        },
        {"by": "complainant", "text": "收到退款了，电话154-0000-0000不用再打"},
    ],
}


def test_the_replies_of_a_record_stand_beside_those_of_its_text(context: ReadingContext) -> None:
    (found,) = lines(context, json.dumps(SETTLED))

    (case,) = found["cases"]
    told, merchant, complainant = case["replies"]
    assert told["text"] == found["redacted_text"][slice(*told["span"])]
    assert told["promises"] == [{"what": "refund", "value": 3, "unit": "days"}]
    assert told.keys() == merchant.keys() == complainant.keys()
    assert (merchant["by"], merchant["span"], merchant["at"]) == ("merchant", None, "2024-05-31")
    assert merchant["text"].startswith("[PERSON_1]您好")
    assert merchant["promises"] == [{"what": "refund", "value": 5, "unit": "working_days"}]
    assert complainant["stance"] is None
    assert complainant["text"] == "收到退款了，电话[MOBILE_1]不用再打"


def test_the_complainants_last_words_or_the_state_end_a_matter(context: ReadingContext) -> None:
    claimed = {**SETTLED, "replies": SETTLED["replies"][:1]}
    done = {**SETTLED, "replies": None, "status": "已完成"}

    settled, claim, state = lines(context, *map(json.dumps, (SETTLED, claimed, done)))

    assert [one["cases"][0]["outcome"] for one in (settled, state)] == ["resolved", "resolved"]
    assert [one["cases"][0]["amount"] for one in (settled, state)] == [None, None]
    assert claim["cases"][0]["outcome"] != "resolved"
    assert claim["cases"][0]["amount"] == {"value": "500.00", "currency": "CNY"}
