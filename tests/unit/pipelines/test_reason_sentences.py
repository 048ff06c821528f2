"""The sentence that says why a group is proposed: its numbers, its unknowns, its neutral words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reasons import Discount, DiscountReason, Facts, reason_en, reason_zh

FACTS = Facts(
    subject="Acme",
    label_zh="拒绝退款",
    label_en="Refund refused",
    terms=("卡密",),
    complaints=15,
    alleging=13,
    certain=11,
    possible=14,
    window=(date(2026, 3, 1), date(2026, 3, 21)),
    expected=2.1,
    payment_proofs=9,
    replied=4,
    repliable=12,
    discounts=(Discount(reason="copied_wording", complaints=4, share=0.25),),
    told=1,
    reached=2,
)

FORBIDDEN = re.compile(
    r"victim|scammer|fraud|swindl|guilty|culprit|受害|骗子|诈骗犯|欺诈者|罪|属实|确认",
    re.IGNORECASE,
)
COUNTS = st.integers(min_value=2, max_value=9_999)
DISCOUNTS = st.builds(
    Discount,
    reason=st.sampled_from(get_args(DiscountReason)),
    complaints=st.integers(min_value=2, max_value=999),
    share=st.floats(min_value=0.01, max_value=1),
    accounts=st.integers(min_value=1, max_value=9),
    account_complaints=COUNTS,
    account_merchants=COUNTS,
    account_days=st.integers(min_value=2, max_value=365),
)
ANY_FACTS = st.builds(
    Facts,
    subject=st.none() | st.just("Acme"),
    label_zh=st.just("拒绝退款"),
    label_en=st.just("Refund refused"),
    terms=st.lists(st.sampled_from(["卡密", "客服", "late", "card", "lift"]), max_size=5).map(
        tuple
    ),
    complaints=COUNTS,
    alleging=COUNTS,
    certain=st.integers(min_value=1, max_value=99),
    possible=st.integers(min_value=100, max_value=999),
    window=st.none()
    | st.integers(min_value=0, max_value=400).map(
        lambda days: (date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=days))
    ),
    expected=st.none() | st.floats(min_value=0, max_value=1_000),
    payment_proofs=st.integers(min_value=0, max_value=99),
    replied=st.integers(min_value=0, max_value=99),
    repliable=st.integers(min_value=100, max_value=999),
    discounts=st.lists(DISCOUNTS, max_size=2).map(tuple),
    told=st.integers(min_value=0, max_value=9),
    reached=st.integers(min_value=0, max_value=9),
)


def said_of(discount: Discount) -> set[str]:
    """Give the numbers that are said of a discount."""
    if discount.reason == "same_person":
        return {str(discount.complaints)}
    if discount.reason != "frequent_account":
        return {f"{discount.share:.0%}"}
    told = (discount.account_complaints, discount.account_merchants, discount.account_days)
    return {str(discount.complaints), *map(str, told)}


def numbers(sentence: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?%?", sentence))


@given(facts=ANY_FACTS)
def test_both_sentences_say_the_same_numbers(facts: Facts) -> None:
    assert numbers(reason_zh(facts)) - numbers(reason_en(facts)) <= {str(facts.complaints)}
    assert numbers(reason_en(facts)) <= numbers(reason_zh(facts))


@given(facts=ANY_FACTS)
def test_every_number_that_is_known_is_said(facts: Facts) -> None:
    wanted = {str(n) for n in (facts.certain, facts.possible, facts.complaints, facts.alleging)}
    if facts.window is not None:
        wanted.add(str((facts.window[1] - facts.window[0]).days + 1))
    if facts.expected is not None:
        wanted.add(f"{facts.expected:.1f}" if facts.expected >= 0.05 else "0.1")  # "<0.1"
    if facts.payment_proofs:
        wanted.add(str(facts.payment_proofs))
    if facts.replied:
        wanted |= {str(facts.replied), str(facts.repliable)}
    wanted |= {str(people) for people in (facts.told, facts.reached) if people}
    for discount in facts.discounts[:1]:
        wanted |= said_of(discount)

    assert wanted <= numbers(reason_zh(facts))
    assert wanted <= numbers(reason_en(facts))


@given(facts=ANY_FACTS)
def test_no_sentence_judges_anybody(facts: Facts) -> None:
    assert FORBIDDEN.search(reason_zh(facts) + reason_en(facts)) is None


@given(facts=ANY_FACTS)
def test_each_is_one_whole_sentence(facts: Facts) -> None:
    zh, en = reason_zh(facts), reason_en(facts)

    assert zh.endswith("。")
    assert zh.count("。") == 1
    assert en.endswith(".")
    assert not re.search(r"\bNone\b|\bnan\b|[:：；;，,、]\s*[.。；;]|\s{2}|''|“”", zh + en)


def test_an_exact_number_of_people_is_no_interval() -> None:
    exact = replace(FACTS, certain=14)

    assert reason_zh(exact).startswith("14名投诉人")
    assert reason_en(exact).startswith("14 complainants")


@pytest.mark.parametrize(
    ("unknown", "absent_zh", "absent_en"),
    [
        ({"expected": None}, "预期", "expected"),
        ({"payment_proofs": 0}, "付款", "payment"),
        ({"repliable": 0, "replied": 0}, "回复", "reply"),
        ({"discounts": ()}, "打折", "discounted"),
        ({"told": 0, "reached": 0}, "上限", "upper figure"),
        ({"window": None}, "天内", "days"),
    ],
)
def test_what_is_unknown_is_left_out(
    unknown: dict[str, object], absent_zh: str, absent_en: str
) -> None:
    facts = replace(FACTS, **unknown)  # type: ignore[arg-type]

    assert absent_zh in reason_zh(FACTS)
    assert absent_zh not in reason_zh(facts)
    assert absent_en in reason_en(FACTS)
    assert absent_en not in reason_en(facts)


def test_missing_dates_and_names_are_said() -> None:
    nameless = replace(FACTS, window=None, subject=None)

    assert "日期不足" in reason_zh(nameless)
    assert "too few dates" in reason_en(nameless)
    assert "未具名对象" in reason_zh(nameless)
    assert "an unnamed respondent" in reason_en(nameless)


def test_no_reply_at_all_is_said_when_the_source_records_replies() -> None:
    silent = replace(FACTS, replied=0)

    assert "未回复任何一件" in reason_zh(silent)
    assert "none have a reply" in reason_en(silent)


def test_a_group_without_a_label_is_told_by_its_words() -> None:
    topical = replace(FACTS, label_zh=None, label_en=None, terms=("电梯", "停运"))

    assert "说的是同一件事：电梯、停运" in reason_zh(topical)
    assert "all tell of 电梯, 停运" in reason_en(topical)


def test_a_group_without_label_or_words_is_still_a_sentence() -> None:
    bare = replace(FACTS, label_zh=None, label_en=None, terms=())

    assert "说的是同一件事；" in reason_zh(bare)
    assert "all tell of one matter;" in reason_en(bare)


def test_one_is_no_plural() -> None:
    day = date(2026, 3, 1)

    sentence = reason_en(replace(FACTS, window=(day, day), payment_proofs=1, replied=1))

    assert " in 1 day " in sentence
    assert "; 1 speaks of payment records; 1 of 12 has a reply;" in sentence


def test_next_to_nothing_expected_is_not_written_as_zero() -> None:
    facts = replace(FACTS, expected=0.003)

    assert "<0.1" in reason_zh(facts)
    assert "<0.1" in reason_en(facts)


def test_an_account_that_writes_very_often_is_told_by_its_numbers_alone() -> None:
    often = Discount(
        reason="frequent_account",
        complaints=2,
        share=0.1,
        accounts=1,
        account_complaints=34,
        account_merchants=21,
        account_days=300,
    )
    facts = replace(FACTS, discounts=(often,))

    assert "2件来自同一账号：该账号在300天内对21家商家提出34件要求赔偿的投诉" in reason_zh(facts)
    assert "one account behind 34 complaints against 21 merchants" in reason_en(facts)
    assert not re.search("职业|打假|claimant|professional", reason_zh(facts) + reason_en(facts))
