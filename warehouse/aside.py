"""Builds as of an earlier day, kept aside from the published ones.

In: a work database that holds only what was known by a day, its marts filled. Out: an audited
folder under `<home>/warehouse/aside`, which no pointer names and no retention of published
builds touches. One is kept per day, and in all no more than were asked for: the one that was
made longest ago goes first. The caller holds `Home.lock_aside`. Out of scope: what was known
by then (`warehouse.known`).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from warehouse.builds import Build, build_id_of
from warehouse.checks import BUILD_AUDITS
from warehouse.errors import BuildDamagedError, BuildMissingError
from warehouse.home import Home
from warehouse.publish import (
    BuildEnvelope,
    Publication,
    audit_file,
    audit_work,
    release,
    write_internal,
)
from warehouse.read import open_build
from warehouse.work import Work

_BUILD_ID = re.compile(r"asof-(\d{4}-\d\d-\d\d)-(\d{8}T\d{6}Z)-([0-9a-f]{12})")


def list_aside(home: Home) -> tuple[Build, ...]:
    """Return the builds that are kept aside, the latest day first."""
    found = [
        Build(
            build_id=folder.name,
            built_at=datetime.strptime(match[2], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC),
            input_hash=match[3],
            path=folder,
            is_current=False,
            as_of=date.fromisoformat(match[1]),
        )
        for folder in home.aside.glob("asof-*")
        if (match := _BUILD_ID.fullmatch(folder.name))
    ]
    return tuple(sorted(found, key=lambda build: build.build_id, reverse=True))


def find_aside(home: Home, day: date, input_fingerprint: str) -> Build | None:
    """Return the build as of a day that was made of this input and that readers can open."""
    for build in list_aside(home):
        if build.as_of == day and build.input_hash == input_fingerprint[:12] and _opens(build):
            return build
    return None


@contextmanager
def draft_work(home: Home) -> Iterator[Path]:
    """Lend a place for a work database aside; what a killed run left there goes, and this too."""
    for abandoned in home.aside.glob("draft-*"):
        shutil.rmtree(abandoned)
    folder = home.aside / "draft-work"
    folder.mkdir(mode=0o700)
    try:
        yield folder / "work.duckdb"
    finally:
        shutil.rmtree(folder)


def set_aside(work: Work, home: Home, envelope: BuildEnvelope) -> Publication:
    """Audit a work database and keep a build of it aside; nothing else in the home changes.

    Raises:
        AuditFailedError: an audit of severity error found rows; nothing was kept.
    """
    audits = audit_work(work, envelope.run.run_id)
    build_id = f"asof-{envelope.as_of}-{build_id_of(envelope.at, envelope.input_fingerprint)}"
    shutil.rmtree(home.aside / build_id, ignore_errors=True)
    draft = home.aside / f"draft-{build_id}"
    draft.mkdir(mode=0o700)
    write_internal(work.connection, draft / "internal.duckdb", build_id, envelope)
    audit_file(draft / "internal.duckdb", BUILD_AUDITS)
    release(draft, home.aside)
    _clear(home, build_id, envelope.keep)
    (build,) = (each for each in list_aside(home) if each.build_id == build_id)
    return Publication(build=build, audits=audits)


def _opens(build: Build) -> bool:
    try:
        open_build(build, "internal").close()
    except (BuildMissingError, BuildDamagedError):
        return False
    return True


def _clear(home: Home, made: str, keep: int) -> None:
    """Delete what the build that was made replaces, and beyond so many those made first."""
    builds = sorted(list_aside(home), key=lambda build: (build.build_id == made, build.built_at))
    day = builds[-1].as_of
    replaced = [build for build in builds[:-1] if build.as_of == day]
    others = [build for build in builds if build not in replaced]
    for build in (*replaced, *others[: max(0, len(others) - keep)]):
        shutil.rmtree(build.path)
