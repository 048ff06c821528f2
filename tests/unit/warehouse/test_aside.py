"""Builds as of an earlier day: apart from what is published, one per day, and not without end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.warehouse_scene import (
    NOON,
    assignment,
    copy_home,
    declare,
    group_all,
    load,
    new_home,
    post,
    read_all,
    run,
    write_candidates,
)
from warehouse.aside import draft_work, find_aside, list_aside, set_aside
from warehouse.builds import Build, current_build_id, find_build, list_builds
from warehouse.errors import AuditFailedError, BuildMissingError, HomeLockedError
from warehouse.home import Home
from warehouse.publish import BuildEnvelope
from warehouse.read import open_build
from warehouse.runs import RunRecord
from warehouse.work import Work

DAY = date(2026, 2, 1)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with two posts, published; nobody writes to it."""
    made = new_home(tmp_path_factory.mktemp("published") / "home")
    with made.lock(), Work.open(made) as work:
        load(work, [post("1"), post("2")])
    run(made)
    return made


@pytest.fixture
def home(published: Home, tmp_path: Path) -> Home:
    return copy_home(published, tmp_path)


def keep(
    home: Home,
    day: date = DAY,
    *,
    of: str = "ff" * 16,
    at: datetime = NOON,
    keep: int = 5,
    first_day: date | None = None,
) -> Build:
    """Keep a build aside, of a work database with one candidate that nobody knew."""
    envelope = BuildEnvelope(
        run=RunRecord(run_id="aside", started_at=at),
        input_fingerprint=of,
        at=at,
        keep=keep,
        as_of=day,
    )
    with home.lock_aside(), draft_work(home) as file, Work.at(file) as work:
        declare(work)
        load(work, [post("1"), post("2")])
        read_all(work)
        cluster_id, members = group_all(work)
        write_candidates(work, [assignment(cluster_id, members, "asof-1", first_day)])
        work.build_marts()
        return set_aside(work, home, envelope).build


def test_a_build_that_is_kept_aside_is_found_and_read(home: Home) -> None:
    build = keep(home)

    assert list_aside(home) == (build,)
    assert find_aside(home, DAY, "ff" * 16) == build
    assert find_aside(home, DAY, "00" * 16) is None
    assert find_aside(home, DAY + timedelta(days=1), "ff" * 16) is None
    with open_build(build, "internal") as reader:
        (candidate,) = reader.query("candidates", limit=5, offset=0).to_pylist()
        (told,) = reader.connection.execute("select as_of_date from meta.builds").fetchall()
    assert (candidate["candidate_id"], candidate["first_flagged_on"]) == ("asof-1", None)
    assert told == (DAY,)


def test_what_is_published_is_as_before(home: Home) -> None:
    before = (list_builds(home), current_build_id(home), home.ledger.read_bytes())

    build = keep(home)

    assert (list_builds(home), current_build_id(home), home.ledger.read_bytes()) == before
    with pytest.raises(BuildMissingError):
        find_build(home, build.build_id)
    assert [path.name for path in build.path.iterdir()] == ["internal.duckdb"]


def test_a_day_has_one_build_and_the_one_made_first_goes_first(home: Home) -> None:
    minutes = [NOON + timedelta(minutes=number) for number in range(5)]
    for day, at in zip((3, 1, 2), minutes, strict=False):
        keep(home, date(2026, 2, day), at=at, keep=2)
    remade = keep(home, date(2026, 2, 2), of="ee" * 16, at=minutes[4], keep=2)

    kept = list_aside(home)

    assert [build.as_of for build in kept] == [date(2026, 2, 2), date(2026, 2, 1)]
    assert kept[0] == remade


def test_what_a_killed_run_left_is_cleared_by_the_next(home: Home) -> None:
    for left in ("draft-work", "draft-asof-2026-02-01-x"):
        (home.aside / left).mkdir(parents=True)
        (home.aside / left / "work.duckdb").write_bytes(b"half")

    build = keep(home)

    assert {path.name for path in home.aside.iterdir()} == {".lock", build.build_id}


def test_a_build_that_cannot_be_opened_is_not_found(home: Home) -> None:
    build = keep(home)
    build.file("internal").write_bytes(b"\xff no such thing" * 500)

    assert find_aside(home, DAY, "ff" * 16) is None


def test_a_provisional_candidate_with_a_first_day_is_refused(home: Home) -> None:
    with pytest.raises(AuditFailedError, match="casework_undated_candidates"):
        keep(home, first_day=DAY)

    assert list_aside(home) == ()


def test_making_one_does_not_keep_a_publisher_waiting(home: Home) -> None:
    with home.lock_aside():
        with home.lock():
            pass
        with pytest.raises(HomeLockedError, match="no other run --as-of"), home.lock_aside():
            pass
