"""Laws of counting people: no order of the rows changes the interval, and proof narrows it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipelines.people import People
from tests.people_scene import Scene, scenes
from tests.witness_scene import Told, count

NUMBERS = st.integers(min_value=-1, max_value=2)
TOLD = st.builds(
    Told,
    source=st.integers(min_value=0, max_value=1),
    author=NUMBERS,
    copy_group=NUMBERS,
    brigade=st.integers(min_value=-1, max_value=0),
    loss=NUMBERS,
    region=NUMBERS,
    day=st.none() | st.integers(min_value=0, max_value=60),
    is_doubtful=st.booleans(),
    links=st.lists(st.sampled_from(["phone", "order"]), max_size=2, unique=True).map(tuple),
    words=st.frozensets(st.integers(min_value=0, max_value=7), max_size=4),
)
ROWS = st.lists(TOLD, min_size=1, max_size=10)


def groups(people: People, ids: list[int]) -> set[frozenset[int]]:
    """Give which of the numbered complaints are one person's."""
    numbers = people.person_no.tolist()
    return {
        frozenset(one for one, number in zip(ids, numbers, strict=True) if number == person)
        for person in numbers
    }


@given(rows=ROWS)
def test_certain_is_at_least_one_and_at_most_possible_and_possible_at_most_the_complaints(
    rows: list[Told],
) -> None:
    people = count(rows)

    told_first_hand = [row for row in rows if not row.is_doubtful]
    assert min(1, len(told_first_hand)) <= people.certain <= len(told_first_hand)
    assert max(1, people.certain) <= people.possible <= len(rows)


@given(rows=ROWS)
def test_people_are_numbered_from_one_without_a_gap(rows: list[Told]) -> None:
    people = count(rows)

    assert sorted(set(people.person_no.tolist())) == list(range(1, people.possible + 1))


@given(rows=ROWS, data=st.data())
def test_the_order_of_the_rows_changes_nothing(rows: list[Told], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(rows))))

    straight, shuffled = count(rows), count([rows[place] for place in order])

    assert (shuffled.certain, shuffled.possible) == (straight.certain, straight.possible)
    assert groups(shuffled, order) == groups(straight, list(range(len(rows))))


@given(rows=ROWS)
def test_one_account_of_one_source_is_one_person(rows: list[Told]) -> None:
    number = count(rows).person_no.tolist()

    for one, first in zip(rows, number, strict=True):
        for other, second in zip(rows, number, strict=True):
            if one.author == other.author >= 0 and one.source == other.source:
                assert first == second


@given(rows=ROWS)
def test_who_shares_a_contact_or_a_reference_is_one_person(rows: list[Told]) -> None:
    number = count(rows).person_no.tolist()

    for one, first in zip(rows, number, strict=True):
        for other, second in zip(rows, number, strict=True):
            if set(one.links) & set(other.links):
                assert first == second


@given(rows=ROWS, data=st.data())
def test_proof_that_two_are_one_never_raises_either_end(
    rows: list[Told], data: st.DataObject
) -> None:
    pair = data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=1, max_size=2))
    proven = [
        replace(row, links=(*row.links, "id card")) if place in pair else row
        for place, row in enumerate(rows)
    ]

    before, after = count(rows), count(proven)

    assert after.certain <= before.certain
    assert before.possible - 1 <= after.possible <= before.possible


@given(rows=ROWS)
def test_a_report_of_others_never_makes_a_certain_person(rows: list[Told]) -> None:
    hearsay = Told(source=1, author=2, is_doubtful=True, links=("a link of its own",))
    rows = [row for row in rows if (row.source, row.author) != (1, 2)] or [Told()]

    assert count([*rows, hearsay]).certain == count(rows).certain
    assert count([*rows, hearsay]).possible == count(rows).possible + 1


@given(accounts=st.integers(min_value=1, max_value=8))
def test_accounts_with_wordings_of_their_own_are_certainly_as_many_people(accounts: int) -> None:
    rows = [Told(author=number, loss=1, words=frozenset({number})) for number in range(accounts)]

    people = count(rows)

    assert (people.certain, people.possible) == (accounts, accounts)


@given(accounts=st.integers(min_value=1, max_value=8))
def test_accounts_that_state_one_sum_in_the_same_words_may_be_one_person(accounts: int) -> None:
    rows = [Told(author=number, loss=1, words=frozenset({1, 2})) for number in range(accounts)]

    people = count(rows)

    assert (people.certain, people.possible) == (1, accounts)


@given(copies=st.integers(min_value=1, max_value=8))
def test_accounts_that_copied_one_wording_may_be_one_person_or_as_many(copies: int) -> None:
    rows = [Told(author=number, copy_group=0) for number in range(copies)]

    people = count(rows)

    assert (people.certain, people.possible) == (1, copies)


@given(rows=ROWS)
def test_nothing_shared_means_as_many_people_as_complaints(rows: list[Told]) -> None:
    strangers = [
        Told(source=place, author=row.author, loss=place, region=row.region, day=row.day)
        for place, row in enumerate(rows)
    ]

    people = count(strangers)

    assert people.certain == people.possible == len(rows)


@given(scene=scenes())
def test_the_true_number_of_people_lies_in_the_interval(scene: Scene) -> None:
    """Over cross-posts, letters, brigades, contacts of their own and hearsay."""
    people = count(list(scene.rows))

    assert people.certain <= scene.people <= people.possible


@given(accounts=st.integers(min_value=1, max_value=12))
def test_a_brigade_may_be_one_person_or_as_many_as_its_accounts(accounts: int) -> None:
    rows = [Told(author=number, brigade=0, words=frozenset({number})) for number in range(accounts)]

    people = count(rows)

    assert (people.certain, people.possible) == (1, accounts)


@given(regions=st.integers(min_value=1, max_value=5))
def test_accounts_of_a_brigade_in_different_places_are_different_people(regions: int) -> None:
    rows = [Told(author=number, brigade=0, region=number % regions) for number in range(10)]

    assert count(rows).certain == regions


@given(accounts=st.integers(min_value=2, max_value=8), source=st.integers(0, 1))
def test_near_copies_of_accounts_known_to_differ_stay_possible_people(
    accounts: int, source: int
) -> None:
    rows = [
        Told(source=source, author=number, copy_group=0, loss=number, words=frozenset({1, 2}))
        for number in range(accounts)
    ]

    assert count(rows).possible == accounts
