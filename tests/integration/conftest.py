"""Homes with the project's own sample, and ways to look at what was published.

Each home is made once and copied for every test, so that no test waits for what another made.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flows.ingest import ImportRequest, import_files
from flows.run import run
from flows.settings import FlowSettings
from warehouse.home import Home
from warehouse.read import open_reader

CHECKOUT = Path(__file__).resolve().parents[2]
SAMPLE = CHECKOUT / "flows" / "sample" / "posts.jsonl"
UPDATES = CHECKOUT / "flows" / "sample" / "updates.jsonl"


def zhongsu(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, in a process of its own."""
    command = [str(Path(sys.executable).with_name("zhongsu")), "--home", str(home), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def import_posts(home: Path, *files: Path) -> None:
    """Load files of posts as a backfill."""
    import_files(home, ImportRequest(source="posts", files=files, is_backfill=True))


def settings_of(home: Path) -> FlowSettings:
    """Settings of a run in this process alone."""
    return FlowSettings(home=home, workers=1)


def published(home: Path) -> list[dict[str, Any]]:
    """Give the candidates of the current build, best first."""
    with open_reader(Home(home), "internal") as reader:
        return reader.query("candidates", limit=1_000, offset=0).to_pylist()


@pytest.fixture(scope="session")
def loaded_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home with the sample loaded that the others are copies of; nobody writes to it."""
    home = tmp_path_factory.mktemp("loaded") / "home"
    import_posts(home, SAMPLE)
    return home


@pytest.fixture(scope="session")
def published_sample(loaded_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home with the sample published that the others are copies of; nobody writes to it."""
    home = tmp_path_factory.mktemp("published") / "home"
    shutil.copytree(loaded_sample, home)
    run(settings_of(home))
    return home


@pytest.fixture
def home(loaded_sample: Path, tmp_path: Path) -> Path:
    """A home with the sample loaded and nothing published."""
    return Path(shutil.copytree(loaded_sample, tmp_path / "home"))


@pytest.fixture
def published_home(published_sample: Path, tmp_path: Path) -> Path:
    """A home with the sample loaded and published."""
    return Path(shutil.copytree(published_sample, tmp_path / "published"))
