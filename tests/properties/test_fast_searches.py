"""Laws of the fast ways to search: they find what the slow ways find."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract import addresses, chinese_sums, dates, introduced_names, money
from pipelines.extract import transliterated_names as by_sound
from pipelines.extract.starts import Frames, matches_from
from pipelines.word_search import WordSearch

ALPHABET = "一退款a b\u4e00\u0041\U0001f621\ud800"
words = st.dictionaries(st.text("一退款ab", min_size=1, max_size=3), st.integers(), max_size=6)


@given(words, st.text(ALPHABET, max_size=20))
def test_every_word_is_found_where_it_stands_and_nowhere_else(
    values: dict[str, int], text: str
) -> None:
    expected = {
        (start, start + len(word), value)
        for word, value in values.items()
        for start in range(len(text))
        if text.startswith(word, start)
    }

    found = list(WordSearch(values).find(text))

    assert set(found) == expected
    assert len(found) == len(expected)


@given(words, st.text(ALPHABET, max_size=20))
def test_the_longest_words_do_not_overlap_and_leave_none_out(
    values: dict[str, int], text: str
) -> None:
    search = WordSearch(values)

    longest = list(search.find_longest(text))

    assert all(one[1] <= other[0] for one, other in pairwise(longest))
    for start, end, _ in search.find(text):
        assert any(start < other_end and other_start < end for other_start, other_end, _ in longest)


texts = st.lists(
    st.one_of(
        st.sampled_from(
            "年月日号天周前去今上下个一二三十半两万千百亿元块¥$到多余栋幢座室路村ab层楼晚-/., "
        ),
        st.sampled_from(("2020", "10", "5", "17", "us$", "rmb", "人民币", "单元", "星期")),
        st.sampled_from(("还剩", "那还差", "退了", "支付", "被扣", "卓玛", "扎西", "买买提")),
    ),
    max_size=14,
).map("".join)


@pytest.mark.parametrize(
    ("starts", "pattern"),
    [
        (dates._CHINESE_START, dates._CHINESE),
        (money._SUM_START, money._SUM),
        (addresses._CHINESE_START, addresses._CHINESE),
        (chinese_sums._BEFORE_START, chinese_sums._BEFORE),
        (by_sound._PART_START, by_sound._OF_PARTS),
    ],
    ids=["dates", "sums", "addresses", "parts of sums", "names by sound"],
)
@given(text=texts)
def test_a_pattern_tried_at_its_starts_only_finds_what_it_finds_everywhere(
    starts: re.Pattern[str], pattern: re.Pattern[str], text: str
) -> None:
    found, everywhere = (
        [match.span() for match in matches if not is_nothing(match)]
        for matches in (matches_from(starts, pattern, text), pattern.finditer(text))
    )

    assert found == everywhere


@given(text=texts)
def test_a_text_without_the_sign_of_a_door_has_no_start_of_one(text: str) -> None:
    starts = list(matches_from(addresses._CHINESE_START, addresses._CHINESE, text))

    assert not starts or addresses._DOOR_SIGN.search(text)


@given(
    text=st.lists(st.sampled_from([*"黄王张小测我:是叫 ,,男收", "姓名", "户主", "欧阳", "佐藤"]))
)
def test_patterns_looked_for_together_find_what_each_finds_by_itself(text: list[str]) -> None:
    patterns = [
        *((frame.firsts, frame.pattern) for frame in introduced_names._FRAMES),
        *introduced_names._LONG_FAMILIES,
    ]
    whole = "".join(text)

    found = [(number, match.span()) for number, match in Frames(patterns).find(whole)]

    assert found == [
        (number, match.span())
        for number, (_, pattern) in enumerate(patterns)
        for match in pattern.finditer(whole)
    ]


def is_nothing(match: re.Match[str]) -> bool:
    """Say whether a match is a Chinese numeral by itself, which is no sum and not begun with."""
    return re.fullmatch("[一二两三四五六七八九十]", match[0]) is not None
