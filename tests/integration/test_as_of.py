"""Past worklists made again: with only what was known then, and without a trace in the home."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.as_of import build_as_of, parse_as_of
from flows.errors import UsageRefusedError
from flows.ingest import ImportRequest, import_files
from flows.run import run
from pipelines.classify import Opinion
from pipelines.coding import Coder
from pipelines.weighing import Told, Weighed
from tests.integration.conftest import (
    SAMPLE,
    UPDATES,
    import_posts,
    published,
    settings_of,
    zhongsu,
)
from tests.integration.killing import kill_after
from warehouse.aside import list_aside
from warehouse.builds import current_build
from warehouse.home import Home
from warehouse.read import open_build

WEEKS = (date(2026, 1, 31), date(2026, 2, 20), date(2026, 3, 20))
"""Days on which the sample was fetched in parts."""

UPDATED = date(2026, 4, 10)
Row = dict[str, Any]


class Clock(datetime):
    """A clock that stands."""

    moment = datetime(2026, 1, 1, tzinfo=UTC)

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        return cls.moment.astimezone(tz)


@contextmanager
def on(day: date) -> Iterator[None]:
    """Let imports and runs happen in the evening of a day."""
    moment = datetime.combine(day, time(20), UTC)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Clock, "moment", moment)
        patch.setattr("flows.ingest.datetime", Clock)
        patch.setattr("flows.run.datetime", Clock)
        yield


def records(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def written(file: Path, rows: list[Row]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return file


def day_of(row: Row) -> date:
    return date.fromisoformat(row["published_at"][:10])


def fetch(home: Path, file: Path, *, is_backfill: bool = False) -> None:
    import_files(home, ImportRequest(source="posts", files=(file,), is_backfill=is_backfill))


def candidates_as_of(home: Path, day: date) -> list[Row]:
    build = build_as_of(settings_of(home), day).build
    with open_build(build, "internal") as reader:
        rows: list[Row] = reader.query("candidates", limit=1_000, offset=0).to_pylist()
    return rows


def without(rows: list[Row], *names: str) -> list[Row]:
    """Leave out columns; equal scores follow the id, so the order goes by members."""
    kept = [{key: value for key, value in row.items() if key not in names} for row in rows]
    return sorted(kept, key=lambda row: str(row["members"]))


def traces(home: Path) -> dict[str, bytes]:
    """Give all that readers and people's work rest on, byte for byte."""
    watched = [Home(home).ledger, Home(home).current, *Home(home).builds.rglob("*.duckdb")]
    return {str(file): file.read_bytes() for file in watched}


# -- what was fetched week by week ---------------------------------------------------------


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[date, list[Row]]]:
    """A home that fetched and ran on some days, and what it published then."""
    folder = tmp_path_factory.mktemp("history")
    home, seen, before = folder / "home", {}, date.min
    for day in WEEKS:
        rows = [row for row in records(SAMPLE) if before < day_of(row) <= day]
        with on(day):
            fetch(home, written(folder / f"{day}.jsonl", rows))
            run(settings_of(home))
        seen[day], before = published(home), day
    with on(UPDATED):
        fetch(home, UPDATES)
        run(settings_of(home))
    seen[UPDATED] = published(home)
    return home, seen


@pytest.mark.parametrize("day", [*WEEKS, UPDATED])
def test_every_past_worklist_is_made_again(
    history: tuple[Path, dict[date, list[Row]]], day: date
) -> None:
    home, seen = history
    before = traces(home)

    made = candidates_as_of(home, day)

    assert without(made, "lineage") == without(seen[day], "lineage")
    assert [row["candidate_id"] for row in made] == [row["candidate_id"] for row in seen[day]]
    assert made
    assert traces(home) == before


def test_between_two_runs_the_known_keep_their_ids_and_the_new_are_provisional(
    tmp_path: Path,
) -> None:
    home, ran, asked = tmp_path / "home", WEEKS[1], WEEKS[2]
    rows = records(SAMPLE)
    early = written(tmp_path / "early.jsonl", [row for row in rows if day_of(row) <= ran])
    late = written(tmp_path / "late.jsonl", [row for row in rows if ran < day_of(row) <= asked])
    with on(ran):
        fetch(home, early)
        run(settings_of(home))
    with on(asked):
        fetch(home, late)

    made = candidates_as_of(home, asked)

    known = {row["candidate_id"] for row in published(home)}
    kept = [row for row in made if row["candidate_id"] in known]
    fresh = [row for row in made if row["candidate_id"] not in known]
    assert {row["first_flagged_on"] for row in kept} == {ran}
    assert {row["lineage"] for row in kept} == {"continued"}
    assert {(row["candidate_id"][:5], row["first_flagged_on"]) for row in fresh} == {
        ("asof-", None)
    }


