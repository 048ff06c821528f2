"""Who else is said to have met the same counterparty: told, counted or not, wished for or not."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.further_people import countable, find_further_people, may_tell
from pipelines.grouping.told import read_told
from pipelines.normalise import normalise
from pipelines.segment import sentences


def people_in(text: str) -> list[int | None]:
    view = normalise(text).text
    return [one.people for one in find_further_people(view, sentences(view))]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Someone wrote to me that she met the same buyer.", 1),
        ("My friend was cheated by the same shop last week.", 1),
        ("Three other customers told me they had paid the same account.", 3),
        ("群里另有两名网友也遇到同一个卖家。", 2),
        ("我朋友也被这家店骗了200元", 1),
        ("群裡還有一位買家也遇到同一個賣家。", 1),
        ("Many people have been deceived in this way.", None),
        ("网上很多人也被骗了", None),
    ],
)
def test_others_whom_the_same_counterparty_hit_are_told(text: str, people: int | None) -> None:
    assert people_in(text) == [people]


@pytest.mark.parametrize(
    "text",
    [
        "希望没有人再遇到同一个卖家",
        "有人也遇到过同一个卖家吗？",
        "If someone meets the same seller, be careful.",
        "Has anyone had the same problem?",
        "我有两个朋友，同一天生日",
        "我买了三个，都在同一家店",
        "Another customer had the same problem with another shop.",
        "the same seller refused again",
        "退款",
    ],
)
def test_a_wish_a_question_or_another_matter_tells_of_nobody(text: str) -> None:
    assert people_in(text) == []


CHARACTERS = "另有两名网友也遇到同一个卖家。someone met the same buyer, "


@given(text=st.text(alphabet=CHARACTERS, max_size=80))
def test_without_a_cue_nobody_is_told_of_and_spans_lie_in_the_text(text: str) -> None:
    view = normalise(text).text
    found = find_further_people(view, sentences(view))

    assert may_tell(view) or not found
    assert all(0 <= one.span.start < one.span.end <= len(view) for one in found)


def test_one_writer_counts_by_his_largest_telling() -> None:
    view = normalise("有人也被这家店骗了。另有两名网友也遇到同一个卖家。").text

    found = countable(find_further_people(view, sentences(view)))

    assert found is not None
    assert found.people == 2


def test_stored_texts_give_the_span_of_the_passage() -> None:
    texts = pa.table(
        {
            "complaint_id": ["posts:a", "posts:b", "posts:c"],
            "redacted_text": ["卡是空的。我朋友也被这家店骗了", "退款", "很多人也被骗了"],
        }
    )

    rows = read_told(texts).to_pylist()

    assert [(row["complaint_id"], row["people"], row["span"]) for row in rows] == [
        ("posts:a", 1, [5, 15])
    ]
