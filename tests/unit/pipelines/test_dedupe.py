"""Copies of a wording: what counts as one, and that crowds of copies stay one group."""

from __future__ import annotations

import pytest
from datasketch import MinHash

from pipelines.dedupe import find_copies, signatures
from tests.copy_scene import (
    estimated,
    features,
    groups,
    invented,
    with_other_words,
)

TOLD = (
    "我于三月在星河卡盟购买游戏点卡，付款后卡密显示已被使用，联系客服要求退款，客服先说核实，"
    "之后不再回复，平台也没有介入，希望商家退还全部款项并说明原因，否则将继续向有关部门反映"
)


def test_a_letter_with_another_name_and_sum_is_a_copy() -> None:
    letter = TOLD + "，本人实付{}元，称呼{}，请尽快处理，谢谢各位工作人员的帮助和支持。"

    assert groups([letter.format("128", "甲某"), letter.format("99", "乙某")]) == {
        frozenset({0, 1})
    }


def test_the_same_matter_in_other_words_is_no_copy() -> None:
    retold = (
        "三月份我从星河卡盟买了点卡，钱付了，拿到的卡密却提示用过了。找客服退钱，一开始说帮我查，"
        "后来消息都不回，平台不管，我要求把钱退给我，给个说法，不然我就一直投诉下去"
    )

    assert groups([TOLD, retold]) == set()


def test_a_brief_text_with_five_changed_characters_is_a_copy() -> None:
    text = TOLD[:70]
    for place in (3, 17, 30, 44, 60):
        text = text[:place] + "某" + text[place + 1 :]

    assert groups([TOLD[:70], text]) == {frozenset({0, 1})}


def test_a_text_that_stands_whole_in_a_longer_one_is_a_copy() -> None:
    added = "以上是我上个月写的，到今天还是没有任何人联系我，事情没有一点进展，只好又写一遍"

    assert groups([TOLD, TOLD + added]) == {frozenset({0, 1})}


def test_two_letters_that_share_only_their_opening_and_end_are_no_copies() -> None:
    opening, end = "尊敬的各位领导你们好，我要反映的情况如下：", "请尽快处理并给予答复，谢谢。"
    matters = ("小区电梯坏了三个月没人来修", "学校食堂的饭菜变质孩子吃坏了肚子")

    assert groups([opening + matter + end for matter in matters]) == set()


@pytest.mark.parametrize("text", ["", "退款", "不给退款，客服不理人", "a" * 19])
def test_a_text_too_short_to_tell_has_no_sketch(text: str) -> None:
    assert signatures([text]) == [None]


def test_equal_short_texts_are_copies_only_from_three_words_on() -> None:
    assert groups(["退", "退", "退款不到", "退款不到"]) == {frozenset({2, 3})}


def test_an_exact_copy_is_wholly_similar_and_a_near_one_less() -> None:
    text = invented(1)

    found = find_copies(features([text, text, with_other_words(text, [50])])).to_pylist()

    assert [row["similarity"] == 1 for row in found] == [True, True, False]


def test_a_crowd_of_copies_is_one_group() -> None:
    text = invented(1)
    crowd = [text] * 500 + [with_other_words(text, [place]) for place in range(0, 158, 2)]

    assert groups(crowd) == {frozenset(range(len(crowd)))}


def test_two_crowds_are_two_groups() -> None:
    assert groups([invented(1)] * 20 + [invented(2)] * 20) == {
        frozenset(range(20)),
        frozenset(range(20, 40)),
    }


def test_sketches_are_as_true_as_those_of_the_reference() -> None:
    texts = [
        (invented(seed), with_other_words(invented(seed), range(0, 2 * seed, 4)))
        for seed in range(40)
    ]

    ours = [estimated(one, other) for one, other in texts]
    reference = [minhash(one).jaccard(minhash(other)) for one, other in texts]

    differences = [abs(a - b) for a, b in zip(ours, reference, strict=True)]
    # Each estimate has a standard deviation of at most .044.
    assert sum(differences) / len(differences) < 0.06


def minhash(text: str) -> MinHash:
    """Sketch a text as datasketch does, over the same shingles."""
    sketch = MinHash(num_perm=128, seed=7)
    sketch.update_batch([text[start : start + 4].encode() for start in range(len(text) - 3)])
    return sketch
