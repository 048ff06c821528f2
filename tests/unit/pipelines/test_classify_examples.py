"""What the second reader learns from: truths of texts, and the texts of our own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.classify.examples import (
    LEARNED_AXES,
    fingerprint,
    taxonomy_examples,
    written_examples,
)
from pipelines.classify.truth import AXIS_OF_KEY, KINDS, Truth, column_of, truth_of
from pipelines.records import Axis
from pipelines.taxonomy import load_taxonomy

LATE, PRICE = (Axis.PATTERN, "late_delivery"), (Axis.NATURE, "price")


def test_a_label_says_what_is_true_and_what_is_not() -> None:
    truth = truth_of({"id": "posts:1", "kind": "complaint", "patterns": ["late_delivery"],
                      "wallet_issues": [], "natures": []})  # fmt: skip

    columns = truth.columns([LATE, PRICE, (Axis.WALLET, "account_locked")])

    assert columns == {
        "kind complaint": True, "kind report": False, "kind guide": False, "kind other": False,
        "pattern late_delivery": True, "nature price": False, "wallet account_locked": False,
    }  # fmt: skip


def test_the_outcome_is_one_of_a_complaint() -> None:
    row = {"kind": "complaint", "outcome": "rejected"}

    of_complaint, of_report = (
        truth_of({**row, **kind}).columns([]) for kind in ({}, {"kind": "report"})
    )

    assert [name for name, is_so in of_complaint.items() if is_so] == [
        "kind complaint", "outcome rejected",
    ]  # fmt: skip
    assert of_complaint["outcome resolved"] is False
    assert not any(name.startswith("outcome ") for name in of_report)


def test_a_label_of_an_unknown_outcome_is_refused() -> None:
    with pytest.raises(ValueError, match="expected an outcome of resolved"):
        truth_of({"kind": "complaint", "outcome": "happy"})


@pytest.mark.parametrize("key", AXIS_OF_KEY)
def test_of_an_axis_that_a_label_does_not_name_nothing_is_said(key: str) -> None:
    row = {"kind": None, **{name: [] for name in AXIS_OF_KEY if name != key}}

    columns = truth_of(row).columns([(axis, "x") for axis in AXIS_OF_KEY.values()])

    assert set(columns) == {f"{axis} x" for name, axis in AXIS_OF_KEY.items() if name != key}


def test_a_label_without_a_kind_says_nothing_of_kinds() -> None:
    columns = truth_of({"patterns": []}).columns([LATE])

    assert columns == {"pattern late_delivery": False}


def test_a_label_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a kind out of complaint"):
        truth_of({"kind": "poem"})


def test_every_text_of_our_own_names_codes_of_the_taxonomy_and_known_kinds() -> None:
    entries = load_taxonomy().entries

    for one in (*written_examples(), *taxonomy_examples(load_taxonomy())):
        assert one.truth.codes <= entries.keys(), one.example_id
        assert {code[0] for code in one.truth.codes} <= one.truth.known, one.example_id
        assert one.truth.kind in (*KINDS, None), one.example_id
        assert one.truth.known <= set(LEARNED_AXES), one.example_id


def test_the_id_of_an_example_stands_once() -> None:
    ids = [(one.writer, one.example_id) for one in written_examples()]

    assert len(ids) == len(set(ids))


def test_every_code_of_the_contract_has_examples_of_several_writers_in_both_languages() -> None:
    examples = written_examples()
    entries = load_taxonomy().entries

    for code, entry in entries.items():
        is_living = entry.retired is None and entry.source.lower().startswith("contract")
        if is_living and code[0] in (Axis.PATTERN, Axis.WALLET):
            own = [one for one in examples if code in one.truth.codes]
            assert len({one.writer for one in own}) >= 4, code
            assert {one.language for one in own} == {"zh", "en"}, code


def test_the_fingerprint_moves_with_what_an_example_says_and_teaches() -> None:
    one, *rest = written_examples()[-3:]
    taught = Truth(kind="other", codes=frozenset(), known=frozenset(LEARNED_AXES))

    prints = {
        fingerprint([one, *rest]),
        fingerprint([replace(one, text=one.text + "。"), *rest]),
        fingerprint([replace(one, truth=taught), *rest]),
        fingerprint([replace(one, title="a title"), *rest]),
        fingerprint(rest),
    }

    assert len(prints) == 5
    assert fingerprint([one, *rest]) in prints


def test_a_column_is_named_by_axis_and_code() -> None:
    assert [column_of(code) for code in (LATE, PRICE)] == ["pattern late_delivery", "nature price"]
