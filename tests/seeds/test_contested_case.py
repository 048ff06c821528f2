"""The contested case among the source articles: spun, spammed, and told by both sides.

In: the article as it was published, read where it lies beside the checkout. No text of it is
repeated here: passages are given by the spans of `spans.json`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.seeds.conftest import Analysed

pytestmark = pytest.mark.data

CLAIMED = "310000.00"
DAYS = {
    "2019", "2020-02", "2021-07-30", "2021-09-20", "2021-09-24", "2021-09-25", "2021-10-15",
    "2021-10-18", "2022-08-25",
}  # fmt: skip


@pytest.fixture(scope="module")
def spans(shared_seeds: Path) -> dict[str, dict[str, Any]]:
    listed = json.loads((shared_seeds / "spans.json").read_text(encoding="utf-8"))
    return {one["id"]: one for one in listed}


@pytest.fixture(scope="module")
def found(analysed: Analysed) -> dict[str, Any]:
    return analysed("003")


@pytest.fixture(scope="module")
def case(found: dict[str, Any]) -> dict[str, Any]:
    (only,) = found["cases"]
    assert isinstance(only, dict)
    return only


def redacted_places(found: dict[str, Any], listed: dict[str, Any]) -> list[tuple[int, int]]:
    """Map every occurrence of a listed passage from the article to its redacted text."""
    length = listed["end"] - listed["start"]
    return [
        (_redacted(found, start), _redacted(found, start + length))
        for start in listed["all_starts"]
    ]


def _redacted(found: dict[str, Any], position: int) -> int:
    shift = 0
    for one in found["redactions"]:
        if one["raw_span"][1] <= position:
            shift = one["span"][1] - one["raw_span"][1]
    return position + shift


def overlaps(one: tuple[int, int], other: list[int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def test_t13_only_the_claimed_sum_is_a_loss(case: dict[str, Any]) -> None:
    losses = {one["value"] for one in case["amounts"] if one["role"] == "loss"}

    assert losses == {CLAIMED}
    assert case["amount"] == {"value": CLAIMED, "currency": "CNY"}


@pytest.mark.parametrize("passage", ["F02", "F03", "F06"])
def test_t13_corrupt_quoted_and_priced_sums_are_no_loss(
    passage: str,
    found: dict[str, Any],
    case: dict[str, Any],
    spans: dict[str, dict[str, Any]],
) -> None:
    places = redacted_places(found, spans[passage])

    roles = {
        one["role"]
        for one in case["amounts"]
        if any(overlaps(place, one["span"]) for place in places)
    }

    assert roles
    assert "loss" not in roles


@pytest.mark.parametrize("passages", [("F01", "F02"), ("F05", "F04")])
def test_t13_sums_that_cannot_both_be_true_are_contradictions(
    passages: tuple[str, str],
    found: dict[str, Any],
    case: dict[str, Any],
    spans: dict[str, dict[str, Any]],
) -> None:
    first, second = (redacted_places(found, spans[one]) for one in passages)

    pairs = [one["spans"] for one in case["contradictions"] if one["field"] == "amount"]

    assert any(
        any(overlaps(place, one) for place in first)
        and any(overlaps(place, other) for place in second)
        for one, other in pairs
    )


def test_t14_every_injected_phrase_is_removed_and_nothing_is_cut(
    found: dict[str, Any], article: Callable[[str], str], spans: dict[str, dict[str, Any]]
) -> None:
    expected = sorted(
        place for name in ("N01", "N02") for place in redacted_places(found, spans[name])
    )
    shorter = [
        place
        for place in redacted_places(found, spans["N03"])
        if not any(overlaps(place, [*other]) for other in expected)
    ]

    spam = [tuple(one["span"]) for one in found["removed"] if one["reason"] == "spam"]

    assert spam == sorted([*expected, *shorter])
    assert len(spam) == 7
    assert len(found["redacted_text"]) == _redacted(found, len(article("003")))


def test_t15_the_paragraphs_that_are_told_twice_are_one_event(
    found: dict[str, Any], case: dict[str, Any]
) -> None:
    text = found["redacted_text"]
    lines = text.split("\n")
    first = next(line for line in lines if len(line) > 100 and lines.count(line) == 2)
    start = text.index(first, text.index(first) + 1)
    copies = (start, start + sum(len(line) + 1 for line in _next(lines, first, 3)) - 1)

    removed = [one["span"] for one in found["removed"] if overlaps(copies, one["span"])]

    assert removed[0] == [start, start + len(first)]
    assert sum(stop - begin for begin, stop in removed) >= copies[1] - copies[0] - 4
    for facts in (case["amounts"], case["dates"], case["replies"]):
        assert not any(overlaps(copies, one["span"]) for one in facts)


def _next(lines: list[str], first: str, count: int) -> list[str]:
    """Give the second of two equal lines and those after it."""
    place = lines.index(first, lines.index(first) + 1)
    return lines[place : place + count]


def test_t16_the_timeline_is_whole(case: dict[str, Any]) -> None:
    assert {one["value"] for one in case["dates"]} >= DAYS


@pytest.mark.parametrize("position", ["C17", "C18", "C19", "C20", "C21"])
def test_t18_every_position_of_the_platform_is_a_reply_of_its_own(
    position: str,
    found: dict[str, Any],
    case: dict[str, Any],
    spans: dict[str, dict[str, Any]],
) -> None:
    places = redacted_places(found, spans[position])

    replies = [
        one for one in case["replies"] if any(overlaps(place, one["span"]) for place in places)
    ]

    assert replies
    assert {one["by"] for one in replies} == {"platform"}
    assert {one["stance"] for one in replies} <= {"denies", "stalls"}


def test_t18_what_the_platform_approved_before_is_kept_beside_it(
    found: dict[str, Any], case: dict[str, Any], spans: dict[str, dict[str, Any]]
) -> None:
    (place,) = redacted_places(found, spans["C15"])

    (reply,) = [one for one in case["replies"] if overlaps(place, one["span"])]

    assert reply["stance"] == "accepts"


def test_t18_the_promised_deadlines_are_mentioned(
    found: dict[str, Any], spans: dict[str, dict[str, Any]]
) -> None:
    promises = [(one["what"], one["value"], one["unit"]) for one in found["mentions"]["promises"]]

    assert promises == [("review", 48, "hours"), ("refund", 10, "working_days")]
    for passage, promise in zip(("C13", "C14"), found["mentions"]["promises"], strict=True):
        (place,) = redacted_places(found, spans[passage])
        assert overlaps(place, promise["span"])


def test_t18_what_the_claimant_says_is_no_reply(
    found: dict[str, Any], case: dict[str, Any]
) -> None:
    text = found["redacted_text"]
    label = case["complainant"]["label"]

    openings = [text[one["span"][0] :].startswith(label) for one in case["replies"]]

    assert not any(openings)


def test_t19_the_second_scam_is_found_and_adds_nobody(
    found: dict[str, Any], case: dict[str, Any], spans: dict[str, dict[str, Any]]
) -> None:
    (pattern,) = [one for one in case["patterns"] if one["code"] == "recovery_scam"]

    for passage in ("P32", "P33"):
        (place,) = redacted_places(found, spans[passage])
        assert any(overlaps(place, span) for span in pattern["spans"])
    assert len(found["cases"]) == 1


def test_t20_the_child_is_flagged_and_has_no_name(
    found: dict[str, Any], case: dict[str, Any], spans: dict[str, dict[str, Any]]
) -> None:
    complainant = case["complainant"]

    assert complainant["is_minor"] is True
    assert complainant["role"] == "guardian"
    assert redacted_places(found, spans["P29"])
    assert all(one["kind"] == "person" for one in found["redactions"])


@pytest.mark.parametrize(
    ("channel", "passage"),
    [("complaint_site", "R01"), ("12345", "R02"), ("market_regulator", "R03")],
)
def test_every_channel_that_the_father_tried_is_found(
    channel: str,
    passage: str,
    found: dict[str, Any],
    case: dict[str, Any],
    spans: dict[str, dict[str, Any]],
) -> None:
    (place,) = redacted_places(found, spans[passage])

    (tried,) = [one for one in case["channels_tried"] if one["code"] == channel]

    assert any(overlaps(place, span) for span in tried["spans"])


def test_t22_a_guide_that_shows_its_title_and_opening_again_is_read_once(
    analysed: Analysed, article: Callable[[str], str]
) -> None:
    title = article("000").partition("\n")[0]

    found = analysed("000")

    shown = found["redacted_text"]
    repeats = [shown[slice(*one["span"])] for one in found["removed"]]
    assert {one["reason"] for one in found["removed"]} == {"repeat"}
    assert repeats[0] == title
    assert len(repeats) >= 3
    assert all(shown.index(words) < found["removed"][0]["span"][0] for words in repeats[2:])


def test_t21_a_wrong_that_a_guide_names_twice_is_mentioned_once(analysed: Analysed) -> None:
    codes = [one["code"] for one in analysed("004")["mentions"]["wallet_issues"]]

    assert codes.count("payment_failure") == 1
