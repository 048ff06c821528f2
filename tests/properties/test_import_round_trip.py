"""Any table, written in any format and encoding that is supported, comes back the same."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.importers import read_landing
from spiders.landing import land
from spiders.sources import load_source

FIELDS = {
    "投诉编号": "record_id",
    "投诉标题": "title",
    "投诉详情": "text",
    "投诉对象": "respondent",
    "投诉要求": "demand",
}
HEADER = list(FIELDS)

CHINESE = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
COMMON = st.sampled_from(list("退款不卖家，。！“”《》　abcXYZ 019.,;:'\"|/\\<>&{}[]-"))
LINES = st.sampled_from(list("\n\t\r"))
OTHER = st.sampled_from(list("😀𠮷‰…€—éñü"))

Row = list[str]


def tables(*letters: st.SearchStrategy[str], quick: bool = False) -> st.SearchStrategy[list[Row]]:
    text = st.text(st.one_of(*letters), max_size=20)
    anchored = text.map(lambda cell: f"投{cell}诉")
    row = st.tuples(text, text, anchored, text, text).map(list)
    return st.lists(row, min_size=1, max_size=5 if quick else 30)


def delimited(rows: list[Row], delimiter: str) -> str:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter).writerows([HEADER, *rows])
    return target.getvalue()


def written_lines(rows: list[Row]) -> list[str]:
    return [delimited([row], ",").removeprefix(delimited([], ",")) for row in rows]


def objects(rows: list[Row]) -> list[dict[str, str]]:
    return [dict(zip(HEADER, row, strict=True)) for row in rows]


TEXT_FORMATS: dict[str, Callable[[list[Row]], str]] = {
    "csv": lambda rows: delimited(rows, ","),
    "tsv": lambda rows: delimited(rows, "\t"),
    "json": lambda rows: json.dumps(objects(rows), ensure_ascii=False),
    "indented": lambda rows: json.dumps({"data": objects(rows)}, ensure_ascii=False, indent=1),
    "jsonl": lambda rows: "\n".join(json.dumps(o, ensure_ascii=False) for o in objects(rows)),
    "concatenated": lambda rows: "".join(json.dumps(o) for o in objects(rows)),
}


def xlsx(rows: list[Row]) -> bytes:
    workbook = openpyxl.Workbook()
    for row_number, row in enumerate([HEADER, *rows], start=1):
        for column_number, text in enumerate(row, start=1):
            cell = workbook.active.cell(row_number, column_number)
            cell.value = text
            cell.data_type = "s"
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def xls(rows: list[Row]) -> bytes:
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("a")
    for row_number, row in enumerate([HEADER, *rows]):
        for column_number, text in enumerate(row):
            sheet.write(row_number, column_number, text)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def imported(content: bytes) -> pa.Table:
    spec = load_source("heimao")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export"
        file.write_bytes(content)
        landing = land([file], spec, Path(folder), datetime(2026, 11, 21, tzinfo=UTC))
        return pa.concat_tables(read_landing(landing, spec))


def assert_same(table: pa.Table, rows: list[Row]) -> None:
    found = zip(*(table[name].to_pylist() for name in FIELDS.values()), strict=True)
    assert [[cell or "" for cell in row] for row in found] == rows
    assert table["reject_reason"].null_count == table.num_rows
    assert table["extra"].null_count == table.num_rows


@pytest.mark.parametrize("form", TEXT_FORMATS)
@settings(max_examples=20, deadline=None)
@given(rows=tables(CHINESE, COMMON, LINES, OTHER), codec=st.sampled_from(["utf-8", "utf-8-sig"]))
def test_a_table_in_utf_8_comes_back_the_same(form: str, rows: list[Row], codec: str) -> None:
    table = imported(TEXT_FORMATS[form](rows).encode(codec))

    assert_same(table, rows)
    assert not any(table["is_repaired"].to_pylist())


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl"])
@settings(max_examples=15, deadline=None)
@given(rows=tables(CHINESE, COMMON, LINES), packed=st.booleans())
def test_a_table_in_gb_18030_comes_back_the_same(form: str, rows: list[Row], packed: bool) -> None:
    content = TEXT_FORMATS[form](rows).encode("gb18030")

    table = imported(gzip.compress(content) if packed else content)

    assert_same(table, rows)


@settings(max_examples=20, deadline=None)
@given(rows=tables(CHINESE, COMMON), is_misread=st.lists(st.booleans(), min_size=30, max_size=30))
def test_misread_rows_among_good_ones_come_back_and_are_counted(
    rows: list[Row], is_misread: list[bool]
) -> None:
    written = [
        [cell.encode().decode("latin-1") for cell in row] if misread else row
        for row, misread in zip(rows, is_misread, strict=False)
    ]

    table = imported(delimited(written, ",").encode())

    assert_same(table, rows)
    assert table["is_repaired"].to_pylist() == is_misread[: len(rows)]


@pytest.mark.parametrize("write", [xlsx, xls])
@settings(max_examples=6, deadline=None)
@given(rows=tables(CHINESE, COMMON, quick=True), packed=st.booleans())
def test_a_workbook_comes_back_the_same(
    write: Callable[[list[Row]], bytes], rows: list[Row], packed: bool
) -> None:
    content = write(rows)

    table = imported(gzip.compress(content) if packed else content)

    assert_same(table, rows)


@settings(max_examples=20, deadline=None)
@given(
    rows=tables(CHINESE, COMMON),
    broken=st.lists(st.sampled_from(['1,"open', "1,2", "1,2,3,4,5,6", ",,,,"]), max_size=5),
    at=st.integers(0, 30),
)
def test_broken_lines_are_counted_and_cost_no_other_row(
    rows: list[Row], broken: list[str], at: int
) -> None:
    lines = [line.removesuffix("\r\n") for line in written_lines(rows)]
    place = min(at, len(lines))
    text = "\n".join([",".join(HEADER), *lines[:place], *broken, *lines[place:]])

    table = imported(text.encode())

    kept = table.filter(pa.compute.is_null(table["reject_reason"]))
    assert_same(kept, rows)
    assert table.num_rows == len(rows) + len(broken)
