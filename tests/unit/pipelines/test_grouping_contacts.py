"""Contacts that recur: whose they are, what they connect, and who is possible because of them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedupe import find_copies
from pipelines.grouping import GroupTables, group
from pipelines.grouping.contacts import QUOTED_SCHEMA
from pipelines.grouping.further import TOLD_SCHEMA
from tests.group_scene import COMMON_WORDS, COVERAGE, FEATURES, Post, background

EVENT = "voucher redeemed already turnstile refused"


def event(count: int = 6, merchant: str = "merchant3", day: int = 100) -> list[Post]:
    return [
        Post(
            name=f"{merchant}-{number}",
            words=f"{EVENT} {' '.join(COMMON_WORDS[number * 6 : number * 6 + 6])}",
            merchant=merchant,
            day=day + number,
            codes=("used_or_invalid_code",),
        )
        for number in range(count)
    ]


def stray(name: str, merchant: str | None, day: int | None = 103, author: str = "") -> Post:
    words = " ".join(COMMON_WORDS[10:20])
    return Post(name=name, words=words, merchant=merchant, day=day, author=author or None)


def quoted(names: list[str], key: str = "k", *, own: bool = False) -> list[dict[str, Any]]:
    return [
        {"complaint_id": f"posts:{name}", "kind": "wechat", "link_key": key, "is_own": own}
        for name in names
    ]


def grouped_with(
    posts: list[Post], quotes: list[dict[str, Any]], told: dict[str, int] | None = None
) -> GroupTables:
    features = pa.Table.from_pylist([post.row() for post in posts], schema=FEATURES)
    rows = [
        {"complaint_id": f"posts:{name}", "people": people, "span": [0, 9]}
        for name, people in (told or {}).items()
    ]
    return group(
        features,
        find_copies(features),
        COVERAGE.empty_table(),
        {},
        quoted=pa.Table.from_pylist(quotes, schema=QUOTED_SCHEMA),
        told=pa.Table.from_pylist(rows, schema=TOLD_SCHEMA),
    )


def of_merchant(tables: GroupTables, merchant: str = "merchant3") -> dict[str, Any]:
    rows = [row for row in tables.clusters.to_pylist() if row["merchant_key"] == merchant]
    (cluster,) = (row for row in rows if row["issue_code"] == "used_or_invalid_code")
    return dict(cluster)


def contacts(tables: GroupTables) -> list[tuple[str, int, int, int, int]]:
    names = ("role", "complaints", "nameless", "merchants", "people")
    return [tuple(row[name] for name in names) for row in tables.counterparties.to_pylist()]


def test_a_contact_in_complaints_against_several_merchants_is_a_counterpartys() -> None:
    posts = [*background(), *event(), stray("elsewhere", "merchant9")]
    tables = grouped_with(posts, quoted(["merchant3-0", "elsewhere"]))

    assert contacts(tables) == [("counterparty", 2, 0, 2, 2)]
    assert of_merchant(tables)["complainants_possible"] == 6  # a named one is no possible member


def test_who_names_nobody_and_quotes_the_contact_is_possible_and_never_certain() -> None:
    posts = [*background(), *event(), stray("elsewhere", "merchant9"), stray("nameless", None)]
    before = of_merchant(grouped_with(posts, []))
    after = grouped_with(posts, quoted(["merchant3-0", "merchant3-1", "elsewhere", "nameless"]))
    cluster = of_merchant(after)

    assert cluster["complainants_possible"] == before["complainants_possible"] + 1
    assert cluster["complainants_certain"] == before["complainants_certain"]
    (row,) = (one for one in after.further_people.to_pylist() if one["how"] == "contact")
    assert (row["complaint_id"], row["cluster_id"]) == ("posts:nameless", cluster["cluster_id"])
    assert "quotes the same contact" in cluster["reason_en"]
    assert "同一联系方式" in cluster["reason_zh"]


def test_a_respondents_own_contact_connects_only_who_names_nobody() -> None:
    posts = [*background(), *event(), stray("nameless", None)]
    members = [f"merchant3-{number}" for number in range(4)]

    assert contacts(grouped_with(posts, quoted(members))) == []
    with_nameless = grouped_with(posts, quoted([*members, "nameless"]))
    assert contacts(with_nameless) == [("respondent", 5, 1, 1, 5)]
    assert of_merchant(with_nameless)["complainants_possible"] == 7


@pytest.mark.parametrize(
    "quotes",
    [
        quoted(["merchant3-0", "nameless"], own=True),
        [*quoted(["merchant3-0", "nameless"]), *quoted(["usual0001"], own=True)],
        quoted(["nameless", "nameless again"]),
        quoted(["merchant3-0", "long ago"]),
    ],
    ids=["declared as own", "somebody's own elsewhere", "one person", "another season"],
)
def test_own_contacts_one_persons_and_those_of_another_season_add_nobody(
    quotes: list[dict[str, Any]],
) -> None:
    posts = [
        *background(),
        *event(),
        stray("nameless", None, author="one"),
        stray("nameless again", None, author="one"),
        stray("long ago", None, day=330),
    ]

    assert of_merchant(grouped_with(posts, quotes))["complainants_possible"] == 6


def test_a_hot_line_that_hundreds_quote_connects_nothing() -> None:
    posts = [*background(300), *event(), stray("nameless", None)]
    everybody = [f"usual{number:04}" for number in range(300)]

    tables = grouped_with(posts, quoted([*everybody, "merchant3-0", "nameless"]))

    assert contacts(tables) == []
    assert of_merchant(tables)["complainants_possible"] == 6


def test_a_member_who_names_nobody_elsewhere_is_not_counted_twice() -> None:
    posts = [*background(), *event(), stray("nameless", None, author="author of merchant3-2")]
    quotes = quoted(["merchant3-0", "nameless", "usual0003"])

    assert of_merchant(grouped_with(posts, quotes))["complainants_possible"] == 6


def test_no_row_holds_a_contact_or_its_key() -> None:
    posts = [*background(), *event(), stray("nameless", None)]
    tables = grouped_with(posts, quoted(["merchant3-0", "nameless", "usual0003"], key="f00dcafe"))

    assert tables.counterparties.num_rows == 1
    for table in (tables.counterparties, tables.counterparty_complaints, tables.further_people):
        assert "f00dcafe" not in str(table.to_pylist())


def test_who_is_told_of_is_possible_once_per_teller_and_text() -> None:
    posts = [*background(), *event()]
    before = of_merchant(grouped_with(posts, []))
    after = of_merchant(grouped_with(posts, [], {"merchant3-0": 1, "merchant3-4": 2}))

    assert after["complainants_possible"] == before["complainants_possible"] + 3
    assert after["complainants_certain"] == before["complainants_certain"]


def test_a_number_read_somewhere_adds_nobody() -> None:
    tables = grouped_with([*background(), *event()], [], {"merchant3-0": 6, "usual0001": 1})

    assert of_merchant(tables)["complainants_possible"] == 6
    assert tables.further_people.num_rows == 0


def test_one_person_who_tells_it_twice_tells_of_the_same_people() -> None:
    again = Post(
        name="again",
        words=f"{EVENT} {' '.join(COMMON_WORDS[40:45])}",
        merchant="merchant3",
        day=104,
        codes=("used_or_invalid_code",),
        author="author of merchant3-1",
    )
    posts = [*background(), *event(), again]
    cluster = of_merchant(grouped_with(posts, [], {"merchant3-1": 2, "again": 1}))

    assert cluster["complainants_possible"] == 6 + 2


@settings(max_examples=8, deadline=None)
@given(order=st.permutations(range(6)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    extra = [stray("nameless", None), stray("other", None), stray("elsewhere", "merchant9")]
    posts = [*background(60), *event(), *extra]
    quotes = [
        *quoted(["merchant3-0", "merchant3-1", "nameless", "elsewhere"]),
        *quoted(["merchant3-1", "other", "usual0003"], key="l"),
    ]
    shuffled = [quotes[place] for place in order] + quotes[6:]

    first, second = grouped_with(posts, quotes), grouped_with(posts[::-1], shuffled)

    assert first.further_people.equals(second.further_people)
    assert first.counterparties.equals(second.counterparties)
    assert first.clusters.equals(second.clusters)
