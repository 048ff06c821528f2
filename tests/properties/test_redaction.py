"""The laws of redaction, on generated texts and on real ones."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.addresses import find_chinese_addresses
from pipelines.extract.chinese_names import find_chinese_names
from pipelines.extract.identifiers import find_identifiers
from pipelines.normalise import normalise
from pipelines.redact import redact

KEY = b"a key for tests"
UNTIMED = settings(deadline=None)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FULL_WIDTH = str.maketrans("0123456789xX", "０１２３４５６７８９ｘＸ")
NUMERALS = str.maketrans("0123456789", "零一二三四五六七八九")

fillers = st.sampled_from(
    [
        "我在网店买了点卡",
        "，",
        "。",
        "！",
        "\n",
        "付了300元",
        "客服不回复",
        " ",
        "the seller vanished ",
        "😡",
        "\u200b",
        "“",
        "（",
    ]
)
digits = st.text("0123456789", min_size=18, max_size=18)


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    """Identity numbers of a region that does not exist, with the right check digit."""
    born = draw(st.dates(date(1910, 1, 1), date(2010, 12, 31)))
    body = f"99{draw(digits)[:4]}{born:%Y%m%d}{draw(digits)[:3]}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


@st.composite
def card_numbers(draw: st.DrawFn) -> str:
    """Card numbers with the right last digit."""
    body = "6200" + draw(digits)[:11]
    doubled = [int(d) * 2 if place % 2 == 0 else int(d) for place, d in enumerate(reversed(body))]
    return body + str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


mobiles = digits.map(lambda number: f"154{number[:8]}")
separators = st.sampled_from(["", " ", "-"])


def grouped(number: str, sizes: tuple[int, ...], separator: str) -> str:
    ends = [sum(sizes[: place + 1]) for place in range(len(sizes))]
    return separator.join(number[end - size : end] for end, size in zip(ends, sizes, strict=True))


@st.composite
def planted(draw: st.DrawFn) -> tuple[str, str]:
    """An identifier in some disguise, and its bare digits."""
    kind = draw(st.sampled_from(["id", "mobile", "card"]))
    separator = draw(separators)
    if kind == "id":
        bare = draw(id_numbers())
        written = grouped(bare, (6, 8, 4), separator)
    elif kind == "mobile":
        bare = draw(mobiles)
        written = grouped(bare, (3, 4, 4), separator)
    else:
        bare = draw(card_numbers())
        written = grouped(bare, (4, 4, 4, 4), separator.replace("-", " "))
    disguise = draw(st.sampled_from(["plain", "full width", "numerals", "letter o"]))
    if disguise == "full width":
        written = written.translate(FULL_WIDTH)
    elif disguise == "numerals" and kind != "card":
        written = written.translate(NUMERALS)
    elif disguise == "letter o" and kind == "mobile":
        written = written.replace("0", "O")
    return written, bare


@UNTIMED
@given(st.lists(fillers, max_size=5), planted(), st.lists(fillers, max_size=5))
def test_no_disguise_saves_a_number(
    before: list[str], number: tuple[str, str], after: list[str]
) -> None:
    written, bare = number
    text = "".join(before) + "号" + written + "，" + "".join(after)

    shown = redact(text, KEY).narrative.text

    assert written not in shown
    kept = re.sub(r"\D", "", re.sub(r"\[[A-Z_]+_\d+\]", "", normalise(shown).text))
    assert bare[:10] not in kept


@UNTIMED
@given(st.text())
def test_redaction_of_any_text_is_idempotent(text: str) -> None:
    once = redact(text, KEY).narrative.text

    assert redact(once, KEY).narrative.text == once


@UNTIMED
@given(
    st.lists(st.one_of(fillers, planted().map(lambda one: one[0]), st.text(max_size=4)), max_size=8)
)
def test_redaction_of_texts_full_of_identifiers_is_idempotent(parts: list[str]) -> None:
    once = redact("".join(parts), KEY).narrative.text

    assert redact(once, KEY).narrative.text == once


@UNTIMED
@given(
    st.lists(st.one_of(fillers, planted().map(lambda one: one[0]), st.text(max_size=4)), max_size=8)
)
def test_nothing_detectable_is_left_outside_placeholders(parts: list[str]) -> None:
    shown = redact("".join(parts), KEY).narrative.normalised.text

    assert find_identifiers(shown) == []


@UNTIMED
@given(
    st.lists(st.one_of(fillers, planted().map(lambda one: one[0]), st.text(max_size=4)), max_size=8)
)
def test_redactions_map_offsets_both_ways_and_change_nothing_else(parts: list[str]) -> None:
    text = "".join(parts)

    result = redact(text, KEY)

    rebuilt, position = "", 0
    for one in result.redactions:
        assert result.narrative.text[slice(*one.span)].startswith("[")
        assert result.to_redacted(one.raw_span.start) == one.span.start
        assert result.to_redacted(one.raw_span.end) == one.span.end
        rebuilt += result.narrative.text[position : one.span.start] + text[slice(*one.raw_span)]
        position = one.span.end
    assert rebuilt + result.narrative.text[position:] == text


@UNTIMED
@given(
    st.lists(
        st.tuples(
            st.sampled_from("张王李陈周"),
            st.sampled_from(["先生", "女士", "老师", "总", "小姐", "经理"]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_persons_of_two_family_names_never_share_a_number(people: list[tuple[str, str]]) -> None:
    text = "，".join(f"找{family}{title}" for family, title in people)

    shown = redact(text, KEY).narrative.text

    numbers = re.findall(r"\[PERSON_(\d+)\]", shown)
    assert len(numbers) == len(people)
    families: dict[str, str] = {}
    for number, (family, _) in zip(numbers, people, strict=True):
        assert families.setdefault(number, family) == family


@UNTIMED
@given(st.binary(min_size=1, max_size=40), st.binary(min_size=1, max_size=40))
def test_links_of_two_keys_have_nothing_in_common(first: bytes, second: bytes) -> None:
    text = "电话15400000000，订单号20990000000001"

    of_first = {link.link_key for link in redact(text, first).links}
    of_second = {link.link_key for link in redact(text, second).links}

    assert len(of_first) == 2
    assert first == second or not of_first & of_second


def _narratives(path: Path, title: str, text: str) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [f"{row[title]}\n{row[text]}" for row in csv.DictReader(file)]


@pytest.mark.data
def test_real_complaints_keep_nothing_detectable_and_redact_once(shared_data: Path) -> None:
    texts = _narratives(shared_data / "heimao_2020/complaints.csv", "投诉标题", "投诉详情")
    texts += _narratives(
        shared_data / "gov_replies/messages_with_replies.csv", "留言主题", "留言详情"
    )[:600]

    narratives = [redact(text, KEY).narrative for text in texts]

    for narrative in narratives:
        shown = narrative.normalised.text
        assert find_identifiers(shown) == []
        assert list(find_chinese_addresses(shown)) == []
        assert find_chinese_names(shown) == []
        assert redact(narrative.text, KEY).narrative.text == narrative.text


@pytest.mark.data
def test_real_complaints_lose_little_text(shared_data: Path) -> None:
    texts = _narratives(shared_data / "heimao_2020/complaints.csv", "投诉标题", "投诉详情")

    replaced = sum(
        one.raw_span.end - one.raw_span.start
        for text in texts
        for one in redact(text, KEY).redactions
    )

    assert 0 < replaced < 0.01 * sum(map(len, texts))
