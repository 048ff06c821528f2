"""From what was loaded to a published build: the whole run, read from top to bottom.

In: a home with landings. Out: a published build and the receipt of the run. Running again
without new data changes nothing; a killed run is completed by the next one, because
every stage either finds its result or makes it. Out of scope: schedules (`flows.daily`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from flows.accounts import hear_accounts
from flows.corrections import obey_corrections
from flows.enrich import ReadingOrder, enrich
from flows.group import group_all
from flows.identify import Occasion, identify
from flows.ingest import load_landed
from flows.law import decide_law
from flows.names import resolve_respondents
from flows.opening import open_work
from flows.progress import Progress
from flows.reference import write_reference
from flows.settings import FlowSettings
from pipelines.classify import check_model
from pipelines.grouping import GROUPING_VERSION, GroupTables
from pipelines.law import LAW_VERSION
from pipelines.member_accounts import ACCOUNTS_VERSION
from pipelines.reading import STEP_VERSION
from pipelines.respondents import RESOLUTION_VERSION
from pipelines.taxonomy import Taxonomy, load_taxonomy
from spiders.sources import declarations_version
from warehouse.builds import current_build_id, find_build
from warehouse.casework.ledger import Ledger
from warehouse.checks import AuditResult
from warehouse.errors import BuildDamagedError, BuildMissingError
from warehouse.home import Home
from warehouse.publish import BuildEnvelope, publish
from warehouse.read import open_reader
from warehouse.runs import RunRecord, StageRecord
from warehouse.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReceipt:
    """What a run did. `is_unchanged`: nothing was new, so the build before stands.

    `current_build_id` is what readers see; after a rollback it is not the build of the run.
    `issues` counts troubles with single records by step and reason. `as_of` is the day of a
    build that was kept aside.
    """

    run: RunRecord
    is_unchanged: bool
    current_build_id: str | None
    audits: tuple[AuditResult, ...] = ()
    issues: tuple[tuple[str, str, int], ...] = ()
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Where a run works: the home whose lock it holds, and what it works with."""

    settings: FlowSettings
    home: Home
    work: Work
    ledger: Ledger
    taxonomy: Taxonomy
    progress: Progress


def run(settings: FlowSettings) -> RunReceipt:
    """Load what was landed but not loaded, read, group, audit and publish.

    What a step failed on is read again by every run, whatever was at fault; while it fails as
    before, nothing else is made anew.

    Raises:
        ModelError: the model that complaints are read with is not whole; nothing was done.
        HomeLockedError: another command is writing.
        AuditFailedError: an audit of severity error found rows; the build before stays current.
    """
    check_model()
    home = Home(settings.home)
    home.prepare()
    with home.lock(), open_work(home) as work, Ledger.open(home) as ledger:
        here = Here(
            settings=settings,
            home=home,
            work=work,
            ledger=ledger,
            taxonomy=load_taxonomy(),
            progress=Progress(),
        )
        note = _take_in(here)
        last = work.last_finished_run()
        if last is None or not _still_stands(home, last, note):
            return _publish(here, read_all(here, note))
        if failures := _failures(work):
            # Should this be killed from here on, the next run must not take the last for its own.
            work.finish_run(replace(last, input_fingerprint=None))
            note = read_all(here, note)
            if _failures(work) != failures:
                return _publish(here, note)
            work.finish_run(last)
        return _finish_unchanged(here, note, last)


def _take_in(here: Here) -> RunRecord:
    """Load and stage; note what the run is a function of."""
    note = here.work.begin_run(datetime.now(UTC))
    load_landed(here.home, here.work, here.progress)
    with here.progress.stage("stage") as stage:
        complaint_count = here.work.stage()
        stage.advance(complaint_count)
    fingerprint = here.work.input_fingerprint(versions(here.taxonomy), here.ledger.position())
    return replace(note, input_fingerprint=fingerprint, complaint_count=complaint_count)


