"""From what was loaded to a published build: the whole run, read from top to bottom.

In: a home with landings. Out: a published build and the receipt of the run. Running again
without new data changes nothing; a killed run is completed by the next one, because
every stage either finds its result or makes it. Out of scope: schedules (`flows.daily`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flows.enrich import ReadingOrder, enrich
from flows.group import group_all
from flows.identify import Occasion, identify
from flows.ingest import load_landed
from flows.names import resolve_respondents
from flows.opening import open_work
from flows.progress import Progress
from flows.reference import write_reference
from flows.settings import FlowSettings
from pipelines.grouping import GROUPING_VERSION
from pipelines.reading import STEP_VERSION
from pipelines.respondents import RESOLUTION_VERSION
from pipelines.taxonomy import Taxonomy, load_taxonomy
from spiders.sources import declarations_version
from warehouse.builds import find_build
from warehouse.casework.ledger import Ledger
from warehouse.checks import AuditResult
from warehouse.errors import BuildMissingError
from warehouse.home import Home
from warehouse.publish import BuildEnvelope, publish
from warehouse.runs import RunRecord, StageRecord
from warehouse.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReceipt:
    """What a run did. `is_unchanged`: nothing was new, so the build before stands."""

    run: RunRecord
    is_unchanged: bool
    audits: tuple[AuditResult, ...] = ()


def run(settings: FlowSettings) -> RunReceipt:
    """Load what was landed but not loaded, read, group, audit and publish.

    Raises:
        HomeLockedError: another command is writing.
        AuditFailedError: an audit of severity error found rows; the build before stays current.
    """
    home = Home(settings.home)
    home.prepare()
    progress = Progress()
    with home.lock(), open_work(home) as work, Ledger.open(home) as ledger:
        taxonomy = load_taxonomy()
        note = work.begin_run(datetime.now(UTC))
        load_landed(home, work, progress)
        with progress.stage("stage") as stage:
            complaint_count = work.stage()
            stage.advance(complaint_count)
        fingerprint = work.input_fingerprint(_versions(taxonomy), ledger.position())
        note = replace(note, input_fingerprint=fingerprint, complaint_count=complaint_count)
        last = work.last_finished_run()
        if last is not None and _still_stands(home, last, fingerprint):
            return _finish_unchanged(work, note, last, progress)

        order = ReadingOrder(
            taxonomy=taxonomy,
            key=home.secret_key(),
            workers=settings.workers,
            batch_rows=settings.batch_rows,
        )
        note = replace(note, reread_count=enrich(work, order, progress))
        write_reference(work, taxonomy)
        resolve_respondents(work, taxonomy, progress)
        groups = group_all(work, taxonomy, settings.workers, progress)
        now = datetime.now(UTC)
        occasion = Occasion(input_fingerprint=fingerprint, on=now.date())
        candidates = identify(work, ledger, groups, occasion)
        with progress.stage("shape marts"):
            work.build_marts()
        with progress.stage("publish"):
            envelope = BuildEnvelope(
                run=replace(note, stages=_stages(progress)),
                input_fingerprint=fingerprint,
                at=now,
                keep=settings.keep_builds,
            )
            publication = publish(
                work, home, envelope, lambda: ledger.mint(fingerprint, candidates, now)
            )
        note = replace(
            note,
            ended_at=datetime.now(UTC),
            build_id=publication.build.build_id,
            stages=_stages(progress),
        )
        work.finish_run(note)
        return RunReceipt(
            run=note,
            is_unchanged=False,
            audits=publication.audits,
        )


def _versions(taxonomy: Taxonomy) -> dict[str, str]:
    return {
        "reading": STEP_VERSION,
        "resolution": RESOLUTION_VERSION,
        "grouping": GROUPING_VERSION,
        "taxonomy": taxonomy.version,
        "sources": declarations_version(),
    }


def _still_stands(home: Home, last: RunRecord, fingerprint: str) -> bool:
    """Tell whether the last run built just this input, and its build is still there."""
    if last.input_fingerprint != fingerprint or last.build_id is None:
        return False
    try:
        find_build(home, last.build_id)
    except BuildMissingError:
        return False
    return True


def _finish_unchanged(
    work: Work, note: RunRecord, last: RunRecord, progress: Progress
) -> RunReceipt:
    ended = replace(
        note, ended_at=datetime.now(UTC), build_id=last.build_id, stages=_stages(progress)
    )
    work.finish_run(ended)
    return RunReceipt(run=ended, is_unchanged=True)


def _stages(progress: Progress) -> tuple[StageRecord, ...]:
    return tuple(
        StageRecord(stage=timing.stage, seconds=round(timing.seconds, 3), rows=timing.rows)
        for timing in progress.timings
    )
