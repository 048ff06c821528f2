"""How a passage is meant: every reach of every cue, and where it ends."""

from __future__ import annotations

import pytest

from pipelines.normalise import normalise
from pipelines.records import Span
from pipelines.rules import RuleEngine
from pipelines.scenery import Cue, Scenery, Stance
from pipelines.segment import sentences
from pipelines.stance import is_lacking, stance_of
from pipelines.taxonomy import load_taxonomy


@pytest.fixture(scope="module")
def engine() -> RuleEngine:
    return RuleEngine(load_taxonomy(), watched=Cue)


def stance(engine: RuleEngine, marked: str) -> Stance:
    """The stance of the passage between the brackets ⟦ and ⟧."""
    scenery, span = scene(engine, marked)
    return stance_of(scenery, span)


def scene(engine: RuleEngine, marked: str) -> tuple[Scenery, Span]:
    before, _, rest = marked.partition("⟦")
    passage, _, after = rest.partition("⟧")
    start = len(normalise(before).text)
    text = normalise(before + passage + after).text
    parts = sentences(text)
    cues = engine.places(engine.document(text, parts))
    span = Span(start, start + len(normalise(passage).text))
    return Scenery(text=text, sentences=parts, cues=cues), span


@pytest.mark.parametrize(
    "text",
    [
        "付了款,⟦卖家就失联了⟧。",
        "They ⟦froze my account⟧ on Monday.",
        "⟦没有收到货⟧,一直没人管。",
        "⟦不退款⟧,已经三个月了。",
        "凭什么⟦不给我退款⟧?",
        "Why did you ⟦close my account⟧?",
    ],
)
def test_a_plain_statement_or_an_accusing_question_alleges(engine: RuleEngine, text: str) -> None:
    assert stance(engine, text) is Stance.ALLEGED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我担心⟦账户被冻结⟧。", Stance.FEARED),
        ("I am afraid they will ⟦sell my data⟧.", Stance.FEARED),
        ("差点就⟦被骗转账⟧了。", Stance.FEARED),
        ("如果⟦卖家不发货⟧,可以申请退款。", Stance.SUPPOSED),
        ("If ⟦the code is void⟧, ask for another one.", Stance.SUPPOSED),
        ("从来没有⟦被盗刷⟧过。", Stance.DENIED),
        ("I was never ⟦charged twice⟧ and there were no problems.", Stance.DENIED),
        ("听说这家店⟦卖假货⟧。", Stance.QUOTED),
        ("I read that some users ⟦lost access to their wallet⟧.", Stance.QUOTED),
        ("谨防⟦收款后失联⟧的商家。", Stance.WARNED),
        ("Beware of sellers who ⟦vanish after payment⟧.", Stance.WARNED),
        ("平台不得⟦诱导未成年人打赏⟧。", Stance.WARNED),
        ("请问逾期会⟦影响征信⟧吗?", Stance.ASKED),
        ("Does this wallet ⟦charge a fee⟧ for withdrawals?", Stance.ASKED),
        ("用户往往会⟦被隐藏费用坑⟧。", Stance.GENERAL),
        ("Scammers ⟦pretend to be your bank⟧.", Stance.GENERAL),
    ],
)
def test_a_cue_in_front_of_a_passage_takes_the_claim_away(
    engine: RuleEngine, text: str, expected: Stance
) -> None:
    assert stance(engine, text) is expected


@pytest.mark.parametrize(
    "text",
    [
        "本来担心,没想到真的⟦被拉黑了⟧。",
        "I was worried about fees but they ⟦froze my account⟧ instead.",
        "听说这个平台不错,我充了五百,⟦提现失败⟧。",
        "Beware of this shop, they ⟦took my money and blocked me⟧.",
        "客服说如果⟦不确认收货⟧就不发卡密。",
        "商家说没有⟦卖假货⟧,鉴定出来就是假的。",
        "听说这家店靠谱。⟦付款后失联⟧。",
    ],
)
def test_a_cue_ends_where_the_account_comes_back_to_facts(engine: RuleEngine, text: str) -> None:
    assert stance(engine, text) is Stance.ALLEGED


def test_what_the_writer_takes_back_later_is_denied(engine: RuleEngine) -> None:
    text = "⟦被重复扣款⟧,气坏了。后来查了账单,是我看错了。"

    assert stance(engine, text) is Stance.DENIED


def test_the_writers_own_act_accuses_nobody(engine: RuleEngine) -> None:
    assert stance(engine, "I ⟦closed my account⟧ last week.") is Stance.DENIED


def test_a_cue_reaches_two_clauses_and_no_further(engine: RuleEngine) -> None:
    near = "我担心,钱,⟦被盗刷⟧。"
    far = "我担心,钱,卡,密码,⟦被盗刷⟧。"

    assert stance(engine, near) is Stance.FEARED
    assert stance(engine, far) is Stance.ALLEGED


@pytest.mark.parametrize("text", ["没有⟦聊天记录⟧", "I don't have ⟦a receipt⟧"])
def test_a_thing_that_is_missing_is_lacking(engine: RuleEngine, text: str) -> None:
    assert is_lacking(*scene(engine, text))


@pytest.mark.parametrize("text", ["聊天⟦记录都在⟧", "I have ⟦a receipt⟧"])
def test_a_thing_at_hand_is_not_lacking(engine: RuleEngine, text: str) -> None:
    assert not is_lacking(*scene(engine, text))
