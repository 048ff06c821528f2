"""Invented people who complain of one matter, and what of it a source holds.

Who they are is known here, so that a count of them can be held against the truth. Each has one
account per source, and tells in words of his own, but for those who copy a letter, and for those
who write to order: these have as many accounts as they like.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.witness_scene import Told

WORDS_EACH = 5
LETTER = frozenset({60, 61, 62})
RALLY = frozenset({55, 56, 57, 58, 59})
MOST_PEOPLE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The complaints of one group, and how many people are behind them."""

    rows: tuple[Told, ...]
    people: int


@st.composite
def _of_person(draw: st.DrawFn, number: int) -> list[Told]:
    """Give all that one person wrote: at least one complaint of his own."""
    words = frozenset(range(number * WORDS_EACH, (number + 1) * WORDS_EACH))
    region, loss = draw(st.sampled_from([-1, number])), draw(st.sampled_from([-1, number]))
    day = draw(st.none() | st.integers(0, 20))
    own = (f"phone {number}",) if draw(st.booleans()) else ()
    first = Told(author=number, region=region, loss=loss, day=day, links=own, words=words)
    rows = [first]
    for kind in draw(st.lists(st.sampled_from(["again", "elsewhere", "nameless", "linked"]))):
        if kind == "again":  # the same account, in other words
            rows.append(Told(author=number, day=draw(st.integers(0, 300)), links=own))
        elif kind == "elsewhere":  # a cross-post under the account that he has there
            rows.append(
                Told(source=1, author=100 + number, region=region, loss=loss, day=day, words=words)
            )
        elif kind == "nameless":
            rows.append(Told(source=2, region=region, loss=loss, day=day, words=words))
        elif own:
            rows.append(Told(source=2, links=own, day=draw(st.integers(0, 300))))
    if draw(st.booleans()):  # he also sends the letter that others send
        rows.append(Told(author=number, copy_group=0, words=LETTER, day=draw(st.integers(0, 6))))
    return rows


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Give a group: people of their own, a letter, a brigade, and what is told of others."""
    people = draw(st.integers(1, MOST_PEOPLE))
    rows = [row for number in range(people) for row in draw(_of_person(number))]
    for number in range(draw(st.integers(0, 3))):  # the letter, from accounts that send it only
        rows.append(Told(author=40 + number, copy_group=0, words=LETTER, day=3))
        people += 1
    accounts = draw(st.sampled_from([0, 8, 12]))
    for number in range(accounts):  # one person with many accounts
        words = RALLY | {25 + number % 6}
        rows.append(Told(author=200 + number, brigade=0, words=words, day=number % 3))
    people += int(accounts > 0)
    for number in range(draw(st.integers(0, 2))):
        rows.append(Told(source=3, author=300 + number, is_doubtful=True, day=5))
        people += draw(st.integers(0, 1))  # of somebody who complains himself, or of another
    return Scene(rows=tuple(draw(st.permutations(rows))), people=people)
