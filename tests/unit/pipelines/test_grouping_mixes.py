"""A merchant's mix of complaints beside its sector's: unusual, usual, or not comparable."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from pipelines.dedupe import find_copies
from pipelines.grouping.corpus import read_corpus
from pipelines.grouping.criteria import load_criteria
from pipelines.grouping.mixes import compare_mixes
from tests.group_scene import FEATURES, Post

CRITERIA = load_criteria()
CODES = ("refund_refused", "late_delivery", "false_advertising", "bait_and_switch")
Row = dict[str, Any]


def told(merchant: str | None, sector: str | None, *codes: str) -> list[Row]:
    """Give one complaint per code."""
    return [
        {
            **Post(
                name=f"{merchant}-{code}-{number}", words="w", merchant=merchant, codes=(code,)
            ).row(),
            "sector": sector,
        }
        for number, code in enumerate(codes)
    ]


def even(merchant: str, sector: str | None, count: int = 40) -> list[Row]:
    return told(merchant, sector, *(CODES[number % 4] for number in range(count)))


def compared(rows: list[Row]) -> dict[tuple[str, str], Row]:
    features = pa.Table.from_pylist(rows, schema=FEATURES)
    corpus = read_corpus(features, find_copies(features), CRITERIA.sureness)
    table = compare_mixes(corpus, CRITERIA).to_pylist()
    return {(row["merchant_key"], row["issue_code"]): row for row in table}


SECTOR = [row for name in ("a", "b", "c") for row in even(name, "shop", 200)]


def test_a_merchant_with_five_times_the_share_is_unusual_and_the_others_are_not() -> None:
    odd = told("odd", "shop", *["account_theft"] * 30, *CODES * 2)

    found = compared([*SECTOR, *odd, *told("a", "shop", "account_theft", "account_theft")])

    assert found["odd", "account_theft"]["is_signal"] is True
    assert found["odd", "account_theft"]["lower"] >= 2
    assert found["odd", "account_theft"]["ic_lower"] > 0
    assert found["a", "refund_refused"]["is_signal"] is False


def test_shares_are_told_of_the_merchant_and_of_the_others_only() -> None:
    row = compared([*SECTOR, *told("odd", "shop", "refund_refused", "late_delivery")])[
        "odd", "refund_refused"
    ]

    assert (row["share"], row["background"], row["background_share"]) == (0.5, 600, 0.25)
    assert row["complaints"] == 1
    assert row["missing"] is None


def test_without_a_sector_or_enough_others_there_is_a_reason_and_no_number() -> None:
    found = compared([*SECTOR, *even("alone", "travel"), *even("nobody knows", None)])

    assert found["alone", "refund_refused"]["missing"] == "no_background"
    assert found["nobody knows", "refund_refused"]["missing"] == "no_sector"
    for name in ("alone", "nobody knows"):
        row = found[name, "refund_refused"]
        assert {row["ratio"], row["lower"], row["background"], row["is_signal"]} == {None}


def test_a_large_merchant_beside_a_small_one_is_the_small_ones_background() -> None:
    found = compared([*even("large", "shop", 400), *even("small", "shop", 8)])

    assert found["small", "refund_refused"]["background"] == 400
    assert found["large", "refund_refused"]["missing"] == "no_background"


def test_the_order_of_the_complaints_does_not_matter() -> None:
    rows = [*SECTOR, *told("odd", "shop", *["account_theft"] * 9)]
    shuffled = [rows[number] for number in np.random.default_rng(1).permutation(len(rows))]

    assert compared(rows) == compared(shuffled)


def test_unnamed_complaints_and_none_at_all_are_no_mix() -> None:
    assert compared(told(None, None, "refund_refused")) == {}
    assert compared([]) == {}
