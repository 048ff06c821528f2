"""Which weeks are covered and what is counted in them: a day nobody covers is missing, not zero."""

from __future__ import annotations

import pytest

from pipelines.detect.coverage import Coverage
from pipelines.detect.weekly import ALL_CODES, count_weeks
from tests.week_scene import MONDAY, Row, covering, dated, day, declared


def complaint(number: int, *codes: int, merchant: str = "acme", source: str = "posts") -> Row:
    return merchant, source, day(number), codes


def weekly(coverage: Coverage, *rows: Row) -> dict[int, list[float | None]]:
    """Give the counts of the first merchant by code; None in a week that is not covered."""
    found = count_weeks(dated(*rows), coverage)
    return {
        int(found.code[row]): [
            float(count) if is_covered else None
            for count, is_covered in zip(found.count[row], found.is_covered[row], strict=True)
        ]
        for row in range(len(found.code))
        if found.merchant[row] == 0
    }


def test_without_declarations_there_is_no_coverage() -> None:
    assert declared() is None


def test_a_declaration_for_a_name_nobody_knows_covers_nobody() -> None:
    assert declared(("posts", "Nobody Ltd", None, day(0), day(6))) is None


def test_both_ends_of_a_period_are_covered() -> None:
    coverage = declared(
        ("posts", None, None, day(2), day(4)), ("posts", None, None, day(8), day(8))
    )

    assert coverage is not None
    marks = coverage.covered_days("posts", "acme").tolist()
    assert marks == [True, True, True, False, False, False, True]


def test_a_period_of_one_merchant_or_source_covers_no_other() -> None:
    coverage = declared(("posts", "Acme", "acme", day(0), day(6)))

    assert coverage is not None
    assert coverage.covered_days("posts", "acme").all()
    assert not coverage.covered_days("posts", "other").any()
    assert not coverage.covered_days("news", "acme").any()


def test_complaints_are_counted_by_week_once_in_all_and_once_per_code() -> None:
    rows = complaint(0, 3), complaint(6, 3, 4), complaint(7)

    assert weekly(covering(3), *rows) == {ALL_CODES: [2, 1, 0], 3: [2, 0, 0], 4: [1, 0, 0]}


def test_a_week_with_one_day_missing_is_missing() -> None:
    coverage = declared(
        ("posts", None, None, day(0), day(9)), ("posts", None, None, day(11), day(20))
    )

    assert coverage is not None
    assert weekly(coverage, complaint(8), complaint(14)) == {ALL_CODES: [0, None, 1]}


def test_a_week_counts_where_every_source_that_declares_covers_it() -> None:
    coverage = declared(
        ("posts", None, None, day(0), day(20)), ("news", None, None, day(7), day(20))
    )

    assert coverage is not None
    rows = complaint(1), complaint(8), complaint(9, source="news")
    assert weekly(coverage, *rows) == {ALL_CODES: [None, 2, 0]}


def test_complaints_of_a_source_that_declares_nothing_are_not_counted() -> None:
    assert weekly(covering(1), complaint(1), complaint(2, source="news")) == {ALL_CODES: [1]}


@pytest.mark.parametrize("outside", [-1, 7, 400])
def test_complaints_outside_the_period_are_not_counted(outside: int) -> None:
    assert weekly(covering(1), complaint(1), complaint(outside)) == {ALL_CODES: [1]}


def test_the_order_of_complaints_changes_no_count() -> None:
    rows = [complaint(number % 21, number % 3) for number in range(40)]

    assert weekly(covering(3), *rows) == weekly(covering(3), *reversed(rows))


def test_weeks_begin_on_monday() -> None:
    coverage = declared(("posts", None, None, day(-3), day(6)))

    assert coverage is not None
    assert MONDAY.isoweekday() == 1
    assert weekly(coverage, complaint(0)) == {ALL_CODES: [None, 1]}
