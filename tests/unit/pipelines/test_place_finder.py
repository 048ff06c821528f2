"""Which places a text names: waters, roads, new districts, bus lines and landmarks."""

from __future__ import annotations

import pytest

from pipelines.respondents.place_finder import find_places
from pipelines.respondents.places import Place, take_place_apart


def names(text: str) -> list[str]:
    """Give the names of the places of a text."""
    return [text[place.start : place.end] for place in find_places(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("反映q7县云月湖周边停车问题", ["q7县云月湖"]),
        ("请治理清石河污染", ["清石河"]),
        ("云月湖中学招生", ["云月湖中学"]),
        ("q市西五线下穿青云高速何时开工", ["q市西五线", "青云高速"]),
        ("反对拆除双月桥来建商铺", ["双月桥"]),
        ("咨询q7县城西新区规划", ["q7县城西新区"]),
        ("反映q7县317公交车的现象", ["q7县317公交车"]),
        ("我们有317路车", ["317路车"]),
        ("q5区佳苑星城小区居民反对建垃圾站", ["q5区佳苑星城小区"]),
        ("希望q7县石桥街道七里坡附近增加路灯", ["q7县石桥街道七里坡"]),
    ],
)
def test_a_place_is_found_by_what_it_is_or_what_stands_around_it(
    text: str, found: list[str]
) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text", ["江山如画", "走高速去上班", "希望q7县附近有公园", "q市高新区的政策", "桥梁安全"]
)
def test_what_names_no_place_in_particular_is_not_found(text: str) -> None:
    assert names(text) == []


def test_a_new_district_is_a_place_of_its_own_and_a_plain_zone_a_region() -> None:
    district = take_place_apart("q7县城西新区")
    zone = take_place_apart("q市高新区恒云绿洲")

    assert district == Place(core="城西新区", regions=("q7县",))
    assert zone == Place(core="恒云绿洲", regions=("q市", "高新区"))


def test_a_bus_line_is_no_road() -> None:
    (line,) = find_places("强烈反对q7县317路调整线路")

    assert line.kind == "line"
