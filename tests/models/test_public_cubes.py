"""No filter and no difference of the public cubes gives a count of 1 to 4 away."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse.database import apply_schema, fill
from warehouse.statements import PACKAGE, read_statement

CUBES = ("code_totals", "merchant_codes", "merchant_code_months")
COUNTS = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["2026-01", "2026-02", "2026-03"])),
    st.integers(min_value=1, max_value=9),
    max_size=12,
)


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        apply_schema(connection, "codes", "marts")
        connection.execute("attach ':memory:' as build; use build")
        apply_schema(connection, "open")
        connection.execute("use memory")
        yield connection


def publish(
    database: duckdb.DuckDBPyConnection,
    counts: dict[tuple[str, str], int],
    *,
    source: str = "queue",
) -> dict[str, list[tuple[object, ...]]]:
    """Fill the cubes from so many complaints per merchant and month."""
    database.execute("delete from marts.complaints; delete from marts.complaint_codes")
    database.execute("delete from codes.sources")
    database.execute(
        "insert into codes.sources values "
        "('posts', '-', '-', true, '-', 0), ('queue', '-', '-', false, '-', 0)"
    )
    database.executemany(
        "insert into marts.complaints by name select $id as complaint_id, $source as source, "
        "$id as record_id, ($month || '-15')::date as event_date, $merchant as merchant_key, "
        "$merchant as merchant_name, 'named' as identity, 'complaint' as kind, 'zh' as language, "
        "'unknown' as outcome, '-' as redacted_text, 0 as title_length, [] as evidence, "
        "false as is_copy, 1 as version_count",
        [
            {
                "id": f"{merchant}{month}{number}",
                "source": source,
                "month": month,
                "merchant": merchant,
            }
            for (merchant, month), count in counts.items()
            for number in range(count)
        ]
        or [{"id": "-", "source": "posts", "month": "2026-01", "merchant": "z"}],
    )
    database.execute(
        "insert into marts.complaint_codes select complaint_id, 'pattern', 'refund_refused', true, "
        "'rule', 1, [] from marts.complaints"
    )
    for cube in CUBES:
        database.execute(f"delete from build.open.{cube}")
        fill(database, f"build.open.{cube}", read_statement(PACKAGE / f"models/open/{cube}.sql"))
    return {cube: database.execute(f"from build.open.{cube}").fetchall() for cube in CUBES}


@given(counts=COUNTS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_small_count_is_shown_and_none_follows_by_subtraction(
    database: duckdb.DuckDBPyConnection, counts: dict[tuple[str, str], int]
) -> None:
    cubes = publish(database, counts)
    total = sum(counts.values())
    of_merchant: Counter[str] = Counter()
    for (merchant, _), count in counts.items():
        of_merchant[merchant] += count

    shown_totals = [row[2] for row in cubes["code_totals"]]
    shown_merchants = {row[0]: row[4] for row in cubes["merchant_codes"] if not row[5]}
    shown_months: dict[object, dict[object, object]] = defaultdict(dict)
    for merchant, _, _, month, count, is_suppressed in cubes["merchant_code_months"]:
        if not is_suppressed:
            shown_months[merchant][str(month)[:7]] = count

    shown = [*shown_totals, *shown_merchants.values()]
    shown += [count for months in shown_months.values() for count in months.values()]
    assert all(count is None or int(str(count)) >= 5 for count in shown)
    if total >= 5:
        hidden = [key for key in of_merchant if key not in shown_merchants]
        assert len(hidden) != 1
        assert not hidden or sum(of_merchant[key] for key in hidden) >= 5
    for merchant, count in shown_merchants.items():
        hidden = [
            month
            for (owner, month) in counts
            if owner == merchant and month not in shown_months[merchant]
        ]
        assert len(hidden) != 1
        assert not hidden or sum(counts[str(merchant), month] for month in hidden) >= 5
        assert of_merchant[str(merchant)] == count


def test_the_months_of_a_withheld_total_are_not_there(
    database: duckdb.DuckDBPyConnection,
) -> None:
    cubes = publish(database, {("a", "2026-01"): 6, ("b", "2026-01"): 3, ("c", "2026-01"): 9})

    assert [row[0] for row in cubes["merchant_codes"]] == ["c"]
    assert {row[0] for row in cubes["merchant_code_months"]} == {"c"}


def test_public_sources_are_not_in_the_cubes(database: duckdb.DuckDBPyConnection) -> None:
    counts = {(merchant, "2026-01"): 9 for merchant in "abc"}

    cubes = publish(database, counts, source="posts")

    assert all(rows == [] for rows in cubes.values())


def test_large_counts_are_shown_as_they_are(database: duckdb.DuckDBPyConnection) -> None:
    counts = dict.fromkeys(product("ab", ("2026-01", "2026-02")), 7)

    cubes = publish(database, counts)

    assert [row[2] for row in cubes["code_totals"]] == [28]
    assert sorted(row[4] for row in cubes["merchant_codes"]) == [14, 14]
    assert [row[4] for row in cubes["merchant_code_months"]] == [7, 7, 7, 7]
