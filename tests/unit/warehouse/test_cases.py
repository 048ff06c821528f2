"""Status is a fold over events: what each decision does, and what undoing brings back."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from warehouse.casework.cases import Action, Case, CaseEvent, fold, head_of, split_id, undone

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
HAD = {"c-a": ("m:1", "m:2", "m:3"), "c-b": ("m:4", "m:5"), "c-d": ("m:6",)}


def event(
    number: int, candidate_id: str, action: Action, *targets: str, had: tuple[str, ...] = ()
) -> CaseEvent:
    """Give a decision; `had` names the candidates whose members are noted with it."""
    return CaseEvent(
        event_no=number,
        event_id=f"e-{number}",
        at=NOON,
        actor="analyst",
        candidate_id=candidate_id,
        action=action,
        reason="because",
        targets=targets,
        members={each: HAD[each] for each in had},
    )


def test_a_confirmed_candidate_keeps_the_members_that_were_seen() -> None:
    case = fold([event(1, "c-a", "confirm", had=("c-a",))])["c-a"]

    assert (case.disposition, case.is_judged) == ("confirmed", True)
    assert set(case.pinned) == {"m:1", "m:2", "m:3"}


def test_a_dismissed_candidate_is_no_judgement_of_its_members() -> None:
    case = fold([event(1, "c-a", "dismiss")])["c-a"]

    assert (case.disposition, case.is_judged, case.pinned) == ("dismissed", False, {})


def test_the_later_of_two_decisions_on_a_complaint_counts() -> None:
    out = event(1, "c-a", "exclude", "m:2", had=("c-a",))
    back = event(2, "c-a", "include", "m:2")

    assert set(fold([out])["c-a"].barred) == {"m:2"}
    assert set(fold([out])["c-a"].pinned) == {"m:1", "m:3"}
    assert set(fold([out, back])["c-a"].pinned) == {"m:1", "m:2", "m:3"}
    assert not fold([out, back])["c-a"].barred


def test_who_is_included_elsewhere_belongs_to_that_candidate_only() -> None:
    cases = fold([event(1, "c-a", "confirm", had=("c-a",)), event(2, "c-b", "include", "m:2")])

    assert set(cases["c-a"].pinned) == {"m:1", "m:3"}
    assert "m:2" in cases["c-b"].pinned


def test_merged_candidates_go_on_in_one_with_all_members() -> None:
    cases = fold(
        [
            event(1, "c-b", "merge", "c-d", had=("c-b", "c-d")),
            event(2, "c-a", "merge", "c-b", had=("c-a", "c-b")),
        ]
    )

    assert [head_of(cases, each) for each in ("c-a", "c-b", "c-d")] == ["c-a"] * 3
    assert set(cases["c-a"].pinned) == {f"m:{number}" for number in range(1, 7)}


def test_a_wrong_merge_undone_gives_back_the_members_to_where_they_were() -> None:
    merge = event(1, "c-a", "merge", "c-b", had=("c-a", "c-b"))

    cases = fold([merge, event(2, "c-a", "undo", "e-1")])

    assert head_of(cases, "c-b") == "c-b"
    assert {each: set(cases[each].pinned) for each in ("c-a", "c-b")} == {
        "c-a": set(HAD["c-a"]),
        "c-b": set(HAD["c-b"]),
    }


def test_members_split_off_are_a_candidate_of_their_own_and_barred_from_the_old_one() -> None:
    split = event(1, "c-a", "split", "m:3", had=("c-a",))

    cases = fold([split])
    part = cases[split_id("e-1")]

    assert (set(part.pinned), part.split_from) == ({"m:3"}, "c-a")
    assert set(cases["c-a"].pinned) == {"m:1", "m:2"}
    assert set(cases["c-a"].barred) == {"m:3"}


def test_a_split_undone_joins_the_members_again() -> None:
    split = event(1, "c-a", "split", "m:3", had=("c-a",))

    cases = fold([split, event(2, "c-a", "undo", "e-1")])

    assert split_id("e-1") not in cases
    assert set(cases["c-a"].pinned) == set(HAD["c-a"])


def test_undoing_an_undoing_counts_again_what_it_undid() -> None:
    events = [
        event(1, "c-a", "dismiss"),
        event(2, "c-a", "undo", "e-1"),
        event(3, "c-a", "undo", "e-2"),
    ]

    assert undone(events[:2]) == {"e-1"}
    assert undone(events) == {"e-2"}
    assert fold(events)["c-a"].disposition == "dismissed"


def test_notes_consents_and_assignments_change_no_member() -> None:
    case = fold(
        [
            event(1, "c-a", "assign", "Li"),
            event(2, "c-a", "note"),
            event(3, "c-a", "consent", "m:1", "m:2"),
            event(4, "c-a", "sent"),
        ]
    )["c-a"]

    assert (case.assignee, len(case.notes), len(case.sent)) == ("Li", 1, 1)
    assert list(case.consented) == ["m:1", "m:2"]
    assert (case.pinned, case.barred, case.is_judged) == ({}, {}, False)


CANDIDATES = st.sampled_from(["c-a", "c-b", "c-d"])
COMPLAINTS = st.lists(st.sampled_from([f"m:{number}" for number in range(1, 7)]), min_size=1)


@st.composite
def decisions(draw: st.DrawFn) -> list[CaseEvent]:
    """Draw decisions in any order, sensible or not."""
    events: list[CaseEvent] = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        candidate = draw(CANDIDATES)
        action = draw(
            st.sampled_from(
                ["confirm", "dismiss", "merge", "split", "include", "exclude", "consent", "undo"]
            )
        )
        if action == "merge":
            targets = tuple(draw(st.sets(CANDIDATES)) - {candidate})
        elif action == "undo":
            targets = (f"e-{draw(st.integers(1, number))}",)
        elif action in ("confirm", "dismiss"):
            targets = ()
        else:
            targets = tuple(dict.fromkeys(draw(COMPLAINTS)))
        had = (candidate, *targets) if action == "merge" else (candidate,)
        events.append(event(number, candidate, action, *targets, had=had))  # type: ignore[arg-type]
    return events


def _pins(cases: dict[str, Case]) -> list[str]:
    return [complaint for case in cases.values() for complaint in case.pinned]


@given(decisions())
def test_no_complaint_is_ever_pinned_twice_nor_pinned_and_barred(events: list[CaseEvent]) -> None:
    cases = fold(events)

    assert len(_pins(cases)) == len(set(_pins(cases)))
    assert all(not set(case.pinned) & set(case.barred) for case in cases.values())


@given(decisions())
def test_undoing_the_last_decision_of_all_leaves_what_it_did_not_touch(
    events: list[CaseEvent],
) -> None:
    last = events[-1]
    again = [*events, event(len(events) + 1, last.candidate_id, "undo", last.event_id)]
    cases, before = fold(again), fold(events[:-1])

    for candidate, case in before.items():
        assert cases[candidate].disposition == case.disposition
        assert cases[candidate].merged_into == case.merged_into
        assert set(case.pinned) <= set(_pins(cases))
