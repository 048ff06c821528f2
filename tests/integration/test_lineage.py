"""What becomes of candidates from build to build.

One story on the sample: the complaints of one matter name two merchants, then one, then two
again.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from flows.run import run
from tests.integration.conftest import SAMPLE, import_posts, settings_of, zhongsu
from warehouse.home import Home
from warehouse.read import open_reader

Row = dict[str, Any]

ONE, OTHER = "鹭汀卡盟", "沙鸥礼券"
REST = ("066", "067", "069", "070", "077", "078", "087")
"""Half of the members of one matter of the sample, see its `expected.json`."""


def sample(*, other: tuple[str, ...] = ()) -> list[Row]:
    """Give the sample with another merchant's name in some posts."""
    rows = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    return [renamed(row) if row["id"].removeprefix("sample-") in other else row for row in rows]


def renamed(row: Row) -> Row:
    return {
        key: value.replace(ONE, OTHER) if isinstance(value, str) else value
        for key, value in row.items()
    }


def written(home: Path, rows: list[Row]) -> Path:
    """Write posts into a file beside a home."""
    file = home.with_suffix(".jsonl")
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return file


def take_in(home: Path, rows: list[Row]) -> None:
    import_posts(home, written(home, rows))
    run(settings_of(home))


def worklist(home: Path) -> list[Row]:
    result = zhongsu(home, "candidates", "--format", "jsonl")
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def ids(rows: list[Row]) -> dict[tuple[str, ...], str]:
    """Give the id of every candidate by its members."""
    return {tuple(member["id"] for member in row["members"]): row["candidate_id"] for row in rows}


def marts(home: Path, table: str) -> dict[str, Row]:
    with open_reader(Home(home), "internal") as reader:
        rows = reader.connection.execute(f"select * from marts.{table}").to_arrow_table()
    return {row["candidate_id"]: row for row in rows.to_pylist()}


@pytest.fixture(scope="module")
def born(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after its first run, in which one matter names two merchants."""
    home = tmp_path_factory.mktemp("born") / "home"
    take_in(home, sample(other=REST))
    return home


@pytest.fixture
def home(born: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(born, tmp_path / "home"))


def of(merchant: str, candidates: dict[str, Row]) -> set[str]:
    return {key for key, row in candidates.items() if row["merchant_name"] == merchant}


def test_in_the_first_build_all_are_born_and_none_is_retired(born: Path) -> None:
    found = marts(born, "candidates")

    assert of(ONE, found)
    assert of(OTHER, found)
    assert {row["lineage"] for row in found.values()} == {"born"}
    assert marts(born, "retired_candidates") == {}


def test_ids_survive_a_second_import_in_another_order_and_a_rebuild_by_command(home: Path) -> None:
    first = worklist(home)
    file = written(home, list(reversed(sample(other=REST))))

    commands = [zhongsu(home, "import", "posts", str(file), "--backfill"), zhongsu(home, "run")]
    again = worklist(home)
    shutil.rmtree(home / "warehouse")
    commands.append(zhongsu(home, "run"))

    assert [command.returncode for command in commands] == [0, 0, 0]
    assert ids(again) == ids(first)
    assert {row["lineage"] for row in again} == {"continued"}
    assert [row["first_flagged_on"] for row in again] == [row["first_flagged_on"] for row in first]
    assert worklist(home) == again


def test_merged_split_and_retired_are_seen_in_the_build(home: Path) -> None:
    before = marts(home, "candidates")

    take_in(home, sample())
    merged, retired = marts(home, "candidates"), marts(home, "retired_candidates")
    take_in(home, list(reversed(sample(other=REST))))  # the same bytes would turn nothing back
    split, retired_no_more = marts(home, "candidates"), marts(home, "retired_candidates")

    (heir,) = (key for key, row in merged.items() if row["lineage"] == "merged")
    assert set(merged) == set(before) - of(OTHER, before)
    assert set(retired) == of(OTHER, before)
    assert {key for key, row in retired.items() if row["went_into"]} == set(merged[heir]["parents"])
    assert {tuple(row["went_into"]) for row in retired.values()} <= {(heir,), ()}
    assert {key: row["complaints"] for key, row in retired.items()} == {
        key: before[key]["complaints"] for key in retired
    }
    assert set(split) == set(before)
    assert split[heir]["lineage"] == "split"
    assert retired_no_more == {}
