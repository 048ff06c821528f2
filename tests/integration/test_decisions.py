"""What people decide holds: over rebuilds, re-imports and rollbacks, and until they undo it."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from flows.run import run
from flows.worklist import read_worklist
from tests.integration.conftest import SAMPLE, import_posts, published, settings_of, zhongsu
from warehouse.builds import list_builds, make_current
from warehouse.casework.case_events import candidate_events
from warehouse.casework.ledger import Ledger
from warehouse.home import Home

Members = frozenset[str]


def decide(home: Path, *arguments: str) -> list[str]:
    """Decide as a user would; gives the lines of the answer, the id of the event alone first."""
    done = zhongsu(home, "decide", *arguments, "--reason", "because", "--actor", "Li")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    return [lines[0].split(":")[0], *lines[1:]]


def worklist(home: Path) -> dict[str, dict[str, Any]]:
    return {row["candidate_id"]: row for row in published(home)}


def members(row: Mapping[str, Any]) -> Members:
    return frozenset(f"{each['source']}:{each['id']}" for each in row["members"])


def largest(home: Path, count: int = 2) -> list[str]:
    """Name the candidates with most members."""
    rows = worklist(home)
    return sorted(rows, key=lambda each: (-len(rows[each]["members"]), each))[:count]


def test_an_excluded_member_stays_out_and_an_included_one_in(published_home: Path) -> None:
    home = published_home
    (first, second) = largest(home)
    before = worklist(home)
    out, moved = sorted(members(before[first]))[:2]

    decide(home, first, "exclude", out)
    decide(home, second, "include", moved)
    run(settings_of(home))
    import_posts(home, SAMPLE)
    run(settings_of(home))

    after = worklist(home)
    assert members(after[first]) == members(before[first]) - {out, moved}
    assert members(after[second]) == members(before[second]) | {moved}
    assert after[first]["lineage"] == "continued"


def test_a_wrong_merge_is_undone_with_the_members_back_where_they_were(
    published_home: Path,
) -> None:
    home = published_home
    (one, other) = largest(home)
    before = worklist(home)

    (event, *_) = decide(home, one, "merge", other)
    run(settings_of(home))
    merged = worklist(home)
    decide(home, one, "undo", event)
    run(settings_of(home))
    parted = worklist(home)

    assert other not in merged
    assert merged[one]["lineage"] == "merged"
    assert members(merged[one]) == members(before[one]) | members(before[other])
    assert {each: members(parted[each]) for each in (one, other)} == {
        each: members(before[each]) for each in (one, other)
    }
    assert parted[one]["complainants_possible"] == before[one]["complainants_possible"]


def test_members_split_off_are_a_candidate_with_its_own_id(published_home: Path) -> None:
    home = published_home
    (one, _) = largest(home)
    before = members(worklist(home)[one])
    part = sorted(before)[:3]

    lines = decide(home, one, "split", *part)
    (new,) = [line.split(": ")[1] for line in lines if line.startswith("new candidate")]
    run(settings_of(home))
    first = worklist(home)
    decide(home, new, "confirm")
    run(settings_of(home))
    second = worklist(home)

    assert members(first[new]) == set(part)
    assert members(first[one]) == before - set(part)
    assert (first[new]["lineage"], second[new]["lineage"]) == ("split", "continued")
    assert members(second[new]) == set(part)


def test_a_confirmed_candidate_is_kept_though_half_of_it_goes_elsewhere(
    published_home: Path,
) -> None:
    home = published_home
    (one, other) = largest(home)
    decide(home, one, "confirm")
    moved = sorted(members(worklist(home)[one]))[::2]

    decide(home, other, "include", *moved)
    run(settings_of(home))

    after = worklist(home)
    assert set(moved) <= members(after[other])
    assert one in after
    assert not members(after[one]) & set(moved)


def test_decisions_survive_a_rollback(published_home: Path) -> None:
    home = published_home
    (one, _) = largest(home)
    out = min(members(worklist(home)[one]))
    (old, *_) = list_builds(Home(home))
    decide(home, one, "exclude", out)
    run(settings_of(home))

    make_current(Home(home), old.build_id)
    back = members(worklist(home)[one])
    run(settings_of(home))
    make_current(Home(home), list_builds(Home(home))[0].build_id)

    assert out in back
    assert out not in members(worklist(home)[one])
    with Ledger.open(Home(home)) as ledger:
        assert [event.action for event in candidate_events(ledger)] == ["exclude"]


def test_processes_that_decide_at_once_lose_nothing(published_home: Path) -> None:
    home = published_home
    (one, _) = largest(home)
    each = [(one, "note")] * 8

    with ThreadPoolExecutor(8) as pool:
        events = [lines[0] for lines in pool.map(lambda args: decide(home, *args), each)]

    with Ledger.open(Home(home)) as ledger:
        assert {event.event_id for event in candidate_events(ledger)} == set(events)
    assert len(set(events)) == 8


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("c-nothing", "confirm"), "the id of a candidate"),
        (("FIRST", "embrace"), "an action among"),
        (("FIRST", "confirm", "posts:1"), "no target for confirm"),
        (("FIRST", "exclude"), "a target for exclude"),
        (("FIRST", "exclude", "posts:nowhere"), "members of"),
        (("FIRST", "include", "posts:nowhere"), "complaints of this build"),
        (("FIRST", "merge", "FIRST"), "other candidates"),
        (("FIRST", "undo", "e-0"), "an event of"),
        (("FIRST", "assign", "Li", "Wang"), "one target"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused_and_nothing_written(
    published_home: Path, arguments: tuple[str, ...], told: str
) -> None:
    (first, _) = largest(published_home)
    named = [first if each == "FIRST" else each for each in arguments]

    done = zhongsu(published_home, "decide", *named, "--reason", "because")

    assert done.returncode == 1
    assert told in done.stderr
    with Ledger.open(Home(published_home)) as ledger:
        assert candidate_events(ledger) == ()


def test_a_preview_says_what_would_happen_and_writes_nothing(published_home: Path) -> None:
    (first, _) = largest(published_home)
    out = min(members(worklist(published_home)[first]))

    done = zhongsu(published_home, "decide", first, "exclude", out, "--reason", "why", "--preview")

    assert done.returncode == 0
    assert f"out: {out}" in done.stdout
    with Ledger.open(Home(published_home)) as ledger:
        assert candidate_events(ledger) == ()


def test_the_worklist_says_at_once_what_was_decided(published_home: Path) -> None:
    home = published_home
    (one, other) = largest(home)

    decide(home, one, "dismiss")
    decide(home, other, "assign", "Wang")

    rows = {row["candidate_id"]: row["decided"] for row in read_worklist(home, None)}
    assert rows[one]["disposition"] == "dismissed"
    assert (rows[other]["disposition"], rows[other]["assignee"]) == ("open", "Wang")
    assert {each for each in rows if rows[each] is None} == rows.keys() - {one, other}
    assert f"{one}" in zhongsu(home, "candidates").stdout