def test_before_anything_was_fetched_nothing_was_known(
    history: tuple[Path, dict[date, list[Row]]],
) -> None:
    made = build_as_of(settings_of(history[0]), WEEKS[0] - timedelta(days=1))

    assert made.receipt.run.complaint_count == 0
    assert candidates_as_of(history[0], WEEKS[0] - timedelta(days=1)) == []


# -- what was backfilled -------------------------------------------------------------------


def known_by(day: date) -> list[Row]:
    """The sample as one who fetched it on a day would have found it."""
    found = {row["id"]: row for row in records(SAMPLE)}
    for row in records(UPDATES):
        if max(reply_days(row)) <= day:
            found[row["id"]] = row
    return [cut(row, day) for row in found.values() if day_of(row) <= day]


def reply_days(row: Row) -> list[date]:
    return [date.fromisoformat(reply["at"][:10]) for reply in row["replies"]]


def cut(row: Row, day: date) -> Row:
    if "replies" not in row:
        return row
    told = zip(row["replies"], reply_days(row), strict=True)
    return {**row, "replies": [reply for reply, at in told if at <= day]}


@pytest.fixture(scope="module")
def backfilled(published_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with sample and updates backfilled and published, all of it today."""
    home = tmp_path_factory.mktemp("backfilled") / "home"
    shutil.copytree(published_sample, home)
    fetch(home, UPDATES, is_backfill=True)
    run(settings_of(home))
    return home


@pytest.mark.parametrize("day", [date(2026, 1, 20), date(2026, 2, 26), date(2026, 3, 10)])
def test_nobody_is_wiser_than_who_only_knew_what_was_known(
    backfilled: Path, tmp_path: Path, day: date
) -> None:
    then = tmp_path / "then"
    fetch(then, written(tmp_path / "known.jsonl", known_by(day)), is_backfill=True)
    run(settings_of(then))

    made = candidates_as_of(backfilled, day)

    names = ("candidate_id", "first_flagged_on")
    assert without(made, *names) == without(published(then), *names)
    assert made
    dates = {f"{row['id']}": day_of(row) for row in records(SAMPLE)}
    assert max(dates[member["id"]] for row in made for member in row["members"]) <= day


def test_as_of_today_the_candidates_are_those_of_the_current_build(backfilled: Path) -> None:
    today = datetime.now(UTC).date()

    made = candidates_as_of(backfilled, today)

    names = ("lineage", "tiers", "analogues", "deadline_next")  # the law is asked on another day
    assert without(made, *names) == without(published(backfilled), *names)
    assert all(row["candidate_id"].startswith("c-") for row in made)


def test_what_comes_later_changes_no_earlier_build(published_home: Path, tmp_path: Path) -> None:
    day = date(2026, 2, 26)
    before = build_as_of(settings_of(published_home), day).build
    rows = candidates_as_of(published_home, day)
    later = [{**row, "id": f"again-{row['id']}"} for row in records(SAMPLE)]
    fetch(published_home, written(tmp_path / "fetched.jsonl", later))

    same = build_as_of(settings_of(published_home), day)
    fetch(published_home, UPDATES, is_backfill=True)
    anew = build_as_of(settings_of(published_home), day)

    assert (same.build, same.receipt.is_unchanged) == (before, True)
    assert not anew.receipt.is_unchanged
    assert [row for row in candidates_as_of(published_home, day) if not answered(row)] == [
        row for row in rows if not answered(row)
    ]
    assert list_aside(Home(published_home)) == (anew.build,)


def answered(row: Row) -> bool:
    """Tell whether a member is among those whom the updates say more of."""
    return bool({member["id"] for member in row["members"]} & {r["id"] for r in records(UPDATES)})


def test_a_reading_that_failed_is_left_to_the_next_run(home: Path) -> None:
    opinion = Coder.opinion

    def fails(self: Coder, told: Told, weighed: Weighed) -> Opinion:
        if told.complaint.complaint_id < "posts:sample-005":
            raise OSError("no such device")
        return opinion(self, told, weighed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Coder, "opinion", fails)
        run(settings_of(home))
    build_as_of(settings_of(home), date(2026, 2, 1))

    healed = run(settings_of(home))

    assert (healed.is_unchanged, healed.run.reread_count) == (False, 4)


# -- the commands --------------------------------------------------------------------------


def listed(home: Path, *arguments: str) -> list[Row]:
    result = zhongsu(home, *arguments, "--format", "jsonl")
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_commands_read_and_make_a_build_aside(published_home: Path) -> None:
    before, current = traces(published_home), current_build(Home(published_home)).build_id

    first = listed(published_home, "candidates", "--as-of", "2026-02-26")
    receipt = zhongsu(published_home, "run", "--as-of", "2026-02-26", "--format", "json")
    again = listed(published_home, "candidates", "--as-of", "2026-02-26", "--limit", "2")
    builds = listed(published_home, "builds")
    table = zhongsu(published_home, "builds").stdout
    refused = zhongsu(published_home, "rollback", builds[-1]["build_id"])
    rerun = zhongsu(published_home, "run", "--format", "json")

    told = json.loads(receipt.stdout)
    assert (told["is_unchanged"], told["as_of"]) == (True, "2026-02-26")
    assert told["current_build_id"] == current != told["build_id"]
    assert first[:2] == again
    assert all(row["candidate_id"].startswith("asof-") for row in first)
    assert all(row["first_flagged_on"] is None for row in first)
    assert [(row["as_of"], row["is_current"]) for row in builds] == [
        (None, True),
        ("2026-02-26", False),
    ]
    assert "kept aside" in table
    assert refused.returncode == 1
    assert traces(published_home) == before
    assert json.loads(rerun.stdout)["is_unchanged"]


def test_a_build_aside_is_read_while_another_writes_and_none_is_made(published_home: Path) -> None:
    build_as_of(settings_of(published_home), date(2026, 2, 1))

    with Home(published_home).lock():
        there = zhongsu(published_home, "candidates", "--as-of", "2026-02-01")
        missing = zhongsu(published_home, "candidates", "--as-of", "2026-02-02")

    assert there.returncode == 0, there.stderr
    assert missing.returncode == 3
    assert "expected no other writer" in missing.stderr


@pytest.mark.parametrize("stage", ["gather what was known", "read complaints", "shape marts"])
def test_a_killed_run_as_of_leaves_no_trace(published_home: Path, stage: str) -> None:
    before = traces(published_home)

    kill_after(published_home, stage, "run", "--as-of", "2026-02-01")
    after_the_kill = (traces(published_home), list_aside(Home(published_home)))
    unchanged = run(settings_of(published_home)).is_unchanged
    made = build_as_of(settings_of(published_home), date(2026, 2, 1)).build

    assert after_the_kill == (before, ())
    assert unchanged
    aside = {path.name for path in Home(published_home).aside.iterdir()}
    assert aside == {".lock", made.build_id}


@pytest.mark.parametrize("text", ["soon", "2026-02-30", "20260201", "2026-2-1", "2026-03-16", ""])
def test_what_is_no_day_or_has_not_begun_is_refused(text: str) -> None:
    with pytest.raises(UsageRefusedError, match="--as-of: expected a day"):
        parse_as_of(text, datetime(2026, 3, 14, 9, tzinfo=UTC))


def test_a_day_that_has_begun_somewhere_is_taken() -> None:
    assert parse_as_of("2026-03-15", datetime(2026, 3, 14, 10, tzinfo=UTC)) == date(2026, 3, 15)


def test_an_imported_home_that_never_ran_has_its_past_too(tmp_path: Path) -> None:
    import_posts(tmp_path / "home", written(tmp_path / "known.jsonl", known_by(WEEKS[0])))

    made = build_as_of(settings_of(tmp_path / "home"), date(2025, 12, 1))

    assert made.receipt.run.reread_count == made.receipt.run.complaint_count > 0
    assert not Home(tmp_path / "home").ledger.exists()
