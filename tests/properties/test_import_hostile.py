"""Hostile bytes: a file is refused with words, or read with every item counted; nothing else."""

from __future__ import annotations

import gzip
import io
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.errors import FileRefusedError
from spiders.importers import read_landing
from spiders.landing import land
from spiders.sources import load_source

HEADER = "id,title,text\n"
RECORDS = "".join(f'{n},"标题，{n}","正文 ""{n}"" 不退款"\n' for n in range(40))
JSON_LINES = "".join(
    f'{{"id": "{n}", "text": "正文 \\"{n}\\"", "replies": [{{"by": "merchant"}}]}}\n'
    for n in range(40)
)


def xlsx() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active.append(["id", "text"])
    workbook.active.append(["1", "正文"])
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def xls() -> bytes:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("a")
    for column, (name, value) in enumerate({"id": "1", "text": "x"}.items()):
        sheet.write(0, column, name)
        sheet.write(1, column, value)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


SOUND = {
    "csv": (HEADER + RECORDS).encode(),
    "gb18030": (HEADER + RECORDS).encode("gb18030"),
    "jsonl": JSON_LINES.encode(),
    "array": ("[" + ",".join(JSON_LINES.splitlines()) + "]").encode(),
    "gzip": gzip.compress((HEADER + RECORDS).encode(), mtime=0),
}
WORKBOOKS = {"xlsx": xlsx(), "xls": xls()}


def item_count(content: bytes) -> int:
    """The items of a file, after a look at their numbers; 0 if the file is refused."""
    spec = load_source("posts")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "upload"
        file.write_bytes(content)
        try:
            landing = land([file], spec, Path(folder), datetime(2026, 11, 21, tzinfo=UTC))
            tables = list(read_landing(landing, spec))
        except FileRefusedError:
            return 0
    numbers = [number for table in tables for number in table["item_no"].to_pylist()]
    assert numbers == list(range(1, len(numbers) + 1))
    for table in tables:
        for reason, payload in zip(
            table["reject_reason"].to_pylist(), table["rejected_payload"].to_pylist(), strict=True
        ):
            assert (reason is None) == (payload is None)
    return len(numbers)


def damaged(sound: bytes, cuts: list[tuple[float, bytes]]) -> bytes:
    content = sound
    for place, piece in cuts:
        at = int(place * len(content))
        content = content[:at] + piece + content[at + len(piece) :]
    return content


CUTS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=6)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_refused_or_read(content: bytes) -> None:
    item_count(content)


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_behind_a_good_header_are_refused_or_read(content: bytes) -> None:
    item_count(HEADER.encode() + content)


@settings(max_examples=60, deadline=None)
@given(content=st.text(st.sampled_from(list('{}[]",:\\ \nat1é\0')), max_size=80))
def test_any_text_behind_a_good_object_is_refused_or_read(content: str) -> None:
    assert item_count(b'{"id": "1", "text": "a"}\n' + content.encode()) >= 1


@pytest.mark.parametrize("form", SOUND)
@settings(max_examples=40, deadline=None)
@given(cuts=CUTS)
def test_a_damaged_file_is_refused_or_read(form: str, cuts: list[tuple[float, bytes]]) -> None:
    item_count(damaged(SOUND[form], cuts))


@pytest.mark.parametrize("form", WORKBOOKS)
@settings(max_examples=12, deadline=None)
@given(cuts=CUTS)
def test_a_damaged_workbook_is_refused_or_read(form: str, cuts: list[tuple[float, bytes]]) -> None:
    item_count(damaged(WORKBOOKS[form], cuts))


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@settings(max_examples=20, deadline=None)
@given(line=st.integers(0, 39), piece=st.sampled_from([b"\xff", b"\0", b'"', b"\xe6\x8b"]))
def test_damage_to_one_line_costs_at_most_that_line(form: str, line: int, piece: bytes) -> None:
    lines = SOUND[form].splitlines(keepends=True)
    first = 1 if form == "csv" else 0
    lines[first + line] = lines[first + line].replace(b"\xe6", piece + b"\xe6", 1)

    spec = load_source("posts")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "upload"
        file.write_bytes(b"".join(lines))
        landing = land([file], spec, Path(folder), datetime(2026, 11, 21, tzinfo=UTC))
        kept = [
            record_id
            for table in read_landing(landing, spec)
            for record_id in table["record_id"].to_pylist()
            if record_id is not None
        ]

    assert set(kept) >= {str(n) for n in range(40) if n != line}
