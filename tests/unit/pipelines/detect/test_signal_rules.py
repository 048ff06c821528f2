"""Signal rules: the published thresholds, where they disagree, and files that break their shape."""

from __future__ import annotations

import pytest

from pipelines.detect.disproportion import Measures, measure
from pipelines.detect.four_fold import four_fold
from pipelines.detect.gamma_mixture import DUMOUCHEL_START
from pipelines.detect.signal_rules import find_signals, load_signal_rules, read_signal_rules
from pipelines.errors import TaxonomyError

RULE = """
- code: sample
  label: {zh: 样例, en: Sample}
  source: this test
  conditions:
    - {measure: count, above: 3, unit: complaints, reason: because}
    - {measure: prr, at_least: 2, unit: times, reason: because}
"""


def measured(*cells: tuple[int, int, int, int]) -> Measures:
    return measure(four_fold(*zip(*cells, strict=True)), DUMOUCHEL_START)


def test_the_published_rules_are_those_of_the_methods() -> None:
    rules = {
        rule.code: {(c.measure, c.comparison, c.value) for c in rule.conditions}
        for rule in load_signal_rules()
    }

    assert rules == {
        "prr_evans": {
            ("prr", "at_least", 2),
            ("chi_square", "at_least", 4),
            ("count", "at_least", 3),
        },
        "prr_ema": {("prr_lower", "at_least", 1), ("count", "at_least", 5)},
        "ror_lower": {("ror_lower", "above", 1), ("count", "at_least", 3)},
        "ic_lower": {("ic_lower", "above", 0)},
        "ebgm_lower": {("eb05", "at_least", 2), ("count", "at_least", 3)},
        "ebgm_mhra": {
            ("ebgm", "at_least", 2.5),
            ("eb05", "at_least", 1.8),
            ("count", "at_least", 3),
        },
    }


def test_many_complaints_where_few_are_expected_are_a_signal_by_every_rule() -> None:
    found = find_signals(measured((10, 90, 50, 4850)))

    assert {code: met.tolist() for code, met in found.items()} == {
        rule.code: [True] for rule in load_signal_rules()
    }


def test_two_complaints_are_a_signal_by_no_rule_however_large_the_ratio() -> None:
    two = measured((2, 3, 40, 9955), (2, 0, 0, 10**6))

    assert two.prr.min() > 90
    assert not any(met.any() for met in find_signals(two).values())


def test_the_usual_is_a_signal_by_no_rule() -> None:
    assert not any(met.any() for met in find_signals(measured((50, 950, 500, 9500))).values())


def test_rules_disagree_on_a_small_count() -> None:
    found = find_signals(measured((3, 7, 40, 9950), (3, 60, 40, 9950)))

    assert found["prr_evans"].tolist() == [True, True]
    assert found["prr_ema"].tolist() == [False, False]
    assert found["ic_lower"].tolist() == [True, True]


def test_above_leaves_the_value_itself_out_and_at_least_keeps_it() -> None:
    rules = read_signal_rules(RULE)

    found = find_signals(measured((3, 7, 10, 990), (4, 96, 20, 980), (4, 96, 21, 979)), rules)

    assert found["sample"].tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected a list of rules"),
        ("- {code: sample}", "expected .*found"),
        (RULE.replace("measure: prr", "measure: luck"), "expected a measure of .*'luck'"),
        (RULE.replace("at_least: 2", "at_least: two"), "expected a number; found 'two'"),
        (RULE.replace("at_least: 2", "at_least: .nan"), "expected a number"),
        (RULE.replace("at_least: 2", "at_most: 2"), "expected"),
        (RULE.replace(", reason: because", ""), "reason"),
        (RULE.replace("zh: 样例, ", ""), "label: expected"),
        (RULE + RULE, "each code once"),
    ],
)
def test_a_file_that_breaks_its_shape_is_refused(text: str, message: str) -> None:
    with pytest.raises(TaxonomyError, match=message):
        read_signal_rules(text)


def test_a_rule_without_conditions_is_refused() -> None:
    text = RULE[: RULE.index("conditions:")] + "conditions: []"

    with pytest.raises(TaxonomyError, match="list of conditions"):
        read_signal_rules(text)
