"""The label tables against the taxonomy, and against every label of every era of their source."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.labels import LabelTable
from pipelines.records import Axis
from pipelines.taxonomy import load_taxonomy

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


@pytest.mark.data
def test_every_label_of_every_era_is_decided(cfpb: LabelTable, shared_data: Path) -> None:
    rows = list(_rows(shared_data / "cfpb" / "taxonomy_by_era.csv"))

    undecided = [row for row in rows if cfpb.decide({**row, "sub_issue": ""}) is None]

    assert len(rows) > 900
    assert undecided == []


@pytest.mark.data
def test_nine_rows_in_ten_of_the_real_file_are_decided(cfpb: LabelTable, shared_data: Path) -> None:
    names = {
        "Product": "product",
        "Sub-product": "sub_product",
        "Issue": "issue",
        "Sub-issue": "sub_issue",
    }
    counted: Counter[tuple[str, ...]] = Counter(
        tuple(row[name] for name in names)
        for row in _rows(shared_data / "cfpb" / "complaints.csv.gz")
    )

    decided = sum(
        count
        for labels, count in counted.items()
        if cfpb.decide(dict(zip(names.values(), labels, strict=True))) is not None
    )

    assert decided >= 0.9 * counted.total()


def _rows(path: Path) -> Iterator[dict[str, str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, mode="rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
