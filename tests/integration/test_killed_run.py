"""A run that is killed at any moment leaves the published build readable; the next completes."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flows.ingest import ImportRequest, import_files
from tests.integration.conftest import UPDATES, published, zhongsu

STAGES = ("stage", "read complaints", "find copies", "group", "shape marts")


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
def test_a_killed_run_is_completed_by_the_next(home: Path, tmp_path: Path, stage: str) -> None:
    assert zhongsu(home, "run").returncode == 0
    before = published(home)
    import_files(home, ImportRequest(source="posts", files=(UPDATES,), is_backfill=True))

    status = kill_after(home, stage)
    after_the_kill = published(home)
    completed = zhongsu(home, "run")

    assert status == -signal.SIGKILL
    assert after_the_kill == before
    assert completed.returncode == 0, completed.stderr
    assert published(home) == result_without_a_kill(tmp_path)


def result_without_a_kill(tmp_path: Path) -> list[dict[str, object]]:
    from tests.integration.conftest import SAMPLE

    home = tmp_path / "undisturbed"
    for file in (SAMPLE, UPDATES):
        import_files(home, ImportRequest(source="posts", files=(file,), is_backfill=True))
        assert zhongsu(home, "run").returncode == 0
    return published(home)
