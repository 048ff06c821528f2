"""Where a wallet issue may be read: known trades decide first, then the words of the text."""

from __future__ import annotations

from typing import Literal

import pytest

from pipelines.normalise import normalise
from pipelines.records import Party
from pipelines.rules import RuleEngine
from pipelines.scenery import Cue, Scenery
from pipelines.segment import sentences
from pipelines.taxonomy import load_taxonomy
from pipelines.wallet_reach import Extent, MoneyMovers


@pytest.fixture(scope="module")
def engine() -> RuleEngine:
    return RuleEngine(load_taxonomy(), watched=Cue)


def extent(engine: RuleEngine, raw: str, *parties: Party) -> Extent:
    text = normalise(raw).text
    parts = sentences(text)
    scenery = Scenery(text=text, sentences=parts, cues=engine.places(engine.document(text, parts)))
    return MoneyMovers(load_taxonomy()).reach(parties, scenery).extent


def named(raw: str, how: Literal["given", "frame"]) -> Party:
    return Party(role="respondent", raw=raw, identity="named", how=how)


@pytest.mark.parametrize(
    "text",
    [
        "Quillpay has kept my rent since Monday.",
        "The people at Payquill shrug.",
        "我的“橘子付”打不开了。",
        "“云朵钱夹”里的三百块不见了。",
    ],
)
def test_a_name_coined_like_a_wallet_s_is_enough(engine: RuleEngine, text: str) -> None:
    assert extent(engine, text) == "all"


@pytest.mark.parametrize(
    "text", ["I will repay the lender on payday.", "The parcel never came.", "外卖一直没送到。"]
)
def test_words_that_only_look_like_one_are_not(engine: RuleEngine, text: str) -> None:
    assert extent(engine, text) == "none"


def test_a_name_that_the_text_happens_to_hold_does_not_decide(engine: RuleEngine) -> None:
    text = "转账给我妈的余额一直没到。"

    assert extent(engine, text, named("晨光商贸公司", "frame")) == "all"
    assert extent(engine, text, named("晨光商贸公司", "given")) == "none"


def test_a_long_text_that_speaks_of_goods_needs_the_name_of_a_wallet(engine: RuleEngine) -> None:
    text = "卖家收了转账以后一直不发货。" + "账户余额和提现都查过。" * 20

    assert extent(engine, text) == "none"
