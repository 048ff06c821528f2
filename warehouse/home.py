"""The home: where an installation keeps its landing files, warehouse, casework and key.

In: one folder. Out: the paths inside it, the secret key, and a lock that keeps
two writers apart. Out of scope: what the files hold.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import HomeLockedError, HomeUnusableError, SecretKeyError

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one installation; every file in it is private to its owner."""

    path: Path

    @property
    def landing(self) -> Path:
        """The folder of landed files, append-only."""
        return self.path / "landing"

    @property
    def inbox(self) -> Path:
        """The folder where the dashboards put uploads."""
        return self.path / "inbox"

    @property
    def warehouse(self) -> Path:
        """The folder of everything that can be rebuilt."""
        return self.path / "warehouse"

    @property
    def work_database(self) -> Path:
        """The writer's database with all layers; disposable."""
        return self.warehouse / "work.duckdb"

    @property
    def builds(self) -> Path:
        """The folder of published builds."""
        return self.warehouse / "builds"

    @property
    def aside(self) -> Path:
        """The folder of builds as of an earlier day, kept aside from the published ones."""
        return self.warehouse / "aside"

    @property
    def current(self) -> Path:
        """The pointer file that names the build readers open."""
        return self.warehouse / "CURRENT"

    @property
    def casework(self) -> Path:
        """The folder of the ledgers of human work; not disposable."""
        return self.path / "casework"

    @property
    def ledger(self) -> Path:
        """The analyst's ledger."""
        return self.casework / "ledger.sqlite"

    def prepare(self) -> None:
        """Create the folders and the key that are missing, and close what is ours to others.

        Raises:
            HomeUnusableError: a folder cannot be made, or not be made private.
            SecretKeyError: the key is gone or is not whole.
        """
        with self._usable():
            for folder in (
                self.path,
                self.landing,
                self.inbox,
                self.warehouse,
                self.builds,
                self.casework,
            ):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _close_to_others(folder, 0o700)
            if self.current.exists():
                _close_to_others(self.current, 0o600)
        self.secret_key()

    def secret_key(self) -> bytes:
        """Return the installation's key, making it on first use.

        The key file appears whole or not at all, so a crash leaves no short key,
        and a key that exists is never replaced. What was landed is linked by it, so there
        is no new key once there are landings.

        Raises:
            HomeUnusableError: the key cannot be written or read.
            SecretKeyError: the key is gone although there are landings, or is not whole.
        """
        key_file = self.path / "secret.key"
        # Asked before the key is looked for: another process makes the key, then lands.
        has_landings = any(self.landing.glob("*/*/manifest.json"))
        with self._usable():
            if not key_file.exists():
                if has_landings:
                    raise _key_error("none, beside files that were landed with one")
                self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._mint_key(key_file)
            key = key_file.read_bytes()
        if len(key) != _KEY_BYTES:
            raise _key_error(f"{len(key)} bytes")
        return key

    def _mint_key(self, key_file: Path) -> None:
        draft = self.path / f".secret.key.{os.getpid()}"
        _write_private(draft, secrets.token_bytes(_KEY_BYTES))
        try:
            os.link(draft, key_file)
        except FileExistsError:
            pass  # another process was first: its key is the key
        finally:
            draft.unlink()

    @contextmanager
    def _usable(self) -> Iterator[None]:
        """Turn what the file system refuses into an error of the home."""
        try:
            yield
        except OSError as error:
            raise HomeUnusableError(
                f"home {self.path}: expected folders that can be made and written; found "
                f"{error.strerror}: {error.filename}. Give another folder with --home, or "
                "correct its path, owner and permissions."
            ) from error

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the home for one writer; the kernel releases it when the process ends.

        Raises:
            HomeLockedError: another process holds it.
            HomeUnusableError: the file to hold cannot be made.
        """
        with self._held(self.path, "writer"):
            yield

    @contextmanager
    def lock_aside(self) -> Iterator[None]:
        """Hold the folder of builds as of earlier days; who publishes is not kept waiting.

        Raises:
            HomeLockedError: another process makes such a build.
            HomeUnusableError: the folder cannot be made.
        """
        with self._held(self.aside, "run --as-of"):
            yield

    @contextmanager
    def _held(self, folder: Path, who: str) -> Iterator[None]:
        with self._usable():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            raise HomeLockedError(
                f"home {self.path.name}: expected no other {who}; found one at work. "
                "Wait until it has finished, then try again."
            ) from error
        try:
            yield
        finally:
            os.close(handle)


def _key_error(found: str) -> SecretKeyError:
    return SecretKeyError(
        f"secret.key: expected {_KEY_BYTES} bytes; found {found}. Restore secret.key of the home "
        "from its backup, or delete its folders landing and warehouse to start anew."
    )


def _close_to_others(path: Path, mode: int) -> None:
    """Leave a path of ours to its owner alone; what another account owns is theirs to close."""
    status = path.stat()
    if status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) != mode:
        path.chmod(mode)


def _write_private(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
