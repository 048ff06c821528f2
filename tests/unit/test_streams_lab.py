"""The lab of candidates: what counts as found, as an alarm, and as raised in time."""

from __future__ import annotations

import doctest
from datetime import date, timedelta
from pathlib import Path

import pytest

from benchmarks.lab import parts
from benchmarks.lab.streams import alarms, truth
from benchmarks.lab.streams.alarms import Alarm, Weeks, matching_threshold, raise_alarms
from benchmarks.lab.streams.lead_time import EPOCH, Raised, first_of_matter, first_of_merchant
from benchmarks.lab.streams.measure import Watched, gather
from benchmarks.lab.streams.page import streams_part
from benchmarks.lab.streams.replay import Proposal
from benchmarks.lab.streams.truth import Plant, Truth, read_truth
from benchmarks.lab.streams.verdicts import Candidate, find, judge
from flows.simulate import SimulationParams, simulate


def plant(name: str, people: int, onset: int = 0, days: int = 20) -> Plant:
    """An event or brigade whose people post once each."""
    first = EPOCH + timedelta(days=onset)
    return Plant(
        plant_id=name,
        kind="brigade" if name.startswith("brigade") else "event",
        merchant="m",
        people={f"p{number}": (f"{name}:{number}",) for number in range(people)},
        unnamed=frozenset(),
        size=people,
        oblique=frozenset(),
        onset=first,
        end=first + timedelta(days=days),
    )


def truth_of(*plants: Plant) -> Truth:
    return Truth(
        plants={one.plant_id: one for one in plants},
        plant_of={complaint: one.plant_id for one in plants for complaint in one.named},
        usual={f"usual:{number}": ("m", "late_delivery") for number in range(50)},
    )


def candidate(place: int, *members: str, people: tuple[int, int] = (2, 2)) -> Candidate:
    return Candidate(
        place=place,
        merchant="m",
        members=frozenset(members),
        certain=people[0],
        possible=people[1],
        score=100.0 - place,
    )


def test_a_candidate_is_what_more_than_half_of_its_members_are() -> None:
    told = truth_of(plant("event-1", 4), plant("event-2", 4), plant("brigade-1", 3))
    candidates = [
        candidate(1, "event-1:0", "event-1:1", "usual:1"),
        candidate(2, "event-1:0", "event-1:1", "event-2:0", "event-2:1"),
        candidate(3, "brigade-1:0", "brigade-1:1"),
        candidate(4, "usual:1", "usual:2", "event-1:0"),
    ]

    kinds = [verdict.kind for verdict in judge(candidates, told)]

    assert kinds == ["event", "mixed", "brigade", "one_code"]


def test_an_event_is_found_by_half_of_its_people_in_one_candidate() -> None:
    told = truth_of(plant("event-1", 4), plant("event-2", 5))
    verdicts = judge(
        [
            candidate(1, "event-1:0", "event-1:1", people=(3, 4)),
            candidate(2, "event-2:0", "event-2:1"),
            candidate(3, "event-2:2", "event-2:3"),
        ],
        told,
    )

    first, second = find(verdicts, told)

    assert (first.is_found, first.is_counted_right, first.parts) == (True, True, 1)
    assert (second.is_found, second.is_counted_right, second.parts) == (False, False, 2)


def proposal(*complaints: str, strength: float = 5.0) -> Proposal:
    return Proposal(merchant="m", complaints=frozenset(complaints), strength=strength)


def test_nothing_is_raised_twice_while_it_goes_on() -> None:
    weeks = Weeks(
        ends=[6, 13, 20, 27],
        proposals=[
            [proposal("a", "b")],
            [proposal("a", "b", "c")],
            [proposal("b", "c", "d")],
            [proposal("d", "x", "y"), proposal("q", strength=1.0)],
        ],
    )

    assert [alarm.day for alarm in raise_alarms(weeks, at_least=2)] == [6, 27]


def test_the_threshold_makes_streams_raise_equally_many() -> None:
    weeks = Weeks(
        ends=[6],
        proposals=[[proposal(str(number), strength=number) for number in range(2, 12)]],
    )

    assert matching_threshold([weeks, weeks], alarms=6) == 9


def test_an_alarm_of_a_matter_is_mostly_of_it_and_one_of_a_merchant_holds_two_people() -> None:
    event = plant("event-1", 12, onset=10)
    mostly = Alarm(day=20, proposal=proposal("event-1:0", "event-1:1", "usual:1"))
    partly = Alarm(day=13, proposal=proposal("event-1:0", "event-1:1", "usual:1", "usual:2"))

    assert first_of_matter(event, [partly, mostly]) == 10
    assert first_of_merchant(event, [partly, mostly]) == 3
    assert first_of_merchant(event, []) is None


@pytest.mark.parametrize(("day", "expected"), [(None, False), (20, True), (21, False)])
def test_in_time_is_up_to_the_last_day(day: int | None, expected: bool) -> None:
    raised = Raised(event=plant("event-1", 12), by_candidates=day, by_counts=None, by_rule=None)

    assert raised.in_time(day) is expected


def test_the_truth_of_a_simulation_is_read_whole(tmp_path: Path) -> None:
    summary = simulate(SimulationParams(seed=8702, weeks=20, merchants=5, events=3), tmp_path)

    told = read_truth(tmp_path / "truth.json")

    assert len(told.events) == summary.events
    assert len(told.plant_of) + len(told.usual) == summary.posts
    assert all(one.size >= 3 and one.onset < one.end for one in told.events)
    assert all(one.onset >= date(2023, 1, 2) for one in told.events)


def test_the_part_of_the_page_tells_what_was_found_and_keeps_the_other_part() -> None:
    event = plant("event-1", 12)
    own = sorted(event.named)
    ends = [6, 13]
    weeks = Weeks(ends=ends, proposals=[[proposal(*own[:6])], [proposal(*own)]])
    watched = Watched(
        truth=truth_of(event, plant("brigade-1", 3)),
        complaints=65,
        merchants=1,
        candidates=[candidate(1, *own, people=(11, 12)), candidate(2, "usual:1", "usual:2")],
        by_candidates=weeks,
        by_counts=weeks,
    )

    part = streams_part(gather([9600], [watched]))

    assert "| the whole worklist | 2 | 1 | 0 | 0 | 1 | 0 | 0.50 | 0.50 |" in part
    assert "| 10-19 | 1 | 1 | 1 | 1.00 | 1.00 | 4 % | 8 % |" in part
    page = parts.with_streams("counts", part)
    assert parts.with_counts(page, "new counts").endswith(part)


@pytest.mark.parametrize("module", [parts, alarms, truth])
def test_the_examples_of_the_lab_hold(module: object) -> None:
    failed, tried = doctest.testmod(module)  # type: ignore[arg-type]

    assert tried
    assert not failed
