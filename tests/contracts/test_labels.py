"""The label tables against the taxonomy, and against every label of every era of their source."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.labels import Code, LabelTable, fold_label
from pipelines.records import Axis
from pipelines.taxonomy import load_taxonomy
from tests.eval.labels import read_labels

Labels = tuple[str, ...]

NAMES = {
    "Product": "product",
    "Sub-product": "sub_product",
    "Issue": "issue",
    "Sub-issue": "sub_issue",
}
"""The columns of the real file that hold labels, and what we call them."""

ENOUGH_TEXTS, FEW = 4, 0.4
"""From how many labelled texts a label is judged by them, and which share of them is few."""

LABEL_AXES = {Axis.PATTERN, Axis.WALLET, Axis.NATURE}
MONEY_PRODUCTS = (
    {"product": "Money transfers", "sub_product": "International money transfer"},
    {"product": "Prepaid card", "sub_product": "Mobile wallet"},
    {"product": "money_transfer", "sub_product": ""},
)
OTHER_PRODUCTS = (
    {"product": "Credit card", "sub_product": ""},
    {"product": "Mortgage", "sub_product": "FHA mortgage"},
    {
        "product": "Money transfer, virtual currency, or money service",
        "sub_product": "Debt settlement",
    },
)


@pytest.fixture(scope="module")
def cfpb() -> LabelTable:
    return load_taxonomy().label_tables["cfpb"]


def test_labels_stand_for_codes_of_the_taxonomy_that_somebody_can_be_accused_of(
    cfpb: LabelTable,
) -> None:
    entries = load_taxonomy().entries

    assert {code for code in cfpb.codes if code not in entries} == set()
    assert {axis for axis, _code in cfpb.codes} <= LABEL_AXES


@pytest.mark.parametrize("product", MONEY_PRODUCTS)
def test_wallet_issues_come_from_products_that_move_or_keep_money(
    cfpb: LabelTable, product: dict[str, str]
) -> None:
    decision = cfpb.decide({**product, "issue": "Fraud or scam", "sub_issue": ""})

    assert decision is not None
    assert decision.codes == ((Axis.WALLET, "fraud_or_scam"),)


@pytest.mark.parametrize("product", OTHER_PRODUCTS)
def test_no_wallet_issue_comes_from_other_products(
    cfpb: LabelTable, product: dict[str, str]
) -> None:
    given = {
        code
        for issue in cfpb.entries
        if (decision := cfpb.decide({**product, "issue": issue, "sub_issue": ""}))
        for code in decision.codes
    }

    assert not {code for code in given if code[0] is Axis.WALLET}


@pytest.mark.parametrize(
    ("issue", "sub_issue", "codes"),
    [
        (
            "Problem with a purchase shown on your statement",
            "Credit card company isn't resolving a dispute about a purchase on your statement",
            ["refund_refused"],
        ),
        (
            "Improper use of your report",
            "Reporting company used your report improperly",
            ["credit_record_harm"],
        ),
        (
            "Improper use of my credit report",
            "Report improperly shared by CRC",
            ["personal_data_leak"],
        ),
        ("Fees or interest", "Unexpected increase in interest rate", ["loan_charges"]),
        ("Fees or interest", "Problem with fees", ["price"]),
        (
            "Problem with a credit reporting company's investigation into an existing problem",
            "Was not notified of investigation status or results",
            ["credit_record_harm"],
        ),
        (
            "Took or threatened to take negative or legal action",
            "Threatened to arrest you or take you to jail if you do not pay",
            ["abusive_collection"],
        ),
        (
            "Took or threatened to take negative or legal action",
            "Sued you without properly notifying you of lawsuit",
            [],
        ),
        ("Billing disputes", "", []),
    ],
)
def test_a_label_stands_for_what_nearly_everybody_alleges_under_it(
    cfpb: LabelTable, issue: str, sub_issue: str, codes: list[str]
) -> None:
    decision = cfpb.decide({"product": "Credit card", "issue": issue, "sub_issue": sub_issue})

    assert decision is not None
    assert [code for _axis, code in decision.codes] == codes


@pytest.mark.data
def test_no_label_gives_a_code_that_few_of_its_labelled_texts_allege(
    cfpb: LabelTable, shared_data: Path
) -> None:
    people = {label.text_id: label.codes for label in read_labels(("dev", "train"))}
    given: Counter[tuple[str, str, Code]] = Counter()
    alleged: Counter[tuple[str, str, Code]] = Counter()

    for row in _rows(shared_data / "cfpb" / "complaints.csv.gz"):
        codes = people.get(f"cfpb:{row['Complaint ID']}")
        if codes is not None:
            for code in _given(cfpb, tuple(row[name] for name in NAMES)):
                one = (fold_label(row["Issue"]), fold_label(row["Sub-issue"]), code)
                given[one] += 1
                alleged[one] += code in codes

    judged = {one: count for one, count in given.items() if count >= ENOUGH_TEXTS}
    assert len(judged) > 20
    assert [one for one, count in judged.items() if alleged[one] < FEW * count] == []


@pytest.mark.data
def test_every_label_of_every_era_is_decided(cfpb: LabelTable, shared_data: Path) -> None:
    rows = list(_rows(shared_data / "cfpb" / "taxonomy_by_era.csv"))

    undecided = [row for row in rows if cfpb.decide({**row, "sub_issue": ""}) is None]

    assert len(rows) > 900
    assert undecided == []


@pytest.mark.data
def test_nine_rows_in_ten_of_the_real_file_are_decided(cfpb: LabelTable, shared_data: Path) -> None:
    counted: Counter[Labels] = Counter(
        tuple(row[name] for name in NAMES)
        for row in _rows(shared_data / "cfpb" / "complaints.csv.gz")
    )

    decided = sum(
        count
        for labels, count in counted.items()
        if cfpb.decide(dict(zip(NAMES.values(), labels, strict=True))) is not None
    )

    assert decided >= 0.9 * counted.total()


def _given(table: LabelTable, labels: Labels) -> tuple[Code, ...]:
    decision = table.decide(dict(zip(NAMES.values(), labels, strict=True)))
    return decision.codes if decision else ()


def _rows(path: Path) -> Iterator[dict[str, str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, mode="rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
