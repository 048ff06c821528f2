"""What a source may declare, and that every shipped declaration is complete."""

from __future__ import annotations

import pytest

from spiders.errors import SourceDeclarationError, UnknownSourceError
from spiders.sources import load_source, parse_source, source_names

DECLARED = """
labels: {zh: 甲, en: A}
is_public: false
terms: {note: none, reviewed: 2026-11-21}
fields:
  record_id: [id]
  text: [text, 正文]
required_columns: [text]
required_values: [record_id, text]
"""


def test_the_seven_sources_of_the_contract_are_declared() -> None:
    expected = {"posts", "cfpb", "heimao", "gov_board", "news", "app_reviews", "car_board"}

    assert expected <= set(source_names())


def test_a_source_settles_at_once_unless_it_says_when() -> None:
    assert parse_source("made_up", DECLARED).settles_after_days == 0
    assert parse_source("made_up", DECLARED + "settles_after_days: 9").settles_after_days == 9
    with pytest.raises(SourceDeclarationError, match="settles_after_days"):
        parse_source("made_up", DECLARED + "settles_after_days: -1")


@pytest.mark.parametrize("name", source_names())
def test_every_source_says_what_a_missing_value_of_the_counted_fields_means(name: str) -> None:
    spec = load_source(name)

    counted = {"published_at", "replies"} - set(spec.required_columns)

    assert counted <= set(spec.absent)
    assert spec.name == name
    assert spec.labels.zh
    assert spec.labels.en
    assert len(spec.terms.note) > 20


def test_only_sources_whose_texts_may_be_passed_on_are_public() -> None:
    public = {name for name in source_names() if load_source(name).is_public}

    assert public == {"app_reviews", "car_board", "cfpb", "gov_board"}


def test_an_unknown_source_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(UnknownSourceError, match=r"among app_reviews.*found '\.\./posts'"):
        load_source("../posts")


def test_a_column_is_missing_only_if_none_of_its_spellings_is_there() -> None:
    spec = parse_source("a", DECLARED)

    assert spec.missing_columns(["id", "正文"]) == ()
    assert spec.missing_columns(["id", "body"]) == ("text",)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("text: [text, 正文]", "words: [text]"), "words"),
        (("text: [text, 正文]", "text: [id]"), "declared twice"),
        (("[record_id, text]", "[text]"), "must declare identity"),
        (("required_columns: [text]", "required_columns: [title]"), "without a column"),
        (("fields:", "fields: ["), "found"),
    ],
)
def test_a_wrong_declaration_is_refused_and_names_the_file(
    change: tuple[str, str], complaint: str
) -> None:
    text = DECLARED.replace(*change)

    with pytest.raises(SourceDeclarationError, match=complaint) as refusal:
        parse_source("a", text)

    assert "spiders/sources/a.yml" in str(refusal.value)
