"""A publication that is killed at any moment leaves a readable build; the next completes."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import textwrap
from datetime import timedelta
from pathlib import Path

import pytest

from flows.opening import open_work
from tests.warehouse_scene import NOON, load, new_home, post, run
from warehouse.builds import current_build
from warehouse.home import Home
from warehouse.read import open_reader
from warehouse.work import Work

ROOT = Path(__file__).parents[2]

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
    ("warehouse.publish", "_write_internal", 0),
    ("warehouse.publish", "_write_public", 0),
    ("warehouse.publish", "_audit_file", 1),
    ("warehouse.casework.ledger.Ledger", "mint", 0),
    ("warehouse.casework.ledger.Ledger", "_write", 0),
    ("warehouse.publish", "_release", 0),
    ("warehouse.publish", "make_current", 0),
    ("warehouse.builds", "find_build", 0),
    ("warehouse.publish", "keep_newest", 0),
]

KILLED_RUN = """
    import importlib, os, signal, sys
    from datetime import timedelta
    from pathlib import Path
    from warehouse.home import Home
    from warehouse.work import Work
    import warehouse.load, warehouse.publish
    from tests.warehouse_scene import NOON, load, post, run

    home = Home(Path(sys.argv[1]))
    place, name, survived = sys.argv[2], sys.argv[3], int(sys.argv[4])
    module, _, kind = place.rpartition(".")
    owner = getattr(importlib.import_module(module), kind)
    unharmed = getattr(owner, name)
    calls = 0

    def deadly(*arguments, **named):
        global calls
        calls += 1
        if calls > survived:
            os.kill(os.getpid(), signal.SIGKILL)
        return unharmed(*arguments, **named)

    setattr(owner, name, deadly)
    with home.lock(), Work.open(home) as work:
        load(work, [post(str(number)) for number in range(2, 150)], load_id="load-2")
    run(home, at=NOON + timedelta(days=1))
"""


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


def copy_home(home: Home, folder: Path) -> Home:
    return Home(Path(shutil.copytree(home.path, folder / "home", copy_function=shutil.copy)))


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
    script = f"""
        import os, signal, sys
        from pathlib import Path
        from warehouse.home import Home
        import warehouse.work

        def deadly(*arguments, **named):
            os.kill(os.getpid(), signal.SIGKILL)

        warehouse.work.{deadly} = deadly
        warehouse.work.Work.open(Home(Path(sys.argv[1])))
    """
    killed = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(home.path)],
        check=False,
        timeout=120,
        capture_output=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )

    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()[-2000:]
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

    script = textwrap.dedent(KILLED_RUN)
    killed = subprocess.run(
        [sys.executable, "-c", script, str(home.path), place, name, str(survived)],
        check=False,
        timeout=120,
        capture_output=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )

    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()[-2000:]
    readable = published_rows(home)
    if current_build(home) == old:
        assert readable == published_rows(before)
    else:
        assert readable == wanted
    complete(home)
    assert published_rows(home) == wanted
    assert not list(home.builds.glob("draft-*"))
