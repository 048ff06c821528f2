"""Coding a narrative: findings, mentions, labels, both axes of a wallet, natures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipelines.coding import Coder, Coding
from pipelines.records import Axis, Complaint, ComplaintId, Party
from pipelines.redact import redact
from pipelines.segment import sentences, words
from pipelines.sheet import LABEL_SCORE
from pipelines.taxonomy import load_taxonomy
from pipelines.weighing import Told

WALLET = Party(role="respondent", raw="支付宝", identity="licensed", how="given")
SHOP = Party(role="respondent", raw="拼多多", identity="named", how="given")
BANK = Party(role="respondent", raw="Wells Fargo", identity="licensed", how="given")


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(load_taxonomy())


def told(text: str, *, parties: tuple[Party, ...] = (), **fields: object) -> Told:
    title = fields.get("title")
    whole = f"{title}\n{text}" if title else text
    narrative = redact(whole, b"a key for tests").narrative
    given = {"complaint_id": ComplaintId("t:1"), "source": "posts", "text": text, **fields}
    return Told(
        complaint=Complaint(**given),
        narrative=narrative,
        sentences=sentences(narrative.normalised.text),
        words=words(narrative.normalised.text),
        title_length=len(str(title)) if title else 0,
        parties=parties,
    )


def codes(coding: Coding, axis: Axis) -> set[str]:
    return {finding.code for finding in coding.findings if finding.axis is axis}


def test_findings_carry_the_passage_that_alleges_them(coder: Coder) -> None:
    text = "昨天在店里付了三百元。之后平台拒绝退款,客服也不回复。"

    coding = coder.code(told(text))

    found = next(one for one in coding.findings if one.code == "refund_refused")
    assert any("拒绝退款" in text[start:end] for start, end in found.spans)
    assert found.origin == "rule"
    assert 0 < found.score < 1


def test_the_same_narrative_gives_the_same_coding(coder: Coder) -> None:
    text = "充了五百一直没到账,钱包客服没人理,账户还被冻结了。"

    assert (
        coder.code(told(text)) == coder.code(told(text)) == Coder(load_taxonomy()).code(told(text))
    )


@pytest.mark.parametrize(
    "text",
    [
        "请问充值一般多久到账,会不会被冻结?",
        "听邻居说有人买卡被骗,我没买过。",
        "谨防刷单返利:凡要求先垫付的都是诈骗。",
        "If your parcel is late, you may ask for a refund.",
        "I have never had an unauthorised charge and support always answers.",
        "Lost your coins? Our experts recover them. Contact us now.",
    ],
)
def test_what_is_not_alleged_is_no_finding(coder: Coder, text: str) -> None:
    assert coder.code(told(text)).findings == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("没有收到货,商家拒绝退款,如果再不处理我就去投诉。", "refund_refused"),
        ("我从没开通过会员,却每个月被自动续费扣25元。", "forced_renewal"),
        ("客服说如果不交手续费就不退款,我交了还是不给退款。", "refund_refused"),
        ("Avoid this shop: they refused to refund my 40 dollars.", "refund_refused"),
    ],
)
def test_negations_and_conditions_of_a_true_complaint_stay_alleged(
    coder: Coder, text: str, code: str
) -> None:
    assert code in codes(coder.code(told(text)), Axis.PATTERN)


def test_a_passage_that_is_only_feared_is_a_mention(coder: Coder) -> None:
    coding = coder.code(told("钱包余额三百,我很担心账户被冻结。"))

    assert coding.findings == ()
    assert (Axis.WALLET, "account_locked") in {(one.axis, one.code) for one in coding.mentions}


def test_wallet_issues_need_a_respondent_that_moves_money(coder: Coder) -> None:
    text = "账户昨天被冻结了,客服一直没人回复。"

    at_wallet = coder.code(told(text, parties=(WALLET,)))
    at_shop = coder.code(told(text, parties=(SHOP,)))

    assert {"account_locked", "support_failure"} <= codes(at_wallet, Axis.WALLET)
    assert codes(at_shop, Axis.WALLET) == set()


def test_a_retired_code_is_found_no_more_whoever_names_it() -> None:
    taxonomy = load_taxonomy()
    key = (Axis.WALLET, "support_failure")
    retired = replace(taxonomy.entries[key], retired=date(2026, 1, 1))
    without = replace(taxonomy, entries={**taxonomy.entries, key: retired})
    story = told("账户被冻结,钱包客服一直没人理。", parties=(WALLET,))

    assert "support_failure" in codes(Coder(taxonomy).code(story), Axis.WALLET)
    assert "support_failure" not in codes(Coder(without).code(story), Axis.WALLET)


def test_a_bank_is_a_wallet_only_where_it_transfers(coder: Coder) -> None:
    transfer = "My Zelle transfer to my sister never arrived. It has been a week."
    account = "The branch closed my account last week and I never got a letter."

    assert "transfer_delay" in codes(coder.code(told(transfer, parties=(BANK,))), Axis.WALLET)
    assert codes(coder.code(told(account, parties=(BANK,))), Axis.WALLET) == set()


def test_a_wallet_that_was_only_used_to_pay_is_no_context(coder: Coder) -> None:
    text = "在网店买鞋用支付宝付款三百元,卖家拒绝退款,客服没人理。"

    assert codes(coder.code(told(text)), Axis.WALLET) == set()


def test_a_wallet_has_both_axes_for_the_same_fact(coder: Coder) -> None:
    taxonomy = load_taxonomy()
    pairs = {
        entry.code: entry.wallet_issue
        for entry in taxonomy.entries.values()
        if entry.axis is Axis.PATTERN and entry.wallet_issue
    }

    coding = coder.code(told("客服电话打了一周没人接,工单也不回复。", parties=(WALLET,)))

    assert pairs["support_stonewalling"] == "support_failure"
    assert "support_stonewalling" in codes(coding, Axis.PATTERN)
    assert "support_failure" in codes(coding, Axis.WALLET)


def test_every_complaint_of_something_has_a_nature(coder: Coder) -> None:
    for text in ("平台拒绝退款,拖了我两个月了。", "I rang on 3 May, the parcel never arrived."):
        coding = coder.code(told(text))

        assert coding.kind == "complaint"
        assert codes(coding, Axis.NATURE), text


def test_labels_give_codes_without_a_passage(coder: Coder) -> None:
    labels = (("product", "Credit reporting"), ("issue", "Improper use of my credit report"))

    coding = coder.code(told("", source="cfpb", labels=labels))

    found = next(one for one in coding.findings if one.axis is Axis.PATTERN)
    assert coding.kind == "complaint"
    assert (found.code, found.origin, found.spans) == ("personal_data_leak", "label", ())
    assert found.score == LABEL_SCORE
    assert coding.unmapped_labels == ()


def test_a_label_that_no_table_decides_is_counted_and_not_guessed(coder: Coder) -> None:
    labels = (("product", "Credit card"), ("issue", "A label of next year"))

    coding = coder.code(told("", source="cfpb", labels=labels))

    assert coding.findings == ()
    assert coding.unmapped_labels == ("product: Credit card | issue: A label of next year",)


def test_columns_for_problem_and_demand_are_coded(coder: Coder) -> None:
    coding = coder.code(told("详见截图", problem="自动续费未经同意扣款", demand="退款"))

    assert "forced_renewal" in codes(coding, Axis.PATTERN)
    assert "refund" in codes(coding, Axis.DEMAND)


def test_a_code_appears_once_on_an_axis(coder: Coder) -> None:
    text = "拒绝退款!拒绝退款!客服说拒绝退款,我付了三百元。"

    coding = coder.code(told(text, problem="拒绝退款"))

    keys = [(one.axis, one.code) for one in (*coding.findings, *coding.mentions)]
    assert len(keys) == len(set(keys))


@pytest.mark.data
@pytest.mark.parametrize("number", ["000", "001", "004"])
def test_the_guides_of_the_project_give_mentions_only(
    coder: Coder, shared_seeds: Path, number: str
) -> None:
    text = next(shared_seeds.glob(f"{number}_*.txt")).read_text(encoding="utf-8")

    coding = coder.code(told(text))

    assert coding.kind == "guide"
    assert coding.findings == ()
    assert len(coding.mentions) > 5
