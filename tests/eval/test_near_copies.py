"""How many near copies are found: planted ones, and those of the real data."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from flows import sample
from pipelines.normalise import normalise
from tests.eval.near_copies import exact_similarities, found_pairs, measure, planted, sources

RECALL_AT_LEAST = 0.99
PRECISION_AT_LEAST = 0.9


@cache
def own_texts() -> tuple[str, ...]:
    """Give the distinct texts of the project's sample that are long enough to have copies."""
    lines = (Path(sample.__file__).parent / "posts.jsonl").read_text(encoding="utf-8").splitlines()
    texts = dict.fromkeys(json.loads(line)["text"] for line in lines)
    return tuple(text for text in texts if sum(map(str.isalnum, text)) >= 40)


def test_planted_edits_are_found_wherever_the_texts_stay_near() -> None:
    texts = own_texts()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()

    for number, text in enumerate(texts):
        for kind, edited in planted(text, texts[number - 7], seed=number).items():
            pair = [normalise(text).text, normalise(edited).text]
            if exact_similarities(pair, 0.6):
                wanted[kind] += 1
                found[kind] += (0, 1) in found_pairs(pair)

    assert set(wanted) >= {"changed_1", "changed_3", "sentence_dropped", "name_swapped"}
    assert sum(found.values()) / sum(wanted.values()) >= RECALL_AT_LEAST


def test_one_changed_character_never_hides_a_copy() -> None:
    pairs = [
        [normalise(text).text, normalise(planted(text, text, seed=number)["changed_1"]).text]
        for number, text in enumerate(own_texts())
    ]

    assert all(found_pairs(pair) == {(0, 1)} for pair in pairs)


def test_the_texts_of_the_sample_are_hardly_ever_copies_by_mistake() -> None:
    agreement = measure(own_texts())

    assert (agreement.recall, agreement.precision) == (1, 1)


@pytest.mark.data
def test_the_near_copies_of_the_real_sources_are_found(shared_data: Path) -> None:
    agreements = {name: measure(texts) for name, texts in sources(shared_data)}

    for name, agreement in agreements.items():
        assert agreement.recall >= RECALL_AT_LEAST, name
        assert agreement.precision >= PRECISION_AT_LEAST, name
