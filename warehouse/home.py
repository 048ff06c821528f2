"""The home: where an installation keeps its landing files, warehouse, casework and key.

In: one folder. Out: the paths inside it, the secret key, and a lock that keeps
two writers apart. Out of scope: what the files hold.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import HomeLockedError


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
        """Create the folders that are missing, readable by their owner only."""
        for folder in (self.path, self.landing, self.inbox, self.builds, self.casework):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def secret_key(self) -> bytes:
        """Return the installation's key, making it on first use.

        The key file appears whole or not at all, so a crash leaves no short key,
        and a key that exists is never replaced.
        """
        key_file = self.path / "secret.key"
        if not key_file.exists():
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = self.path / f".secret.key.{os.getpid()}"
            _write_private(draft, secrets.token_bytes(32))
            try:
                os.link(draft, key_file)
            except FileExistsError:
                pass  # another process was first: its key is the key
            finally:
                draft.unlink()
        return key_file.read_bytes()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the home for one writer; the kernel releases it when the process ends.

        Raises:
            HomeLockedError: another process holds it.
        """
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.path / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            raise HomeLockedError(
                f"home {self.path.name}: expected no other writer; found one at work. "
                "Wait until it has finished, then try again."
            ) from error
        try:
            yield
        finally:
            os.close(handle)


def _write_private(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
