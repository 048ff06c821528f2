"""The files of the law: sound, sourced, and refused where they are not."""

from __future__ import annotations

import shutil
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from pipelines.errors import TaxonomyError
from pipelines.law.model import Deadline, Tier
from pipelines.law.rulebook import load_rulebook, read_rulebook

BOOK = load_rulebook()
RULES: list[Tier | Deadline] = [*BOOK.tiers, *BOOK.deadlines]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with as_file(files("pipelines.taxonomy").joinpath("law")) as law:
        return Path(shutil.copytree(law, tmp_path / "law"))


def test_every_rule_has_name_source_and_standing() -> None:
    for rule in RULES:
        for version in rule.versions:
            text = version.rule.text
            assert text.label.zh, rule.code
            assert text.label.en, rule.code
            assert text.source, rule.code
            assert version.rule.standing in ("read", "from_memory", "older_text", "not_seen")


def test_what_is_from_memory_is_never_shown_as_read() -> None:
    by_code = {deadline.code: deadline for deadline in BOOK.deadlines}

    assert by_code["department_mediation"].versions[0].rule.standing == "from_memory"
    assert by_code["payment_complaint_reply"].versions[0].rule.standing == "from_memory"
    assert by_code["mediation"].versions[-1].rule.standing == "not_seen"


def test_consent_and_representatives_come_only_from_people() -> None:
    assert BOOK.facts["consent"].told_by == "people"
    assert BOOK.facts["representatives_elected"].told_by == "people"


def test_the_superseded_rule_ends_the_day_before_the_new_one() -> None:
    (joint,) = (tier for tier in BOOK.tiers if tier.code == "joint")

    older, newer = (version.rule.text for version in joint.versions[-2:])

    assert (older.last_day, newer.first_day) == (date(2026, 4, 14), date(2026, 4, 15))


@pytest.mark.parametrize(
    ("name", "right", "wrong", "fault"),
    [
        ("tiers", "text: market_complaints_2022}", "text: no_such_text}", "no_such_text"),
        ("tiers", "sharing: [same_kind]", "sharing: [same_colour]", "same_colour"),
        ("tiers", "columns: [consent", "columns: [assent", "assent"),
        ("tiers", "people_at_least: 10", "people_at_most: 10", "people_at_most"),
        ("tiers", "- code: numerous", "- code: joint", "found 'joint' twice"),
        ("deadlines", "starts: deal_ended", "starts: deal_done", "deal_done"),
        ("deadlines", "unit: weeks", "unit: fortnights", "unit"),
        ("deadlines", "amount: 8, unit: weeks", "amount: 8", "amount with unit"),
        (
            "deadlines",
            "amount: 15, unit: working_days}\n  v",
            "amount: 15, unit: days}\n  v",
            "ext",
        ),
        ("deadlines", "month: 1, day: 31", "month: 2, day: 29", "day is out of range"),
        ("texts", "until: 2026-04-14", "until: 2026-04-15", "to end before"),
        ("texts", "  until: 2026-04-14\n", "", "to end before"),
        ("facts", "implied_by: [same_dispute]", "implied_by: [same_day]", "same_day"),
    ],
)
def test_a_fault_of_a_file_is_named(
    folder: Path, name: str, right: str, wrong: str, fault: str
) -> None:
    file = folder / f"{name}.yml"
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")

    with pytest.raises(TaxonomyError, match=fault):
        read_rulebook(folder)
