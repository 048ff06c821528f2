"""The marks of grouping become sentences in both languages."""

from __future__ import annotations

import pytest

from dashboards.words import Words
from pipelines.left_out import left_out_because

ZH, EN = Words("zh"), Words("en")


def test_what_kept_it_out_comes_before_what_it_has_in_common() -> None:
    said = left_out_because(ZH, "+code -words:确认,收货 -dates", "卡密已被使用")

    assert said == (
        "未纳入：不在这段时间；只有少数共同的词（确认、收货）。相同之处：也指称“卡密已被使用”。"
    )


def test_nothing_in_common_is_not_mentioned() -> None:
    assert left_out_because(EN, "-code -words -dates", "Used code") == (
        "Left out: outside these dates; does not allege “Used code”; tells it in other words."
    )


@pytest.mark.parametrize("words", [ZH, EN])
def test_a_mark_that_is_new_is_shown_and_not_lost(words: Words) -> None:
    assert "-moon" in left_out_because(words, "-moon", "x").lower()


@pytest.mark.parametrize("words", [ZH, EN])
@pytest.mark.parametrize(
    "marks", ["+code +words:a,b +dates", "-code -words:a -dates", "-words", "+dates -code"]
)
def test_known_marks_leave_no_code_on_the_page(words: Words, marks: str) -> None:
    said = left_out_because(words, marks, "x")

    assert not set(said) & set("+-")
    assert "code" not in said
