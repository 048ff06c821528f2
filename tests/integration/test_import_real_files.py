"""The real files of every source come in whole: counts agree with an independent reading."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from spiders.importers import read_landing
from spiders.items import ITEM_SCHEMA
from spiders.landing import land
from spiders.sources import load_source

pytestmark = pytest.mark.data


def imported(folder: Path, source: str, *files: Path) -> pa.Table:
    spec = load_source(source)
    landing = land(files, spec, folder, datetime(2026, 11, 21, tzinfo=UTC))
    table = pa.concat_tables(read_landing(landing, spec))
    assert table.schema == ITEM_SCHEMA
    assert table["item_no"].to_pylist() == list(range(1, table.num_rows + 1))
    return table


def csv_rows(path: Path) -> Iterator[dict[str, str]]:
    content = path.read_bytes()
    text = gzip.decompress(content) if path.suffix == ".gz" else content
    yield from csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline=""))


def plain(text: str | None) -> str:
    return " ".join((text or "").split())


def test_the_three_raw_crawls_hold_exactly_the_distinct_complaints(
    shared_data: Path, tmp_path: Path
) -> None:
    folder = shared_data / "heimao_2020"
    clean = {
        (plain(r["投诉标题"]), plain(r["投诉详情"]), plain(r["投诉对象"]))
        for r in csv_rows(folder / "complaints.csv")
    }

    table = imported(
        tmp_path,
        "heimao",
        folder / "heimao.csv",
        folder / "black_cat.txt",
        folder / "黑猫投诉网站.xls",
    )

    kept = [row for row in table.to_pylist() if row["reject_reason"] is None]
    found = {(plain(r["title"]), plain(r["text"]), plain(r["respondent"])) for r in kept}
    assert len(clean) == 105
    assert found == clean
    assert Counter(table["reject_reason"].to_pylist()) == {None: 401, "repeated_header": 3}
    assert Counter(table["file_no"].to_pylist()) == {1: 300, 2: 99, 3: 5}
    assert Counter(table["is_repaired"].to_pylist())[True] == 99


def test_every_row_of_the_bureau_comes_in_with_its_labels(
    shared_data: Path, tmp_path: Path
) -> None:
    file = shared_data / "cfpb" / "complaints.csv.gz"
    expected = [
        (
            r["Complaint ID"],
            r["Company"],
            r["Date received"],
            r["Product"] or None,
            r["Issue"],
            r["Consumer complaint narrative"] or None,
        )
        for r in csv_rows(file)
    ]

    table = imported(tmp_path, "cfpb", file)

    columns = ("record_id", "respondent", "received_at", "product", "issue", "text")
    found = list(zip(*(table[name].to_pylist() for name in columns), strict=True))
    repaired = table["is_repaired"].to_pylist()
    assert len(found) == len(expected) == 171_862
    assert [a for a, is_repaired in zip(found, repaired, strict=True) if not is_repaired] == [
        b for b, is_repaired in zip(expected, repaired, strict=True) if not is_repaired
    ]
    assert sum(repaired) == 2
    assert table["reject_reason"].null_count == table.num_rows


@pytest.mark.parametrize(
    ("source", "file", "columns"),
    [
        (
            "gov_board",
            "gov_replies/messages_with_replies.csv",
            {
                "留言编号": "record_id",
                "留言主题": "title",
                "留言详情": "text",
                "留言时间": "published_at",
            },
        ),
        (
            "app_reviews",
            "wallet_reviews/reviews_to_2021.csv.gz",
            {"app": "respondent", "store": "platform", "text": "text", "date": "published_at"},
        ),
        (
            "car_board",
            "car_complaints/complaints.csv",
            {"id": "record_id", "brand": "respondent", "desc": "text", "dt": "published_at"},
        ),
    ],
)
def test_every_row_of_a_table_comes_in_verbatim(
    shared_data: Path, tmp_path: Path, source: str, file: str, columns: dict[str, str]
) -> None:
    expected = [tuple(row[name] for name in columns) for row in csv_rows(shared_data / file)]

    table = imported(tmp_path, source, shared_data / file)

    found = list(zip(*(table[name].to_pylist() for name in columns.values()), strict=True))
    assert found == expected
    assert table["reject_reason"].null_count == table.num_rows


def test_every_message_of_the_board_has_its_official_reply(
    shared_data: Path, tmp_path: Path
) -> None:
    file = shared_data / "gov_replies" / "messages_with_replies.csv"
    expected = [(r["答复意见"], r["答复时间"]) for r in csv_rows(file)]

    table = imported(tmp_path, "gov_board", file)

    replies = [json.loads(text) for text in table["replies"].to_pylist()]
    assert [(reply["text"], reply["at"]) for (reply,) in replies] == expected
    assert {reply["by"] for (reply,) in replies} == {"regulator"}


def test_every_article_comes_in_as_a_report(shared_data: Path, tmp_path: Path) -> None:
    file = shared_data / "news" / "articles_to_2017.jsonl"
    expected = [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]

    table = imported(tmp_path, "news", file)

    rows = table.to_pylist()
    assert [(r["record_id"], r["title"], r["text"]) for r in rows] == [
        (e["id"], e["title"], e["content"]) for e in expected
    ]
    assert {r["kind"] for r in rows} == {"report"}
    assert [json.loads(r["extra"])["from"] for r in rows] == [e["from"] for e in expected]
