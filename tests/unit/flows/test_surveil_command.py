"""`zhongsu surveil`: a line out for every line in, in order; a bad line is named."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import numpy as np
import pytest
from click.testing import CliRunner, Result

from flows.commands.surveil import surveil_command
from flows.surveil import HEADER
from flows.surveil_rows import CountsRefusedError

MONDAY = date(2020, 1, 6)


def weekly(series: int = 6, weeks: int = 40, sector: str | None = None) -> list[str]:
    rng = np.random.default_rng(1)
    lines = ["series_id,date,count" + (",sector" if sector else "")]
    for number in range(series):
        for week, count in enumerate(rng.poisson(6, weeks).tolist()):
            day = MONDAY + timedelta(weeks=week)
            lines.append(f"shop-{number},{day},{count}" + (f",{sector}" if sector else ""))
    return lines


def invoke(given: str | bytes, *options: str) -> Result:
    return CliRunner().invoke(surveil_command, list(options), input=given, catch_exceptions=False)


def answers(lines: list[str], *options: str) -> list[dict[str, str]]:
    result = invoke("\n".join(lines) + "\n", *options)
    assert result.exit_code == 0
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_each_line_has_an_answer_in_its_place() -> None:
    lines = weekly()
    turned = [lines[0], *np.random.default_rng(2).permutation(lines[1:]).tolist()]

    rows = answers(turned)

    assert list(rows[0]) == list(HEADER)
    assert [f"{row['series_id']},{row['date']},{row['count']}" for row in rows] == turned[1:]
    in_order = dict(zip(lines[1:], answers(lines), strict=True))
    for line, row in zip(turned[1:], rows, strict=True):
        assert row["expected"][:4] == in_order[line]["expected"][:4]
        assert row["alarm"] == in_order[line]["alarm"]


def test_a_high_week_is_an_alarm_and_says_what_was_expected() -> None:
    lines = weekly()
    lines[40] = lines[40].rpartition(",")[0] + ",30"

    row = answers(lines)[39]

    assert row["alarm"] == "true"
    assert 4 < float(row["expected"]) < 9
    assert float(row["upper"]) < 30
    assert float(row["score"]) > 2.3
    assert row["model"] == "gamma_poisson_sector"
    assert 0 < float(row["false_alarm_rate"]) < 0.02


def test_an_empty_count_is_missing_and_an_absent_date_too() -> None:
    lines = weekly(series=1)
    empty = [*lines[:20], *(line.rpartition(",")[0] + "," for line in lines[20:30]), *lines[30:]]
    absent = lines[:20] + lines[30:]
    zero = [*lines[:20], *(line.rpartition(",")[0] + ",0" for line in lines[20:30]), *lines[30:]]

    last = [answers(each)[-1]["expected"] for each in (empty, absent, zero)]

    assert last[0] == last[1]
    assert float(last[2]) < float(last[0])
    row = answers(empty)[25]
    assert (row["count"], row["score"], row["alarm"]) == ("", "", "false")
    assert row["expected"]


def test_the_first_weeks_have_no_model() -> None:
    row = answers(weekly())[0]

    assert row["model"] == "none"
    assert [row[name] for name in ("expected", "upper", "score", "false_alarm_rate")] == [""] * 4
    assert row["alarm"] == "false"


def test_what_comes_later_changes_no_answer() -> None:
    lines = weekly(series=1, weeks=60)

    assert answers(lines)[:30] == answers(lines[:31])


def test_series_of_other_sectors_lend_nothing() -> None:
    alone = weekly(series=1, sector="cards")
    other = [line.replace("shop-", "bank-") for line in weekly(series=9, sector="banks")[1:]]

    assert answers(alone + other)[:40] == answers(alone)
    assert answers(alone)[20]["model"] == "gamma_poisson_alone"


def test_months_may_be_written_without_a_day() -> None:
    months = [f"{2015 + month // 12}-{month % 12 + 1:02}" for month in range(48)]
    short = [
        "series_id,date,count",
        *(f"a,{month},{7 + place % 3}" for place, month in enumerate(months)),
    ]
    long = [
        line.replace(month, month + "-01")
        for line, month in zip(short, ["-", *months], strict=True)
    ]

    rows, same = answers(short), answers(long)

    assert [row["upper"] for row in rows] == [row["upper"] for row in same]
    assert rows[-1]["date"] == "2018-12"


def test_a_week_that_is_not_over_is_not_tested() -> None:
    lines = weekly(series=2)
    sunday = MONDAY + timedelta(weeks=39, days=6)

    over, running = (
        answers(lines, "--known-until", str(day)) for day in (sunday, sunday - timedelta(days=1))
    )

    assert over[39]["model"] == "gamma_poisson_sector"
    assert running[39]["model"] == "none"
    assert running[:39] == over[:39]


@pytest.mark.parametrize("method", ["farrington", "ears_c1", "ears_c2", "ears_c3", "predictive"])
def test_each_method_answers_every_line(method: str) -> None:
    assert len(answers(weekly(weeks=130), "--method", method)) == 6 * 130


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "line 1: expected a header"),
        (["series,date,count"], "line 1: expected a header with series_id, date, count"),
        (["series_id,date,count,count"], "line 1: expected one column count; found 2"),
        (["series_id,date,count", "a,2020-01-06,3,4"], "line 2: expected 3 columns"),
        (["series_id,date,count", ",2020-01-06,3"], "line 2: expected a series_id"),
        (["series_id,date,count", "a,06/01/2020,3"], "line 2: expected a date such as"),
        (["series_id,date,count", "a,2020-02-30,3"], "line 2: expected a date such as"),
        (["series_id,date,count", "a,2020-01-06,3", "a,2020-01-13,-1"], "line 3: expected a whole"),
        (["series_id,date,count", "a,2020-01-06,2.5"], "line 2: expected a whole number"),
        (["series_id,date,count", "a,2020-01-06,nan"], "line 2: expected a whole number"),
        (["series_id,date,count", "a,2020-01-06,9999999999"], "line 2: expected a whole number"),
        (
            ["series_id,date,count", "a,2020-01-06,3", "b,2020-01-06,3", "a,2020-01-06,3"],
            "line 4: expected one count of a series for each week; found another in line 2",
        ),
        (
            ["series_id,date,count,sector", "a,2020-01-06,3,x", "a,2020-01-13,3,y"],
            "line 3: expected one sector for each series",
        ),
        (["series_id,date,count", 'a,2020-01-06,"3'], "line 2: expected a line of CSV"),
        (["series_id,date,count", "a\0,2020-01-06,3"], "line 2: expected text; found a NUL"),
    ],
)
def test_a_bad_line_is_refused_by_its_number(lines: list[str], message: str) -> None:
    with pytest.raises(CountsRefusedError) as refused:
        invoke("\n".join(lines))

    assert str(refused.value).startswith(message)


def test_bytes_that_are_no_text_and_endless_lines_are_refused() -> None:
    for bad in (b"a\xff,2020-01-06,3", b"a" * 100_000):
        with pytest.raises(CountsRefusedError, match=r"^line 2: expected"):
            invoke(b"series_id,date,count\n" + bad)


def test_dates_that_lie_far_off_are_refused_before_anything_is_made_of_them() -> None:
    lines = ["series_id,date,count"]
    lines += [
        f"s{number},{day},1"
        for number in range(200)
        for day in ("0900-01-01", "2020-01-06", "9000-01-03")
    ]

    with pytest.raises(CountsRefusedError, match="at most 50,000,000"):
        invoke("\n".join(lines))


def test_marks_of_other_systems_are_understood() -> None:
    plain = weekly(series=1)
    windows = "\ufeff" + "\r\n".join(plain).replace("series_id,date,count", "Count,Series_ID,Date")
    moved = [
        ",".join([line.split(",")[2], *line.split(",")[:2]]) for line in windows.split("\r\n")[1:]
    ]

    result = invoke("\r\n".join(["\ufeffCount,Series_ID,Date", *moved]))

    assert list(csv.DictReader(io.StringIO(result.stdout))) == answers(plain)
