"""What kind of text it is, and how its story ended."""

from __future__ import annotations

import pytest

from pipelines.kind import KindSigns, kind_of, outcome_of
from pipelines.normalise import normalise
from pipelines.records import Kind, Outcome
from pipelines.rules import RuleEngine
from pipelines.scenery import Cue, Scenery
from pipelines.segment import sentences
from pipelines.taxonomy import load_taxonomy


@pytest.fixture(scope="module")
def engine() -> RuleEngine:
    return RuleEngine(load_taxonomy(), watched=Cue)


def scenery(engine: RuleEngine, raw: str) -> Scenery:
    text = normalise(raw).text
    parts = sentences(text)
    return Scenery(text=text, sentences=parts, cues=engine.places(engine.document(text, parts)))


def signs(
    *,
    declared: str | None = None,
    is_filed: bool = False,
    title_end: int = 0,
    alleged: int = 1,
) -> KindSigns:
    return KindSigns(
        declared=declared,
        is_filed=is_filed,
        is_named=False,
        title_end=title_end,
        alleged=alleged,
        named=alleged,
        demands=0,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我付了三百块,卖家把我拉黑了。", "complaint"),
        ("Paid 40 dollars on Tuesday and the shop never sent the code.", "complaint"),
        ("课一节没上,申请退费说只退三成。", "complaint"),
        ("如何避免被骗:第一,核实商家;第二,不要轻信低价;第三,保留证据。", "guide"),
        (
            "How to avoid scams: first, check the site; never share a code; report it to police.",
            "guide",
        ),
        ("本报讯 记者从警方获悉,一男子以代购为名诈骗多人,目前案件正在侦办。", "report"),
        ("Police said on Monday that officials arrested a man who sold fake tickets.", "report"),
        ("专业团队追回被骗资金,不成功不收费,加微信咨询。", "other"),
        ("We recover stolen crypto. Contact us today, 100% guaranteed.", "other"),
        ("钱包又瘪了,我被自己的胃诈骗了,哈哈哈。", "other"),
        ("退款秒到,客服耐心,很满意。", "other"),
    ],
)
def test_a_text_has_the_kind_that_a_reader_gives_it(
    engine: RuleEngine, text: str, expected: Kind
) -> None:
    assert kind_of(scenery(engine, text), signs()) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Refund refused",
        "No parcel, no reply.",
        "Counterfeit shoes",
    ],
)
def test_a_wrong_that_is_stated_in_a_few_words_is_a_complaint(
    engine: RuleEngine, text: str
) -> None:
    assert kind_of(scenery(engine, text), signs()) == "complaint"
    assert kind_of(scenery(engine, text), signs(alleged=0)) == "other"


@pytest.mark.parametrize(
    "text",
    [
        "希望别跑路",
        "退款秒到,好评",
        "客服电话打不通?",
        "假货代理,私聊",
        "先验货再付款",
        "Should shops refuse refunds",
        "Easy refund, great shop",
        "Report fake shops",
        "Refund refused?",
    ],
)
def test_a_wish_question_offer_or_advice_states_no_wrong(engine: RuleEngine, text: str) -> None:
    assert kind_of(scenery(engine, text), signs()) != "complaint"


@pytest.mark.parametrize(
    "text",
    [
        "女子轻信刷单 被骗八万",
        "一商场被曝拒绝退款",
        "Pensioner loses savings to fake broker",
        "Woman conned in rental scam",
    ],
)
def test_a_headline_about_somebody_unknown_is_a_report(engine: RuleEngine, text: str) -> None:
    assert kind_of(scenery(engine, text), signs()) == "report"
    assert kind_of(scenery(engine, f"我看到{text}"), signs()) != "report"


def test_a_record_that_was_filed_is_a_complaint_whatever_its_words(engine: RuleEngine) -> None:
    text = "如何退款?"

    assert kind_of(scenery(engine, text), signs(is_filed=True, alleged=0)) == "complaint"


def test_a_source_of_reports_is_believed_unless_the_heading_instructs(engine: RuleEngine) -> None:
    told = "我市一居民被冒充客服者骗走两万元。"
    instructing = "如何防范冒充客服诈骗\n不要轻信来电,应及时核实。"

    assert kind_of(scenery(engine, told), signs(declared="report")) == "report"
    assert kind_of(scenery(engine, instructing), signs(declared="report", title_end=11)) == "guide"


@pytest.mark.parametrize(
    "text",
    [
        "半夜以为被扣了一百,查了半天是我爱人自己买的,给客服道个歉。",
        "那人让我转钱,我挂了,一分钱都没少。",
        "Thought the shop kept my deposit. Turns out it was my own mistake, please disregard.",
        "小说连载第三章:老板卷了钱,人没了。",
        "Dear customers, payments will be declined tonight. We apologise for any inconvenience.",
    ],
)
def test_a_text_in_which_nothing_went_wrong_is_other(engine: RuleEngine, text: str) -> None:
    assert kind_of(scenery(engine, text), signs()) == "other"


def test_a_loss_averted_with_a_but_stays_a_complaint(engine: RuleEngine) -> None:
    text = "我没有任何损失,但别人拿我的手机号两分钟就改了密码。"

    assert kind_of(scenery(engine, text), signs()) == "complaint"


def test_anger_without_an_issue_is_other(engine: RuleEngine) -> None:
    assert kind_of(scenery(engine, "垃圾,气死我了!再也不来了"), signs(alleged=0)) == "other"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("拖了一个月。今天退款到账了,问题解决了。", "resolved"),
        ("They refused for weeks. Today I got my money back.", "resolved"),
        ("客服说处理中。后来申诉被驳回了。", "rejected"),
        ("My claim was denied.", "rejected"),
        ("拒绝退款。现在说三个工作日内答复。", "pending"),
        ("The case is under review.", "pending"),
        ("客服答应处理。至今没有结果。", "unresolved"),
        ("They promised to call. I never heard back.", "unresolved"),
        ("卖家发了一张旧卡。", "unknown"),
        ("要求尽快解决,如果已退款请通知我。", "unknown"),
    ],
)
def test_the_outcome_is_what_the_text_says_last(
    engine: RuleEngine, text: str, expected: Outcome
) -> None:
    assert outcome_of(scenery(engine, text)) == expected
