"""The guides 000, 001 and 004: no complaint in them, however they sound (T1, T21, T22, T29)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.seeds.conftest import Analysed

pytestmark = pytest.mark.data

GUIDES = ("000", "001", "004")

WALLET_TYPES = {
    "payment_failure",
    "account_locked",
    "privacy_leak",
    "transfer_delay",
    "missing_function",
    "account_security",
    "support_failure",
    "misleading_marketing",
    "hidden_fees",
    "unauthorised_transaction",
}
"""W01 to W10 of the source article, by their codes."""


@pytest.mark.parametrize("number", GUIDES)
def test_a_guide_holds_no_complaint(number: str, analysed: Analysed) -> None:
    result = analysed(number)

    assert result["kind"] == "guide"
    assert result["cases"] == []
    assert result["mentions"]["patterns"]


@pytest.mark.parametrize("number", GUIDES)
def test_a_guide_is_one_even_if_its_source_declares_reports(
    number: str, analysed: Analysed
) -> None:
    assert analysed(number, "report")["cases"] == []


def test_the_ten_wallet_types_are_each_mentioned_once(analysed: Analysed) -> None:
    codes = [one["code"] for one in analysed("004")["mentions"]["wallet_issues"]]

    assert sorted(codes) == sorted(WALLET_TYPES)


def test_an_outage_is_context_and_no_issue(analysed: Analysed) -> None:
    result = analysed("004")
    start = result["redacted_text"].index("系统维护或临时故障")
    mentioned = [*result["mentions"]["wallet_issues"], *result["mentions"]["patterns"]]

    spans = [span for one in mentioned for span in one["spans"]]
    assert not any(begin < start + 9 and start < end for begin, end in spans)


def test_a_title_and_an_opening_that_are_repeated_count_once(analysed: Analysed) -> None:
    result = analysed("000")
    text = result["redacted_text"]
    repeats = [one["span"] for one in result["removed"] if one["reason"] == "repeat"]

    opening = text.index("在虚拟经济蓬勃发展")
    again = text.index("在虚拟经济蓬勃发展", opening + 1)
    assert any(start <= again < end for start, end in repeats)
    assert not any(start <= opening < end for start, end in repeats)
    mentioned = [span for one in result["mentions"]["patterns"] for span in one["spans"]]
    assert not any(start <= begin < end for begin, _ in mentioned for start, end in repeats)


@pytest.mark.parametrize("number", [*GUIDES, "002", "003"])
def test_no_word_of_our_own_calls_anybody_a_swindler(number: str, analysed: Analysed) -> None:
    result = dict(analysed(number))
    del result["redacted_text"]
    result["cases"] = [{**case, "replies": [_unquoted(one) for one in case["replies"]]}
                       for case in result["cases"]]  # fmt: skip
    own_words = json.dumps(_without_quotes(result), ensure_ascii=False)

    assert not any(
        word in own_words for word in ("骗子", "无良", "swindler", "scammer", "fraudster")
    )


def _unquoted(reply: dict[str, Any]) -> dict[str, Any]:
    """Leave out the words of a reply, which are those of somebody in the text."""
    return {key: one for key, one in reply.items() if key != "text"}


def _without_quotes(value: Any) -> Any:
    """Leave out what the source itself says: names as written, and labels cut from the text."""
    if isinstance(value, dict):
        kept = {key: one for key, one in value.items() if key not in ("raw", "label")}
        return {key: _without_quotes(one) for key, one in kept.items()}
    if isinstance(value, list):
        return [_without_quotes(one) for one in value]
    return value
