"""The measure of topics: its gold set, its figures, and that it says what it cannot measure."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.eval.topics.__main__ import main
from tests.eval.topics.board import read_board
from tests.eval.topics.candidates import Candidate, Ranking
from tests.eval.topics.gold import Event, read_events, read_judged
from tests.eval.topics.scoring import (
    adjusted_rand,
    events_found,
    kept_share,
    people_error,
    residual_share,
    top_precision,
)


def event(*members: int, may: tuple[int, ...] = (), people: int = 2) -> Event:
    return Event(
        split="dev",
        at="estate",
        problem="noise",
        members=frozenset(members),
        may=frozenset(may),
        accounts=len(members),
        people_at_least=people,
    )


def ranking(*sets: str, people: tuple[int, int] = (2, 2)) -> Ranking:
    made = (frozenset(one.split()) for one in sets)
    return Ranking(
        name="x",
        setting="",
        candidates=tuple(
            Candidate(members=one, certain=people[0], possible=people[1]) for one in made
        ),
    )


def test_events_of_both_halves_are_enough_and_no_record_is_in_two() -> None:
    events = read_events()
    counts = Counter(record for one in events for record in one.members | one.may)

    assert Counter(one.split for one in events)["held"] >= 12
    assert Counter(one.split for one in events)["dev"] >= 12
    assert [record for record, count in counts.items() if count > 1] == []
    assert [one for one in events if not 1 <= one.people_at_least <= one.accounts] == []


def test_half_of_an_event_or_an_event_among_others_is_not_found() -> None:
    lifts = event(1, 2, 3, 4)

    assert events_found(ranking("1 2"), [lifts]) == {}
    assert events_found(ranking("1 2 3 7 8 9"), [lifts]) == {}
    assert list(events_found(ranking("1 2 3 9"), [lifts])) == [lifts]


def test_a_record_that_may_be_counted_in_does_no_harm() -> None:
    assert events_found(ranking("1 2 3 4"), [event(1, 2)]) == {}
    assert events_found(ranking("1 2 3"), [event(1, 2, may=(3,))])


def test_people_are_wrong_by_the_mean_difference_to_accounts() -> None:
    found = events_found(ranking("1 2", people=(1, 1)), [event(1, 2)])

    assert people_error({}) is None
    assert (people := people_error(found)) is not None
    assert (people.error, people.covered) == (1.0, 0.0)


def test_a_candidate_that_nobody_read_is_told_and_not_counted() -> None:
    top = top_precision(ranking("1 2", "5 6", "7 8"), [event(1, 2)], {frozenset("56"): "wrong"})

    assert (top.right, top.read) == (1, 2)
    assert [one.members for one in top.unread] == [frozenset("78")]


def test_the_same_groups_are_stable_and_other_groups_are_not() -> None:
    before, ids = ranking("1 2 3", "4 5"), "12345678"

    assert (adjusted_rand(before, before, ids), kept_share(before, before, ids)) == (1.0, 1.0)
    assert adjusted_rand(before, ranking("1 4", "2 5"), ids) < 0.1
    assert kept_share(before, ranking("1 2 3"), ids) == 0.5
    assert residual_share(before, 10) == 0.5


def test_without_the_data_nothing_is_measured_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path)]) == 0

    told = capsys.readouterr()
    assert (told.out, "NOT MEASURED" in told.err) == ("", True)


@pytest.mark.data
def test_events_and_judgements_are_about_records_of_the_board(shared_data: Path) -> None:
    messages = read_board(shared_data).messages

    named = {record for one in read_events() for record in one.allowed}
    named |= {record for members in read_judged() for record in members}
    accounts = [
        (one, len({messages[record].account for record in one.ids})) for one in read_events()
    ]

    assert named - messages.keys() == set()
    assert [one for one, count in accounts if count != one.accounts] == []
