"""Real events planted elsewhere: cut out of their series, as strong as asked for, and found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.lab.transplants import EVENTS, Companies, read_companies, transplant
from pipelines.detect.cadence import Cadence

FIRST = (2012 - 1970) * 12


def companies(spare: int = 8, months: int = 96) -> Companies:
    """Give quiet counts of the companies with events, and of some more; the events are in."""
    rng = np.random.default_rng(3)
    names = [(company, credit) for company, credit, _ in EVENTS]
    names += [(f"company {number}", "false") for number in range(spare)]
    count = rng.poisson(40.0, (len(names), months)).astype(float)
    for row, (_, _, month) in enumerate(EVENTS):
        start = (int(month[:4]) - 2012) * 12 + int(month[5:7]) - 1
        count[row, start : start + 3] += [200, 120, 60]
    return Companies(names=tuple(names), count=count, cadence=Cadence(kind="month", first=FIRST))


def test_an_event_far_above_the_usual_is_found_and_a_stronger_one_no_less() -> None:
    found = {each.method: each.found for each in transplant(companies())}

    assert found["default (sector)"][-1] >= 0.95
    assert found["EARS C1"][-1] >= 0.95
    assert all(shares == tuple(sorted(shares)) for shares in found.values())


def test_counts_that_are_not_at_hand_are_none(tmp_path: Path) -> None:
    assert read_companies(tmp_path / "nothing.csv") is None


def test_months_of_one_company_are_summed_and_missing_ones_between_are_zero(
    tmp_path: Path,
) -> None:
    file = tmp_path / "counts.csv"
    file.write_text(
        "month,ticker,company,credit_reporting,n\n"
        "2015-01,A,Acme,false,3\n2015-01,B,Acme,false,2\n2015-03,A,Acme,false,7\n"
        "2015-02,C,Other,true,1\n"
    )

    read = read_companies(file)

    assert read is not None
    assert read.names == (("Acme", "false"), ("Other", "true"))
    assert read.count[0].tolist() == [5, 0, 7]
    assert read.count[1] == pytest.approx([np.nan, 1, np.nan], nan_ok=True)
