"""Pairs of names in doubt are found, asked once, and never of two merchants that are known."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pytest

from pipelines.respondents import resolve_names
from pipelines.respondents.judgements import NameJudgement
from pipelines.respondents.unsure import unsure_names
from pipelines.taxonomy import load_taxonomy


def pairs(counts: Mapping[str, int], *judged: NameJudgement) -> list[tuple[str, str, str]]:
    """Give the pairs in doubt among names, with what speaks for one merchant."""
    taxonomy = load_taxonomy()
    names = resolve_names(pa.table({"raw": list(counts)}), taxonomy, pairs=judged)
    found = unsure_names(names, counts, taxonomy.merchants, judged).to_pylist()
    return [(row["one"], row["other"], row["doubt"]) for row in found]


@pytest.mark.parametrize(
    ("one", "other", "doubt"),
    [
        ("Quillfern", "Quillfern Parcel", "holds"),
        ("Orvell Tamsin Kestrel Board", "OTKB", "initials"),
        ("霁川优选", "霁川优选超市", "holds"),
    ],
)
def test_names_that_share_something_telling_are_asked_about(
    one: str, other: str, doubt: str
) -> None:
    found = pairs({one: 5, other: 2, "青麓小铺": 9})

    assert found == [(other, one, doubt)]


def test_names_that_share_nothing_and_known_merchants_are_not_asked_about() -> None:
    assert pairs({"支付宝": 9, "蚂蚁集团": 3, "霁川优选": 4, "Quillfern": 2}) == []


@pytest.mark.parametrize("is_same", [True, False])
def test_a_pair_that_somebody_judged_is_not_asked_about_again(is_same: bool) -> None:
    judged = NameJudgement(one="Quillfern", other="Quillfern Parcel", is_same=is_same)

    assert pairs({"Quillfern": 5, "Quillfern Parcel": 2}, judged) == []


def test_what_moves_most_complaints_comes_first_whatever_the_order() -> None:
    counts = {"Quillfern": 5, "Quillfern Parcel": 2, "Brandmoor": 9, "Brandmoor Parcel": 7}

    found = pairs(counts)

    assert [one for one, _, _ in found] == ["Brandmoor Parcel", "Quillfern Parcel"]
    assert pairs(dict(reversed(counts.items()))) == found


def test_a_beginning_that_many_names_share_is_a_word() -> None:
    counts = {"Quillfern": 5} | {
        f"Quillfern {word}": 2 for word in ["Abel", "Bryn", "Cove", "Dale", "Elm", "Fen"]
    }

    assert [pair for pair in pairs(counts) if pair[2] == "holds"] == []
