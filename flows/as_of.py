"""A build as of an earlier day: what would have been found then, with only what was known then.

In: a home and a day. Out: a build that is kept aside and the receipt of its making; one that
was made of the same is found again. The stages are those of a run (`flows.run`), over a second
work database that holds what was known by the end of that day (`warehouse.known`) and over the
ledger as it was then (`warehouse.casework.past`). The home's own work database, ledger and
pointer stay as they are: it is held only while what was known is copied. What was landed but
not loaded is loaded first, as by any run.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from flows.errors import UsageRefusedError
from flows.identify import Occasion, identify_provisionally
from flows.ingest import landings, load_landed
from flows.opening import open_work
from flows.progress import Progress
from flows.run import Here, RunReceipt, find_groups, read_all, stages, versions
from flows.settings import FlowSettings
from pipelines.classify import check_model
from pipelines.taxonomy import Taxonomy, load_taxonomy
from warehouse.aside import draft_work, find_aside, set_aside
from warehouse.builds import Build, current_build_id
from warehouse.casework.ledger import Ledger
from warehouse.casework.past import ledger_as_of
from warehouse.home import Home
from warehouse.known import copy_known
from warehouse.publish import BuildEnvelope
from warehouse.read import open_build
from warehouse.runs import RunRecord
from warehouse.statements import version as statements_version
from warehouse.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideMade:
    """A build as of a day, and the receipt of the run that made it or found it."""

    build: Build
    receipt: RunReceipt


def parse_as_of(text: str, now: datetime) -> date:
    """Read the day that `--as-of` names; a day counts as begun when it has begun anywhere.

    Raises:
        UsageRefusedError: it is no day, or one that has not begun.

    >>> parse_as_of("2026-03-14", datetime(2026, 3, 14, tzinfo=UTC))
    datetime.date(2026, 3, 14)
    """
    latest = (now.astimezone(UTC) + timedelta(hours=14)).date()
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        day = None
    if day is None:
        raise UsageRefusedError(f"--as-of: expected a day such as 2026-06-30; found {text!r}")
    if day > latest:
        raise UsageRefusedError(
            f"--as-of: expected a day up to {latest}; found {day}. "
            "What will be known then nobody knows."
        )
    return day


def build_as_of(settings: FlowSettings, day: date) -> AsideMade:
    """Find the build as of a day, or make it and keep it aside.

    A day before anything was known has an empty build.

    Raises:
        ModelError: the model that complaints are read with is not whole; nothing was done.
        HomeLockedError: another command is writing, or making such a build.
        AuditFailedError: an audit of severity error found rows; nothing was kept.
    """
    check_model()
    home, taxonomy, begun = Home(settings.home), load_taxonomy(), datetime.now(UTC)
    home.prepare()
    if found := _find(home, day, taxonomy):
        return _found(home, found, begun)
    with home.lock_aside():
        if found := _find(home, day, taxonomy):
            return _found(home, found, begun)
        with _known_by(home, day, settings, taxonomy) as (here, fingerprint):
            return _make(here, day, replace(_note(begun), input_fingerprint=fingerprint))


def _find(home: Home, day: date, taxonomy: Taxonomy) -> Build | None:
    with ledger_as_of(home, day) as ledger:
        return find_aside(home, day, _fingerprint(home, day, taxonomy, ledger))


def _fingerprint(home: Home, day: date, taxonomy: Taxonomy, ledger: Ledger) -> str:
    """Hash what a build as of a day is a function of: landings, versions, the ledger as it was."""
    loads = sorted(
        (landing.load_id, [file.sha256 for file in landing.files])
        for landing in landings(home)
        if landing.declared["is_backfill"] or landing.at.astimezone(UTC).date() <= day
    )
    parts = (
        str(day),
        loads,
        sorted(versions(taxonomy).items()),
        statements_version(),
        ledger.position(),
        ledger.known_candidates(),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


@contextmanager
def _known_by(
    home: Home, day: date, settings: FlowSettings, taxonomy: Taxonomy
) -> Iterator[tuple[Here, str]]:
    """Copy what was known by a day, and say by a hash what it is.

    The home is free again before anything is made of it; the hash is taken before, so that
    what is landed meanwhile does not count as copied.
    """
    progress = Progress()
    with draft_work(home) as file:
        with home.lock(), open_work(home) as known_now:
            load_landed(home, known_now, progress)
            with progress.stage("gather what was known") as stage:
                copy_known(known_now, file, day)
                stage.advance(1)
            ledger = ledger_as_of(home, day)
            fingerprint = _fingerprint(home, day, taxonomy, ledger)
        with ledger, Work.at(file) as work:
            here = Here(
                settings=settings,
                home=home,
                work=work,
                ledger=ledger,
                taxonomy=taxonomy,
                progress=progress,
            )
            yield here, fingerprint


def _make(here: Here, day: date, note: RunRecord) -> AsideMade:
    """Stage, read, group and name what was known, and keep a build of it aside."""
    work, progress, fingerprint = here.work, here.progress, str(note.input_fingerprint)
    with progress.stage("stage") as stage:
        complaint_count = work.stage()
        stage.advance(complaint_count)
    note = read_all(here, replace(note, complaint_count=complaint_count))
    groups = find_groups(here, day)
    occasion = Occasion(input_fingerprint=fingerprint, on=day)
    identify_provisionally(work, here.ledger, groups, occasion)
    with progress.stage("shape marts"):
        work.build_marts()
    with progress.stage("keep aside"):
        envelope = BuildEnvelope(
            run=replace(note, stages=stages(progress)),
            input_fingerprint=fingerprint,
            at=datetime.now(UTC),
            keep=here.settings.keep_aside,
            as_of=day,
        )
        kept = set_aside(work, here.home, envelope)
    ended = replace(
        note,
        ended_at=datetime.now(UTC),
        build_id=kept.build.build_id,
        stages=stages(progress),
    )
    receipt = RunReceipt(
        run=ended,
        is_unchanged=False,
        current_build_id=current_build_id(here.home),
        audits=kept.audits,
        issues=work.issue_counts(),
        as_of=day,
    )
    return AsideMade(build=kept.build, receipt=receipt)


def _found(home: Home, build: Build, begun: datetime) -> AsideMade:
    with open_build(build, "internal") as reader:
        (told,) = reader.query("build").to_pylist()
    note = replace(
        _note(begun),
        ended_at=datetime.now(UTC),
        complaint_count=told["complaint_count"],
        build_id=build.build_id,
    )
    receipt = RunReceipt(
        run=note,
        is_unchanged=True,
        current_build_id=current_build_id(home),
        as_of=build.as_of,
    )
    return AsideMade(build=build, receipt=receipt)


def _note(begun: datetime) -> RunRecord:
    return RunRecord(run_id=f"{begun:%Y%m%dT%H%M%S%fZ}", started_at=begun)
