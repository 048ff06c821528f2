"""A run that is killed at any moment leaves the published build readable; the next completes."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flows.run import run
from tests.integration.conftest import UPDATES, import_posts, published, settings_of

STAGES = ("stage", "read complaints", "find copies", "group", "shape marts")


@pytest.fixture(scope="module")
def before(published_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a published build, and one more file loaded."""
    home = tmp_path_factory.mktemp("before") / "home"
    shutil.copytree(published_sample, home)
    import_posts(home, UPDATES)
    return home


@pytest.fixture(scope="module")
def wanted(before: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What a run publishes that nobody kills."""
    home = tmp_path_factory.mktemp("undisturbed") / "home"
    shutil.copytree(before, home)
    run(settings_of(home))
    return published(home)


def kill_after(home: Path, stage: str) -> int:
    """Start a run, kill it as soon as it says that `stage` is done, and return its status."""
    command = [str(Path(sys.executable).with_name("zhongsu")), "--home", str(home), "run"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith(f"{stage}:"):
                process.send_signal(signal.SIGKILL)
                break
        return process.wait(timeout=120)


@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_run_is_completed_by_the_next(
    before: Path, wanted: list[dict[str, Any]], tmp_path: Path, stage: str
) -> None:
    home = tmp_path / "home"
    shutil.copytree(before, home)

    status = kill_after(home, stage)
    after_the_kill = published(home)
    run(settings_of(home))

    assert status == -signal.SIGKILL
    assert after_the_kill == published(before)
    assert published(home) == wanted
    assert wanted != after_the_kill
