"""English names that no frame announces: by their words and what stands around them."""

from __future__ import annotations

import pytest

from pipelines.extract.english_names import find_english_names


def _names(text: str) -> set[str]:
    return {text[one.start : one.end] for one in find_english_names(text)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the desk person, Inmaculada Testova, was kind", "Inmaculada Testova"),
        ("apparently Declan Nullworth approved my renewal", "Declan Nullworth"),
        ("Consent was given by K. Nullaraghavan in May", "K. Nullaraghavan"),
        ("I want my money back.\n\nR. J. Nullhurst", "R. J. Nullhurst"),
        ("They read Okafor, Tom off the sheet", "Okafor, Tom"),
        ("i spoke to siobhan gallagher twice and got nothing", "siobhan gallagher"),
        ("my sister Lucy-Anne Nullson paid", "Lucy-Anne Nullson"),
    ],
)
def test_a_name_is_found_in_a_sentence_about_a_person(text: str, name: str) -> None:
    assert name in _names(text)


@pytest.mark.parametrize(
    "text",
    [
        "the Laura Nullworth curtains faded in weeks",
        "my Oakleaf Furnishings order never came",
        "I was sent from plan A. Then nothing happened",
        "Under U.S. Immigration rules this is fine",
        "I paid J.P. Morgan Chase Bank in full",
        "i spoke to customer service twice and got nothing",
        "the parcel went to Florida, Texas and Ohio",
        "I met them at Nelson Example House in town",
    ],
)
def test_a_thing_a_company_and_a_place_are_no_names(text: str) -> None:
    assert _names(text) == set()


def test_lower_case_texts_are_read_in_linear_time() -> None:
    assert _names("john " * 20_000) == set()
