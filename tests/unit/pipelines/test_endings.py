"""How a matter ended, by the state of its record and the last words of the complainant."""

from __future__ import annotations

import pytest

from pipelines.endings import outcome_with_record
from pipelines.records import GivenReply, Outcome


def complainant(*texts: str) -> list[GivenReply]:
    return [GivenReply(by="complainant", text=text) for text in texts]


@pytest.mark.parametrize(
    "words",
    [
        "收到退款了",
        "退款已收到",
        "昨天收到退款，谢谢平台",
        "钱到账了，谢谢",
        "问题已经解决，申请撤诉",
        "收到了500元退款，没有别的诉求了。",
        "之前一直没解决，现在钱已经退给我了",
        "Refund received.",
        "I have received the refund, thank you",
        "Got my money back, thanks",
        "They said no at first but it was finally resolved",
        "Thanks, all sorted",
    ],
)
def test_plain_words_of_the_complainant_end_a_matter(words: str) -> None:
    assert outcome_with_record("unresolved", None, complainant(words)) == "resolved"


@pytest.mark.parametrize(
    "words",
    [
        "还没收到退款",
        "不满意，没有收到任何退款",
        "商家说已退款，但我没收到",
        "等了三天还是没到账",
        "只退了一半的钱",
        "Still no refund",
        "I have not received the refund",
        "I didn't get my money back",
        "Still waiting for my refund",
        "They said it was refunded but nothing arrived",
        "only half of the money came back",
    ],
)
def test_plain_words_of_the_complainant_keep_a_matter_open(words: str) -> None:
    assert outcome_with_record("resolved", "resolved", complainant(words)) == "unresolved"


@pytest.mark.parametrize(
    "words",
    [
        "希望尽快收到退款",
        "如果收到退款我就撤诉",
        "商家说已经退款了",
        "什么时候能收到退款",
        "请尽快处理",
        "谢谢",
        "I will withdraw once I have received the refund",
        "They told me it was resolved",
        "Please refund my money",
        "Has it been resolved?",
        "",
        "\x00\ud800",
    ],
)
@pytest.mark.parametrize("told", ["unresolved", "pending"])
def test_wishes_questions_and_what_others_say_decide_nothing(words: str, told: Outcome) -> None:
    assert outcome_with_record(told, None, complainant(words)) == told


def test_the_last_plain_word_counts() -> None:
    settled, open_again = "收到退款了", "钱又被扣走，没有退款"

    assert outcome_with_record("unknown", None, complainant(settled, open_again)) == "unresolved"
    assert outcome_with_record("unknown", None, complainant(open_again, settled)) == "resolved"
    assert outcome_with_record("unknown", None, complainant(settled, "辛苦了")) == "resolved"


@pytest.mark.parametrize("by", ["merchant", "platform"])
def test_what_the_other_side_claims_ends_nothing(by: str) -> None:
    claim = GivenReply(
        by="merchant" if by == "merchant" else "platform", text="已全额退款，问题已解决"
    )

    assert outcome_with_record("unresolved", "已回复", [claim]) == "unresolved"


@pytest.mark.parametrize("state", ["resolved", "Resolved.", "已完成", "已解决", "  completed "])
def test_a_state_that_names_an_end_counts(state: str) -> None:
    assert outcome_with_record("unresolved", state) == "resolved"


@pytest.mark.parametrize("state", ["closed", "已回复", "replied", "", "x" * 10_000, "not_resolved"])
def test_a_state_that_names_no_end_leaves_what_the_text_tells(state: str) -> None:
    assert outcome_with_record("rejected", state) == "rejected"


def test_an_open_state_counts_where_the_text_tells_nothing() -> None:
    assert outcome_with_record("unknown", "in_progress") == "pending"
    assert outcome_with_record("unresolved", "处理中") == "unresolved"
    assert outcome_with_record("resolved", "未解决") == "resolved"


def test_a_refusal_in_the_state_does_not_undo_an_end_that_is_told() -> None:
    assert outcome_with_record("resolved", "驳回") == "resolved"
    assert outcome_with_record("unresolved", "驳回") == "rejected"


def test_words_without_end_are_read_in_time() -> None:
    assert outcome_with_record("unknown", None, complainant("收到" * 200_000)) == "unknown"
    assert outcome_with_record("unknown", None, complainant("received a " * 50_000)) == "unknown"
