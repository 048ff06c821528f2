"""XLSX and XLS: cells as a spreadsheet shows them, sheets never skipped, bombs refused."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlwt

from spiders.errors import FileRefusedError
from spiders.importers.sheet_worker import MAX_EXPANDED_BYTES
from spiders.importers.spreadsheets import read_spreadsheet, sheet_headers


def xlsx(sheets: dict[str, list[list[object]]]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def xls(rows: list[list[object]]) -> bytes:
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("表")
    for row_number, row in enumerate(rows):
        for column_number, cell in enumerate(row):
            sheet.write(row_number, column_number, cell)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def has_id(names: object) -> bool:
    return isinstance(names, tuple) and "id" in names


def stored(folder: Path, content: bytes) -> Path:
    path = folder / "0001.landed"
    path.write_bytes(content)
    return path


def test_cells_are_what_a_spreadsheet_shows(tmp_path: Path) -> None:
    written = datetime(2020, 1, 2, 3, 4, tzinfo=UTC).replace(tzinfo=None)
    rows = [
        ["id", "n", "day", "time", "flag", "text", "gap"],
        [
            20211204000000.0,
            12.5,
            date(2020, 1, 2),
            written,
            True,
            "甲\n乙",
            None,
        ],
    ]
    path = stored(tmp_path, xlsx({"a": rows}))

    (block,) = read_spreadsheet(path, "a.xlsx", has_id, gzipped=False)

    assert block.row(0) == [
        "20211204000000",
        "12.5",
        "2020-01-02",
        "2020-01-02 03:04:00",
        "TRUE",
        "甲\n乙",
        "",
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_legacy_workbooks_are_read_packed_or_not(tmp_path: Path, packed: bool) -> None:
    content = xls([["id", "text"], ["1", "卡密无效"], ["", ""], ["2", "未退款"]])
    path = stored(tmp_path, gzip.compress(content) if packed else content)

    (block,) = read_spreadsheet(path, "a.xls", has_id, gzipped=packed)

    assert [block.row(0), block.row(1)] == [["1", "卡密无效"], ["2", "未退款"]]


def test_rows_of_a_sheet_without_the_columns_are_rejected_not_skipped(tmp_path: Path) -> None:
    path = stored(
        tmp_path,
        xlsx({"说明": [["read me"], ["twice"]], "空": [], "数据": [["id"], ["1"], ["2"]]}),
    )

    notes, data = read_spreadsheet(path, "a.xlsx", has_id, gzipped=False)

    assert [(r.position, r.reason, r.payload) for r in notes.rejects] == [
        (0, "foreign_sheet", '{"item":1,"characters":11}'),
        (1, "foreign_sheet", '{"item":2,"characters":9}'),
    ]
    assert list(data.positions) == [2, 3]
    assert sheet_headers(path, "a.xlsx", gzipped=False) == (("read me",), ("id",))


def test_a_note_in_the_margin_is_a_column_of_its_own(tmp_path: Path) -> None:
    path = stored(tmp_path, xlsx({"a": [["id"], ["1", None, "see over"], ["2"]]}))

    (block,) = read_spreadsheet(path, "a.xlsx", has_id, gzipped=False)

    assert block.names == ("id", "column 2", "column 3")
    assert block.row(0) == ["1", "", "see over"]


def test_bytes_that_only_start_like_a_workbook_are_refused(tmp_path: Path) -> None:
    path = stored(tmp_path, b"PK\x03\x04" + bytes(100))

    with pytest.raises(FileRefusedError, match=r"a\.xlsx: expected an XLSX or XLS workbook"):
        list(read_spreadsheet(path, "a.xlsx", has_id, gzipped=False))


def test_a_workbook_that_breaks_its_reader_is_refused_like_any_other(tmp_path: Path) -> None:
    sound = xls([["id"], ["1"]])
    path = stored(tmp_path, sound[: len(sound) - 700])

    with pytest.raises(FileRefusedError):
        list(read_spreadsheet(path, "a.xls", has_id, gzipped=False))


def test_a_sheet_of_two_cells_that_claims_the_whole_grid_is_refused(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "id"
    workbook.active["XFD1048576"] = "far away"
    target = io.BytesIO()
    workbook.save(target)
    path = stored(tmp_path, target.getvalue())

    with pytest.raises(FileRefusedError, match="did not survive"):
        list(read_spreadsheet(path, "a.xlsx", has_id, gzipped=False))


def test_a_workbook_whose_parts_unpack_to_too_much_is_refused(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"x")
    content = target.getvalue().replace(
        (1).to_bytes(4, "little") + (24).to_bytes(2, "little"),
        (MAX_EXPANDED_BYTES + 1).to_bytes(4, "little") + (24).to_bytes(2, "little"),
    )
    path = stored(tmp_path, content)

    with pytest.raises(FileRefusedError, match="when unpacked"):
        list(read_spreadsheet(path, "a.xlsx", has_id, gzipped=False))


def test_reading_may_stop_early(tmp_path: Path) -> None:
    path = stored(tmp_path, xlsx({"a": [["id"], *([str(n)] for n in range(20_000))]}))
    blocks = read_spreadsheet(path, "a.xlsx", has_id, gzipped=False)

    first = next(blocks)
    blocks.close()

    assert first.row(0) == ["0"]
