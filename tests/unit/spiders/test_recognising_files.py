"""Format, packing and encoding from content alone, and refusals that say what to do."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from spiders.errors import FileRefusedError
from spiders.importers import streams
from spiders.importers.recognise import FileForm, recognise
from spiders.sources import load_source

CSV = "投诉标题,投诉详情,投诉对象\n不退款,卖家拉黑我了，一直不退款,某某点卡\n"


def form_of(folder: Path, content: bytes, source: str = "heimao") -> FileForm:
    path = folder / "0001.landed"
    path.write_bytes(content)
    return recognise(path, "export.bin", load_source(source))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("packed", [False, True])
def test_encodings_are_found_packed_or_not(tmp_path: Path, codec: str, packed: bool) -> None:
    content = CSV.encode(codec)

    form = form_of(tmp_path, gzip.compress(content) if packed else content)

    assert form == FileForm(format="csv", encoding=codec, is_gzipped=packed, is_sound=True)


def test_a_misread_header_is_recognised(tmp_path: Path) -> None:
    form = form_of(tmp_path, CSV.encode().decode("latin-1").encode())

    assert form.format == "csv"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (CSV.replace(",", "\t"), "tsv"),
        ('{"投诉标题": "a", "投诉详情": "b", "投诉对象": "c"}', "json"),
        ('\n [\n{"投诉标题": "a", "投诉详情": "b", "投诉对象": "c"}]', "json"),
    ],
)
def test_content_decides_the_format(tmp_path: Path, content: str, expected: str) -> None:
    assert form_of(tmp_path, content.encode()).format == expected


def test_one_damaged_byte_does_not_change_the_encoding(tmp_path: Path) -> None:
    damaged = (CSV + CSV.splitlines()[1] + "\n").encode().replace("拉黑".encode(), b"\xe6\x8b", 1)

    form = form_of(tmp_path, damaged)

    assert (form.encoding, form.is_sound) == ("utf-8", False)


def test_a_damaged_chinese_file_keeps_its_encoding(tmp_path: Path) -> None:
    damaged = (CSV * 20).encode("gb18030") + b"\xff\xff,\xff,x\n"

    form = form_of(tmp_path, damaged)

    assert (form.encoding, form.is_sound) == ("gb18030", False)


def test_western_letters_are_not_taken_for_chinese(tmp_path: Path) -> None:
    text = "id,brand,desc\n" + "".join(f"{n},Citroën,naïve café gépark\n" for n in range(9))

    with pytest.raises(FileRefusedError, match="expected text in UTF-8 or GB18030") as refusal:
        form_of(tmp_path, text.encode("latin-1"), "car_board")

    assert "Save the file as UTF-8" in str(refusal.value)


def test_utf_16_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="found UTF-16"):
        form_of(tmp_path, CSV.encode("utf-16"))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="found an empty file"):
        form_of(tmp_path, b"")


def test_a_missing_column_is_refused_with_what_was_found(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError) as refusal:
        form_of(tmp_path, "标题,投诉对象\na,b\n".encode())

    assert "the columns 投诉详情 or 投诉内容 of source heimao" in str(refusal.value)
    assert "found the columns 标题, 投诉对象" in str(refusal.value)


def test_objects_without_the_mandatory_keys_are_refused(tmp_path: Path) -> None:
    with pytest.raises(
        FileRefusedError, match="the columns text of source posts; found the columns id"
    ):
        form_of(tmp_path, b'{"id": "1"}\n{"id": "2"}', "posts")


def test_a_refusal_never_shows_a_record_in_place_of_a_header(tmp_path: Path) -> None:
    record = "张某,100000,他们收了钱以后就把我拉黑了，再也没有任何人回复我的消息，我要求马上退款"

    with pytest.raises(
        FileRefusedError, match="3 cells that do not look like column names"
    ) as refusal:
        form_of(tmp_path, record.encode())

    assert "张某" not in str(refusal.value)


def test_a_gzip_file_that_ends_early_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress((CSV * 1_000).encode())

    with pytest.raises(FileRefusedError, match="expected a complete gzip file"):
        form_of(tmp_path, packed[:-20])


def test_a_gzip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "FREE_EXPANSION_BYTES", 1024)
    packed = gzip.compress((CSV.splitlines()[0] + "\n").encode() + b"x" * 8_000_000)

    with pytest.raises(FileRefusedError, match="grows at most 200 times"):
        form_of(tmp_path, packed)
