"""The home keeps its key, and keeps two writers apart."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.errors import HomeLockedError, HomeUnusableError, SecretKeyError
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

    assert {mode(folder) for folder in folders_of(home)} == {0o700}


def test_a_home_that_stood_open_is_closed(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    home.current.write_text("none\n")
    home.current.chmod(0o644)
    for folder in folders_of(home):
        folder.chmod(0o755)

    home.prepare()

    assert {mode(folder) for folder in folders_of(home)} == {0o700}
    assert mode(home.current) == 0o600


def folders_of(home: Home) -> list[Path]:
    return [home.path, *(path for path in home.path.rglob("*") if path.is_dir())]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("place", ["home", "home/warehouse", "home/landing"])
def test_a_home_that_cannot_be_made_is_refused(tmp_path: Path, place: str) -> None:
    obstacle = tmp_path / place
    obstacle.parent.mkdir(exist_ok=True)
    obstacle.write_text("a file")

    with pytest.raises(HomeUnusableError, match=r"expected folders .* found .* --home"):
        Home(tmp_path / "home").prepare()


def test_a_home_below_a_file_cannot_be_locked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")

    with pytest.raises(HomeUnusableError), Home(tmp_path / "file" / "home").lock():
        pass


@pytest.mark.parametrize("length", [0, 5, 31, 33])
def test_a_key_of_another_length_is_refused_and_kept(tmp_path: Path, length: int) -> None:
    home = Home(tmp_path)
    (tmp_path / "secret.key").write_bytes(b"k" * length)

    with pytest.raises(SecretKeyError, match=f"found {length} bytes.*Restore secret.key"):
        home.secret_key()

    assert (tmp_path / "secret.key").read_bytes() == b"k" * length


def test_no_new_key_is_made_beside_landings(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    landing = home.landing / "posts" / "posts-1"
    landing.mkdir(parents=True)
    (landing / "manifest.json").write_text("{}")
    (home.path / "secret.key").unlink()

    with pytest.raises(SecretKeyError, match=r"Restore secret\.key"):
        home.prepare()

    assert not (home.path / "secret.key").exists()
