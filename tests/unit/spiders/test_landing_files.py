"""Landing: bytes kept as they came, private, complete or not at all."""

from __future__ import annotations

import hashlib
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from spiders.errors import FileRefusedError, LandingDamagedError
from spiders.importers import read_landing
from spiders.landing import land, open_landing
from spiders.sources import load_source

AT = datetime(2026, 11, 21, 10, 15, tzinfo=UTC)
SPEC = load_source("posts")


def files_in(folder: Path, **contents: bytes) -> list[Path]:
    paths = [folder / f"{name}.jsonl" for name in contents]
    for path, content in zip(paths, contents.values(), strict=True):
        path.write_bytes(content)
    return paths


def test_bytes_are_kept_as_they_came_and_private(tmp_path: Path) -> None:
    content = b'\xef\xbb\xbf{"id": "1",  "text": "a"}\r\n\r\nbroken'
    files = files_in(tmp_path, a=content)

    landing = land(files, SPEC, tmp_path / "landing", AT)

    kept = landing.path_of(landing.files[0])
    assert kept.read_bytes() == content
    assert landing.files[0].sha256 == hashlib.sha256(content).hexdigest()
    assert landing.files[0].byte_count == len(content)
    assert (landing.files[0].format, landing.files[0].encoding) == ("json", "utf-8-sig")
    for path in [*landing.directory.iterdir()]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(landing.directory.stat().st_mode) == 0o700


def test_a_landing_is_read_back_from_its_manifest(tmp_path: Path) -> None:
    files = files_in(tmp_path, a=b'{"id": "1", "text": "a"}', b=b"id\ttext\n2\tb\n")

    landing = land(files, SPEC, tmp_path / "landing", AT)

    assert open_landing(landing.directory) == landing
    assert landing.directory == tmp_path / "landing" / "posts" / landing.load_id


def test_the_same_files_at_the_same_time_land_beside_each_other(tmp_path: Path) -> None:
    files = files_in(tmp_path, a=b'{"id": "1", "text": "a"}')

    first = land(files, SPEC, tmp_path / "landing", AT)
    second = land(files, SPEC, tmp_path / "landing", AT)

    assert first.load_id != second.load_id
    assert first.directory.exists()


def test_a_refused_file_lands_nothing_of_the_load(tmp_path: Path) -> None:
    files = files_in(tmp_path, a=b'{"id": "1", "text": "a"}', b=b"no,such\n1,2\n")

    with pytest.raises(FileRefusedError, match=r"b\.jsonl"):
        land(files, SPEC, tmp_path / "landing", AT)

    assert list((tmp_path / "landing" / "posts").iterdir()) == []


def test_what_a_killed_landing_left_behind_is_deleted_by_the_next(tmp_path: Path) -> None:
    abandoned = tmp_path / "landing" / "posts" / ".part-killed"
    of_another_source = tmp_path / "landing" / "cfpb" / ".part-killed"
    for folder in (abandoned, of_another_source):
        folder.mkdir(parents=True)
        (folder / "0001.landed").write_bytes(b"half a fi")

    land(files_in(tmp_path, a=b'{"id": "1", "text": "a"}'), SPEC, tmp_path / "landing", AT)

    assert not abandoned.exists()
    assert of_another_source.exists()


def test_changed_bytes_are_noticed_when_a_landing_is_opened(tmp_path: Path) -> None:
    landing = land(files_in(tmp_path, a=b'{"id": "1", "text": "a"}'), SPEC, tmp_path / "l", AT)
    landing.path_of(landing.files[0]).write_bytes(b'{"id": "1", "text": "b"}')

    with pytest.raises(LandingDamagedError, match="Restore the landing"):
        open_landing(landing.directory)


def test_a_folder_without_a_manifest_is_no_landing(tmp_path: Path) -> None:
    with pytest.raises(LandingDamagedError, match="expected a manifest"):
        open_landing(tmp_path)


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match=r"gone\.csv: expected a file that can be read"):
        land([tmp_path / "gone.csv"], SPEC, tmp_path / "landing", AT)


def test_items_are_numbered_over_all_files_and_reading_again_gives_the_same(
    tmp_path: Path,
) -> None:
    files = files_in(
        tmp_path, a=b'{"id": "1", "text": "a"}\nbroken\n', b=b'{"id": "2", "text": "b"}'
    )
    landing = land(files, SPEC, tmp_path / "landing", AT)

    tables = list(read_landing(landing, SPEC))

    rows = [row for table in tables for row in table.to_pylist()]
    assert [(row["item_no"], row["file_no"], row["record_id"]) for row in rows] == [
        (1, 1, "1"),
        (2, 1, None),
        (3, 2, "2"),
    ]
    assert list(read_landing(open_landing(landing.directory), SPEC)) == tables
