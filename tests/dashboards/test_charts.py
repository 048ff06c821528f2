"""Charts: bounded, apart, with the periods that nobody loaded told from zero."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from dashboards.components import charts
from dashboards.components.downloads import Figure, as_png
from dashboards.theme import ON_DARK, ON_LIGHT
from dashboards.words import Words

ZH, EN = Words("zh"), Words("en")
MONDAY = date(2026, 1, 5)


def weeks(**changes: object) -> list[dict[str, object]]:
    return [
        {
            "week_start": MONDAY + timedelta(weeks=number),
            "members": number,
            "complaints": number + 1,
            "expected": 1.5,
            "upper": 3.0,
            "is_covered": True,
            **changes,
        }
        for number in range(5)
    ]


def codes(count: int) -> list[dict[str, object]]:
    return [
        {
            "issue_code": f"code_{code}",
            "label_zh": f"类型{code}",
            "label_en": f"Issue {code}",
            "week_start": MONDAY + timedelta(weeks=week),
            "complaints": 4,
        }
        for code in range(count)
        for week in range(6)
    ]


def mark_types(chart: object) -> list[str]:
    return [layer["mark"]["type"] for layer in chart.to_dict()["layer"]]  # type: ignore[attr-defined]


def test_weeks_outside_coverage_are_hatched_and_covered_ones_are_not() -> None:
    covered = charts.timeline(ZH, ON_LIGHT, weeks(expected=None, upper=None), None)
    uncovered = charts.timeline(
        ZH, ON_LIGHT, weeks(expected=None, upper=None, is_covered=False), None
    )

    assert mark_types(covered).count("rule") == 0
    assert mark_types(uncovered).count("rule") == 1


def test_weeks_of_unknown_coverage_are_not_hatched() -> None:
    unknown = charts.timeline(ZH, ON_LIGHT, weeks(upper=None, expected=None, is_covered=None), None)

    assert mark_types(unknown).count("rule") == 0


def test_a_last_week_that_is_not_over_is_drawn_apart() -> None:
    spec = charts.timeline(EN, ON_LIGHT, weeks(), MONDAY + timedelta(weeks=4, days=2)).to_dict()

    dashed = [layer for layer in spec["layer"] if layer["mark"].get("strokeDash") == [3, 3]]
    rows = [spec["datasets"][layer["data"]["name"]] for layer in dashed]

    assert [len(found) for found in rows] == [1]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_labels_of_series_never_overlap(count: int) -> None:
    frame = charts.filled_weeks(codes(count))
    ends = frame[frame["week_start"] == frame["week_start"].max()].assign(label="x")

    placed = charts.placed_labels(ends, highest=4)

    a_line = 4 * charts.LABEL_HEIGHT / charts.SERIES_HEIGHT
    heights = sorted(placed["label_y"])
    assert all(above - below >= a_line * 0.999 for below, above in pairwise(heights))


@pytest.mark.parametrize("words", [ZH, EN])
def test_charts_become_pictures_without_a_network(words: Words) -> None:
    figure = Figure(
        draw=lambda colours: charts.series(words, colours, codes(3)),
        title="卡密已被使用",
        source="来源",
        rows=codes(3),
        name="series",
    )

    assert as_png(figure).startswith(b"\x89PNG")


def test_dark_and_light_differ_in_ink() -> None:
    light = charts.series(ZH, ON_LIGHT, codes(2)).to_json()
    dark = charts.series(ZH, ON_DARK, codes(2)).to_json()

    assert ON_LIGHT.ink in light
    assert ON_DARK.ink in dark
    assert ON_LIGHT.ink not in dark
