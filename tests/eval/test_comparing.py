"""What counts as found: cases, sums, personal data, codes of single axes, agreement."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipelines.records import Axis
from tests.eval.agreement import agreement
from tests.eval.cases import province_of, same_cases, score_cases
from tests.eval.coded import confusion, score_axis, score_codes
from tests.eval.errors import error_lines
from tests.eval.labels import CaseRow, Label, LabelRow, codes_of
from tests.eval.predictions import PredictedCase, Prediction, prediction_of
from tests.eval.redaction import covered
from tests.eval.sample import Item, grouped
from tests.eval.sums import score_sums
from tests.eval.texts import Text

FIFTY = {"value": "50.00", "currency": "CNY"}


def label(**fields: Any) -> Label:
    row = LabelRow.model_validate(
        {"id": "own:1", "split": "dev", "kind": "complaint", "outcome": "unknown", **fields}
    )
    return Label(
        text_id=row.id, source=row.id.split(":")[0], split=row.split, codes=codes_of(row), row=row
    )


def item(found: Prediction, **fields: Any) -> Item:
    one = label(**fields)
    post = {"id": one.text_id, "text": "退款"}
    return Item(
        label=one, text=Text(text_id=one.text_id, source=one.source, post=post), found=found
    )


def case(role: str = "buyer", place: str | None = None, amount: str | None = None) -> PredictedCase:
    money = (Decimal(amount), "CNY") if amount else None
    return PredictedCase(role=role, place=place, codes=frozenset(), amount=money, outcome="unknown")


def row(role: str = "buyer", place: str | None = None, amount: str | None = None) -> CaseRow:
    money = {"value": amount, "currency": "CNY"} if amount else None
    return CaseRow.model_validate({"role": role, "place": place, "amount": money})


def patterns(*codes: str) -> dict[tuple[Axis, str], float]:
    return {(Axis.PATTERN, code): 0.9 for code in codes}


def test_cases_are_paired_so_that_most_facts_agree() -> None:
    told = [row(place="上海", amount="10"), row(place="北京", amount="20")]
    found = [case(place="Beijing", amount="20.00"), case(place="Shanghai", amount="99")]

    pairs = same_cases(told, found)

    assert [(one.place, other.place) for one, other in pairs] == [
        ("上海", "Shanghai"),
        ("北京", "Beijing"),
    ]


def test_a_case_with_one_equal_fact_is_another_case() -> None:
    assert same_cases([row("buyer", "上海", "10")], [case("seller", "Shanghai", "11")]) == []


def test_a_case_is_found_once() -> None:
    assert len(same_cases([row()], [case(), case()])) == 1
    assert same_cases([], [case()]) == same_cases([row()], []) == []


@pytest.mark.parametrize("place", ["长沙", "长沙市", "湖南省", "Hunan"])
def test_a_place_is_compared_by_its_province(place: str) -> None:
    assert province_of(place) == "Hunan"


def test_cases_are_scored_over_texts() -> None:
    two = [{"role": "buyer"}, {"role": "seller", "amount": FIFTY}]
    items = [
        item(Prediction(kind="report", cases=(case(),)), kind="report", cases=two),
        item(Prediction(kind="report", cases=(), are_cases_told=False), kind="report"),
    ]

    result = score_cases(items)

    assert result.count.value == 0.5
    assert (result.matched.precision.value, result.matched.recall.value) == (1.0, 0.5)
    assert result.facts["amount"].value == 1.0
    assert result.not_computed == 1


def test_an_amount_is_right_to_the_cent_and_in_its_currency() -> None:
    fifty, dollars = (Decimal("50.00"), "CNY"), (Decimal("50.00"), "USD")
    items = [
        item(Prediction(kind="complaint", amount=fifty), amount={"value": 50, "currency": "CNY"}),
        item(Prediction(kind="complaint", amount=dollars), amount=FIFTY),
        item(Prediction(kind="complaint", amount=fifty)),
        item(Prediction(kind="complaint")),
        item(Prediction(kind="guide"), kind="guide"),
    ]

    result = score_sums(items)

    assert (result.complaints, result.stated) == (4, 3)
    assert result.exact.value == 0.5
    assert result.exact_if_stated.value == pytest.approx(1 / 3)


def test_a_sum_counts_with_its_role() -> None:
    found = frozenset({(Decimal("50.00"), "CNY", "price")})
    told = [{**FIFTY, "role": "loss"}]

    result = score_sums([item(Prediction(kind="complaint", sums=found), amounts=told)])

    assert result.sums.f1.value == 1.0
    assert result.roled.f1.value == 0.0


def test_axes_are_scored_apart() -> None:
    found = Prediction(kind="complaint", codes={**patterns("a", "b"), (Axis.NATURE, "price"): 0.7})

    items = [item(found, patterns=["a"], natures=["price"])]

    assert score_axis(items, Axis.PATTERN).precision.value == 0.5
    assert score_axis(items, Axis.NATURE).f1.value == 1.0
    assert score_axis(items, Axis.WALLET).f1.value is None


def test_rare_codes_are_pooled() -> None:
    often = [item(Prediction(kind="complaint", codes=patterns("a")), patterns=["a"])] * 15
    rare = [item(Prediction(kind="complaint", codes=patterns("c")), patterns=["b"])]

    single, pooled, rest = score_codes([*often, *rare], Axis.PATTERN)

    assert list(single) == ["a"]
    assert single["a"].f1.value == 1.0
    assert (pooled, rest.positives, rest.f1.value) == (2, 1, 0.0)


def test_kinds_are_counted_by_what_was_taken_for_what() -> None:
    counts = confusion([item(Prediction(kind="report")), item(Prediction(kind="complaint"))])

    assert counts == {("complaint", "report"): 1, ("complaint", "complaint"): 1}


def test_a_text_alleges_what_its_cases_allege_and_no_mention() -> None:
    empty = {"complainant": {"role": "user", "region": None}, "wallet_issues": [], "natures": []}
    told = {"amount": FIFTY, "amounts": [], "outcome": "pending", **empty}
    result = {
        "kind": "report",
        "mentions": {"patterns": [{"code": "late_delivery", "score": 0.9, "spans": []}]},
        "cases": [
            {**told, "patterns": [{"code": "fake_platform", "score": 0.6}]},
            {**told, "patterns": [{"code": "fake_platform", "score": 0.8}]},
        ],
    }

    found = prediction_of(result)

    assert found.codes == {(Axis.PATTERN, "fake_platform"): 0.8}
    assert found.amount == (Decimal("100.00"), "CNY")
    assert len(found.cases) == 2


def test_heimao_is_a_group_of_its_own() -> None:
    found = Prediction(kind="complaint")
    items = [
        item(found, id="heimao:1"),
        item(found, id="cfpb:1"),
        item(found, id="cfpb:2", split="held"),
    ]

    groups = grouped(items)

    assert {name: [one.label.text_id for one in its] for name, its in groups.items()} == {
        "held": ["cfpb:2"],
        "dev": ["cfpb:1"],
        "heimao": ["heimao:1"],
    }


def test_blanks_and_marks_need_no_redaction() -> None:
    assert covered("李四, 100", (0, 7), [(0, 2), (4, 7)]) == 1
    assert covered("李四, 100", (0, 7), [(0, 2), (4, 6)]) == pytest.approx(4 / 5)


def test_two_labellers_are_compared_where_there_are_two() -> None:
    second = {"kind": "report", "patterns": ["a"], "amount": FIFTY, "case_count": 1}
    labels = [label(patterns=["a", "b"], amount=FIFTY, second=second), label(patterns=["c"])]

    result = agreement(labels)

    assert result.texts == 1
    assert result.codes[Axis.PATTERN].f1.value == pytest.approx(2 / 3)
    assert (result.amount.value, result.case_count.value) == (1.0, 0.0)


def test_errors_are_told_in_ids_and_codes() -> None:
    found = Prediction(kind="complaint", codes=patterns("b"), amount=(Decimal(1), "CNY"))
    items = [item(found, patterns=["a"], sure=False)]

    assert list(error_lines(items, "patterns")) == [
        "own:1  missed: a  wrong: b (0.90)  (labeller in doubt)"
    ]
    assert list(error_lines(items, "amount")) == [
        "own:1  amount where there is none  (labeller in doubt)"
    ]
    assert list(error_lines(items, "kind")) == []


def test_errors_of_held_out_texts_are_not_told() -> None:
    with pytest.raises(ValueError, match="expected development texts"):
        list(error_lines([item(Prediction(kind="other"), split="held")], "kind"))
