"""Which dates and states of a record are events of the law."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.errors import TaxonomyError
from pipelines.law import Event, Support, load_rulebook
from pipelines.law.triggers import load_triggers, read_triggers
from spiders.sources import source_names

SAID = Support(complaint_id="cfpb:1")
GOOD = b"dates: []\nstates: [{source: posts, begins: [Done], events: [company_closed]}]\n"


def test_a_declared_column_is_an_event_on_its_day() -> None:
    dates = [("date_sent_to_company", date(2020, 1, 2)), ("Date received", date(2020, 1, 1))]

    found = list(load_triggers().of_dates("cfpb", dates, SAID, "Ohio"))

    assert found == [
        Event(event="sent_to_company", day=date(2020, 1, 2), support=SAID, region="Ohio")
    ]
    assert list(load_triggers().of_dates("posts", dates, SAID, None)) == []


@pytest.mark.parametrize(
    ("state", "events"),
    [
        ("Closed with monetary relief", ["company_replied", "company_closed"]),
        ("In progress", ["company_replied"]),
        ("Untimely response", []),
        (None, []),
    ],
)
def test_a_state_tells_what_happened_and_not_when(state: str | None, events: list[str]) -> None:
    found = list(load_triggers().of_state("cfpb", state, SAID))

    assert [one.event for one in found] == events
    assert {one.day for one in found} <= {None}


def test_every_trigger_is_of_a_source_that_is_declared() -> None:
    triggers = load_triggers()

    assert {source for source, _ in triggers.of_columns} <= set(source_names())
    assert set(triggers.of_states) <= set(source_names())


@pytest.mark.parametrize(
    "content",
    [
        GOOD.replace(b"company_closed", b"full_moon"),
        b"dates: [{source: posts, columns: [day], event: full_moon}]\nstates: []\n",
        b"dates: []\n",
        GOOD.replace(b"begins: [Done]", b"begins: []"),
    ],
)
def test_a_faulty_file_of_triggers_is_refused(content: bytes) -> None:
    assert read_triggers("t.yml", GOOD, load_rulebook().events).of_states

    with pytest.raises(TaxonomyError, match=r"t\.yml"):
        read_triggers("t.yml", content, load_rulebook().events)
