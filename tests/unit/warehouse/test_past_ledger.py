"""The ledger as it was: nothing later is in it, and the file is not touched."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.warehouse_scene import NOON, assignment
from warehouse.casework.ledger import Decision, Ledger, NameJudgement, name_provisionally
from warehouse.casework.past import ledger_as_of
from warehouse.errors import LedgerDamagedError
from warehouse.home import Home

DAY = NOON.date()
NEXT = NOON + timedelta(days=1)
SAME = NameJudgement(one="甲", other="乙", is_same=True)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose ledger has a candidate of one day, one of the next, and what they became."""
    made = Home(tmp_path)
    with Ledger.open(made) as ledger:
        first = ledger.name([assignment("k1", ("a:1", "a:2"))], DAY)
        ledger.mint("f1", first, NOON)
        grown = assignment("k2", ("a:1", "a:2", "a:3"), first[0].candidate_id)
        later = ledger.name([grown, assignment("k3", ("a:9",))], NEXT.date())
        ledger.mint("f2", later, NEXT)
    return made


def test_what_was_born_or_grew_later_is_not_known(home: Home) -> None:
    with ledger_as_of(home, DAY) as past, ledger_as_of(home, NEXT.date()) as present:
        assert [each.members for each in past.known_candidates()] == [("a:1", "a:2")]
        assert past.minted("f2") is None
        assert len(present.known_candidates()) == 2
    with ledger_as_of(home, DAY - timedelta(days=1)) as before:
        assert before.known_candidates() == ()


def test_what_people_decided_or_undid_later_does_not_count(home: Home) -> None:
    with Ledger.open(home) as ledger:
        ledger.judge_names(SAME, Decision(actor="a", reason="one firm", at=NEXT))

    with ledger_as_of(home, DAY) as past, ledger_as_of(home, NEXT.date()) as present:
        assert (past.name_judgements(), past.position()) == ((), "0")
        assert (present.name_judgements(), present.position()) == ((SAME,), "1")


def test_the_file_is_not_touched_and_not_made(home: Home, tmp_path: Path) -> None:
    before = home.ledger.read_bytes()
    status = home.ledger.stat()
    empty = Home(tmp_path / "empty")

    with ledger_as_of(home, DAY) as past, ledger_as_of(empty, DAY) as nothing:
        past.mint("f9", (), NOON)
        assert nothing.known_candidates() == ()

    assert home.ledger.read_bytes() == before
    assert home.ledger.stat().st_mtime_ns == status.st_mtime_ns
    assert [file.name for file in home.casework.iterdir()] == ["ledger.sqlite"]
    assert not empty.ledger.exists()


def test_a_file_that_is_no_ledger_is_named(home: Home) -> None:
    home.ledger.write_bytes(b"no such thing" * 500)

    with pytest.raises(LedgerDamagedError, match=r"expected ledger\.sqlite to be"):
        ledger_as_of(home, DAY)


def test_provisional_ids_say_what_a_candidate_is_and_known_ones_stay() -> None:
    proposed = [assignment("k1"), assignment("k2"), assignment("k3", candidate_id="c-1")]

    named = name_provisionally(proposed)

    assert name_provisionally(reversed(proposed)) == named
    assert [str(each.candidate_id)[:5] for each in named] == ["asof-", "asof-", "c-1"]
    assert len({each.candidate_id for each in named}) == 3
    assert [each.first_flagged_on for each in named] == [None, None, None]


def test_the_retired_are_those_that_a_build_does_not_have(home: Home) -> None:
    with Ledger.open(home) as ledger:
        grown, stray = ledger.minted("f2") or ()
        if grown.members == ("a:9",):
            grown, stray = stray, grown

        before_minting = ledger.retired("f3", [grown])
        ledger.mint("f3", [grown], NEXT + timedelta(days=1))
        ledger.mint("f4", [grown, stray], NEXT + timedelta(days=2))

        assert ledger.retired("f3", [grown]) == before_minting
        assert ledger.retired("f4", [grown, stray]) == ()
        assert ledger.retired("f1", ledger.minted("f1") or ()) == ()
    (retired,) = before_minting
    assert (retired.candidate_id, retired.complaints) == (stray.candidate_id, 1)
    assert retired.first_flagged_on == retired.last_flagged_on == date(2026, 3, 15)
