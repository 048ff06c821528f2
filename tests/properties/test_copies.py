"""Laws of finding copies: no order matters, sketches tell the truth, strangers stay apart."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedupe import find_copies, signatures
from tests.copy_scene import (
    estimated,
    features,
    groups,
    invented,
    true_similarity,
    with_other_words,
)

PLACES = st.lists(st.integers(min_value=0, max_value=158), max_size=30)
FAMILIES = st.lists(
    st.tuples(st.integers(0, 5), st.lists(st.sampled_from([20, 90]), max_size=1)), max_size=12
)


@given(family=FAMILIES, data=st.data())
@settings(max_examples=50)
def test_the_order_of_the_rows_changes_nothing(
    family: list[tuple[int, list[int]]], data: st.DataObject
) -> None:
    table = features([with_other_words(invented(seed), places) for seed, places in family])
    order = data.draw(st.permutations(range(len(family))))

    assert find_copies(table.take(pa.array(order, pa.int64()))).equals(find_copies(table))


@given(family=FAMILIES)
@settings(max_examples=50)
def test_a_group_is_named_after_its_first_and_similarity_is_a_share(
    family: list[tuple[int, list[int]]],
) -> None:
    rows = find_copies(
        features([with_other_words(invented(seed), places) for seed, places in family])
    ).to_pylist()

    members: dict[str, list[str]] = {}
    for row in rows:
        members.setdefault(row["copy_group_id"], []).append(row["complaint_id"])
    assert all(name == min(ids) and len(ids) > 1 for name, ids in members.items())
    assert all(0.8 <= row["similarity"] <= 1 for row in rows)


@given(seed=st.integers(0, 10_000), places=PLACES)
def test_the_similarity_of_two_sketches_is_that_of_the_texts(seed: int, places: list[int]) -> None:
    text = invented(seed)
    other = with_other_words(text, places)

    # Four standard deviations of a share among 128 places, at its widest.
    assert estimated(text, other) == pytest.approx(true_similarity(text, other), abs=0.18)


@given(texts=st.lists(st.text(max_size=80), max_size=8))
def test_a_sketch_does_not_depend_on_its_neighbours(texts: list[str]) -> None:
    assert signatures(texts) == [sketch for text in texts for sketch in signatures([text])]


@given(
    seed=st.integers(0, 10_000), mark=st.sampled_from("，。！ \n\t、；"), place=st.integers(0, 160)
)
def test_punctuation_and_blanks_make_no_difference(seed: int, mark: str, place: int) -> None:
    text = invented(seed)

    assert signatures([text[:place] + mark + text[place:]]) == signatures([text])


@given(seeds=st.lists(st.integers(0, 10_000), unique=True, max_size=20))
@settings(max_examples=50)
def test_unrelated_texts_are_no_copies(seeds: list[int]) -> None:
    assert groups([invented(seed) for seed in seeds]) == set()


@given(seed=st.integers(0, 10_000), place=st.integers(0, 158))
def test_a_text_with_a_changed_name_is_found(seed: int, place: int) -> None:
    text = invented(seed)

    assert groups([text, with_other_words(text, [place])]) == {frozenset({0, 1})}
