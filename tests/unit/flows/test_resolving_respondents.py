"""Resolving the names of a run: what people judged comes from the ledger."""

from __future__ import annotations

from typing import cast

import pyarrow as pa

from flows.names import resolve_respondents
from flows.progress import Progress
from pipelines.taxonomy import load_taxonomy
from warehouse.casework.ledger import NameJudgement
from warehouse.work import Work


class NamesOnly:
    """A work database of names, without complaints."""

    def __init__(self, *raws: str) -> None:
        self._raws = raws
        self.written: dict[str, str | None] = {}

    def distinct_names(self) -> pa.Table:
        return pa.table({"raw": list(self._raws), "complaints": [1] * len(self._raws)})

    def replace(self, table: str, rows: pa.Table) -> None:
        assert table == "enriched.unsure_names"
        self.unsure = rows

    def write_names(self, names: pa.Table) -> None:
        self.written = dict(
            zip(names["raw"].to_pylist(), names["merchant_key"].to_pylist(), strict=True)
        )

    def party_batches(self) -> list[pa.Table]:
        return []

    def nameless_texts(self) -> pa.Table:
        columns = {"complaint_id": pa.string(), "redacted_text": pa.string()}
        return pa.schema([*columns.items(), ("is_described", pa.bool_())]).empty_table()

    def given_merchants(self) -> pa.Table:
        words = ("merchant_key", "merchant_name", "sector")
        fields = [*((word, pa.string()) for word in words), ("writers", pa.int64())]
        return pa.schema([*fields, ("spellings", pa.list_(pa.string()))]).empty_table()

    def write_respondents(self, respondents: pa.Table) -> None:
        assert respondents.num_rows == 0


def test_a_judgement_of_the_ledger_overrules_the_rules_of_a_run() -> None:
    work = NamesOnly("支付宝商城", "支付宝", "霁川优品", "青麓小铺")
    judged = (
        NameJudgement(one="支付宝商城", other="支付宝", is_same=False),
        NameJudgement(one="霁川优品", other="青麓小铺", is_same=True),
    )

    resolve_respondents(cast(Work, work), load_taxonomy(), judged, Progress())

    assert work.written["支付宝"] == "alipay" != work.written["支付宝商城"]
    assert work.written["霁川优品"] == work.written["青麓小铺"]
