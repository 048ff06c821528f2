"""The rule engine: what each shape of a rule matches, where, and what it costs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.records import Axis, Span
from pipelines.rules import CEILING, RuleEngine, RuleMatch, combined_score
from pipelines.segment import sentences
from pipelines.taxonomy import read_taxonomy

ENTRY = """
code: sample
label: {zh: 样例, en: Sample}
definition: {zh: 样例, en: sample}
source: this test
rules:
RULES
examples: {zh: [样例], en: [sample]}
counterexamples: {zh: [无关], en: [unrelated]}
"""


def engine(folder: Path, *rules: str, concepts: str = "") -> RuleEngine:
    (folder / "patterns").mkdir()
    (folder / "concepts").mkdir()
    listed = "\n".join(f"  - {{weight: 0.8, {rule}}}" for rule in rules)
    (folder / "patterns/sample.yml").write_text(ENTRY.replace("RULES", listed), encoding="utf-8")
    (folder / "concepts/sample.yml").write_text(concepts or "{}", encoding="utf-8")
    return RuleEngine(read_taxonomy(folder))


def passages(rules: RuleEngine, text: str) -> list[str]:
    hits = rules.find(text, sentences(text))
    return [text[start:end] for hit in hits for start, end in hit.spans]


def test_a_chinese_term_matches_anywhere(tmp_path: Path) -> None:
    rules = engine(tmp_path, "any: [退款]")

    assert passages(rules, "我要求全额退款给我") == ["退款"]


def test_an_english_term_matches_whole_words_only(tmp_path: Path) -> None:
    rules = engine(tmp_path, "any: [fee]")

    assert passages(rules, "a fee, not coffee nor fees") == ["fee"]


def test_a_star_stands_for_any_ending(tmp_path: Path) -> None:
    rules = engine(tmp_path, "any: [refus*]")

    assert passages(rules, "they refused") == ["refus"]
    assert passages(rules, "they misrefused") == []


def test_an_english_term_beside_chinese_is_a_whole_word(tmp_path: Path) -> None:
    rules = engine(tmp_path, "any: [app]")

    assert passages(rules, "这个app打不开") == ["app"]


def test_apostrophes_may_be_left_out_and_hyphens_read_as_blanks(tmp_path: Path) -> None:
    rules = engine(tmp_path, "any: [won't pay, off platform]")

    assert passages(rules, "they wont pay") == ["wont pay"]
    assert passages(rules, "an off-platform deal") == ["off-platform"]


def test_a_sequence_keeps_its_order(tmp_path: Path) -> None:
    rules = engine(tmp_path, "seq: [付款, 拉黑]")

    assert passages(rules, "付款以后被拉黑") == ["付款以后被拉黑"]
    assert passages(rules, "拉黑以后才付款") == []


@pytest.mark.parametrize(("between", "found"), [("一二", True), ("一二三", False)])
def test_a_gap_counts_chinese_characters(tmp_path: Path, between: str, found: bool) -> None:
    rules = engine(tmp_path, "seq: [付款, 拉黑], gap: 2")

    assert bool(passages(rules, f"付款{between}拉黑")) is found


@pytest.mark.parametrize(("between", "found"), [("and then", True), ("and only then", False)])
def test_a_gap_counts_english_words(tmp_path: Path, between: str, found: bool) -> None:
    rules = engine(tmp_path, "seq: [paid, vanished], gap: 2")

    assert bool(passages(rules, f"i paid {between} vanished")) is found


def test_a_sequence_stays_in_one_sentence(tmp_path: Path) -> None:
    rules = engine(tmp_path, "seq: [付款, 拉黑]")

    assert passages(rules, "已经付款。然后拉黑") == []


def test_parts_of_a_sequence_do_not_overlap(tmp_path: Path) -> None:
    rules = engine(tmp_path, "seq: [不退款, 退款]")

    assert passages(rules, "不退款") == []


def test_a_sequence_passes_over_a_near_miss_to_a_later_match(tmp_path: Path) -> None:
    rules = engine(tmp_path, "seq: [付款, 拉黑, 报警], gap: 3")

    assert passages(rules, "拉黑付款拉黑了就报警") == ["付款拉黑了就报警"]


def test_all_parts_count_in_any_order(tmp_path: Path) -> None:
    rules = engine(tmp_path, "all: [付款, 拉黑]")

    assert passages(rules, "被拉黑,付款白付") == ["拉黑,付款"]
    assert passages(rules, "付款。拉黑") == []


def test_a_window_reaches_over_sentences(tmp_path: Path) -> None:
    rules = engine(tmp_path, "all: [付款, 拉黑], within: 8")

    assert passages(rules, "我付款了。他拉黑我") == ["付款了。他拉黑"]
    assert passages(rules, "我付款了。过了一个星期他才拉黑我") == []


def test_a_window_takes_the_narrowest_place(tmp_path: Path) -> None:
    rules = engine(tmp_path, "all: [付款, 拉黑], within: document")

    assert passages(rules, "付款。隔了很久。付款,拉黑") == ["付款,拉黑"]


def test_unless_silences_its_own_sentence_only(tmp_path: Path) -> None:
    rules = engine(tmp_path, "any: [拉黑], unless: [玩笑]")

    assert passages(rules, "开玩笑拉黑你。他真的拉黑了我") == ["拉黑"]
    assert passages(rules, "开玩笑拉黑你") == []


def test_needs_may_stand_anywhere(tmp_path: Path) -> None:
    rules = engine(tmp_path, "any: [找回], needs: [卖家, 号主]")

    assert passages(rules, "号被找回。卖家不管") == ["找回"]
    assert passages(rules, "号被找回") == []


def test_a_concept_stands_for_its_terms_and_for_those_it_includes(tmp_path: Path) -> None:
    concepts = "gone: {zh: [失联], include: [blocked]}\nblocked: {zh: [拉黑], en: [blocked]}"
    rules = engine(tmp_path, "any: ['@gone']", concepts=concepts)

    assert passages(rules, "商家失联") == ["失联"]
    assert passages(rules, "he blocked me") == ["blocked"]


def test_a_phrase_of_a_concept_is_one_match(tmp_path: Path) -> None:
    concepts = "unsent: {phrases: [{seq: [[没, 未], [发货, 寄]], gap: 2}]}"
    rules = engine(tmp_path, "seq: [付款, '@unsent']", concepts=concepts)

    assert passages(rules, "付款后没有给寄") == ["付款后没有给寄"]


def test_an_exception_hides_what_lies_inside_it(tmp_path: Path) -> None:
    concepts = "card: {zh: [卡], except: {zh: [卡在]}}"
    rules = engine(tmp_path, "any: ['@card']", concepts=concepts)

    assert passages(rules, "卡在路上") == []
    assert passages(rules, "卡在路上,卡没了") == ["卡"]


def test_an_exception_holds_where_the_concept_is_included(tmp_path: Path) -> None:
    concepts = "card: {zh: [卡], except: {zh: [卡在]}}\ngoods: {include: [card], zh: [货]}"
    rules = engine(tmp_path, "any: ['@goods']", concepts=concepts)

    assert passages(rules, "卡在路上") == []
    assert passages(rules, "货和卡") == ["货", "卡"]


LONG = "。今天天气很好" * 20


def test_a_brief_rule_counts_in_brief_texts_only(tmp_path: Path) -> None:
    rules = engine(tmp_path, "any: [拉黑], brief: true")

    assert passages(rules, "他拉黑我") == ["拉黑"]
    assert passages(rules, f"他拉黑我{LONG}") == []


def test_a_vague_wording_of_a_concept_counts_in_brief_texts_only(tmp_path: Path) -> None:
    concepts = "gone: {zh: [失联], brief: {zh: [不见了]}}"
    rules = engine(tmp_path, "any: ['@gone']", concepts=concepts)

    assert passages(rules, "人不见了") == ["不见了"]
    assert passages(rules, f"人不见了{LONG}") == []
    assert passages(rules, f"人失联{LONG}") == ["失联"]


def test_one_weak_rule_is_not_enough_and_two_are(tmp_path: Path) -> None:
    rules = engine(tmp_path, "any: [拉黑]", "any: [失联]")
    weak = tmp_path / "patterns/sample.yml"
    weak.write_text(weak.read_text(encoding="utf-8").replace("0.8", "0.4"), encoding="utf-8")

    rules = RuleEngine(read_taxonomy(tmp_path))

    assert passages(rules, "他拉黑我") == []
    assert passages(rules, "他拉黑我,失联") == ["拉黑", "失联"]


def test_a_score_never_says_certain() -> None:
    matches = [RuleMatch(rule_no=number, weight=0.9, span=Span(0, 1)) for number in range(9)]

    assert combined_score(matches) == CEILING


def test_a_retired_code_is_not_looked_for(tmp_path: Path) -> None:
    engine(tmp_path, "any: [拉黑]")
    entry = tmp_path / "patterns/sample.yml"
    retired = entry.read_text(encoding="utf-8") + "retired: 2026-01-01\n"
    entry.write_text(retired, encoding="utf-8")

    rules = RuleEngine(read_taxonomy(tmp_path))

    assert passages(rules, "他拉黑我") == []


def test_hits_are_ordered_by_score_and_carry_axis_and_code(tmp_path: Path) -> None:
    rules = engine(tmp_path, "any: [拉黑]")

    (hit,) = rules.find("他拉黑我", (Span(0, 4),))

    assert (hit.axis, hit.code, hit.score, hit.spans) == (
        Axis.PATTERN,
        "sample",
        pytest.approx(0.8),
        (Span(1, 3),),
    )


def test_repetition_does_not_multiply_the_places_of_one_sentence(tmp_path: Path) -> None:
    rules = engine(tmp_path, "seq: [付款, 拉黑], gap: 60", "all: [付款, 拉黑], within: document")

    (hit,) = rules.find("付款拉黑" * 20_000, (Span(0, 80_000),))

    assert len(hit.matches) < 40


def _follows(text: str, first: str, second: str, gap: int) -> bool:
    """Say by trying every pair whether one term follows the other within the gap."""
    ends = [at + len(first) for at in range(len(text)) if text.startswith(first, at)]
    starts = [at for at in range(len(text)) if text.startswith(second, at)]
    return any(0 <= start - end <= gap for end in ends for start in starts)


@settings(max_examples=150, deadline=None)
@given(text=st.text(alphabet="付款拉黑了", max_size=40), gap=st.integers(0, 4))
def test_a_sequence_is_found_exactly_where_trying_every_pair_finds_it(
    tmp_path_factory: pytest.TempPathFactory, text: str, gap: int
) -> None:
    rules = engine(tmp_path_factory.mktemp("taxonomy"), f"seq: [付款, 拉黑], gap: {gap}")

    assert bool(passages(rules, text)) is _follows(text, "付款", "拉黑", gap)
