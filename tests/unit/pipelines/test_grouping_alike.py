"""Which complaints are one matter though no name, no word and no day proves it."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow.compute as pc

from tests.group_scene import Post, background, member_sets
from tests.group_scene import grouped as group_tables

ESTATE = "Q7县云月花园小区"


def of_estate(name: str, words: str, place: str = ESTATE, day: int | None = None) -> Post:
    """Give a complaint that opens with the name of an estate."""
    return Post(name=name, words=f"云月 花园 小区 {words}", places=[place], day=day)


def grouped(posts: Sequence[Post]) -> list[set[str]]:
    """Give the groups that hold one of the posts."""
    names = {post.name for post in posts}
    return [members for members in member_sets([*background(), *posts]) if members & names]


def test_two_about_one_estate_who_open_with_one_topic_are_a_group() -> None:
    posts = [
        of_estate("fumes", "垃圾站 选址 质疑 臭气 老人 走 远"),
        of_estate("gate", "反对 垃圾站 建 出入口 孩子 上学 蚊虫 夏天"),
    ]

    assert grouped(posts) == [{"fumes", "gate"}]


def test_two_about_one_estate_with_unlike_problems_are_no_group() -> None:
    posts = [
        of_estate("lift", "电梯 坏 半年 维修 老人 爬楼"),
        of_estate("school", "学区 划分 入学 名额 孩子 报名"),
    ]

    assert grouped(posts) == []


def test_an_estate_that_is_only_passed_by_holds_nobody_together() -> None:
    posts = [
        of_estate("fumes", "垃圾站 选址 质疑 臭气 老人 走 远"),
        Post(
            name="bus",
            words="公交 线路 延长 请求 上班 换乘 早班 晚点 司机 态度 站牌 模糊 云月 花园 垃圾站",
            places=[ESTATE],
        ),
    ]

    assert grouped(posts) == []


def test_like_complaints_about_a_venue_are_one_matter_within_a_season_only() -> None:
    words = ("云月 商城 窗帘 定制 尺寸 错 拖延", "云月 商城 窗帘 颜色 不符 客服 推诿")

    def of_mall(days: tuple[int, int]) -> list[Post]:
        return [
            Post(name=f"post{day}", words=text, places=["Q7县云月商城"], day=day)
            for text, day in zip(words, days, strict=True)
        ]

    assert grouped(of_mall((10, 40))) == [{"post10", "post40"}]
    assert grouped(of_mall((10, 250))) == []


def test_estates_of_one_name_in_two_counties_are_two() -> None:
    here = of_estate("here", "垃圾站 选址 质疑 臭气 老人 走 远")
    there = of_estate("there", "反对 垃圾站 建 出入口 孩子 上学", place="Q9县云月花园小区")

    assert grouped([here, there]) == []


def test_two_of_one_county_who_open_with_the_same_rare_words_are_kin() -> None:
    posts = [
        Post(name="short", words="q7县 云顺 液化气 缺斤少两 一罐 用 二十天 春节"),
        Post(name="light", words="q7县 云顺 液化气 缺斤少两 搬家 换 一罐 春节 电话"),
    ]

    assert grouped(posts) == [{"short", "light"}]


def test_the_same_words_without_a_region_make_nobody_kin() -> None:
    posts = [
        Post(name="short", words="云顺 液化气 缺斤少两 一罐 用 二十天 春节"),
        Post(name="light", words="云顺 液化气 缺斤少两 搬家 换 一罐 春节 电话"),
    ]

    assert grouped(posts) == []


def test_the_same_words_in_two_counties_make_nobody_kin() -> None:
    posts = [
        Post(name="short", words="q7县 云顺 液化气 缺斤少两 一罐 用 二十天 春节"),
        Post(name="light", words="q9县 云顺 液化气 缺斤少两 搬家 换 一罐 春节 电话"),
    ]

    assert grouped(posts) == []


def test_who_writes_of_another_school_of_the_county_is_not_kin() -> None:
    words = "寒假 补课 收费 家长 自愿 签字 八百"
    posts = [
        Post(name="second", words=f"q7县 二中 {words} 拒绝", places=["Q7县二中"]),
        Post(name="third", words=f"q7县 三中 {words} 不敢", places=["Q7县三中"]),
    ]

    assert grouped(posts) == []


def test_one_writer_alone_is_no_group_however_alike_he_writes() -> None:
    posts = [
        Post(name="once", words="q7县 云顺 液化气 缺斤少两 一罐 用 春节", author="a"),
        Post(name="again", words="q7县 云顺 液化气 缺斤少两 一罐 换 春节", author="a"),
    ]

    assert grouped(posts) == []


def test_a_topic_is_told_by_what_its_members_open_with() -> None:
    posts = [
        of_estate("fumes", "垃圾站 选址 质疑 臭气 老人 走 远"),
        of_estate("gate", "反对 垃圾站 选址 出入口 孩子 上学 蚊虫 夏天"),
    ]

    tables = group_tables([*background(), *posts])

    told = tables.clusters.filter(pc.equal(tables.clusters["issue_axis"], "topic"))
    assert told["topic_terms"].to_pylist() == ["垃圾站选址"]
