"""What people read in complaints stands before what the machine read, in every later build."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.run import run
from flows.settings import FlowSettings
from tests.dashboards.homes import fill_sample
from warehouse.casework.answers import answers, take_back
from warehouse.casework.ledger import Decision, Ledger
from warehouse.errors import DecisionRefusedError
from warehouse.home import Home
from warehouse.read import open_reader

DECISION = Decision(actor="Li", reason="read it", at=datetime(2026, 3, 15, tzinfo=UTC))
ALLEGING = "posts:sample-044"


def codes(home: Path) -> dict[tuple[str, str], tuple[bool, str]]:
    """Give what the build says of the complaint: by axis and code, if alleged, and who says so."""
    with open_reader(Home(home), "internal") as reader:
        rows = reader.query("complaint_codes", complaint_id=ALLEGING).to_pylist()
    return {(row["axis"], row["code"]): (row["is_alleged"], row["origin"]) for row in rows}


def test_a_build_obeys_corrections_and_forgets_those_that_were_taken_back(tmp_path: Path) -> None:
    home = fill_sample(tmp_path)
    before = codes(home)
    minor, late = ("pattern", "minor_spending"), ("pattern", "late_delivery")
    assert before[minor][0]
    assert late not in before
    single = {"codes": [{"axis": "pattern", "code": "minor_spending", "is_alleged": False}]}
    with Ledger.open(Home(home)) as ledger:
        first = ledger.correct_reading(ALLEGING, single, DECISION)
        whole = {"natures": ["contract"], "kind": "report"}
        second = ledger.correct_reading(ALLEGING, whole, DECISION)
        added = {"codes": [{"axis": "pattern", "code": "late_delivery", "is_alleged": True}]}
        third = ledger.correct_reading(ALLEGING, added, DECISION)

    run(FlowSettings(home=home, workers=1))

    after = codes(home)
    assert after[minor] == (False, "person")
    assert after[late] == (True, "person")
    assert [code for axis, code in after if axis == "nature"] == ["contract"]
    with open_reader(Home(home), "internal") as reader:
        assert reader.query("complaint", complaint_id=ALLEGING)["kind"].to_pylist() == ["report"]

    with Ledger.open(Home(home)) as ledger:
        assert [each.event_id for each in answers(ledger)] == [third, second, first]
        for event_id in (first, second, third):
            take_back(ledger, event_id, DECISION)
        assert answers(ledger) == ()
        with pytest.raises(DecisionRefusedError):
            take_back(ledger, first, DECISION)
    run(FlowSettings(home=home, workers=1))

    assert codes(home) == before
