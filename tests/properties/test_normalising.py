"""The laws of the normalised view: nothing is lost, and every offset finds its way back."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.normalise import normalise
from pipelines.segment import content_words, sentences

UNTIMED = settings(deadline=None)

texts = st.text(st.one_of(st.characters(), st.sampled_from("　 \n​，。!.会員aÉ")), max_size=60)


@UNTIMED
@given(texts)
def test_every_character_maps_back_to_one_that_reads_the_same(text: str) -> None:
    view = normalise(text)

    for place, char in enumerate(view.text):
        start, end = view.to_source(place, place + 1)
        assert end == start + 1
        assert char in normalise(text[start:end]).text or char in " \n"


@UNTIMED
@given(texts)
def test_ranges_map_back_in_order(text: str) -> None:
    view = normalise(text)

    starts = [view.to_source(place, place + 1).start for place in range(len(view.text))]

    assert starts == sorted(set(starts))


@UNTIMED
@given(texts)
def test_the_view_has_no_invisible_characters_and_no_runs_of_blanks(text: str) -> None:
    view = normalise(text).text

    assert "\u200b" not in view
    assert "\ufeff" not in view
    assert "  " not in view


@UNTIMED
@given(texts)
def test_sentences_are_in_order_and_cover_every_letter(text: str) -> None:
    view = normalise(text).text

    spans = sentences(view)

    assert all(one.end <= other.start for one, other in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    assert all(place in covered for place, char in enumerate(view) if char.isalnum())


@UNTIMED
@given(texts)
def test_content_words_stand_in_the_text(text: str) -> None:
    view = normalise(text).text

    assert all(word.rstrip("y") in view for word in content_words(view))
