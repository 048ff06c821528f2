"""The report 003: one father, whatever he is called, and one complaint (T12)."""

from __future__ import annotations

import pytest

from tests.seeds.conftest import Analysed

pytestmark = pytest.mark.data


@pytest.mark.parametrize("kind", [None, "report"])
def test_there_is_one_case_with_one_complainant(kind: str | None, analysed: Analysed) -> None:
    result = analysed("003", kind)

    assert result["kind"] == "report"
    (case,) = result["cases"]
    assert case["complainant"]["label"].startswith("[PERSON_")
    assert case["complainant"]["role"] == "guardian"
    assert case["complainant"]["is_minor"] is True
    assert case["complainant"]["region"] == "Hebei"


def test_the_childs_spending_and_the_hosts_asking_are_alleged(analysed: Analysed) -> None:
    (case,) = analysed("003")["cases"]

    assert {"minor_spending", "induced_tipping"} <= {one["code"] for one in case["patterns"]}


def test_the_case_is_not_resolved(analysed: Analysed) -> None:
    (case,) = analysed("003")["cases"]

    assert case["outcome"] != "resolved"
