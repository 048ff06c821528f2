"""The tiers and deadlines of the sample's candidates, from the files to the worklist."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.worklist import print_worklist, read_worklist
from tests.dashboards.homes import fill_sample

Candidate = dict[str, Any]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def candidates(home: Path) -> list[Candidate]:
    return list(read_worklist(home, None))


def test_every_candidate_has_its_three_tiers_with_rule_and_sentence(
    candidates: list[Candidate],
) -> None:
    assert len(candidates) == 9
    for candidate in candidates:
        assert set(candidate["tiers"]) == {"joint", "numerous", "public_interest"}
        for tier in candidate["tiers"].values():
            assert tier["state"] in ("met", "not_met", "unknown")
            assert tier["why"]
            assert tier["why_en"]
            assert tier["rule"]["name_zh"]
            assert tier["rule"]["article"]
            assert tier["as_of_date"] == date(2026, 3, 16)


def test_a_tier_that_is_met_names_as_many_members_as_it_needs(
    candidates: list[Candidate],
) -> None:
    for candidate in candidates:
        ids = [member["id"] for member in candidate["members"]]
        for code, needed in (("joint", 2), ("numerous", 10)):
            tier = candidate["tiers"][code]
            supporters = [member["id"] for member in tier["members"]]
            assert set(supporters) <= set(ids)
            if tier["state"] == "met":
                assert len(supporters) >= needed
            if candidate["complainants_possible"] < needed:
                assert tier["state"] == "not_met"


def test_consent_and_representatives_are_unknown_until_people_say(
    candidates: list[Candidate],
) -> None:
    for candidate in candidates:
        beside = {one["code"]: one["state"] for one in candidate["tiers"]["joint"]["beside"]}
        assert beside == {"consent": "unknown", "representatives_elected": "unknown"}
        assert candidate["tiers"]["public_interest"]["state"] == "unknown"


def test_analogues_stand_apart_from_the_tiers(candidates: list[Candidate]) -> None:
    for candidate in candidates:
        roles = {one["code"]: one["role"] for one in candidate["analogues"]}
        assert roles["us_class_action"] == roles["uk_super_complaint"] == "analogue"
        assert roles["open_class"] == "flag"
        assert not set(roles) & set(candidate["tiers"])


def test_a_promise_of_a_reply_is_the_next_deadline(candidates: list[Candidate]) -> None:
    running = [one["deadline_next"] for one in candidates if one["deadline_next"]]

    assert running
    for due in running:
        assert (due["due_date"] - due["as_of_date"]).days == due["days_left"] >= 0
        assert due["start_date"] <= due["as_of_date"]
        assert due["calendar"] in ("calendar", "CN_working_days", "clock")


def test_the_table_shows_a_mark_for_each_tier(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    print_worklist(home, "table", 3)

    shown = capsys.readouterr().out
    assert "● joint" in shown
    assert "◌ public" in shown
    assert "○ numerous" in shown


def test_jsonl_carries_the_same(home: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    print_worklist(home, "jsonl", 1)

    (line,) = capfdbinary.readouterr().out.splitlines()
    candidate = json.loads(line)
    assert candidate["tiers"]["joint"]["rule"]["first_day"] == "2022-11-01"
    assert candidate["deadline_next"]["due_date"] == "2026-04-05"
