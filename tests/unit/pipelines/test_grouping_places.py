"""Which complaints of one place share a key, a topic, and so a theme."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from pipelines.dedupe import find_copies
from pipelines.grouping.blocks import Block, cut_blocks
from pipelines.grouping.corpus import Sureness, read_corpus
from pipelines.grouping.criteria import load_criteria
from pipelines.grouping.places import PlaceIndex
from pipelines.grouping.shared_topics import with_shared_topics
from tests.group_scene import FEATURES, Post, background, member_sets

NAME = "Q7县二中"


def of_school(name: str, words: str) -> Post:
    """Give a complaint that names one school."""
    return Post(name=name, words=words, places=[NAME])


def test_the_ways_to_write_a_bus_line_share_a_key() -> None:
    index = PlaceIndex.build([["q7县317公交车", "云月317路公交", "317路"]], [""])

    assert index.keys == ("317路",)


def test_a_number_is_found_only_as_a_whole() -> None:
    index = PlaceIndex.build([["17路公交"], []], ["", ""])

    assert index.keys_of([], "317路晚点") == set()
    assert index.keys_of([], "等17路") == {"17路"}


def test_an_addressed_office_is_no_place() -> None:
    assert PlaceIndex.build([["q市教育局"]], [""]).keys == ()


def test_a_landmark_counts_where_it_is_written_as_a_name_only() -> None:
    words = ["云月湖 交通", "云月湖 交通", *["住 在 云月湖 旁"] * 9]
    named = [["云月湖"], ["云月湖"], *[[]] * 9]
    index = PlaceIndex.build(named, [text.replace(" ", "") for text in words])

    assert index.keys_of(["云月湖"], "") == {"云月湖"}
    assert index.keys_of([], "住在云月湖旁") == set()


def test_an_organisation_is_not_the_place_that_it_is_named_after() -> None:
    index = PlaceIndex.build([["云月湖"], ["云月湖中学"], ["城东云月湖"]], ["", "", ""])

    assert index.keys_of(["云月湖中学"], "") == {"云月湖中学"}
    assert "云月湖" in index.keys_of(["城东云月湖"], "")


def block_of(posts: Sequence[Post]) -> Block:
    """Give the block of the school that the posts name."""
    rows = [post.row() for post in (*posts, *background())]
    table = pa.Table.from_pylist(rows, schema=FEATURES)
    corpus = read_corpus(table, find_copies(table), Sureness(of_rules=0.0, of_model=0.0))
    return next(block for block in cut_blocks(corpus, load_criteria()) if block.kind == "place")


def topic_themes(posts: Sequence[Post]) -> list[int]:
    """Give the sizes of the themes that shared topics alone make."""
    nothing = np.zeros((len(posts), 0))
    return [
        int(size) for size in with_shared_topics(block_of(posts), nothing, load_criteria()).sum(0)
    ]


LESSONS = [
    of_school("weekend", "q7 二中 周末 补课 收钱 假期 缩短 睡眠 不足"),
    of_school("fees", "q7 二中 补课费 每人 八百 开票 拒绝 班主任 催交"),
    of_school("forced", "q7 二中 补课 申请书 自愿 签名 威胁 报名 警告"),
]


def test_three_who_open_with_one_topic_of_a_place_are_a_group() -> None:
    canteen = of_school("canteen", "q7 二中 食堂 饭菜 涨价 变质 卫生 难吃")

    groups = member_sets([*background(), *LESSONS, canteen])

    assert {"weekend", "fees", "forced"} in groups
    assert all("canteen" not in members for members in groups)


def test_a_topic_that_is_named_beside_another_place_adds_nobody() -> None:
    elsewhere = Post(
        name="elsewhere",
        words="q7 三中 补课 收钱 假期 缩短",
        places=["Q7县三中"],
    )

    groups = member_sets([*background(), *LESSONS, elsewhere])

    assert {"weekend", "fees", "forced"} in groups


def test_a_stand_that_three_take_is_no_topic() -> None:
    posts = [
        of_school("roof", "强烈 反对 q7 二中 屋顶 漏水 修缮 拖延"),
        of_school("noise", "强烈 反对 q7 二中 广播 清晨 吵醒 音量"),
        of_school("food", "强烈 反对 q7 二中 食堂 涨价 变质 难吃"),
    ]

    assert topic_themes(posts) == []


def test_copies_of_one_text_count_as_one_that_opens_with_a_topic() -> None:
    copies = [of_school(f"copy{number}", LESSONS[0].words) for number in range(3)]

    assert topic_themes(LESSONS) == [3]
    assert topic_themes(copies) == []


def test_a_larger_theme_keeps_its_members() -> None:
    block = block_of([*LESSONS, of_school("canteen", "q7 二中 食堂 饭菜 涨价 变质 卫生 难吃")])
    all_of_it = np.ones((4, 1))

    assert with_shared_topics(block, all_of_it, load_criteria()).tolist() == all_of_it.tolist()
