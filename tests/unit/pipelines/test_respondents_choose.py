"""Choosing one respondent per complaint from its parties."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from pipelines.respondents import choose_respondents

PARTIES = pa.schema(
    (
        pa.field("complaint_id", pa.string()),
        pa.field("source", pa.string()),
        pa.field("role", pa.string()),
        pa.field("raw", pa.string()),
        pa.field("identity", pa.string()),
        pa.field("how", pa.string()),
        pa.field("span", pa.list_(pa.int32(), 2)),
    )
)
NAMES = pa.table(
    {
        "raw": ["京东客服", "支付宝", "晴空坊", "晴*坊"],
        "merchant_key": ["jd", "alipay", "晴空坊", None],
        "merchant_name": ["京东", "支付宝", "晴空坊", "晴*坊"],
        "sector": ["ecommerce", "wallet", None, None],
        "score": [1.0, 1.0, 0.8, 0.0],
        "why": ["known", "known", "written", "a masked name that none or several names fit"],
    }
)


def party(complaint_id: str, raw: str | None, **columns: Any) -> dict[str, Any]:
    if raw is None:
        return {"complaint_id": complaint_id, "source": "posts"}
    given = {"role": "respondent", "identity": "named", "how": "given", "span": None}
    return {"complaint_id": complaint_id, "source": "posts", "raw": raw, **given, **columns}


def chosen(*rows: dict[str, Any]) -> dict[str, tuple[str | None, str]]:
    table = choose_respondents(pa.Table.from_pylist(list(rows), schema=PARTIES), NAMES)
    return {
        row["complaint_id"]: (row["merchant_key"], row["identity"]) for row in table.to_pylist()
    }


def test_every_complaint_gets_one_row_also_when_it_names_nobody() -> None:
    rows = chosen(party("b", None), party("a", "京东客服"), party("c", "支付宝", role="mentioned"))

    assert rows == {"a": ("jd", "named"), "b": (None, "unnamed"), "c": (None, "unnamed")}


def test_a_given_respondent_comes_before_one_that_the_text_names() -> None:
    rows = chosen(
        party("a", "支付宝", how="alias", span=[0, 3]), party("a", "京东客服", how="given")
    )

    assert rows == {"a": ("jd", "named")}


def test_of_two_in_the_text_the_first_is_taken() -> None:
    rows = chosen(
        party("a", "支付宝", how="alias", span=[9, 12]),
        party("a", "晴空坊", how="frame", span=[0, 3]),
    )

    assert rows == {"a": ("晴空坊", "named")}


def test_a_described_respondent_has_no_merchant_even_if_the_words_are_a_name() -> None:
    assert chosen(party("a", "晴空坊", identity="unnamed")) == {"a": (None, "unnamed")}


def test_a_masked_name_in_doubt_stays_a_handle_without_a_merchant() -> None:
    assert chosen(party("a", "晴*坊", identity="handle")) == {"a": (None, "handle")}


def test_a_name_that_was_not_resolved_has_no_merchant() -> None:
    assert chosen(party("a", "无此名")) == {"a": (None, "unnamed")}


def test_no_parties_give_no_rows() -> None:
    assert chosen() == {}
