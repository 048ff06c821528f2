"""Repair of UTF-8 that was read as Latin-1 or Windows-1252."""

from __future__ import annotations

import pytest

from spiders.importers.repair import repair_text


@pytest.mark.parametrize("wrong_codec", ["latin-1", "cp1252"])
def test_misread_chinese_comes_back(wrong_codec: str) -> None:
    text = "卖家拉黑，不退款"
    misread = text.encode().decode(wrong_codec, "ignore")

    repaired = repair_text(text.encode().decode("latin-1"))

    assert repaired == text
    assert misread != text


def test_windows_bytes_without_a_character_come_back_from_mixed_decoding() -> None:
    text = "品"  # one of its UTF-8 bytes, 0x81, has no character in Windows-1252
    misread = "å“\x81"

    assert repair_text(misread) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain ASCII",
        "café, naïve, ¿qué?, 20 €",
        "“quoted” – and so on…",
        "already right 中文",
        "mixed 中文 and Ã©",
        "cut short æ\x8b",
    ],
)
def test_text_that_was_not_wholly_misread_stays_as_it_is(text: str) -> None:
    assert repair_text(text) == text


def test_line_ends_and_blanks_survive_the_repair() -> None:
    text = "第一行\r\n　第二行\x85\u00a0end"

    assert repair_text(text.encode().decode("latin-1")) == text
