"""The second reader: scores and what they are made of, opinions, clauses; the model that ships."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.classify import (
    MODEL_VERSION,
    Hints,
    SecondReader,
    TextModel,
    check_model,
    load_model,
)
from pipelines.classify.examples import LEARNED_AXES, fingerprint, written_examples
from pipelines.classify.model import (
    MODEL_DIGEST,
    Floats,
    digest_of,
    pack_model,
    unpack_model,
)
from pipelines.classify.second_reader import SECONDED
from pipelines.classify.truth import KINDS, OUTCOMES
from pipelines.errors import ModelError
from pipelines.reading import STEP_VERSION
from pipelines.records import Axis, Span
from pipelines.scenery import Scenery
from pipelines.segment import sentences, words
from pipelines.taxonomy import load_taxonomy
from tests.reader_scene import UNHEARD_OF, toy_model

LATE, LEAK = (Axis.PATTERN, "late_delivery"), (Axis.PATTERN, "personal_data_leak")
LATE_COLUMN, LEAK_COLUMN = "pattern late_delivery", "pattern personal_data_leak"

READER = toy_model(
    words={
        "waiting": {LATE_COLUMN: 6.0},
        "still": {LATE_COLUMN: 1.5},
        "good": {LATE_COLUMN: -2.0, LEAK_COLUMN: -1.0},
        "number": {LEAK_COLUMN: 5.0},
        "no": {},
        "parcel": {},
        "没到": {LATE_COLUMN: 7.0},
    },
    pairs={"no parcel": {LATE_COLUMN: 8.0}, "number sold": {LEAK_COLUMN: 9.0}},
    hints={"alleged pattern late_delivery": {LATE_COLUMN: 4.0}, "chinese": {LEAK_COLUMN: 0.5}},
)

some_words = st.lists(st.sampled_from([*READER.words, "xyzzy", "plugh"]), max_size=12)
some_hints = st.dictionaries(st.sampled_from([*READER.hints, "brief"]), st.floats(0, 1))


def scores(model: TextModel, text: Sequence[str], hints: Hints) -> Floats:
    return model.score(model.rows(text), hints)


def score(model: TextModel, text: Sequence[str], hints: Hints, column: str = LATE_COLUMN) -> float:
    return float(scores(model, text, hints)[model.columns.index(column)])


def scenery(text: str) -> Scenery:
    return Scenery(text=text, sentences=sentences(text), cues={})


# -- what a score is ------------------------------------------------------------


@given(st.permutations(["waiting", "good", "number", "still"]))
def test_without_pairs_the_order_of_words_says_nothing(text: list[str]) -> None:
    alike = score(READER, ("waiting", "good", "number", "still"), {})

    assert score(READER, text, {}) == pytest.approx(alike)


@given(some_words, some_hints)
def test_how_often_a_word_stands_there_says_nothing(text: list[str], hints: Hints) -> None:
    once = [word for word in dict.fromkeys(text) if word in ("waiting", "good", "没到")]

    assert score(READER, once * 3, hints) == pytest.approx(score(READER, once, hints))


@given(some_words, some_hints)
def test_unknown_words_and_hints_say_nothing(text: list[str], hints: Hints) -> None:
    padded = [*text, "frobnicate", "plugh"]

    assert score(READER, padded, {**hints, "unheard of": 1.0}) == score(READER, text, hints)


def test_a_known_word_is_thinned_out_by_other_known_words_only() -> None:
    assert score(READER, ("waiting",), {}) == pytest.approx(6 + UNHEARD_OF)
    assert score(READER, ("waiting", "xyzzy"), {}) == pytest.approx(6 + UNHEARD_OF)
    assert score(READER, ("waiting", "no"), {}) == pytest.approx(6 / 2**0.5 + UNHEARD_OF)


def test_two_words_add_up_over_the_length_of_the_text() -> None:
    both = score(READER, ("waiting", "still", "good", "number"), {})

    assert both == pytest.approx((6 + 1.5 - 2) / 2 + UNHEARD_OF)


def test_a_pair_counts_where_its_words_follow_each_other_only() -> None:
    assert score(READER, ("no", "parcel"), {}) == pytest.approx(8 / 2**0.5 + UNHEARD_OF)
    assert score(READER, ("parcel", "no"), {}) == pytest.approx(UNHEARD_OF)


@given(some_words, st.floats(0, 1), st.floats(0, 1))
def test_hints_count_by_their_value_whatever_the_words(
    text: list[str], less: float, more: float
) -> None:
    hint = "alleged pattern late_delivery"

    gained = score(READER, text, {hint: more}) - score(READER, text, {hint: less})

    assert gained == pytest.approx(4 * (more - less), abs=1e-4)


def test_a_text_without_anything_known_scores_the_bias() -> None:
    assert scores(READER, (), {}).tolist() == READER.bias.tolist()
    assert scores(READER, ("xyzzy",), {"unheard of": 1.0}).tolist() == READER.bias.tolist()


# -- what it is explained by ------------------------------------------------------


@given(some_words, some_hints, st.sampled_from([LATE_COLUMN, LEAK_COLUMN]))
def test_an_explanation_sums_with_the_bias_to_the_score(
    text: list[str], hints: Hints, column: str
) -> None:
    reasons = READER.explain(text, hints, column)

    told = sum(reason.weight for reason in reasons) + UNHEARD_OF
    assert told == pytest.approx(score(READER, text, hints, column), abs=1e-4)


def test_an_explanation_names_words_pairs_and_hints_the_weightiest_first() -> None:
    text, hints = ("good", "no", "parcel"), {"alleged pattern late_delivery": 0.5}

    reasons = READER.explain(text, hints, LATE_COLUMN)

    assert [reason.feature for reason in reasons if reason.weight] == [
        "no parcel", "alleged pattern late_delivery", "good",
    ]  # fmt: skip
    assert reasons[1].weight == pytest.approx(2.0)


@given(st.lists(st.sampled_from([*READER.words, "xyzzy"]), unique=True))
def test_what_each_word_of_a_text_adds_sums_to_its_score(text: list[str]) -> None:
    added = READER.weights(READER.rows(text), READER.columns.index(LATE_COLUMN))

    assert len(added) == len(text)
    assert sum(added) + UNHEARD_OF == pytest.approx(score(READER, text, {}), abs=1e-4)


def test_the_top_features_are_those_of_lessons_only() -> None:
    known = toy_model(
        words={"waiting": {LATE_COLUMN: 2.0}, "delayed": {LATE_COLUMN: 9.0}},
        pairs={"no parcel": {LATE_COLUMN: 3.0}},
        hints={"brief": {LATE_COLUMN: -1.0}},
        own_count=1,
    )

    assert [reason.feature for reason in known.top_features(LATE_COLUMN, 2)] == [
        "no parcel", "waiting",
    ]  # fmt: skip
    assert [reason.feature for reason in known.top_features(LATE_COLUMN, 20)] == [
        "no parcel", "waiting", "brief",
    ]  # fmt: skip


# -- keeping it -------------------------------------------------------------------


@given(some_words, some_hints)
def test_a_saved_model_reads_like_the_one_that_was_saved(text: list[str], hints: Hints) -> None:
    read = unpack_model(pack_model(READER))

    # A row keeps 8 bits: half a step of its largest score, for each thing in the text.
    half_a_step = 0.5 * 9 / 127
    bound = half_a_step * (2 * len(text) + len(hints)) + 1e-4
    assert np.abs(scores(read, text, hints) - scores(READER, text, hints)).max() <= bound


def test_a_saved_model_keeps_its_names_and_thresholds() -> None:
    read = unpack_model(pack_model(READER))

    for name in ("version", "learned_from", "columns", "words", "pairs", "hints", "own_count"):
        assert getattr(read, name) == getattr(READER, name), name
    assert read.thresholds == READER.thresholds
    assert read.bias.tolist() == READER.bias.tolist()


def test_a_model_without_pairs_and_hints_can_be_saved() -> None:
    read = unpack_model(pack_model(toy_model(words={"waiting": {LATE_COLUMN: 2.0}})))

    assert (read.words, read.pairs, read.hints) == (("waiting",), (), ())


# -- opinions ---------------------------------------------------------------------


def test_an_opinion_gives_every_code_kind_and_outcome_its_own_probability() -> None:
    opinion = SecondReader(READER).read(("number", "sold"), {})

    assert set(opinion.codes) == {LATE, LEAK}
    assert set(opinion.kinds) == set(KINDS)
    assert set(opinion.outcomes) == set(OUTCOMES)
    assert opinion.codes[LEAK] > 0.99 > 0.01 > opinion.codes[LATE]


def test_a_code_is_named_from_the_threshold_of_its_axis() -> None:
    even = {LATE_COLUMN: 0.0, "wallet account_locked": 0.0}
    lax = toy_model(words={}, bias=even, thresholds={"pattern": 0.4, "wallet": 0.6, "kind": 0.5})

    opinion = SecondReader(lax).read((), {})

    assert opinion.names(LATE, is_alleged=False)
    assert not opinion.names((Axis.WALLET, "account_locked"), is_alleged=False)


def test_a_code_that_a_rule_alleges_needs_a_part_of_the_threshold_only() -> None:
    def opinion(probability: float) -> bool:
        odds = float(np.log(probability / (1 - probability)))
        read = SecondReader(toy_model(words={}, bias={LATE_COLUMN: odds})).read((), {})
        assert not read.names(LATE, is_alleged=False)
        return read.names(LATE, is_alleged=True)

    assert opinion(SECONDED * 0.5 + 0.01)
    assert not opinion(SECONDED * 0.5 - 0.01)


def test_a_code_that_the_model_does_not_know_is_never_named() -> None:
    opinion = SecondReader(READER).read(("waiting",), {})

    assert not opinion.names((Axis.PATTERN, "unheard_of"), is_alleged=True)


# -- where it stands --------------------------------------------------------------


def ranked(reader: SecondReader, text: str) -> list[Span]:
    clauses = reader.clauses(reader.read(words(text), {}), scenery(text))
    return list(clauses.speaking_for(LATE))


def test_clauses_are_listed_by_what_they_say_for_a_code() -> None:
    text = "good day, still waiting for it. no parcel came"
    reader = SecondReader(READER)

    clauses = ranked(reader, text)

    assert [text[start:end] for start, end in clauses] == [
        "no parcel came", "still waiting for it.", "good day, ",
    ]  # fmt: skip


def test_clauses_that_say_as_much_are_listed_in_order() -> None:
    text = "one thing, another thing. a third"
    reader = SecondReader(READER)

    clauses = ranked(reader, text)

    assert [start for start, _ in clauses] == sorted(start for start, _ in clauses)
    assert len(clauses) == 3


def test_placeholders_do_not_shift_the_clauses() -> None:
    text = "[person_1] sent me nothing, still waiting"
    reader = SecondReader(toy_model(words={"waiting": {LATE_COLUMN: 2.0}, "person": {}}))

    first, *_ = ranked(reader, text)

    assert first == Span(text.index("still"), len(text))


@given(st.text(alphabet="等没到waiting no.,!?[person_1]\n ，。", max_size=80))
def test_clauses_of_any_text_lie_within_it_and_do_not_overlap(text: str) -> None:
    reader = SecondReader(READER)

    clauses = sorted(ranked(reader, text))

    assert all(0 <= start < end <= len(text) for start, end in clauses)
    assert all(first.end <= second.start for first, second in pairwise(clauses))


# -- the model that ships ---------------------------------------------------------


def test_the_version_of_the_shipped_model_is_part_of_the_reading() -> None:
    assert load_model().version == MODEL_VERSION
    assert MODEL_VERSION in STEP_VERSION


def test_the_shipped_model_is_the_one_that_its_version_names() -> None:
    shipped = files("pipelines.classify").joinpath("model.npz").read_bytes()

    assert digest_of(shipped) == MODEL_DIGEST
    # A new model brings a new version: record both here.
    assert (MODEL_VERSION, MODEL_DIGEST) == ("36a3c213", "00ac90181dd94536")


def packed_with_a_bit_flipped() -> bytes:
    packed = bytearray(files("pipelines.classify").joinpath("model.npz").read_bytes())
    packed[len(packed) // 2] ^= 1
    return bytes(packed)


@pytest.mark.parametrize("damage", ["empty", "half", "a bit", "another model", "missing"])
def test_a_shipped_model_that_is_not_whole_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    contents = {
        "empty": b"",
        "half": packed_with_a_bit_flipped()[:100_000],
        "a bit": packed_with_a_bit_flipped(),
        "another model": pack_model(READER),
    }
    if damage in contents:
        (tmp_path / "model.npz").write_bytes(contents[damage])
    monkeypatch.setattr("pipelines.classify.model.files", lambda package: tmp_path)

    with pytest.raises(ModelError, match=r"model\.npz: expected .* found .*\. \w+"):
        check_model()


@given(st.binary(max_size=60))
def test_bytes_that_are_no_model_are_refused(packed: bytes) -> None:
    with pytest.raises(ModelError, match="expected a model"):
        unpack_model(packed)


def test_the_shipped_model_was_learned_from_the_examples_as_they_are() -> None:
    assert load_model().learned_from == fingerprint(written_examples())


def test_the_shipped_model_has_a_column_for_every_code_of_the_contract_kind_and_outcome() -> None:
    living = {
        (f"{axis} {code}", entry.source)
        for (axis, code), entry in load_taxonomy().entries.items()
        if axis in LEARNED_AXES and entry.retired is None
    }
    beside = {f"kind {kind}" for kind in KINDS} | {f"outcome {end}" for end in OUTCOMES}

    columns = set(load_model().columns)

    # A code that was added since is read by its rules until the model is learned anew.
    assert columns <= {column for column, _ in living} | beside
    assert (
        columns
        >= {column for column, source in living if source.lower().startswith("contract")} | beside
    )


def test_the_shipped_model_learned_every_column() -> None:
    model = load_model()

    unlearned = [name for name, rows in zip(model.columns, model.table.T, strict=True)
                 if not rows.any()]  # fmt: skip

    assert unlearned == []


def test_the_thresholds_of_the_shipped_model_lie_where_they_may() -> None:
    assert {axis.split(" ")[0] for axis in load_model().thresholds} == {
        "pattern", "wallet", "nature", "kind", "outcome",
    }  # fmt: skip
    assert all(0.2 <= threshold <= 0.6 for threshold in load_model().thresholds.values())


def test_the_shipped_model_knows_the_hints_that_the_rules_give() -> None:
    hints = load_model().hints

    assert {"kind complaint", "reach all", "chinese", "brief", "filed"} <= set(hints)
    assert any(hint.startswith("alleged pattern ") for hint in hints)
