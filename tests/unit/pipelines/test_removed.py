"""Passages that readers skip: injected adverts and what is said again."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipelines.extract.removed import blanked, find_removed
from pipelines.normalise import normalise
from pipelines.segment import sentences

INJECTED = [
    # An article spun for search engines: a phrase in the place of the subject, and beside it.
    (
        "抖音粉丝购买平台:12岁儿子偷偷打赏主播8万元\n李女士说,孩子用她的手机打赏了8万元。"
        "对此抖音粉丝购买平台,客服表示需要补充材料。她在电话里抖音粉丝购买平台,再次要求退款。",
        ["抖音粉丝购买平台"] * 3,
    ),
    (
        "老人在直播间买到假玉,平台称已下架\n王先生联系客服刷快手双击网站,对方说只能退一半。"
        "事后刷快手双击网站,他向消协投诉。",
        ["刷快手双击网站"] * 2,
    ),
    (
        "The customer buy instagram followers site said the refund was refused in March. "
        "Support answered buy instagram followers site, asking for more documents. "
        "After that buy instagram followers, nobody wrote back.",
        ["buy instagram followers site", "buy instagram followers site", "buy instagram followers"],
    ),
    (
        "His wallet was locked for nine days cheap gmail accounts for sale. The bank "
        "cheap gmail accounts for sale told him to wait.",
        ["cheap gmail accounts for sale"] * 2,
    ),
]

KEPT = [
    "我在这个平台购买游戏账号,付款后卖家不发货。我要求退还购买游戏账号的钱,客服让我等。",
    "购买账号被找回,我在网站上购买账号,花了500元,第二天账号被找回。购买账号时卖家保证不找回。",
    "被骗去刷单平台刷单,刷单平台不让提现,刷单平台客服也联系不上。",
    "退钱!退钱!退钱!把我的钱退给我!退钱!",
    "I tried to buy instagram followers on their site and never got them. I paid to buy instagram "
    "followers and the site kept my money.",
    "3月1日在该店买了一箱牛奶花了60元,收到时已经过期。\n3月9日在该店买了一箱牛奶花了75元,收到时已经过期。",
    "2023-03-01 会员自动续费扣款 30元\n2023-04-01 会员自动续费扣款 30元",
    "On 3/1 they charged my card 30 dollars for a plan that I had cancelled by phone.\n"
    "On 4/1 they charged my card 30 dollars for a plan that I had cancelled by phone.",
]

SAID = "客服说我提交的材料只是通过了初审,还需要进一步的材料证明都是孩子所为。"
OTHER = "我不认可这种说法,要求平台把钱全部退给我。"


def removed_from(text: str) -> list[tuple[str, str]]:
    view = normalise(text).text
    return [(one.reason, view[slice(*one.span)]) for one in find_removed(view, sentences(view))]


@pytest.mark.parametrize(("text", "phrases"), INJECTED)
def test_phrases_put_in_for_search_engines_are_spam(text: str, phrases: list[str]) -> None:
    spam = [words for reason, words in removed_from(text) if reason == "spam"]

    assert spam == phrases


@pytest.mark.parametrize("text", KEPT)
def test_an_ordinary_complaint_keeps_every_word(text: str) -> None:
    assert removed_from(text) == []


def test_the_later_of_two_equal_paragraphs_is_a_repeat() -> None:
    found = removed_from(f"{SAID}\n{OTHER}\n{SAID}")

    assert found == [("repeat", SAID)]


def test_a_sentence_said_again_inside_another_paragraph_is_a_repeat() -> None:
    found = removed_from(f"{SAID}\n{OTHER}{SAID}此后再无下文。")

    assert found == [("repeat", SAID)]


def test_a_paragraph_with_a_few_other_words_is_a_repeat() -> None:
    first = f"{SAID}对方还说,账号浏览的内容和打赏的主播明显是成年人在用,不符合退款条件。"
    spun = first.replace("提交的", "递交的").replace("明显", "显然").replace("还说", "又称")

    found = removed_from(f"{first}\n{OTHER}\n{spun}")

    assert found == [("repeat", spun)]


def test_a_title_set_three_times_is_kept_once() -> None:
    title = "遇到虚拟商品纠纷如何维权?"

    found = removed_from(f"{title}\n{OTHER}\n{title}\n{title.rstrip('?')}")

    assert [reason for reason, _words in found] == ["repeat", "repeat"]


def test_an_english_sentence_pasted_twice_is_a_repeat() -> None:
    said = "The bank closed my claim without reading a single one of the documents I had sent."

    found = removed_from(f"{said} I called again on Monday. {said}")

    assert found == [("repeat", said.lower())]


def test_a_spun_title_put_into_a_sentence_is_a_repeat_beside_its_advert() -> None:
    title = "买抖音小号网站:九岁女孩在直播间花掉三十多万元"

    found = removed_from(f"{title}\n客服回复{title},材料不足,不予退款。")

    assert found == [
        ("spam", "买抖音小号网站"),
        ("spam", "买抖音小号网站"),
        ("repeat", "九岁女孩在直播间花掉三十多万元"),
    ]


def test_removed_passages_are_in_order_and_do_not_overlap() -> None:
    view = normalise("\n".join(text for text, _ in INJECTED) * 2).text

    found = find_removed(view, sentences(view))

    assert found
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))
    assert len(blanked(view, [one.span for one in found])) == len(view)
