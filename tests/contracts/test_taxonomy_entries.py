"""Every code of the contract exists, and its examples and counterexamples hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipelines.normalise import normalise
from pipelines.records import Axis
from pipelines.rules import RuleEngine
from pipelines.segment import sentences
from pipelines.taxonomy import Entry, load_taxonomy

CODES = {
    Axis.PATTERN: """
        confirm_receipt_first used_or_invalid_code bound_or_unusable_item bait_and_switch
        paid_then_vanished fake_platform off_platform_diversion ordered_unpaid malicious_return
        account_theft minor_spending induced_tipping recovery_scam false_advertising
        counterfeit_or_pirated personal_data_leak forced_renewal campaign_not_honoured
        refund_refused support_stonewalling asymmetric_proof impersonated_support
        impersonated_authority identity_theft debt_not_owed both_sides_fraud task_rebate_scam
        investment_not_repaid credit_record_harm abusive_collection late_delivery
        cancellation_fee loan_charges
    """,
    Axis.WALLET: """
        payment_failure misdirected_payment transfer_delay withdrawal_or_refund_failure
        account_locked account_management identity_verification unauthorised_transaction
        account_security privacy_leak fraud_or_scam hidden_fees missing_function
        support_failure misleading_marketing
    """,
    Axis.NATURE: """
        quality safety price measurement counterfeit contract false_publicity
        personal_dignity after_sales other
    """,
    Axis.EVIDENCE: """
        order_record payment_record chat_record call_recording defect_proof listing_snapshot
        logistics_record identity_document platform_decision video_or_photo witness
        usage_record contract_document medical_record police_report
    """,
    Axis.DEMAND: """
        refund compensation apology delivery repair_or_replace account_restored
        correct_record stop_charging explain punish
    """,
}


@pytest.fixture(scope="module")
def engine() -> RuleEngine:
    return RuleEngine(load_taxonomy())


def texts(kind: str) -> Iterator[object]:
    """Give every (entry, text) of the taxonomy, named by code and number, never by text."""
    for entry in load_taxonomy().entries.values():
        for number, text in enumerate(getattr(entry, kind)):
            yield pytest.param(entry, text, id=f"{entry.axis}-{entry.code}-{number}")


def is_found(engine: RuleEngine, entry: Entry, text: str) -> bool:
    normal = normalise(text).text
    hits = engine.find(normal, sentences(normal))
    return any((hit.axis, hit.code) == (entry.axis, entry.code) for hit in hits)


@pytest.mark.parametrize("axis", CODES)
def test_every_code_of_the_contract_exists(axis: Axis) -> None:
    known = {entry.code for entry in load_taxonomy().entries.values() if entry.axis == axis}

    assert set(CODES[axis].split()) - known == set()


@pytest.mark.parametrize(("entry", "text"), list(texts("examples")))
def test_an_example_is_found_under_its_code(engine: RuleEngine, entry: Entry, text: str) -> None:
    assert is_found(engine, entry, text)


@pytest.mark.parametrize(("entry", "text"), list(texts("counterexamples")))
def test_a_counterexample_is_not_found_under_its_code(
    engine: RuleEngine, entry: Entry, text: str
) -> None:
    assert not is_found(engine, entry, text)


def test_every_entry_says_what_it_means_in_both_languages() -> None:
    for entry in load_taxonomy().entries.values():
        assert entry.label.zh
        assert entry.label.en
        assert entry.definition.zh
        assert entry.definition.en
