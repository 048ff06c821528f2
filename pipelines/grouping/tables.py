"""The tables that grouping gives, column by column as schema `enriched` declares them.

In: nothing; these are only schemas and the record that holds the tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

Row = dict[str, Any]
"""One row of a table to come, by column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTables:
    """What grouping found; the fields are named after the tables of schema `enriched`."""

    clusters: pa.Table
    cluster_members: pa.Table
    cluster_losses: pa.Table
    cluster_discounts: pa.Table
    further_people: pa.Table
    counterparties: pa.Table
    counterparty_complaints: pa.Table
    expected_weeks: pa.Table
    alarm_weeks: pa.Table
    alarms: pa.Table
    code_mixes: pa.Table


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema([pa.field(name, kind) for name, kind in columns.items()])


CLUSTERS_SCHEMA = _schema(
    cluster_id=pa.string(),
    merchant_key=pa.string(),
    merchant_name=pa.string(),
    issue_axis=pa.string(),
    issue_code=pa.string(),
    topic_terms=pa.string(),
    window_start=pa.date32(),
    window_end=pa.date32(),
    complaints=pa.int32(),
    complainants_certain=pa.int32(),
    complainants_possible=pa.int32(),
    expected=pa.float64(),
    signal_method=pa.string(),
    signal_statistic=pa.float64(),
    signal_lower=pa.float64(),
    signal_observed=pa.int32(),
    signal_size=pa.float64(),
    signal_windows=pa.float64(),
    signal_searched=pa.float64(),
    signal_p_adj=pa.float64(),
    cohesion=pa.float64(),
    reply_share=pa.float64(),
    discount_reason=pa.string(),
    discount_share=pa.float64(),
    score=pa.float64(),
    reason_zh=pa.string(),
    reason_en=pa.string(),
    judged_id=pa.string(),
)

MEMBERS_SCHEMA = _schema(
    cluster_id=pa.string(),
    complaint_id=pa.string(),
    is_member=pa.bool_(),
    person_no=pa.int32(),
    surely_no=pa.int32(),
    is_alleging=pa.bool_(),
    typicality=pa.float64(),
    why=pa.string(),
)

LOSSES_SCHEMA = _schema(
    cluster_id=pa.string(),
    currency=pa.string(),
    known_count=pa.int32(),
    member_count=pa.int32(),
    total=pa.decimal128(38, 2),
    median=pa.decimal128(18, 2),
)

DISCOUNTS_SCHEMA = _schema(
    cluster_id=pa.string(),
    place=pa.int32(),
    reason=pa.string(),
    complaints=pa.int32(),
    share=pa.float64(),
    accounts=pa.int32(),
    account_complaints=pa.int32(),
    account_merchants=pa.int32(),
    account_days=pa.int32(),
)

FURTHER_SCHEMA = _schema(
    cluster_id=pa.string(),
    complaint_id=pa.string(),
    how=pa.string(),
    people=pa.int32(),
    counterparty_id=pa.string(),
    span=pa.list_(pa.int32(), 2),
)

CONTACTS_SCHEMA = _schema(
    counterparty_id=pa.string(),
    kind=pa.string(),
    role=pa.string(),
    complaints=pa.int32(),
    nameless=pa.int32(),
    merchants=pa.int32(),
    people=pa.int32(),
)

QUOTES_SCHEMA = _schema(counterparty_id=pa.string(), complaint_id=pa.string())

EXPECTED_SCHEMA = _schema(
    merchant_key=pa.string(),
    issue_axis=pa.string(),
    issue_code=pa.string(),
    week_start=pa.date32(),
    observed=pa.int32(),
    expected=pa.float64(),
    upper=pa.float64(),
)

ALARM_WEEKS_SCHEMA = _schema(
    week_start=pa.date32(),
    method=pa.string(),
    series_tested=pa.int32(),
    level=pa.float64(),
    false_alarm_rate=pa.float64(),
    expected_false=pa.float64(),
    budget=pa.int32(),
    alarms=pa.int32(),
    alarms_lasting=pa.int32(),
    band_false_alarm_rate=pa.float64(),
)

ALARMS_SCHEMA = _schema(
    place=pa.int32(),
    merchant_key=pa.string(),
    issue_axis=pa.string(),
    issue_code=pa.string(),
    observed=pa.int32(),
    expected=pa.float64(),
    p_value=pa.float64(),
    is_within_budget=pa.bool_(),
    is_lasting=pa.bool_(),
)

MIXES_SCHEMA = _schema(
    merchant_key=pa.string(),
    issue_axis=pa.string(),
    issue_code=pa.string(),
    sector=pa.string(),
    complaints=pa.int32(),
    share=pa.float64(),
    background=pa.int32(),
    background_share=pa.float64(),
    mix_expected=pa.float64(),
    ratio=pa.float64(),
    lower=pa.float64(),
    upper=pa.float64(),
    ic=pa.float64(),
    ic_lower=pa.float64(),
    ic_upper=pa.float64(),
    is_signal=pa.bool_(),
    missing=pa.string(),
)