def read_all(here: Here, note: RunRecord) -> RunRecord:
    """Read what is new or changed, let people correct it, and resolve all names anew."""
    order = ReadingOrder(
        taxonomy=here.taxonomy,
        key=here.home.secret_key(),
        workers=here.settings.workers,
        batch_rows=here.settings.batch_rows,
    )
    reread = enrich(here.work, order, here.progress)
    obey_corrections(here.work, here.ledger, here.taxonomy)
    write_reference(here.work, here.taxonomy)
    judged = here.ledger.name_judgements()
    resolve_respondents(here.work, here.taxonomy, judged, here.progress)
    return replace(note, reread_count=reread)


def _publish(here: Here, note: RunRecord) -> RunReceipt:
    """Group, find who the groups are, and publish the build."""
    assert note.input_fingerprint is not None, "taken in before"
    work, progress = here.work, here.progress
    groups = find_groups(here, work.as_of_date())
    now = datetime.now(UTC)
    occasion = Occasion(input_fingerprint=note.input_fingerprint, on=now.date())
    candidates = identify(work, here.ledger, groups, occasion)
    with progress.stage("shape marts"):
        work.build_marts()
    with progress.stage("publish"):
        envelope = BuildEnvelope(
            run=replace(note, stages=stages(progress)),
            input_fingerprint=occasion.input_fingerprint,
            at=now,
            keep=here.settings.keep_builds,
        )
        publication = publish(
            work,
            here.home,
            envelope,
            lambda: here.ledger.mint(occasion.input_fingerprint, candidates, now),
        )
    note = _ended(here, note, publication.build.build_id)
    return RunReceipt(
        run=note,
        is_unchanged=False,
        current_build_id=publication.build.build_id,
        audits=publication.audits,
        issues=work.issue_counts(),
    )


def find_groups(here: Here, day: date | None) -> GroupTables:
    """Group all that was read; ask what the law says of the groups on a day; hear the accounts."""
    groups = group_all(here.work, here.ledger, here.taxonomy, here.settings.workers, here.progress)
    decide_law(here.work, here.home.secret_key(), day, here.progress)
    hear_accounts(here.work, here.taxonomy, here.progress)
    return groups


def _finish_unchanged(here: Here, note: RunRecord, last: RunRecord) -> RunReceipt:
    return RunReceipt(
        run=_ended(here, note, last.build_id),
        is_unchanged=True,
        current_build_id=current_build_id(here.home),
    )


def _ended(here: Here, note: RunRecord, build_id: str | None) -> RunRecord:
    ended = replace(
        note, ended_at=datetime.now(UTC), build_id=build_id, stages=stages(here.progress)
    )
    here.work.finish_run(ended)
    return ended


def versions(taxonomy: Taxonomy) -> dict[str, str]:
    """Name what a build is a function of beside its input: steps, taxonomy and sources."""
    return {
        "reading": STEP_VERSION,
        "resolution": RESOLUTION_VERSION,
        "grouping": GROUPING_VERSION,
        "law": LAW_VERSION,
        "accounts": ACCOUNTS_VERSION,
        "taxonomy": taxonomy.version,
        "sources": declarations_version(),
    }


def _still_stands(home: Home, last: RunRecord, note: RunRecord) -> bool:
    """Tell whether the last run built just this input, and readers can open what is current."""
    if last.input_fingerprint != note.input_fingerprint or last.build_id is None:
        return False
    try:
        find_build(home, last.build_id)
        open_reader(home, "internal").close()
        open_reader(home, "public").close()
    except (BuildMissingError, BuildDamagedError):
        return False
    return True


def _failures(work: Work) -> list[tuple[str, str, int]]:
    """List the failures that complaints were read in part for: (step, reason, complaints)."""
    return [found for found in work.issue_counts() if found[0] != "labels"]


def stages(progress: Progress) -> tuple[StageRecord, ...]:
    """Say how long each stage took."""
    return tuple(
        StageRecord(stage=timing.stage, seconds=round(timing.seconds, 3), rows=timing.rows)
        for timing in progress.timings
    )
