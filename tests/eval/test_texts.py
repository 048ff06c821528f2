"""The texts are those of our importers, under their ids, and handed over as a user would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.records import Complaint, ComplaintId
from tests.eval.texts import Text, own_texts, post_of, source_texts, staged


def complaint(**fields: str) -> Complaint:
    return Complaint(complaint_id=ComplaintId("s:1"), source="s", text="退款", **fields)  # type: ignore[arg-type]


def test_a_post_tells_nothing_that_a_user_would_not_tell() -> None:
    told = complaint(title="标题", respondent_name="甲店", platform_name="乙", kind="report")

    assert post_of(told) == {
        "id": "s:1", "text": "退款", "title": "标题", "respondent": "甲店", "platform": "乙"
    }  # fmt: skip


def test_the_language_is_chinese_where_a_character_is() -> None:
    def text(**post: str) -> Text:
        return Text(text_id="1", source="own", post=post)

    assert text(text="Refund 退款").language == "zh"
    assert text(title="退款", text="now").language == "zh"
    assert text(text="¡Devuélvanme mi dinero!").language == "en"


def test_our_own_texts_come_with_the_fields_that_they_have(tmp_path: Path) -> None:
    row = {"id": "a", "split": "dev", "text": "x", "title": None, "genre": "post"}
    (tmp_path / "texts.jsonl").write_text(json.dumps(row), encoding="utf-8")

    assert own_texts(tmp_path)["a"].post == {"id": "a", "text": "x"}
    assert own_texts(tmp_path / "nowhere") == {}


@pytest.mark.data
@pytest.mark.parametrize("source", ["heimao", "gov_board", "news"])
def test_asking_for_some_texts_gives_the_same_as_loading_all(
    source: str, shared_data: Path
) -> None:
    whole = sorted(staged(shared_data, source), key=lambda one: one.complaint_id)
    wanted = {one.complaint_id: one for one in whole[::40]}

    found = source_texts(shared_data, source, wanted.keys())

    assert {text_id: text.post for text_id, text in found.items()} == {
        text_id: post_of(one) for text_id, one in wanted.items()
    }
