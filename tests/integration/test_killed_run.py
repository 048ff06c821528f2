"""A run that is killed at any moment leaves the published build readable; the next completes."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path
from typing import Any

import pytest

from flows.run import run
from tests.integration.conftest import UPDATES, import_posts, published, settings_of
from tests.integration.killing import kill_after

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


@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_run_is_completed_by_the_next(
    before: Path, wanted: list[dict[str, Any]], tmp_path: Path, stage: str
) -> None:
    home = tmp_path / "home"
    shutil.copytree(before, home)

    status = kill_after(home, stage, "run")
    after_the_kill = published(home)
    run(settings_of(home))

    assert status == -signal.SIGKILL
    assert after_the_kill == published(before)
    assert published(home) == wanted
    assert wanted != after_the_kill
