import pytest

from pipelines.normalise import normalise


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ＶＩＰ１２３，￥５０！", "vip123,¥50!"),
        ("會員退費", "会员退费"),
        ("“不退”‘换货’", "\"不退\"'换货'"),
        ("转​账﻿给⁢我", "转账给我"),
        ("退\t　 款", "退 款"),
        ("标题\r\n\r\n正文", "标题\n正文"),
        ("they charged my\ncard", "they charged my card"),
        ("Thank you.\nThe bank", "thank you.\nthe bank"),
        ("坏\x00字\ud800", "坏字\ufffd"),
        ("", ""),
    ],
)
def test_one_spelling_is_read_whatever_was_written(written: str, read: str) -> None:
    assert normalise(written).text == read


def test_a_range_maps_back_to_what_was_written() -> None:
    written = "我 \u200b  要退​款！！"
    view = normalise(written)

    start = view.text.index("退款")
    span = view.to_source(start, start + 2)

    assert written[span.start : span.end] == "退​款"


def test_an_empty_range_stays_empty() -> None:
    view = normalise("a  b")

    assert view.to_source(2, 2) == (3, 3)
