"""A home with the project's own sample loaded, and ways to look at what was published."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flows.ingest import ImportRequest, import_files
from warehouse.home import Home
from warehouse.read import open_reader

CHECKOUT = Path(__file__).resolve().parents[2]
SAMPLE = CHECKOUT / "flows" / "sample" / "posts.jsonl"
UPDATES = CHECKOUT / "flows" / "sample" / "updates.jsonl"


def zhongsu(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, in a process of its own."""
    command = [str(Path(sys.executable).with_name("zhongsu")), "--home", str(home), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def published(home: Path) -> list[dict[str, Any]]:
    """Give the candidates of the current build, best first."""
    with open_reader(Home(home), "internal") as reader:
        return reader.query("candidates", limit=1_000, offset=0).to_pylist()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with the sample loaded and nothing published."""
    import_files(
        tmp_path / "home", ImportRequest(source="posts", files=(SAMPLE,), is_backfill=True)
    )
    return tmp_path / "home"
