"""The home keeps its key, and keeps two writers apart."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.errors import HomeLockedError
from warehouse.home import Home


def test_the_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")

    first = home.secret_key()

    assert len(first) == 32
    assert Home(tmp_path / "home").secret_key() == first
    assert stat.S_IMODE((home.path / "secret.key").stat().st_mode) == 0o600
    assert [file.name for file in home.path.iterdir()] == ["secret.key"]


def test_two_homes_have_different_keys(tmp_path: Path) -> None:
    assert Home(tmp_path / "a").secret_key() != Home(tmp_path / "b").secret_key()


def test_a_second_writer_is_refused_while_the_first_holds_the_lock(tmp_path: Path) -> None:
    home = Home(tmp_path)

    with (
        home.lock(),
        pytest.raises(HomeLockedError, match="expected no other writer"),
        home.lock(),
    ):
        pass

    with home.lock():
        pass


def test_a_killed_writer_leaves_no_lock_behind(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from warehouse.home import Home\n"
        "with Home(Path(sys.argv[1])).lock():\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )

    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False, timeout=60)

    assert killed.returncode == -9
    with Home(tmp_path).lock():
        pass


def test_every_folder_is_private(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")

    home.prepare()

    for folder in (home.path, home.landing, home.inbox, home.builds, home.casework):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
