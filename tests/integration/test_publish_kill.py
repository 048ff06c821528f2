"""A publication that is killed at any moment leaves a readable build; the next completes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from pkgutil import resolve_name

import pytest

from flows.opening import open_work
from tests.warehouse_scene import NOON, copy_home, load, new_home, post, run
from warehouse.builds import current_build
from warehouse.home import Home
from warehouse.read import open_reader
from warehouse.work import Work

# Each names a function that the killed run does not survive, and how often it does before.
MOMENTS = [
    ("warehouse.load", "_file_rows", 0),
    ("warehouse.load", "_read_receipt", 0),
    ("warehouse.work.Work", "stage", 0),
    ("warehouse.work.Work", "write_readings", 0),
    ("warehouse.work.Work", "write_readings", 1),
    ("warehouse.work.Work", "write_respondents", 0),
    ("warehouse.work.Work", "replace", 1),
    ("warehouse.work.Work", "replace", 2),
    ("warehouse.work.Work", "build_marts", 0),
    ("warehouse.publish", "run_audits", 0),
    ("warehouse.publish", "write_internal", 0),
    ("warehouse.publish", "_write_public", 0),
    ("warehouse.publish", "audit_file", 1),
    ("warehouse.casework.ledger.Ledger", "mint", 0),
    ("warehouse.casework.ledger.Ledger", "_write", 0),
    ("warehouse.publish", "release", 0),
    ("warehouse.publish", "make_current", 0),
    ("warehouse.builds", "find_build", 0),
    ("warehouse.publish", "keep_newest", 0),
]

FORKS = get_context("forkserver")
"""Runs to be killed are forks of a server that has loaded all this and opened no database."""

FORKS.set_forkserver_preload([__name__])


def killed(function: Callable[..., None], *arguments: object) -> bool:
    """Call a function in a process of its own; tell whether the process was killed in it."""
    process = FORKS.Process(target=function, args=arguments)
    process.start()
    process.join(timeout=120)
    status = process.exitcode
    process.kill()
    return status == -signal.SIGKILL


def make_deadly(place: str, name: str, survived: int) -> None:
    """Make this process die when the named function is called once more than it survives."""
    owner = resolve_name(place)
    unharmed = getattr(owner, name)
    calls = count(1)

    def deadly(*arguments: object, **named: object) -> object:
        if next(calls) > survived:
            os.kill(os.getpid(), signal.SIGKILL)
        return unharmed(*arguments, **named)

    setattr(owner, name, deadly)


def make_work_and_die(home: Home, name: str) -> None:
    make_deadly("warehouse.work_file", name, 0)
    Work.open(home)


def complete_and_die(home: Home, place: str, name: str, survived: int) -> None:
    make_deadly(place, name, survived)
    complete(home)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = new_home(tmp_path_factory.mktemp("before") / "home")
    with home.lock(), Work.open(home) as work:
        load(work, [post("1"), post("2")], load_id="load-1")
    run(home)
    return home


@pytest.fixture(scope="module")
def wanted(before: Home, tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    home = copy_home(before, tmp_path_factory.mktemp("wanted"))
    complete(home)
    return published_rows(home)


def complete(home: Home) -> None:
    with home.lock(), Work.open(home) as work:
        load(work, [post(str(number)) for number in range(2, 150)], load_id="load-2")
    run(home, at=NOON + timedelta(days=1))


def published_rows(home: Home) -> list[object]:
    with open_reader(home, "internal") as reader:
        return [
            reader.connection.execute(f"from marts.{table} order by all").fetchall()
            for table in ("candidates", "candidate_members", "complaints", "complaint_codes")
        ]


@pytest.mark.parametrize("deadly", ["apply_schema", "schema_version", "append"])
def test_a_kill_while_the_work_database_is_made_leaves_one_that_is_made_anew(
    tmp_path: Path, deadly: str
) -> None:
    home = Home(tmp_path / "home")

    assert killed(make_work_and_die, home, deadly)

    assert home.work_database.exists()
    with open_work(home) as work:
        load(work, [post("1")])
        assert work.stage() == 1


@pytest.mark.parametrize(("place", "name", "survived"), MOMENTS)
def test_a_kill_leaves_a_readable_build_and_the_next_run_completes(
    before: Home, wanted: list[object], tmp_path: Path, place: str, name: str, survived: int
) -> None:
    home = copy_home(before, tmp_path)
    old = current_build(home)

    assert killed(complete_and_die, home, place, name, survived)

    readable = published_rows(home)
    if current_build(home) == old:
        assert readable == published_rows(before)
    else:
        assert readable == wanted
    complete(home)
    assert published_rows(home) == wanted
    assert not list(home.builds.glob("draft-*"))
