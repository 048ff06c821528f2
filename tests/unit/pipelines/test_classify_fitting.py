"""Learning the second reader's model: what it finds in made-up lessons, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from pipelines.classify import TextModel
from pipelines.classify.fitting import Lesson, axis_of, learn
from pipelines.classify.model import CHINESE, Floats

LATE, PRICE = "pattern late_delivery", "pattern price_trick"
COLUMNS = (LATE, PRICE)

_NOISE = tuple(f"noise{number}" for number in range(150))


def lesson(number: int, words: str, **fields: object) -> Lesson:
    """Give a lesson that by itself is true of nothing."""
    given = {"hints": {}, "truth": dict.fromkeys(COLUMNS, False), **fields}
    return Lesson(lesson_id=f"l:{number}", words=tuple(words.split()), **given)  # type: ignore[arg-type]


def drawn(count: int, seed: int = 1) -> list[Lesson]:
    """Draw lessons in which a word makes one column likely, and a hint the other.

    Late delivery is true of 9 in 10 texts that say "waiting" and of 1 in 10 others; the price
    trick of 8 in 10 with the hint and 1 in 20 others. All other words say nothing.
    """
    chance = np.random.default_rng(seed)
    made = []
    for number in range(count):
        is_waiting, is_hinted = chance.random(2) < 0.4
        words = [str(word) for word in chance.choice(_NOISE, 6)]
        words += ["waiting"] if is_waiting else []
        truth = {
            LATE: bool(chance.random() < (0.9 if is_waiting else 0.1)),
            PRICE: bool(chance.random() < (0.8 if is_hinted else 0.05)),
        }
        hints = {"titled": 1.0} if is_hinted else {}
        made.append(lesson(number, " ".join(words), hints=hints, truth=truth))
    return made


UNSEEN = drawn(500, seed=7)


@pytest.fixture(scope="module")
def learned() -> TextModel:
    return learn(drawn(400), {}, COLUMNS)


def probabilities(model: TextModel, lessons: Sequence[Lesson]) -> Floats:
    """Give the probability of every column in every lesson."""
    logits = np.array([model.score(model.rows(one.words), one.hints) for one in lessons])
    shares: Floats = 1 / (1 + np.exp(-logits))
    return shares


def probability(model: TextModel, words: str, column: str = LATE, **hints: float) -> float:
    [row] = probabilities(model, [lesson(0, words, hints=hints)])
    return float(row[model.columns.index(column)])


# -- what is learned --------------------------------------------------------------


def test_a_word_that_makes_a_code_likely_is_what_speaks_most_for_it(learned: TextModel) -> None:
    assert learned.top_features(LATE, 1)[0].feature == "waiting"
    shares = probabilities(learned, UNSEEN)[:, 0]
    is_waiting = np.array(["waiting" in one.words for one in UNSEEN])
    assert float(shares[is_waiting].mean()) > 0.6
    assert float(shares[~is_waiting].mean()) < 0.3


def test_a_hint_that_makes_a_code_likely_is_what_speaks_most_for_it(learned: TextModel) -> None:
    hint = "titled"

    [reason, *_] = learned.explain(("noise1", "waiting"), {hint: 1.0}, PRICE)
    assert (reason.feature, reason.weight > 0) == (hint, True)
    assert probability(learned, "noise1 noise2", PRICE, **{hint: 1.0}) > 0.6
    assert probability(learned, "noise1 noise2", PRICE) < 0.3


def test_what_rules_say_of_a_code_weighs_less_than_any_other_hint_of_the_same_lessons() -> None:
    def weight(hint: str) -> float:
        lessons = [
            replace(one, hints=dict.fromkeys([hint] if one.hints else [], 1.0))
            for one in drawn(200)
        ]
        [reason] = learn(lessons, {}, COLUMNS).explain((), {hint: 1.0}, PRICE)
        return reason.weight

    assert 0 < weight("alleged pattern price_trick") == weight("named nature price")
    assert weight("alleged pattern price_trick") < weight("titled")


def test_words_that_follow_each_other_are_learned_as_a_pair() -> None:
    lessons = [
        lesson(number, words, truth={LATE: words == "not arrived", PRICE: False})
        for number, words in enumerate(["not arrived", "arrived not", "not", "arrived"] * 10)
    ]

    model = learn(lessons, {}, COLUMNS)

    assert model.top_features(LATE, 1)[0].feature == "not arrived"
    assert probability(model, "not arrived") > 0.5 > probability(model, "arrived not")


def test_a_word_without_lessons_reads_like_its_neighbours() -> None:
    late, fine = np.eye(2, dtype=np.float32)
    vectors = {"waiting": late, "delayed": late, "pleased": fine, "happy": fine}
    lessons = [
        lesson(number, word, truth={LATE: word == "waiting", PRICE: False})
        for number, word in enumerate(["waiting", "pleased"] * 20)
    ]

    model = learn(lessons, vectors, COLUMNS)

    assert probability(model, "delayed") > 0.7 > 0.3 > probability(model, "happy")
    assert "delayed" not in [reason.feature for reason in model.top_features(LATE, 20)]


def test_a_word_of_one_text_only_has_no_weight_of_its_own() -> None:
    model = learn([*drawn(60), lesson(60, "hapax waiting")], {}, COLUMNS)

    assert "hapax" not in model.words
    assert "waiting" in model.words


def test_a_column_of_which_nothing_is_known_in_a_lesson_takes_nothing_from_it() -> None:
    lessons = drawn(80)
    silent = [replace(one, truth={}) for one in drawn(80, seed=2)]

    model = learn([*lessons, *silent], {}, COLUMNS)

    assert probability(model, "waiting a b") > probability(model, "g a b")


def test_a_lesson_that_counts_more_moves_the_model_more() -> None:
    def disputed(weight: float) -> TextModel:
        lessons = [
            lesson(number, "waiting", truth={LATE: number % 2 == 0, PRICE: False},
                   weight=weight if number % 2 == 0 else 1.0)
            for number in range(40)
        ]  # fmt: skip
        quiet = [lesson(number, "fine") for number in range(40, 60)]
        return learn([*lessons, *(replace(one, is_real=False) for one in quiet)], {}, COLUMNS)

    def gained(model: TextModel) -> float:
        (row, other), column = map(model.words.index, ("waiting", "fine")), 0
        return float(model.table[row, column] - model.table[other, column])

    assert gained(disputed(3.0)) > gained(disputed(1.0)) > 0


# -- how sure it is ---------------------------------------------------------------


def test_probabilities_of_unseen_lessons_are_near_the_shares_of_the_truth(
    learned: TextModel,
) -> None:
    shares = probabilities(learned, UNSEEN).ravel()
    truth = np.array([[one.truth[column] for column in COLUMNS] for one in UNSEEN]).ravel()

    bands = np.digitize(shares, (0.2, 0.4, 0.6, 0.8))
    gaps = [
        abs(float(shares[bands == band].mean() - truth[bands == band].mean()))
        for band in bands.tolist()
    ]
    assert float(shares.mean()) == pytest.approx(float(truth.mean()), abs=0.05)
    assert sum(gaps) / len(gaps) < 0.1


def test_lessons_that_tell_nothing_leave_the_share_of_the_truth() -> None:
    chance = np.random.default_rng(3)
    lessons = [
        lesson(number, " ".join(chance.choice(_NOISE, 5)),
               truth={LATE: bool(chance.random() < 0.3), PRICE: False})
        for number in range(300)
    ]  # fmt: skip

    shares = probabilities(learn(lessons, {}, (LATE,)), drawn(100, seed=9))

    assert float(shares.mean()) == pytest.approx(0.3, abs=0.1)


def test_sureness_and_thresholds_are_set_by_real_texts_only() -> None:
    invented = [replace(one, is_real=False) for one in drawn(80)]

    model = learn(invented, {}, COLUMNS)

    assert model.thresholds == {"pattern": 0.6}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("share", [0.03, 0.5, 1.0])
def test_thresholds_stay_within_their_bounds(seed: int, share: float) -> None:
    chance = np.random.default_rng(seed)
    lessons = [
        replace(one, truth={column: bool(chance.random() < share) for column in COLUMNS})
        for one in drawn(80, seed=seed)
    ]

    model = learn(lessons, {}, COLUMNS)

    assert 0.2 <= model.thresholds["pattern"] <= 0.6


def test_chinese_texts_have_a_threshold_of_their_own_where_both_languages_have_enough_true() -> (
    None
):
    plain = drawn(700)
    chinese = [
        replace(one, lesson_id=f"zh:{number}", hints={**one.hints, CHINESE: 1.0})
        for number, one in enumerate(drawn(700, seed=2))
    ]

    assert set(learn([*plain, *chinese], {}, COLUMNS).thresholds) == {"pattern", "pattern chinese"}
    assert set(learn([*plain, *chinese[:50]], {}, COLUMNS).thresholds) == {"pattern"}


def test_every_axis_has_a_threshold_of_its_own() -> None:
    lessons = [
        replace(one, truth={LATE: one.truth[LATE], "nature price": one.truth[PRICE]})
        for one in drawn(100)
    ]

    model = learn(lessons, {}, (LATE, "nature price"))

    assert list(model.thresholds) == ["pattern", "nature"]
    assert axis_of("nature price") == "nature"


# -- what is not learned ----------------------------------------------------------


def rarely(true_of: int, truths: Mapping[str, bool]) -> list[Lesson]:
    """Give lessons of which the price trick is true of so many, each time with the same word."""
    planted = [lesson(number, "trick", truth={**truths, PRICE: True}) for number in range(true_of)]
    chance = np.random.default_rng(4)
    rest = [
        lesson(number, " ".join(chance.choice(_NOISE, 4)),
               truth={LATE: bool(chance.random() < 0.7), PRICE: False})
        for number in range(true_of, 60)
    ]  # fmt: skip
    return [*planted, *rest]


@pytest.mark.parametrize("true_of", [0, 1, 2])
def test_a_column_that_is_true_of_fewer_than_three_lessons_says_nothing(true_of: int) -> None:
    model = learn(rarely(true_of, {LATE: True}), {}, COLUMNS)

    assert probability(model, "trick", PRICE) < 0.001
    assert not model.table[:, 1].any()


def test_a_column_that_is_true_of_three_lessons_is_learned() -> None:
    model = learn(rarely(3, {LATE: True}), {}, COLUMNS)

    assert probability(model, "trick", PRICE) > probability(model, "a b", PRICE)


def test_a_column_that_is_true_of_all_lessons_is_not_learned() -> None:
    lessons = [replace(one, truth={LATE: True}) for one in drawn(40)]

    assert probability(learn(lessons, {}, (LATE,)), "waiting") < 0.001


# -- the same again ---------------------------------------------------------------


def test_the_same_lessons_give_the_same_model() -> None:
    vectors = {"waiting": np.ones(3, np.float32), "delayed": np.ones(3, np.float32)}

    one, other = (learn(drawn(80), vectors, COLUMNS) for _ in range(2))

    assert (one.version, one.words, one.pairs) == (other.version, other.words, other.pairs)
    assert np.array_equal(one.table, other.table)
    assert np.array_equal(one.bias, other.bias)
    assert one.thresholds == other.thresholds


def test_the_version_moves_with_what_was_learned(learned: TextModel) -> None:
    assert learn(drawn(400)[:-20], {}, COLUMNS).version != learned.version
    assert len(learned.version) == 8
