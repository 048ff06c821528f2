"""Laws of the fast ways to search: they find what the slow ways find."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract import addresses, dates, money
from pipelines.extract.starts import matches_from
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
    ),
    max_size=14,
).map("".join)


@pytest.mark.parametrize(
    ("starts", "pattern"),
    [
        (dates._CHINESE_START, dates._CHINESE),
        (money._SUM_START, money._SUM),
        (addresses._CHINESE_START, addresses._CHINESE),
    ],
    ids=["dates", "sums", "addresses"],
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


def is_nothing(match: re.Match[str]) -> bool:
    """Say whether a match is a Chinese numeral by itself, which is no sum and not begun with."""
    return re.fullmatch("[一二两三四五六七八九十]", match[0]) is not None
