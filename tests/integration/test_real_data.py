"""What the commands make of real complaint files; skipped, loudly, where these are not at hand."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from flows.ingest import ImportRequest, import_files
from flows.run import run
from flows.settings import FlowSettings
from tests.integration.conftest import published
from warehouse.home import Home
from warehouse.load import LoadReceipt
from warehouse.read import open_reader

pytestmark = pytest.mark.data

APART = ("现金签到不给现金", "拼多多用下单完成全额返还虚假宣传，确认收货只给几张优惠券。")
"""Titles of two complaints about other campaigns of the same merchant."""


@pytest.fixture(scope="module")
def heimao(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> tuple[Path, LoadReceipt]:
    """The crawl of 2020 as it came, loaded and published."""
    home = tmp_path_factory.mktemp("heimao") / "home"
    folder = shared_data / "heimao_2020"
    files = (folder / "heimao.csv", folder / "black_cat.txt", *folder.glob("*.xls"))
    receipt = import_files(home, ImportRequest(source="heimao", files=files))
    run(FlowSettings(home=home, workers=1))
    return home, receipt


def titles(home: Path, members: list[dict[str, Any]]) -> set[str]:
    """Give the titles of members, as published."""
    with open_reader(Home(home), "internal") as reader:
        rows = [
            reader.query("complaint", complaint_id=f"{member['source']}:{member['id']}").to_pylist()
            for member in members
        ]
    return {row[0]["redacted_text"][: row[0]["title_length"]] for row in rows}


def test_the_raw_files_hold_exactly_the_distinct_complaints(
    heimao: tuple[Path, LoadReceipt], shared_data: Path
) -> None:
    _, receipt = heimao
    clean = (shared_data / "heimao_2020" / "complaints.csv").read_text(encoding="utf-8-sig")
    distinct = len(list(csv.DictReader(clean.splitlines(keepends=True))))

    assert (receipt.kept, distinct) == (105, 105)
    assert receipt.read == receipt.kept + receipt.duplicate + receipt.rejected
    assert dict(receipt.rejects) == {"repeated_header": 3}
    assert receipt.repaired == 99


def test_the_largest_matter_comes_first_without_its_neighbours(
    heimao: tuple[Path, LoadReceipt],
) -> None:
    home, _ = heimao

    first = published(home)[0]

    assert first["merchant_key"] == "pinduoduo"
    assert first["issue_code"] == "campaign_not_honoured"
    assert len(first["members"]) >= 32
    assert not titles(home, first["members"]) & set(APART)


def test_complaints_left_out_stay_in_the_warehouse_under_their_merchant_and_code(
    heimao: tuple[Path, LoadReceipt],
) -> None:
    home, _ = heimao

    with open_reader(Home(home), "internal") as reader:
        near = reader.query(
            "candidate_members",
            candidate_id=published(home)[0]["candidate_id"],
            limit=0,
            offset=0,
            near_limit=50,
        ).to_pylist()
        apart = [row for row in near if row["redacted_text"].startswith(APART)]
        codes = [
            {
                code["code"]
                for code in reader.query(
                    "complaint_codes", complaint_id=row["complaint_id"]
                ).to_pylist()
                if code["is_alleged"]
            }
            for row in apart
        ]

    assert len(apart) == 2
    assert all("campaign_not_honoured" in found for found in codes)


def test_ant_is_one_merchant_and_a_means_of_payment_is_not_a_respondent(
    heimao: tuple[Path, LoadReceipt], shared_data: Path
) -> None:
    home, _ = heimao
    clean = (shared_data / "heimao_2020" / "complaints.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(clean.splitlines(keepends=True)))
    given = sum(row["投诉对象"] == "蚂蚁金服客户中心" for row in rows)

    with open_reader(Home(home), "internal") as reader:
        merchants = reader.query(
            "heat_map", axis="pattern", merchant_limit=100, code_limit=100
        ).to_pylist()
    names = {row["merchant_key"]: row["merchant_name"] for row in merchants}

    assert given == 6
    assert [name for name in names.values() if "蚂蚁" in name] == ["蚂蚁集团"]
    assert "alipay" not in names
    assert json.dumps(sorted(names.values()), ensure_ascii=False).count("拼多多") == 1
