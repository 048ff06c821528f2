"""The label tables: which entry decides, what is refined, and what is left undecided."""

from __future__ import annotations

import pytest

from pipelines.labels import (
    LabelDecision,
    LabelEntry,
    LabelTable,
    fold_label,
    label_table,
    product_group,
)
from pipelines.records import Axis

HIDDEN_FEES = (Axis.WALLET, "hidden_fees")
PRICE = (Axis.NATURE, "price")
DEBT = (Axis.PATTERN, "debt_not_owed")
THEFT = (Axis.PATTERN, "identity_theft")


@pytest.fixture
def table() -> LabelTable:
    wallet = product_group(["Money transfers"], ["Mobile wallet"])
    return label_table(
        "board",
        [
            LabelEntry(
                issues=("Unexpected fees",),
                group=wallet,
                decision=LabelDecision(codes=(HIDDEN_FEES,)),
            ),
            LabelEntry(
                issues=("Unexpected fees", "Other fee"),
                group=None,
                decision=LabelDecision(codes=(PRICE,)),
            ),
            LabelEntry(
                issues=("Debt not owed",),
                group=None,
                decision=LabelDecision(codes=(DEBT,)),
                by_sub_issue={"stolen identity": LabelDecision(codes=(DEBT, THEFT))},
            ),
            LabelEntry(
                issues=("Managing an account",),
                group=None,
                decision=LabelDecision(none_because="names a subject"),
            ),
        ],
        {"wallet": wallet},
    )


def test_the_first_entry_that_fits_the_product_decides(table: LabelTable) -> None:
    of_wallet = table.decide({"product": "Money transfers", "issue": "Unexpected fees"})
    of_card = table.decide({"product": "Credit card", "issue": "Unexpected fees"})

    assert of_wallet is not None
    assert of_wallet.codes == (HIDDEN_FEES,)
    assert of_card is not None
    assert of_card.codes == (PRICE,)


def test_a_sub_product_decides_before_its_product(table: LabelTable) -> None:
    labels = {
        "product": "Money transfers",
        "sub_product": "Money order",
        "issue": "Unexpected fees",
    }

    decision = table.decide(labels)

    assert decision is not None
    assert decision.codes == (PRICE,)
    assert not table.is_about("wallet", labels)
    assert table.is_about("wallet", {"product": "Prepaid", "sub_product": "mobile wallet"})


def test_a_sub_issue_refines_and_an_unlisted_one_leaves_the_issue(table: LabelTable) -> None:
    refined = table.decide({"issue": "Debt not owed", "sub_issue": "Stolen identity"})
    plain = table.decide({"issue": "Debt not owed", "sub_issue": "Debt was paid"})

    assert refined is not None
    assert refined.codes == (DEBT, THEFT)
    assert plain is not None
    assert plain.codes == (DEBT,)


def test_none_on_purpose_is_not_the_same_as_undecided(table: LabelTable) -> None:
    on_purpose = table.decide({"issue": "Managing an account"})
    undecided = table.decide({"issue": "Something new"})

    assert on_purpose == LabelDecision(none_because="names a subject")
    assert undecided is None


@pytest.mark.parametrize(
    "spelling",
    [r"Can\'t repay my loan", "can’t repay  my loan", "CAN'T REPAY MY LOAN "],
)
def test_spellings_of_different_years_are_one_label(spelling: str) -> None:
    assert fold_label(spelling) == "can't repay my loan"


def test_the_table_knows_every_code_that_it_gives(table: LabelTable) -> None:
    assert table.codes == {HIDDEN_FEES, PRICE, DEBT, THEFT}
