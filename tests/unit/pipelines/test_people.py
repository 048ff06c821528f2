"""Who counts as one person: accounts, copies, orders and contacts, and what is only likely."""

from __future__ import annotations

import random

import pytest

from tests.witness_scene import Told, count

SAME_WORDS = frozenset({1, 2, 3})


def interval(*rows: Told) -> tuple[int, int]:
    people = count(list(rows))
    return people.certain, people.possible


def test_one_account_that_writes_twice_is_one_person() -> None:
    assert interval(Told(author=1), Told(author=1)) == (1, 1)


def test_the_same_account_number_in_two_sources_is_two_people() -> None:
    assert interval(Told(author=1), Told(source=1, author=1)) == (2, 2)


@pytest.mark.parametrize("link", ["order 2026-0001", "id card of one person"])
def test_an_order_or_an_identity_card_joins_what_accounts_divide(link: str) -> None:
    one, other = Told(author=1, links=(link,)), Told(source=1, author=2, links=(link,))

    assert interval(one, other) == (1, 1)


def test_links_join_over_a_third_complaint() -> None:
    rows = Told(links=("phone",)), Told(links=("phone", "order")), Told(links=("order",))

    assert interval(*rows) == (1, 1)


def test_a_copy_without_an_account_is_the_copied_person() -> None:
    assert interval(Told(author=1, copy_group=0), Told(copy_group=0)) == (1, 1)


def test_a_copy_in_another_source_is_the_copied_person() -> None:
    assert interval(Told(author=1, copy_group=0), Told(source=1, author=1, copy_group=0)) == (1, 1)


def test_equal_losses_in_one_month_may_be_one_person() -> None:
    assert interval(Told(loss=1, day=1), Told(source=1, loss=1, day=20)) == (1, 2)


@pytest.mark.parametrize(
    "other",
    [
        Told(source=1, loss=1, day=40),
        Told(source=1, loss=1, day=1, region=2),
        Told(source=1, loss=2, day=1),
        Told(source=1, day=1),
    ],
)
def test_another_month_place_or_sum_makes_two_people(other: Told) -> None:
    assert interval(Told(loss=1, day=1, region=1), other) == (2, 2)


def test_mostly_the_same_words_may_be_one_person() -> None:
    assert interval(Told(words=SAME_WORDS), Told(source=1, words=SAME_WORDS | {4})) == (1, 2)


def test_few_common_words_make_two_people() -> None:
    assert interval(Told(words=SAME_WORDS), Told(source=1, words=frozenset({3, 4, 5}))) == (2, 2)


def test_two_accounts_that_are_proven_one_count_once_in_both_ends() -> None:
    person = Told(author=1, links=("phone",)), Told(author=2, links=("phone",))
    likely_one = Told(source=1, loss=5, day=1), Told(source=2, loss=5, day=2)

    assert interval(*person, *likely_one) == (2, 3)


def test_an_account_that_copies_once_and_writes_once_is_one_person() -> None:
    person = Told(author=1, copy_group=0), Told(author=1)
    likely_one = Told(source=1, loss=5, day=1), Told(source=2, loss=5, day=2)

    assert interval(*person, *likely_one) == (2, 3)


def test_hearsay_alone_has_no_certain_person() -> None:
    assert interval(Told(is_doubtful=True)) == (0, 1)


def test_two_accounts_with_one_sum_in_other_words_are_two_people() -> None:
    one, other = Told(author=1, loss=5, words=SAME_WORDS), Told(author=2, loss=5)

    assert interval(one, other) == (2, 2)


def test_two_accounts_with_the_same_words_and_other_sums_are_two_people() -> None:
    one, other = Told(author=1, loss=5, words=SAME_WORDS), Told(author=2, loss=6, words=SAME_WORDS)

    assert interval(one, other) == (2, 2)


def surely(*rows: Told) -> list[int]:
    return count(list(rows)).surely_no.tolist()


def test_people_with_facts_of_their_own_have_numbers_of_their_own() -> None:
    rows = Told(author=1, loss=1, day=1), Told(author=2, loss=2, day=1), Told(author=1, day=2)

    assert surely(*rows) == [1, 2, 1]


def test_all_that_may_be_one_person_share_a_number() -> None:
    assert surely(Told(loss=1, day=1), Told(source=1, loss=1, day=20)) == [1, 1]


def test_who_may_be_any_of_several_accounts_has_no_number() -> None:
    accounts = Told(author=1, loss=1, day=1), Told(author=2, loss=1, day=1)
    elsewhere = Told(source=1, author=1, loss=1, day=2)

    assert surely(*accounts, elsewhere) == [1, 2, 0]
    assert interval(*accounts, elsewhere) == (2, 3)


def test_hearsay_has_no_number() -> None:
    assert surely(Told(author=1, day=1), Told(day=40, is_doubtful=True)) == [1, 0]
    assert surely(Told(is_doubtful=True)) == [0]


def test_a_proven_person_has_one_number_and_all_numbers_are_counted() -> None:
    dice = random.Random(11)
    for _ in range(200):
        rows = [random_telling(dice) for _ in range(dice.randrange(1, 9))]

        people = count(rows)

        numbers = zip(people.person_no.tolist(), people.surely_no.tolist(), strict=True)
        pairs = {pair for pair in numbers if pair[1]}
        assert len({person for person, _ in pairs}) == len(pairs)
        assert {number for _, number in pairs} == set(range(1, people.certain + 1))


def random_telling(dice: random.Random) -> Told:
    return Told(
        source=dice.randrange(2),
        author=dice.randrange(-1, 3),
        copy_group=dice.choice([-1, -1, 0, 1]),
        loss=dice.choice([-1, -1, 0, 1]),
        region=dice.randrange(-1, 2),
        day=dice.choice([None, 1, 20, 60]),
        is_doubtful=dice.random() < 0.2,
        words=frozenset(dice.sample(range(8), 3)),
    )
