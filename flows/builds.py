"""Lists builds, published and kept aside, and goes back to an earlier one."""

from __future__ import annotations

import sys
from pathlib import Path

import orjson

from warehouse.aside import list_aside
from warehouse.builds import Build, list_builds, make_current
from warehouse.home import Home


def print_builds(home: Path, form: str) -> None:
    """Write the builds to standard output, newest first; those kept aside come last."""
    builds, aside = list_builds(Home(home)), list_aside(Home(home))
    if form == "jsonl":
        for build in (*builds, *aside):
            sys.stdout.buffer.write(orjson.dumps(_row(build), option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.buffer.flush()
        return
    for build in builds:
        mark = "*" if build.is_current else " "
        print(f"{mark} {build.build_id}  {build.built_at:%Y-%m-%d %H:%M} UTC")  # noqa: T201
    if aside:
        print("kept aside, as of an earlier day:")  # noqa: T201
    for build in aside:
        print(  # noqa: T201
            f"  {build.as_of}  {build.build_id}  made {build.built_at:%Y-%m-%d %H:%M} UTC"
        )


def roll_back(home_folder: Path, build_id: str) -> None:
    """Make an earlier build current.

    Raises:
        HomeLockedError: a run is publishing.
        BuildMissingError: there is no such build.
    """
    home = Home(home_folder)
    with home.lock():
        make_current(home, build_id)


def _row(build: Build) -> dict[str, object]:
    return {
        "build_id": build.build_id,
        "built_at": build.built_at,
        "is_current": build.is_current,
        "as_of": build.as_of,
    }
