"""No identifier of any kind survives redaction, whatever its spelling and the words around it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.addresses import find_chinese_addresses
from pipelines.extract.chinese_names import find_chinese_names
from pipelines.extract.english_names import find_english_names
from pipelines.extract.identifiers import find_identifiers
from pipelines.normalise import normalise
from pipelines.redact import redact

KEY = b"a key for tests"
SPELLINGS = (
    str.maketrans("", ""),
    str.maketrans("0123456789", "０１２３４５６７８９"),
    str.maketrans("0123456789", "零一二三四五六七八九"),
    str.maketrans("0123456789", "〇幺二三四五六七八九"),
    str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖"),
    str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨"),
    str.maketrans("0", "O"),
)
CARRIERS = st.sampled_from(
    [
        "我在网上买了点卡,{}后来没人理我",
        "{}",
        "卖家不发货。{}\n请尽快处理",
        "商家说三天内退款!{}谢谢",
        "I bought a phone online. {} Nobody answered.",
        "{},付了300元,订单号20990000000001",
    ]
)
digits = st.text("0123456789", min_size=12, max_size=12)
letters = st.text("abcdefghijkmnpqrstuvwxyz", min_size=4, max_size=8)


@st.composite
def mobiles(draw: st.DrawFn) -> tuple[str, str]:
    number = f"154{draw(digits)[:8]}"
    joint = draw(st.sampled_from(["", " ", "-", ".", "·", "_"]))
    written = joint.join((number[:3], number[3:7], number[7:])).translate(
        draw(st.sampled_from(SPELLINGS))
    )
    frame = draw(st.sampled_from(["电话{}", "手机号是{}", "微信同号{}", "{}是我电话", "+86{}"]))
    return frame.format(written), written


@st.composite
def landlines(draw: st.DrawFn) -> tuple[str, str]:
    number = "2" + draw(digits)[:6]
    written = draw(st.sampled_from(["0999-{}", "(0999){}", "0999 {}", "0999{}", "0999-{}转8"]))
    return f"座机{written.format(number)}", written.format(number)


@st.composite
def accounts(draw: st.DrawFn) -> tuple[str, str]:
    name = f"{draw(letters)}_{draw(digits)[:3]}"
    frames = ["微信{}", "V信:{}", "加vx {}", "薇信号{}", "➕V:{}", "{}是我的微信", "WeChat ID: {}"]
    return draw(st.sampled_from(frames)).format(name), name


@st.composite
def qq_numbers(draw: st.DrawFn) -> tuple[str, str]:
    number = f"1{draw(digits)[:8]}"
    frames = ["QQ{}", "扣扣:{}", "加q {}", "QQ号是{}", "{}是我QQ", "企鹅号{}"]
    return draw(st.sampled_from(frames)).format(number), number


@st.composite
def mails(draw: st.DrawFn) -> tuple[str, str]:
    at = draw(st.sampled_from(["@", "＠", "(at)", " @ ", "[at]"]))
    mail = f"{draw(letters)}{at}example.com"
    return f"邮箱{mail}", mail


@st.composite
def papers(draw: st.DrawFn) -> tuple[str, str]:
    number = draw(digits)
    kinds = [
        ("护照号{}", f"E{number[:8]}"),
        ("车牌{}", f"京Z{number[:5]}"),
        ("身份证{}", f"990000{number[:11]}X"),
        ("银行卡号{}", f"6200{number}"),
    ]
    frame, value = draw(st.sampled_from(kinds))
    return frame.format(value), value


@st.composite
def names(draw: st.DrawFn) -> tuple[str, str]:
    family = draw(st.sampled_from(["王", "李", "赵", "欧阳", "郭"]))
    given_name = draw(st.sampled_from(["小测", "测试", "验真", "伟", "建国", "雪梅"]))
    frames = ["联系人:{}", "我叫{},", "投诉人:{} ", "收件人:{},", "{}先生说,", "姓名:{}。"]
    name = family + given_name
    return draw(st.sampled_from(frames)).format(name), name


planted = st.one_of(mobiles(), landlines(), accounts(), qq_numbers(), mails(), papers(), names())


@given(CARRIERS, planted)
def test_no_identifier_survives_in_any_spelling(carrier: str, one: tuple[str, str]) -> None:
    framed, value = one

    shown = redact(carrier.format(framed), KEY).narrative.text

    assert value not in shown
    left = re.sub(r"\[[A-Z_]+_\d+\]", "", normalise(shown).text)
    assert normalise(value).text not in left


@given(st.lists(st.tuples(CARRIERS, planted), min_size=1, max_size=4))
def test_nothing_is_found_in_what_was_redacted(
    pieces: list[tuple[str, tuple[str, str]]],
) -> None:
    text = "\n".join(carrier.format(framed) for carrier, (framed, _) in pieces)

    narrative = redact(text, KEY).narrative

    shown = narrative.normalised.text
    assert find_identifiers(shown) == []
    assert list(find_chinese_addresses(shown)) == []
    assert find_chinese_names(shown) == []
    assert find_english_names(narrative.text) == []
    assert redact(narrative.text, KEY).narrative.text == narrative.text


@given(st.lists(st.tuples(CARRIERS, planted), min_size=1, max_size=4))
def test_offsets_map_both_ways(pieces: list[tuple[str, tuple[str, str]]]) -> None:
    text = "\n".join(carrier.format(framed) for carrier, (framed, _) in pieces)

    result = redact(text, KEY)

    rebuilt, position = "", 0
    for one in result.redactions:
        assert result.to_redacted(one.raw_span.start) == one.span.start
        assert result.to_redacted(one.raw_span.end) == one.span.end
        rebuilt += result.narrative.text[position : one.span.start] + text[slice(*one.raw_span)]
        position = one.span.end
    assert rebuilt + result.narrative.text[position:] == text
