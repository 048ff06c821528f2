"""Reading takes steps that grow with the length of a text, however many names it holds.

Steps are calls, counted, so that no clock matters; what one call of a pattern does inside is
bounded by processor time, about ten times what the slowest machine of the project takes.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.chinese_names import find_chinese_names
from pipelines.extract.english_names import _again, find_english_names
from pipelines.normalise import normalise
from pipelines.records import Complaint, ComplaintId
from pipelines.respondents import Lexicon, build_lexicon, find_parties
from pipelines.respondents.find import _latin_company
from pipelines.respondents.place_finder import NamedPlace
from pipelines.respondents.topic import _accused, _frames
from pipelines.taxonomy import load_taxonomy

SECONDS = 30
SYLLABLES = [head + tail for head in "bdflmnptw" for tail in ("a", "an", "ang", "ei", "eng", "i")]
HAN = [chr(code) for code in range(0x5100, 0x5300)]


def _latin(number: int) -> str:
    return "".join(chr(97 + number // 26**place % 26) for place in range(3))


def _pinyin(number: int) -> str:
    rest, last = divmod(number, len(SYLLABLES))
    return (SYLLABLES[rest % len(SYLLABLES)] + SYLLABLES[last]).capitalize()


def _han(number: int) -> str:
    return HAN[number % 512] + HAN[number // 512 + number % 7]


NAMES: Mapping[str, Callable[[int], str]] = {
    "titles": lambda n: "".join(f"Mr. X{_latin(i)}cson, " for i in range(n)),
    "self": lambda n: "".join(f"My name is John X{_latin(i)}cson. " for i in range(n)),
    "apostrophes": lambda n: "".join(f"Mr. O'X{_latin(i)}cson, " for i in range(n)),
    "pinyin": lambda n: "".join(f"Wang {_pinyin(i)} said so. " for i in range(n)),
    "subjects": lambda n: "".join(f"{_pinyin(i)} said no. {_pinyin(i)} sighed. " for i in range(n)),
}
PARTIES: Mapping[str, Callable[[int], str]] = {
    "pretended": lambda n: "冒充支付宝客服,微信不管," * n,
    "estates": lambda n: "".join(f"{_han(i)}小区," for i in range(n)),
    "companies": lambda n: "".join(f"{_han(i)}有限公司," for i in range(n)),
    "offices": lambda n: "".join(f"{_han(i)}街道办," for i in range(n)),
}
RUNS = ("A.", "A-", "A&", "O'", "Ab-", "Ab of ", "A. LLC")


@cache
def _lexicon() -> Lexicon:
    return build_lexicon(load_taxonomy().merchants)


def _read_parties(text: str) -> None:
    title, rest = text[: len(text) // 2], text[len(text) // 2 :]
    complaint = Complaint(
        complaint_id=ComplaintId("posts:1"), source="posts", text=rest, title=title
    )
    find_parties(f"{title}\n{rest}", normalise(f"{title}\n{rest}"), complaint, _lexicon())


def _steps(read: Callable[[str], object], text: str) -> Counter[str]:
    """Count the calls that reading a text takes, by name and altogether."""
    steps: Counter[str] = Counter()

    def count(frame: FrameType, event: str, called: object) -> None:
        if event in ("call", "c_call"):
            steps["all"] += 1
            steps[getattr(called, "__name__", "")] += event == "c_call"

    sys.setprofile(count)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return steps


def test_a_list_of_names_is_followed_once() -> None:
    few, many = (f"联系人:{'、'.join(f'王{_han(i)}' for i in range(n))}" for n in (100, 400))
    find_chinese_names(f"{few[:9]},")

    steps = [_steps(find_chinese_names, text)["all"] for text in (few, many)]

    assert steps[1] < 5 * steps[0]


@pytest.mark.parametrize("shape", NAMES)
def test_a_text_is_searched_as_often_for_many_latin_names_as_for_few(shape: str) -> None:
    few, many = NAMES[shape](100), NAMES[shape](400)
    find_english_names(NAMES[shape](3))

    steps = [_steps(find_english_names, text) for text in (few, many)]

    assert steps[1]["all"] < 5 * steps[0]["all"]
    for search in ("finditer", "count", "findall", "compile"):
        assert steps[1][search] == steps[0][search]


@pytest.mark.parametrize("shape", PARTIES)
def test_the_steps_to_the_parties_grow_with_the_text(shape: str) -> None:
    few, many = PARTIES[shape](200), PARTIES[shape](800)
    _read_parties(PARTIES[shape](3))

    steps = [_steps(_read_parties, text) for text in (few, many)]

    assert steps[1]["all"] < 5 * steps[0]["all"]
    assert steps[1]["count"] == steps[0]["count"]


@pytest.mark.parametrize("shape", PARTIES)
def test_the_parties_of_a_long_text_are_found_in_bounded_time(shape: str) -> None:
    text = PARTIES[shape](20_000)
    started = time.process_time()

    _read_parties(text)

    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("part", RUNS)
def test_a_run_of_capitals_and_marks_is_read_once(part: str) -> None:
    started = time.process_time()

    _latin_company(part * 200_000 + " LLC")

    assert time.process_time() - started < SECONDS


pieces = ("A", "b", ".", "-", "&", "'", ",", " ", " of", " and", " Inc", " LLC", " Inc.", "公", "1")


@given(st.lists(st.sampled_from(pieces), max_size=12).map("".join))
def test_a_company_begins_where_the_plain_pattern_finds_it(text: str) -> None:
    plain = re.compile(
        r"[A-Z](?<!\w.)[\w&'’.-]*,?(?: (?:of|and|&|[A-Z][\w&'’.-]*),?){0,5} (?:LLC|Inc)\b\.?"
    )
    expected = plain.search(text)

    company = _latin_company(text)

    assert (company and company.span) == (expected and expected.span())


@given(
    st.sets(st.text("aBé'-_", min_size=1, max_size=4).map(str.lower), max_size=5),
    st.text("aAbBéÉ'-_ ", max_size=20),
)
def test_family_names_are_found_again_as_a_pattern_for_each_finds_them(
    families: set[str], text: str
) -> None:
    expected = {
        (family, match.start(), match.end())
        for family in families
        for start in range(len(text))
        if (
            match := re.compile(rf"\b{re.escape(family)}\b", re.ASCII | re.IGNORECASE).match(
                text, start
            )
        )
    }

    assert set(_again(text, families)) == expected


@given(st.lists(st.sampled_from(("某街道办", "投诉", "不作为", "\n", "好", "举报")), max_size=9))
def test_an_office_is_accused_by_a_word_before_it_on_its_line(parts: list[str]) -> None:
    text = "".join(parts)
    offices = [
        NamedPlace(kind="office", start=match.start(), end=match.end(), is_anchored=False)
        for match in re.finditer("某街道办", text)
    ]
    frames = _frames()
    expected = [
        office
        for office in offices
        if frames.accuses.search(text[: office.start].rpartition("\n")[2])
        or frames.misdeeds.match(text, office.end)
    ]

    assert list(_accused(text, offices)) == expected
