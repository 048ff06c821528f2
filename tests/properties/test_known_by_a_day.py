"""Laws of what was known by a day, over any history of loads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse_scene import load, new_work, post
from warehouse.known import copy_known
from warehouse.load import CoveredPeriod
from warehouse.work import Work

FIRST = date(2026, 1, 1)
DAYS = 30
LAST = FIRST + timedelta(days=DAYS)
Item = dict[str, str | None]
Rows = list[tuple[object, ...]]

STATES = (
    "select complaint_id, version_no, title, text, status, has_replies, replies, event_date, "
    "content_hash, input_hash from staged.complaints order by complaint_id"
)
COVERAGE = "select source, covered_from, covered_to from meta.coverage order by all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One load: on which day after the first, as what, with which records and which coverage."""

    day: int
    is_backfill: bool
    items: tuple[Item, ...]
    covers: tuple[CoveredPeriod, ...]


@st.composite
def items(draw: st.DrawFn, latest: int) -> Item:
    """Draw a state of one of three records, with dates up to that of its load."""
    days = st.integers(0, latest)
    published = draw(st.none() | days)
    replies = [
        {"by": "merchant", "at": None if day is None else str(after(day)), "text": f"第{no}次"}
        for no, day in enumerate(draw(st.lists(st.none() | days, max_size=2)))
    ]
    return post(
        draw(st.sampled_from("123")),
        text=draw(st.sampled_from(["退款被拒", "已退款", "不发货"])),
        published_at=None if published is None else str(after(published)),
        replies=json.dumps(replies) if replies else None,
    )


@st.composite
def histories(draw: st.DrawFn, *, backfills: bool = True) -> list[Arrival]:
    """Draw some loads in the order of their days."""
    arrivals = []
    for day in sorted(draw(st.lists(st.integers(0, DAYS), min_size=1, max_size=4))):
        starts = draw(st.lists(st.integers(0, day), max_size=1))
        arrivals.append(
            Arrival(
                day=day,
                is_backfill=backfills and draw(st.booleans()),
                items=tuple(draw(st.lists(items(day), max_size=3))),
                covers=tuple(
                    CoveredPeriod(covered_from=after(start), covered_to=after(day))
                    for start in starts
                ),
            )
        )
    return arrivals


def after(days: int) -> date:
    return FIRST + timedelta(days=days)


@contextmanager
def loaded(history: Sequence[Arrival]) -> Iterator[tuple[Work, Path]]:
    """Lend a work database with a history, and a folder beside it."""
    with TemporaryDirectory() as folder, new_work(Path(folder) / "now") as work:
        take_in(work, history)
        yield work, Path(folder)


def take_in(work: Work, history: Sequence[Arrival], first_no: int = 0) -> None:
    for number, arrival in enumerate(history, first_no):
        load(
            work,
            arrival.items,
            load_id=f"load-{number}",
            at=datetime.combine(after(arrival.day), time(12), UTC),
            is_backfill=arrival.is_backfill,
            covers=arrival.covers,
        )


def known(work: Work, folder: Path, day: date, *questions: str) -> list[Rows]:
    """Ask what was known by a day."""
    file = folder / f"{day}.duckdb"
    file.unlink(missing_ok=True)
    copy_known(work, file, day)
    with Work.at(file) as aside:
        return answers(aside, *questions)


def answers(work: Work, *questions: str) -> list[Rows]:
    work.stage()
    return [work.connection.execute(question).fetchall() for question in questions]


@settings(max_examples=10)
@given(history=histories(), day=st.integers(-1, DAYS))
def test_nothing_of_a_later_day_is_known(history: list[Arrival], day: int) -> None:
    with loaded(history) as (work, folder):
        kept, covered = known(
            work,
            folder,
            after(day),
            "select is_backfill, fetched_at::date, version_no, published_at, replies "
            "from raw.records join meta.loads using (load_id)",
            "select covered_to from meta.coverage",
        )

    for is_backfill, fetched_on, version_no, published, replies in kept:
        assert is_backfill or fetched_on <= after(day)  # type: ignore[operator]
        if version_no == 1 and is_backfill:
            born = str(fetched_on) if published is None else str(published)
            assert born <= str(after(day))
        told = [reply["at"] for reply in json.loads(str(replies))] if replies else []
        assert all(at is None or at <= str(after(day)) for at in told)
    assert all(last <= after(day) for (last,) in covered)  # type: ignore[operator]


@settings(max_examples=10)
@given(history=histories(), days=st.tuples(st.integers(0, DAYS), st.integers(0, DAYS)))
def test_what_was_known_stays_known(history: list[Arrival], days: tuple[int, int]) -> None:
    question = "select record_id, version_no from raw.records"
    with loaded(history) as (work, folder):
        early, late = (known(work, folder, after(day), question)[0] for day in sorted(days))

    assert set(early) <= set(late)
    for record_id, version_no in late:
        assert (record_id, version_no - 1) in late or version_no == 1  # type: ignore[operator]


@settings(max_examples=10)
@given(history=histories(), later=histories(backfills=False), day=st.integers(0, DAYS - 1))
def test_what_is_fetched_later_changes_nothing(
    history: list[Arrival], later: list[Arrival], day: int
) -> None:
    before = [arrival for arrival in history if arrival.day <= day]
    since = [arrival for arrival in later if arrival.day > day]
    with loaded(before) as (work, folder):
        alone = known(work, folder, after(day), STATES, COVERAGE)
        take_in(work, since, len(before))

        assert known(work, folder, after(day), STATES, COVERAGE) == alone


@settings(max_examples=10)
@given(history=histories(backfills=False), day=st.integers(0, DAYS))
def test_what_was_fetched_by_a_day_is_what_a_home_of_that_day_holds(
    history: list[Arrival], day: int
) -> None:
    with loaded(history) as (work, folder):
        made = known(work, folder, after(day), STATES, COVERAGE)

    with loaded([arrival for arrival in history if arrival.day <= day]) as (then, _):
        assert made == answers(then, STATES, COVERAGE)


@settings(max_examples=10)
@given(history=histories())
def test_at_last_everything_is_known(history: list[Arrival]) -> None:
    with loaded(history) as (work, folder):
        assert known(work, folder, LAST, STATES, COVERAGE) == answers(work, STATES, COVERAGE)
