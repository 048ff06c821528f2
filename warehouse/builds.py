"""Published builds: which there are, which is current, going back, and retention.

In: a home. Out: builds, newest first, and a pointer file that is swung whole.
Readers resolve the pointer; a build that was opened stays readable to whoever
opened it. Out of scope: making builds (`warehouse.publish`).
"""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from warehouse.errors import BuildMissingError
from warehouse.home import Home

_BUILD_ID = re.compile(r"(\d{8}T\d{6}Z)-([0-9a-f]{12})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A published build. `input_hash` is the same whenever the same input was built.

    `as_of` is the day of a build that was not published but kept aside (`warehouse.aside`).
    """

    build_id: str
    built_at: datetime
    input_hash: str
    path: Path
    is_current: bool
    as_of: date | None = None

    def file(self, role: str) -> Path:
        """Return the file that readers of a role open."""
        return self.path / f"{role}.duckdb"


def build_id_of(at: datetime, input_fingerprint: str) -> str:
    """Return the id of a build: when it was made, and a hash of what of.

    >>> build_id_of(datetime(2026, 3, 14, 6, 10, tzinfo=UTC), "00ff" * 8)
    '20260314T061000Z-00ff00ff00ff'
    """
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{input_fingerprint[:12]}"


def list_builds(home: Home) -> tuple[Build, ...]:
    """Return the published builds, newest first."""
    current = current_build_id(home)
    found = [
        Build(
            build_id=folder.name,
            built_at=datetime.strptime(match[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC),
            input_hash=match[2],
            path=folder,
            is_current=folder.name == current,
        )
        for folder in home.builds.glob("*-*")
        if (match := _BUILD_ID.fullmatch(folder.name))
    ]
    return tuple(sorted(found, key=lambda build: build.build_id, reverse=True))


def current_build_id(home: Home) -> str | None:
    """Return the id that the pointer names.

    None before the first publication, and where the pointer holds no id of a build: it
    was damaged, and the next publication writes it anew.
    """
    try:
        found = home.current.read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return found if _BUILD_ID.fullmatch(found) else None


def current_build(home: Home) -> Build:
    """Return the build that readers open now.

    Raises:
        BuildMissingError: nothing was published, or the pointer names no build.
    """
    build_id = current_build_id(home)
    if build_id is None:
        raise BuildMissingError(
            "current build: expected a published build; found none. "
            "Import files with `zhongsu import` and publish with `zhongsu run`."
        )
    return find_build(home, build_id)


def find_build(home: Home, build_id: str) -> Build:
    """Return one build by its id.

    Raises:
        BuildMissingError: there is none of that id.
    """
    for build in list_builds(home):
        if build.build_id == build_id:
            return build
    raise BuildMissingError(
        f"build {build_id}: expected it among the published builds; found no such build. "
        "`zhongsu builds` lists those there are."
    )


def make_current(home: Home, build_id: str) -> Build:
    """Swing the pointer to a build; readers see it at their next look.

    The pointer always names a whole build: it is replaced at once, and written
    to disk before anything else goes on. Also the way back to an older build.

    Raises:
        BuildMissingError: there is none of that id.
    """
    find_build(home, build_id)
    draft = home.current.with_suffix(".next")
    with draft.open("w", encoding="ascii") as file:
        draft.chmod(0o600)
        file.write(f"{build_id}\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(home.current)
    sync_folder(home.warehouse)
    return find_build(home, build_id)


def keep_newest(home: Home, keep: int, in_use: str | None = None) -> tuple[str, ...]:
    """Delete all but the newest `keep` builds and the current one; return the deleted ids.

    The build `in_use` is kept too: name the one that was current until now, and a reader
    that looked at the pointer just before it swung still finds what it saw.
    """
    old = [
        build
        for build in list_builds(home)[keep:]
        if not build.is_current and build.build_id != in_use
    ]
    for build in old:
        shutil.rmtree(build.path)
    return tuple(build.build_id for build in old)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
