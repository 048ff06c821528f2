"""Lands files and loads them: `import` as a function.

In: a source, its files, what they cover. Out: the receipt of the load, whose counts
satisfy read = kept + duplicate + rejected. Files that cannot be read at all are
refused before anything is kept. What was landed but not loaded, because of a crash or
because the warehouse was deleted, is loaded by the next run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flows.coverage import Coverage
from flows.opening import open_work
from flows.progress import Progress
from spiders.importers import read_landing
from spiders.landing import Landing, land, open_landing, read_manifest
from spiders.sources import load_source
from warehouse.home import Home
from warehouse.load import CoveredPeriod, LoadEnvelope, LoadReceipt, load_items
from warehouse.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """Which files of which source to load, and what is known of them."""

    source: str
    files: tuple[Path, ...]
    covers: tuple[Coverage, ...] = ()
    is_backfill: bool = False


def import_files(home_folder: Path, request: ImportRequest) -> LoadReceipt:
    """Land the files and load them in one transaction.

    Importing the same files again keeps nothing twice: every item counts as a duplicate.

    Raises:
        SpiderError: the source is unknown, or a file cannot be read or lacks what it must have.
        HomeLockedError: another command is writing.
    """
    home = Home(home_folder)
    home.prepare()
    spec = load_source(request.source)
    with home.lock():
        now = datetime.now(UTC)
        landing = land(request.files, spec, home.landing, now, _declared(request))
        with open_work(home) as work:
            return _load(home, work, landing)


def load_landed(home: Home, work: Work, progress: Progress) -> None:
    """Load every landing that the work database does not hold, in the order of landing."""
    loaded = work.loaded_ids()
    waiting = [folder for folder in _landing_folders(home) if folder.name not in loaded]
    if not waiting:
        return
    landings = sorted((open_landing(folder) for folder in waiting), key=lambda each: each.at)
    with progress.stage("load what was landed", total=len(landings)) as stage:
        for landing in landings:
            _load(home, work, landing)
            stage.advance(1)


def landings(home: Home) -> Iterator[Landing]:
    """Give every landing of a home as its manifest describes it, in no order."""
    return map(read_manifest, _landing_folders(home))


def _landing_folders(home: Home) -> Iterator[Path]:
    for manifest in home.landing.glob("*/*/manifest.json"):
        if not manifest.parent.name.startswith("."):
            yield manifest.parent


def _load(home: Home, work: Work, landing: Landing) -> LoadReceipt:
    spec = load_source(landing.source)
    envelope = LoadEnvelope(
        load_id=landing.load_id,
        source=landing.source,
        fetched_at=landing.at,
        is_backfill=landing.declared["is_backfill"],
        identity=spec.identity,
        files=landing.files,
        covers=tuple(_period(period) for period in landing.declared["covers"]),
    )
    return load_items(work, envelope, read_landing(landing, spec), home.secret_key())


def _declared(request: ImportRequest) -> dict[str, Any]:
    """Say what the manifest keeps of the request, so that a load can be made again from it."""
    return {
        "is_backfill": request.is_backfill,
        "covers": [
            {
                "respondent": coverage.respondent,
                "from": coverage.covered_from.isoformat(),
                "to": coverage.covered_to.isoformat(),
            }
            for coverage in request.covers
        ],
    }


def _period(declared: Mapping[str, Any]) -> CoveredPeriod:
    return CoveredPeriod(
        respondent=declared["respondent"],
        covered_from=date.fromisoformat(declared["from"]),
        covered_to=date.fromisoformat(declared["to"]),
    )
