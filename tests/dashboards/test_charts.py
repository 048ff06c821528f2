"""Charts: bounded, apart, with the periods that nobody loaded told from zero."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
import pytest

from dashboards.components import charts
from dashboards.components.downloads import Figure, as_png
from dashboards.components.legend import coverage_marks
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
            "coded": number + 1,
            "expected": 1.5,
            "upper": 3.0,
            "is_covered": True,
            **changes,
        }
        for number in range(5)
    ]


def codes(count: int, **changes: object) -> list[dict[str, object]]:
    return [
        {
            "issue_code": f"code_{code}",
            "label_zh": f"类型{code}",
            "label_en": f"Issue {code}",
            "week_start": MONDAY + timedelta(weeks=week),
            "complaints": 4,
            "is_covered": True,
            **changes,
        }
        for code in range(count)
        for week in range(6)
    ]


def marked(chart: object, mark: str, **properties: object) -> list[dict[str, object]]:
    """Give the rows behind all layers of a mark with these properties."""
    spec = chart.to_dict()  # type: ignore[attr-defined]
    return [
        row
        for layer in spec["layer"]
        if layer["mark"]["type"] == mark
        and properties.items() <= {name: layer["mark"].get(name) for name in properties}.items()
        for row in spec["datasets"][layer["data"]["name"]]
    ]


def silent(is_covered: bool | None) -> list[dict[str, object]]:
    """Weeks without a complaint: zero when covered, not known otherwise."""
    count = 0 if is_covered else None
    nothing = {"members": count, "complaints": count, "coded": count}
    return weeks(**nothing, expected=None, upper=None, is_covered=is_covered)


@pytest.mark.parametrize(
    ("is_covered", "zeros", "unknowns", "hatched"),
    [(True, 5, 0, 0), (None, 0, 5, 0), (False, 0, 0, 5)],
    ids=["zero", "unknown", "not covered"],
)
def test_zero_unknown_and_not_covered_never_look_alike(
    is_covered: bool | None, zeros: int, unknowns: int, hatched: int
) -> None:
    chart = charts.timeline(ZH, ON_LIGHT, silent(is_covered), None)

    assert len(marked(chart, "rule", strokeWidth=3)) == zeros
    assert len(marked(chart, "point", size=24)) == unknowns
    assert len(marked(chart, "rect", opacity=0.12)) == hatched


@pytest.mark.parametrize(
    ("is_covered", "mark"), [(True, "zero"), (None, "unknown"), (False, "uncovered")]
)
def test_the_legend_names_what_an_empty_week_means(is_covered: bool | None, mark: str) -> None:
    assert coverage_marks(silent(is_covered), "members") == [mark]


def test_a_curve_is_broken_where_nothing_is_known() -> None:
    rows = codes(1)
    rows[2] |= {"complaints": None, "is_covered": None}

    chart = charts.series(ZH, ON_LIGHT, rows, None)

    drawn = [row["complaints"] for row in marked(chart, "line", strokeDash=None)]
    assert drawn == [4, 4, None, 4, 4, 4]
    assert len(marked(chart, "point", size=24)) == 1


def test_a_week_of_which_any_code_is_known_is_not_marked_as_unknown() -> None:
    rows = codes(2)
    for row in (rows[2], rows[3], rows[9]):
        row |= {"complaints": None, "is_covered": None}

    chart = charts.series(ZH, ON_LIGHT, rows, None)

    circled = [row["week_start"] for row in marked(chart, "point", size=24)]
    assert [str(week)[:10] for week in circled] == [str(rows[3]["week_start"])]


def test_a_week_with_other_complaints_of_the_merchant_is_not_marked_as_unknown() -> None:
    rows = weeks(members=None, is_covered=None)
    rows[0] |= {"complaints": None}

    chart = charts.timeline(ZH, ON_LIGHT, rows, None)

    assert len(marked(chart, "point", size=24)) == 1


def test_no_line_leads_across_the_chart_from_a_curve_that_ended_early() -> None:
    rows = codes(2)
    for row in rows[7:]:
        row |= {"complaints": None, "is_covered": None}

    chart = charts.series(ZH, ON_LIGHT, rows, None)

    assert [row["issue_code"] for row in marked(chart, "rule", opacity=0.5)] == ["code_0"]
    assert len(marked(chart, "point", size=40)) == 2


def test_a_curve_is_hatched_around_the_weeks_that_are_not_covered() -> None:
    rows = codes(2)
    for row in (rows[1], rows[7]):
        row |= {"complaints": None, "is_covered": False}

    chart = charts.series(ZH, ON_LIGHT, rows, None)

    assert len(marked(chart, "rect", opacity=0.12)) == 1
    assert not marked(chart, "point", size=24)


@pytest.mark.parametrize(
    ("last_day", "is_covered", "is_dashed"),
    [(2, None, True), (6, None, False), (2, True, False)],
    ids=["not over", "over", "declared complete"],
)
def test_the_way_to_a_week_that_is_not_over_is_dashed(
    last_day: int, is_covered: bool | None, is_dashed: bool
) -> None:
    last_date = MONDAY + timedelta(weeks=5, days=last_day)

    chart = charts.series(ZH, ON_LIGHT, codes(1, is_covered=is_covered), last_date)

    assert (len(marked(chart, "line", strokeDash=[3, 3])) == 2) is is_dashed


def test_the_ring_marks_what_the_band_is_of_and_not_the_members_beside_it() -> None:
    rows = weeks(complaints=9, coded=2, upper=3.0)
    rows[3] |= {"coded": 4}

    chart = charts.timeline(ZH, ON_LIGHT, rows, None)

    assert [row["coded"] for row in marked(chart, "point", size=160)] == [4]


def test_a_last_week_that_is_not_over_is_drawn_apart() -> None:
    last_date = MONDAY + timedelta(weeks=4, days=2)

    chart = charts.timeline(EN, ON_LIGHT, weeks(is_covered=None), last_date)

    assert len(marked(chart, "rect", strokeDash=[3, 3])) == 1


@pytest.mark.parametrize("count", [1, 2, 5])
def test_labels_of_series_never_overlap(count: int) -> None:
    ends = charts.last_known(pd.DataFrame(codes(count))).assign(label="x")

    placed = charts.placed_labels(ends, highest=4)

    a_line = 4 * charts.LABEL_HEIGHT / charts.SERIES_HEIGHT
    heights = sorted(placed["label_y"])
    assert all(above - below >= a_line * 0.999 for below, above in pairwise(heights))


@pytest.mark.parametrize("words", [ZH, EN])
def test_charts_become_pictures_without_a_network(words: Words) -> None:
    figure = Figure(
        draw=lambda colours: charts.series(words, colours, codes(3), None),
        title="卡密已被使用",
        source="来源",
        rows=codes(3),
        name="series",
    )

    assert as_png(figure).startswith(b"\x89PNG")


def test_dark_and_light_differ_in_ink() -> None:
    light = charts.series(ZH, ON_LIGHT, codes(2), None).to_json()
    dark = charts.series(ZH, ON_DARK, codes(2), None).to_json()

    assert ON_LIGHT.ink in light
    assert ON_DARK.ink in dark
    assert ON_LIGHT.ink not in dark
