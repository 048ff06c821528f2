"""Names that no frame announces: by their characters and what stands around them."""

from __future__ import annotations

import pytest

from pipelines.extract.weighed_names import find_weighed_names


def _names(text: str) -> list[str]:
    return [text[one.start : one.end] for one in find_weighed_names(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("昨天孙卫东又给我打电话,押金不退", ["孙卫东"]),
        ("那个佟秀华当着全店人的面骂我", ["佟秀华"]),
        ("押金被詹雨轩拿走了", ["詹雨轩"]),
        ("欧阳晓彤承诺三天退款", ["欧阳晓彤"]),
    ],
)
def test_a_name_of_usual_characters_is_found_without_a_frame(text: str, names: list[str]) -> None:
    assert _names(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "昨天高架桥又堵车,押金不退",
        "那个石拱桥当着全村人的面塌了",
        "押金被平台拿走了",
        "许可证承诺三天办好",
        "周大福承诺三天退款",
        "张家口承诺三天退款",
        "王经理承诺三天退款",
        "时间和金额都不对,向平台反映也没用",
        "何家村的路一直没修",
    ],
)
def test_a_word_a_company_a_place_or_a_title_is_no_name(text: str) -> None:
    assert _names(text) == []


def test_a_weaker_name_counts_beside_a_sure_one_in_a_list() -> None:
    listed = _names("到场的有邹晓辰、段可馨、车晓宇三人")

    assert listed == ["邹晓辰", "段可馨", "车晓宇"]


def test_texts_of_one_character_are_read_in_linear_time() -> None:
    assert _names("王" * 20_000) == []
