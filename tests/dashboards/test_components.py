"""Numbers, passages and tables as they are shown."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.components import figures
from dashboards.components.downloads import as_csv
from dashboards.components.passages import excerpt, whole_text
from dashboards.words import Words

ZH, EN = Words("zh"), Words("en")


def test_people_are_an_interval_unless_both_ends_agree() -> None:
    assert figures.people(ZH, 12, 14) == "12–14 人"
    assert figures.people(EN, 12, 12) == "12 people"
    assert figures.people(EN, 1, 1) == "1 person"


def test_zero_and_unknown_money_do_not_look_alike() -> None:
    assert figures.money(Decimal("0.00"), "CNY") == "¥0"
    assert figures.money(None, None) == figures.UNKNOWN
    assert figures.money(Decimal("1234.50"), "USD") == "$1,234.50"


def test_dates_are_written_as_people_write_them() -> None:
    assert figures.day(ZH, date(2026, 3, 4)) == "2026年3月4日"
    assert figures.day(EN, date(2026, 3, 4)) == "4 Mar 2026"
    assert figures.window(EN, None, None) == "undated"


def test_ages_take_the_largest_sensible_unit() -> None:
    assert figures.age(EN, timedelta(minutes=5)) == "5 min ago"
    assert figures.age(EN, timedelta(hours=30)) == "30 h ago"
    assert figures.age(ZH, timedelta(days=9)) == "9 天前"


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5))
def test_no_text_becomes_markup_whatever_its_spans(text: str, spans: list[tuple[int, int]]) -> None:
    for shown in (whole_text(text, 0, spans), excerpt(text, 0, spans)):
        assert shown.count("<mark>") == shown.count("</mark>")
        bare = shown
        for tag in (
            "<mark>",
            "</mark>",
            '<div class="zs-text">',
            "</div>",
            '<span class="zs-placeholder">',
            "</span>",
        ):
            bare = bare.replace(tag, "")
        assert "<" not in bare


def test_overlapping_passages_are_marked_once() -> None:
    shown = excerpt("卡密已经被使用过了", 0, [(0, 4), (2, 7)])

    assert shown == "<mark>卡密已经</mark><mark>被使用</mark>过了"


def test_placeholders_are_greyed() -> None:
    assert '<span class="zs-placeholder">[PERSON_1]</span>' in whole_text("[PERSON_1]说", 0, [])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_never_runs_as_a_formula(start: str) -> None:
    sheet = as_csv([{"merchant": f"{start}HYPERLINK(1)"}])

    assert sheet.splitlines()[1].lstrip('"').startswith("'")
