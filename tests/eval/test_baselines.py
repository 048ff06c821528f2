"""The baselines learn what is plain, judge no text by itself, and see nothing held out."""

from __future__ import annotations

import pytest

from pipelines.records import Axis
from pipelines.taxonomy import load_taxonomy
from tests.eval.contest import Bout, bouts, read_by
from tests.eval.keywords import KeywordReader
from tests.eval.labels import Label, LabelRow
from tests.eval.lessons import Baseline, Lesson, example_lessons, labelled_lessons
from tests.eval.linear import LinearReader
from tests.eval.measures import Estimate
from tests.eval.nearest import NearestReader
from tests.eval.predictions import Prediction
from tests.eval.sample import Item
from tests.eval.texts import Text

LATE, VOID = (Axis.PATTERN, "late_delivery"), (Axis.PATTERN, "used_or_invalid_code")

LESSONS = [
    Lesson(
        wording=f"{start}{middle}{end}", codes=frozenset({code}) if code else frozenset(), kind=kind
    )
    for start in ("上周", "这个月", "前几天")
    for end in ("。", "，太气人了。", "，等说法。")
    for middle, code, kind in (
        ("下单的快递迟迟不发货", LATE, "complaint"),
        ("买的点卡卡密已被使用", VOID, "complaint"),
        ("大家都说天气很好", None, "other"),
    )
]


@pytest.mark.parametrize("reader", [LinearReader, NearestReader])
def test_a_learner_reads_what_it_was_taught(reader: type[LinearReader | NearestReader]) -> None:
    baseline: Baseline = reader(LESSONS, [])

    found = baseline.of_new(["昨天买的点卡卡密已被使用！", "今天天气很好"])

    assert [set(one.codes) for one in found] == [{VOID}, set()]
    assert [one.kind for one in found] == ["complaint", "other"]


@pytest.mark.parametrize("reader", [LinearReader, NearestReader])
def test_a_learner_judges_a_known_text_by_the_others(
    reader: type[LinearReader | NearestReader],
) -> None:
    alone = Lesson(wording="骑手把汤洒了一地", codes=frozenset({LATE}), kind="report")

    found = reader([*LESSONS, alone], []).of_labelled()

    assert len(found) == len(LESSONS) + 1
    assert found[-1].kind != "report"


@pytest.mark.parametrize("reader", [LinearReader, NearestReader])
def test_a_learner_of_no_texts_to_read_says_nothing(
    reader: type[LinearReader | NearestReader],
) -> None:
    assert reader(LESSONS, []).of_new([]) == []


def test_keywords_find_codes_by_words_wherever_they_stand() -> None:
    taxonomy = load_taxonomy()
    reader = KeywordReader(taxonomy, LESSONS, example_lessons(taxonomy))

    said, denied, silent = reader.of_new(
        ["我买的卡密已被使用", "我没有说卡密已被使用", "the weather is fine"]
    )

    assert VOID in said.codes
    assert VOID in denied.codes
    assert (silent.kind, dict(silent.codes)) == ("other", {})
    assert len(reader.of_labelled()) == len(LESSONS)


def labelled(number: int, split: str, wording: str) -> Item:
    """A complaint about a void code, of which we find everything."""
    row = LabelRow.model_validate(
        {"id": f"own:{number}", "split": split, "kind": "complaint", "outcome": "unknown",
         "patterns": [VOID[1]]}
    )  # fmt: skip
    label = Label(text_id=row.id, source="own", split=row.split, codes=frozenset({VOID}), row=row)
    text = Text(text_id=row.id, source="own", post={"id": row.id, "text": wording})
    return Item(label=label, text=text, found=Prediction(kind="complaint", codes={VOID: 0.9}))


def test_a_baseline_is_compared_on_the_same_texts() -> None:
    learned = labelled(1, "dev", "上周下单的快递迟迟不发货")
    new = [labelled(2, "held", "买的点卡卡密已被使用"), labelled(3, "held", "大家都说天气很好")]
    lessons = [*labelled_lessons([learned.label], [learned.text]), *LESSONS]
    items = [learned, *new]

    rivals = read_by({"nearest": NearestReader(lessons, [])}, items, [learned.label])

    assert [set(one.found.codes) for one in rivals["nearest"]] == [{LATE}, {VOID}, set()]
    patterns = next(one for one in bouts(items, rivals) if one.figure == "patterns, Chinese")
    assert patterns.ours == 1.0
    assert patterns.theirs == pytest.approx(2 / 5)
    assert patterns.gain.value == pytest.approx(3 / 5)
    assert "patterns, English" not in {one.figure for one in bouts(items, rivals)}


def test_no_lesson_is_made_of_a_held_out_text() -> None:
    row = LabelRow.model_validate(
        {"id": "own:1", "split": "held", "kind": "other", "outcome": "unknown"}
    )
    label = Label(text_id="own:1", source="own", split="held", codes=frozenset(), row=row)
    text = Text(text_id="own:1", source="own", post={"id": "own:1", "text": "x"})

    with pytest.raises(ValueError, match="expected no held-out text"):
        labelled_lessons([label], [text])


@pytest.mark.parametrize(("low", "is_above"), [(0.01, True), (0.0, False), (None, False)])
def test_above_the_interval_means_all_of_it_above_zero(low: float | None, is_above: bool) -> None:
    gain = Estimate(value=0.1, low=low, high=0.2)
    bout = Bout(figure="natures", baseline="keywords", ours=0.9, theirs=0.8, gain=gain)

    assert bout.is_above is is_above
