"""The second reader: scores, opinions, clauses; learning; the model that ships."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from pipelines.classify import MODEL_VERSION, SecondReader, WordModel, load_model
from pipelines.classify.examples import fingerprint, written_examples
from pipelines.classify.fitting import Lesson, learn
from pipelines.classify.model import read_model, save_model
from pipelines.reading import STEP_VERSION
from pipelines.records import Axis, Span
from pipelines.segment import sentences, words
from pipelines.stance import Scenery
from pipelines.taxonomy import load_taxonomy

LEAK, LATE = (Axis.PATTERN, "personal_data_leak"), (Axis.PATTERN, "late_delivery")


def model(**scores: tuple[float, float, float, float]) -> WordModel:
    """Give a model of two codes: scores for late, leak, neither, and any allegation."""
    return WordModel(
        version="toy",
        learned_from="nothing",
        codes=(LATE, LEAK),
        words=tuple(scores),
        pairs=(("no", "parcel"),),
        table=np.array([*scores.values(), (4, 0, 0, 4)], dtype=np.float32),
        bias=np.zeros(4, dtype=np.float32),
    )


def scenery(text: str) -> Scenery:
    return Scenery(text=text, sentences=sentences(text), cues={})


def test_a_text_scores_the_mean_of_its_words_and_pairs() -> None:
    scores = model(waiting=(2, 0, 0, 1), no=(0, 0, 0, 1)).score(("waiting", "no", "parcel"))

    assert scores.tolist() == pytest.approx([6 / 3, 0, 0, 6 / 3])


def test_unknown_words_thin_out_what_the_known_ones_say() -> None:
    reader = model(waiting=(3, 0, 0, 3))

    assert reader.score(("waiting",))[0] == pytest.approx(3)
    assert reader.score(("waiting", "xyzzy", "plugh"))[0] == pytest.approx(1)


def test_a_text_without_words_alleges_nothing() -> None:
    opinion = SecondReader(model(waiting=(9, 0, 0, 9))).read(())

    assert (opinion.grievance, opinion.codes) == (0.0, ())


def test_the_likeliest_code_is_named_with_its_probability() -> None:
    opinion = SecondReader(model(waiting=(4, 0, 0, 4))).read(("waiting",))

    [(code, score)] = opinion.codes
    assert code == LATE
    assert 0.9 < score < opinion.grievance


def test_no_code_is_named_where_nothing_is_alleged() -> None:
    assert SecondReader(model(waiting=(4, 0, 0, -1))).read(("waiting",)).codes == ()


def test_a_complaint_that_no_code_fits_gets_none() -> None:
    assert SecondReader(model(noise=(0, 0, 6, 4))).read(("noise",)).codes == ()


def test_clauses_are_listed_by_what_they_say_for_a_code() -> None:
    text = "good day, still waiting for it. no parcel came"
    reader = SecondReader(model(waiting=(2, 0, 0, 2), still=(0.5, 0, 0, 0), good=(-1, 0, 0, 0)))

    clauses = reader.clauses(reader.read(words(text)), LATE, scenery(text))

    assert [text[start:end] for start, end in clauses] == [
        "no parcel came", "still waiting for it.",
    ]  # fmt: skip


def test_placeholders_do_not_shift_the_clauses() -> None:
    text = "[person_1] sent me nothing, still waiting"
    reader = SecondReader(model(waiting=(2, 0, 0, 2), person=(9, 0, 0, 9)))

    assert reader.clauses(reader.read(words(text)), LATE, scenery(text)) == [
        Span(text.index("still"), len(text))
    ]


def test_a_saved_model_reads_like_the_one_that_was_saved(tmp_path: Path) -> None:
    made = model(waiting=(2, 0.5, 0, 1), 没到=(3, 0, 0, 2))

    save_model(made, tmp_path / "model.npz")
    read = read_model(tmp_path / "model.npz")

    assert (read.version, read.learned_from, read.codes) == ("toy", "nothing", made.codes)
    assert (read.words, read.pairs) == (made.words, made.pairs)
    assert np.abs(read.table - made.table).max() <= 4 / 127


def test_learning_reads_unseen_words_like_their_neighbours() -> None:
    lessons = [
        Lesson(writer=writer, teaches=teaches, code=code, words=tuple(text.split()))
        for writer in ("one", "two")
        for text, teaches, code in (
            ("still waiting", "allegation", LATE),
            ("never arrived", "allegation", LATE),
            ("number sold", "allegation", LEAK),
            ("address leaked", "allegation", LEAK),
            ("lovely day", "no_allegation", None),
            ("thanks everybody", "no_allegation", None),
        )
    ]
    late, leak, fine = np.eye(3)
    kinds = {
        "still waiting never arrived delayed": late,
        "number sold address leaked spread": leak,
        "lovely day thanks everybody pleased": fine,
    }
    vectors = {word: vector for line, vector in kinds.items() for word in line.split()}

    learned = learn(lessons, vectors)
    reader = SecondReader(learned.model)

    assert set(learned.without) == {"one", "two"}
    assert [code for code, _ in reader.read(("delayed",)).codes] == [LATE]
    assert [code for code, _ in reader.read(("spread",)).codes] == [LEAK]
    assert reader.read(("pleased",)).codes == ()
    assert learn(lessons, vectors).model.version == learned.model.version


def test_the_version_of_the_shipped_model_is_part_of_the_reading() -> None:
    assert load_model().version == MODEL_VERSION
    assert MODEL_VERSION in STEP_VERSION


def test_the_shipped_model_was_learned_from_the_examples_as_they_are() -> None:
    assert load_model().learned_from == fingerprint(written_examples())


def test_the_shipped_model_names_codes_of_the_taxonomy_only() -> None:
    entries = load_taxonomy().entries

    assert [code for code in load_model().codes if code not in entries] == []


def test_every_learned_code_has_examples_of_several_writers_in_both_languages() -> None:
    examples = [one for one in written_examples() if one.teaches == "allegation"]

    for axis, code in load_model().codes:
        own = [one for one in examples if (one.axis, one.code) == (axis, code)]
        assert len({one.writer for one in own}) >= 4, code
        assert {one.language for one in own} == {"zh", "en"}, code


def test_the_shipped_model_is_the_one_that_its_version_names() -> None:
    shipped = files("pipelines.classify").joinpath("model.npz").read_bytes()

    # A new model brings a new version: record both here.
    assert (MODEL_VERSION, sha256(shipped).hexdigest()[:16]) == ("f5817600", "d5ba3bfcee38f4d3")
