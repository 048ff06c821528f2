"""What `surveil` flags in real counts; skipped, loudly, where these are not at hand."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.commands.surveil import surveil_command

pytestmark = pytest.mark.data


def flagged(lines: Iterable[str]) -> list[dict[str, str]]:
    given = "series_id,date,count\n" + "".join(f"{line}\n" for line in lines)
    result = CliRunner().invoke(surveil_command, [], input=given, catch_exceptions=False)
    assert result.exit_code == 0
    return list(csv.DictReader(io.StringIO(result.stdout)))


def months_between(first: str, last: str) -> list[str]:
    (year, month), (to_year, to_month) = (map(int, text.split("-")) for text in (first, last))
    numbers = range(12 * year + month - 1, 12 * to_year + to_month)
    return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]


@pytest.fixture(scope="module")
def monthly(shared_data: Path) -> list[dict[str, str]]:
    """The monthly counts of 41 companies to 2019, months between first and last filled with 0."""
    series: dict[str, dict[str, int]] = {}
    with (shared_data / "cfpb" / "monthly_company_counts_to_2019.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            name = "/".join((row["ticker"], row["company"], row["credit_reporting"]))
            series.setdefault(f'"{name}"', {})[row["month"]] = int(row["n"])
    return flagged(
        f"{name},{month},{counts.get(month, 0)}"
        for name, counts in series.items()
        for month in months_between(min(counts), max(counts))
    )


@pytest.mark.parametrize(
    ("company", "months"),
    [
        ("WFC/WELLS FARGO/false", {"2016-09"}),
        ("NAVI/Navient/false", {"2017-01"}),
        ("EFX/EQUIFAX/true", {"2017-09"}),
        ("COIN/Coinbase/false", {"2017-12", "2018-01"}),
    ],
)
def test_known_events_are_flagged_in_their_month(
    monthly: list[dict[str, str]], company: str, months: set[str]
) -> None:
    rows = [row for row in monthly if row["series_id"] == company]

    assert {row["date"] for row in rows if row["alarm"] == "true"} & months


def test_alarms_on_months_of_many_companies_are_few(monthly: list[dict[str, str]]) -> None:
    tested = [row for row in monthly if row["score"]]

    share = sum(row["alarm"] == "true" for row in tested) / len(tested)

    assert len(tested) > 4000
    assert share < 0.05


def test_quiet_weeks_of_a_bank_alarm_within_the_stated_band(shared_data: Path) -> None:
    """Bank of America, product x issue, 2017-05 to 2020-06; quiet: 2018-05 to 2020-02."""
    first, last = date(2017, 5, 1), date(2020, 6, 28)
    counts: Counter[tuple[str, int]] = Counter()
    with gzip.open(shared_data / "cfpb" / "complaints.csv.gz", "rt", newline="") as file:
        for row in csv.DictReader(file):
            if "BANK OF AMERICA" in row["Company"].upper():
                day = datetime.strptime(row["Date received"], "%m/%d/%y").date()  # noqa: DTZ007
                if first <= day <= last:
                    pair = f"{row['Product']} {row['Issue']}".replace(",", "").replace('"', "")
                    counts[pair, (day - first).days // 7] += 1
    weeks = (last - first).days // 7 + 1
    rows = flagged(
        f"{pair},{first + timedelta(weeks=week)},{counts[pair, week]}"
        for pair in sorted({pair for pair, _ in counts})
        for week in range(weeks)
    )

    quiet = [row for row in rows if row["score"] and "2018-05-01" <= row["date"] < "2020-03-01"]
    share = sum(row["alarm"] == "true" for row in quiet) / len(quiet)

    stated = sum(float(row["false_alarm_rate"]) for row in quiet) / len(quiet)
    assert len(quiet) > 5000
    assert share <= 2 * stated
