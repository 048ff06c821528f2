"""The ledger mints an id once and remembers what became of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.warehouse_scene import NOON, assignment
from warehouse.casework.ledger import Decision, Ledger, NameJudgement
from warehouse.errors import LedgerConflictError, LedgerDamagedError
from warehouse.home import Home

DAY = NOON.date()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.at(tmp_path / "ledger.sqlite") as opened:
        yield opened


def test_naming_is_repeatable_and_writes_nothing(ledger: Ledger) -> None:
    proposed = [assignment("k1"), assignment("k2")]

    named = ledger.name(proposed, DAY)

    assert ledger.name(list(reversed(proposed)), DAY) == named
    assert len({each.candidate_id for each in named}) == 2
    assert ledger.known_candidates() == ()


def test_minting_the_same_input_again_changes_nothing(ledger: Ledger) -> None:
    named = ledger.name([assignment("k1")], DAY)
    ledger.mint("f1", named, NOON)
    known = ledger.known_candidates()

    ledger.mint("f1", named, NOON + timedelta(days=1))

    assert ledger.known_candidates() == known
    assert ledger.minted("f1") == named


def test_what_was_never_minted_is_unknown(ledger: Ledger) -> None:
    assert ledger.minted("f1") is None


def test_an_input_without_candidates_is_minted_too(ledger: Ledger) -> None:
    ledger.mint("f1", (), NOON)

    assert ledger.minted("f1") == ()


def test_a_continued_candidate_keeps_its_id_and_first_day(ledger: Ledger) -> None:
    (born,) = ledger.name([assignment("k1")], DAY)
    ledger.mint("f1", [born], NOON)
    grown = assignment("k2", ["posts:1", "posts:2", "posts:3"], candidate_id=born.candidate_id)

    named = ledger.name([grown], DAY + timedelta(days=7))
    ledger.mint("f2", named, NOON + timedelta(days=7))

    (known,) = ledger.known_candidates()
    assert known.candidate_id == born.candidate_id
    assert known.first_flagged_on == DAY
    assert known.members == ("posts:1", "posts:2", "posts:3")


def test_a_candidate_without_a_cluster_is_retired_and_keeps_its_members(ledger: Ledger) -> None:
    first = ledger.name([assignment("k1"), assignment("k2", ["posts:8", "posts:9"])], DAY)
    ledger.mint("f1", first, NOON)
    ledger.mint("f2", [replace(first[0], lineage="continued")], NOON + timedelta(days=1))

    known = {each.candidate_id: each for each in ledger.known_candidates()}

    assert not known[str(first[0].candidate_id)].is_retired
    assert known[str(first[1].candidate_id)].is_retired
    assert known[str(first[1].candidate_id)].members == first[1].members


def test_a_retired_candidate_is_noted_once(ledger: Ledger) -> None:
    ledger.mint("f1", ledger.name([assignment("k1")], DAY), NOON)
    ledger.mint("f2", (), NOON)
    ledger.mint("f3", (), NOON)

    rows = ledger.connection.execute(
        "select build_no, lineage from lineage order by build_no"
    ).fetchall()
    assert [tuple(row) for row in rows] == [(1, "born"), (2, "retired")]


def test_an_id_is_never_given_twice(ledger: Ledger) -> None:
    (first,) = ledger.name([assignment("k1")], DAY)
    ledger.mint("f1", [first], NOON)
    ledger.mint("f2", (), NOON)

    (second,) = ledger.name([assignment("k1")], DAY)

    assert second.candidate_id != first.candidate_id


def test_what_has_no_name_is_not_minted(ledger: Ledger) -> None:
    with pytest.raises(LedgerConflictError, match=r"Call Ledger\.name first"):
        ledger.mint("f1", [assignment("k1")], NOON)


def test_one_candidate_cannot_be_two_clusters(ledger: Ledger) -> None:
    (named,) = ledger.name([assignment("k1")], DAY)

    with pytest.raises(LedgerConflictError, match="assigned to several"):
        ledger.mint("f1", [named, replace(named, cluster_id="k2")], NOON)

    assert ledger.minted("f1") is None


def test_a_mint_that_breaks_off_leaves_nothing(ledger: Ledger) -> None:
    (named,) = ledger.name([assignment("k1")], DAY)

    with pytest.raises(sqlite3.IntegrityError):
        ledger.mint("f1", [replace(named, lineage="imagined")], NOON)  # type: ignore[arg-type]

    assert ledger.minted("f1") is None
    assert ledger.known_candidates() == ()


def test_minting_does_not_move_the_position(ledger: Ledger) -> None:
    before = ledger.position()

    ledger.mint("f1", ledger.name([assignment("k1")], DAY), NOON)

    assert ledger.position() == before


def test_what_was_minted_is_there_when_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger.at(path) as ledger:
        named = ledger.name([assignment("k1")], DAY)
        ledger.mint("f1", named, NOON)

    with Ledger.at(path) as ledger:
        assert ledger.minted("f1") == named
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"no database at all " * 100, b"\x00" * 8192])
def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path, content: bytes) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    home.ledger.write_bytes(content)

    with pytest.raises(LedgerDamagedError, match=r"Restore casework/ledger\.sqlite"):
        Ledger.open(home)

    assert home.ledger.read_bytes() == content


def test_what_people_judged_of_names_is_remembered_until_it_is_undone(ledger: Ledger) -> None:
    decision = Decision(actor="analyst", reason="one licence", at=NOON)
    judgements = (
        NameJudgement(one="b", other="a", is_same=True),
        NameJudgement(one="a", other="c", is_same=False),
    )

    before = ledger.position()
    events = [ledger.judge_names(judgement, decision) for judgement in judgements]

    assert ledger.name_judgements() == judgements
    assert ledger.position() != before
    ledger.connection.execute(
        "insert into events (event_id, at, actor, subject_kind, subject_id, action, reason,"
        " payload) values ('e-undo', '', 'analyst', 'event', ?, 'undo', 'a slip', '{}')",
        (events[0],),
    )
    assert ledger.name_judgements() == judgements[1:]


def undo(ledger: Ledger, event_id: str) -> None:
    ledger.connection.execute(
        "insert into events (event_id, at, actor, subject_kind, subject_id, action, reason,"
        " payload) values (?, '', 'analyst', 'event', ?, 'undo', 'a slip', '{}')",
        (f"undo of {event_id}", event_id),
    )


READ_AGAIN = Decision(actor="analyst", reason="read again", at=NOON)


def test_what_people_read_otherwise_is_remembered_as_they_wrote_it(ledger: Ledger) -> None:
    reading = {"kind": "complaint", "patterns": ["late_delivery"], "note": "没到货"}

    before = ledger.position()
    ledger.correct_reading("posts:1", reading, READ_AGAIN)

    assert ledger.reading_corrections() == (("posts:1", reading),)
    assert ledger.position() != before


def test_corrections_come_in_the_order_of_deciding(ledger: Ledger) -> None:
    for complaint_id, kind in (("posts:2", "other"), ("posts:1", "guide"), ("posts:2", "report")):
        ledger.correct_reading(complaint_id, {"kind": kind}, READ_AGAIN)

    kinds = [(complaint_id, row["kind"]) for complaint_id, row in ledger.reading_corrections()]

    assert kinds == [("posts:2", "other"), ("posts:1", "guide"), ("posts:2", "report")]
    assert dict(kinds) == {"posts:1": "guide", "posts:2": "report"}


def test_a_correction_that_is_undone_gives_way_to_the_one_before(ledger: Ledger) -> None:
    first = ledger.correct_reading("posts:1", {"kind": "other"}, READ_AGAIN)
    second = ledger.correct_reading("posts:1", {"kind": "guide"}, READ_AGAIN)

    undo(ledger, second)
    assert ledger.reading_corrections() == (("posts:1", {"kind": "other"}),)

    undo(ledger, first)
    assert ledger.reading_corrections() == ()


def test_judgements_of_names_and_corrections_of_readings_do_not_mix(ledger: Ledger) -> None:
    judgement = NameJudgement(one="a", other="b", is_same=True)

    ledger.judge_names(judgement, READ_AGAIN)
    ledger.correct_reading("posts:1", {"kind": "other"}, READ_AGAIN)

    assert ledger.name_judgements() == (judgement,)
    assert ledger.reading_corrections() == (("posts:1", {"kind": "other"}),)
