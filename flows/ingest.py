"""Lands files and loads them: `import` as a function.

In: a source, its files, what they cover. Out: the receipt of the load, whose counts
satisfy read = kept + duplicate + rejected. Files that cannot be read at all are
refused before anything is loaded; the landed bytes stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.coverage import Coverage
from spiders.importers import read_landing
from spiders.landing import land
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
    now = datetime.now(UTC)
    with home.lock():
        landing = land(request.files, spec, home.landing, now)
        with Work.open(home) as work:
            envelope = LoadEnvelope(
                load_id=landing.load_id,
                source=spec.name,
                fetched_at=now,
                is_backfill=request.is_backfill,
                identity=spec.identity,
                files=landing.files,
                covers=tuple(_period(coverage) for coverage in request.covers),
            )
            return load_items(work, envelope, read_landing(landing, spec), home.secret_key())


def _period(coverage: Coverage) -> CoveredPeriod:
    return CoveredPeriod(
        respondent=coverage.respondent,
        covered_from=coverage.covered_from,
        covered_to=coverage.covered_to,
    )
