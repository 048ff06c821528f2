"""Tiers and deadlines as an analyst sees them: on the card and beside the candidate."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.components import deadlines, tiers
from dashboards.components.marks import next_deadline, rule_line, state_mark
from dashboards.data import Source
from dashboards.words import Words
from tests.dashboards.conftest import Open

ZH, EN = Words("zh"), Words("en")
STYLE = Path(tiers.__file__).parents[1] / "style.css"
MEASURES = {
    "name_zh": "办法",
    "name_en": "Measures",
    "article": "11",
    "jurisdiction": "CN",
    "first_day": date(2022, 11, 1),
    "last_day": date(2026, 4, 14),
}
UNFILTERED = {
    "merchant_key": None,
    "issue_code": None,
    "region": None,
    "since": None,
    "text": None,
    "sort": "score",
    "hidden_ids": [],
    "only_ids": None,
}
STATED = {
    "role": "tier",
    "label_zh": "共同投诉",
    "label_en": "joint complaint",
    "state": "met",
    "why_zh": "9人，需2人：已满足",
    "why_en": "9 people count, 2 needed: met",
    "as_of_date": date(2026, 5, 1),
    "tier_code": "joint",
    "rule": {**MEASURES, "name_en": "New measures", "article": None, "last_day": None},
    "older_rule": MEASURES,
    "notes_zh": ["2022年规定，已被取代；新文本未见"],
    "notes_en": ["rule of 2022, superseded; new text not seen"],
    "beside": [{"label_zh": "同意", "label_en": "consent", "state": "unknown"}],
    "supporters": 9,
}
DUE: dict[str, Any] = {
    "start_date": date(2026, 3, 6),
    "due_date": date(2026, 4, 5),
    "due_not_before_date": date(2026, 4, 5),
    "due_not_after_date": None,
    "due_by_older_rule_date": None,
    "days_left": 20,
    "days_over": None,
    "elapsed_days": 10,
    "elapsed_working_days": 6,
    "notes_zh": [],
    "notes_en": [],
}
CLOCK: dict[str, Any] = {
    "deadline_code": "promised_refund",
    "label_zh": "承诺退款",
    "label_en": "promised refund",
    "owed_by_zh": "商家",
    "owed_by_en": "merchant",
    "amount": 30,
    "unit": "days",
    "rule": None,
    "older_rule": None,
    "as_of_date": date(2026, 3, 16),
    "state": "running",
    "is_done": False,
    "clocks": 3,
    "first_due": DUE,
}


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def test_the_three_states_are_drawn_apart_and_named() -> None:
    marks = {state: state_mark(EN, state) for state in ("met", "not_met", "unknown")}
    style = STYLE.read_text(encoding="utf-8")
    drawn = [re.search(rf"\.zs-state-{state} {{(.*?)}}", style) for state in marks]

    assert [mark.partition("</i>")[2] for mark in marks.values()] == [
        "met</b>",
        "not met</b>",
        "unknown</b>",
    ]
    assert len({found.group(1) for found in drawn if found}) == 3


def test_a_card_has_the_three_tiers_in_one_line(filled_home: Path, open_page: Open) -> None:
    for lang, first, last in (("zh", "共同投诉", "未知"), ("en", "Joint complaint", "unknown")):
        shown = html(open_page(filled_home, "worklist", lang=lang))

        lines = re.findall(r'<div class="zs-facts zs-tiers">(.*?)</div>', shown)
        assert len(lines) == 9
        assert all(line.count("zs-state ") == 3 for line in lines)
        assert first in lines[0]
        assert last in lines[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_candidate_shows_each_tier_with_sentence_rule_and_a_members_words(
    filled_home: Path, open_page: Open, lang: str
) -> None:
    app = open_page(filled_home, "candidate", lang=lang, id=best(filled_home))

    shown = html(app)
    assert not app.exception
    assert shown.count('class="zs-tier"') >= 9
    told = {
        "zh": [
            "人，需2人：已满足",
            "第75条",
            "2022年11月1日至2026年4月14日施行",
            "投诉人同意共同投诉",
        ],
        "en": [" needed: met", "article 75", "in force 1 Nov 2022 to 14 Apr 2026", "Complainants"],
    }
    for words in told[lang]:
        assert words in shown
    assert 'class="zs-tier-said"' in shown
    assert "<mark>" in shown.partition('class="zs-tier-said"')[2][:600]


def test_the_worklist_can_be_held_to_a_tier_that_is_met(filled_home: Path, open_page: Open) -> None:
    source = Source(filled_home, (filled_home / "warehouse" / "CURRENT").read_text().strip())
    all_of_it = {**UNFILTERED, "limit": 99, "offset": 0}

    shown = html(open_page(filled_home, "worklist", tier="joint"))

    assert len(re.findall('class="zs-reason"', shown)) == 9
    for code in ("joint", "numerous", "public_interest"):
        every = source.rows("worklist", **all_of_it, tier=None)
        held = source.rows("worklist", **all_of_it, tier=code)
        assert [row["candidate_id"] for row in held] == [
            row["candidate_id"]
            for row in every
            if any(one["code"] == code and one["state"] == "met" for one in row["tiers"])
        ]


def test_a_candidate_shows_its_deadlines_and_those_that_nobody_can_know(
    filled_home: Path, open_page: Open
) -> None:
    shown = html(open_page(filled_home, "candidate", lang="en", id=best(filled_home)))

    assert re.search(r"\d+ running, the next due on .*?: \d+ days left", shown)
    assert "working days)" in shown
    assert "deadlines unknown, because their starting day is not stored" in shown
    assert "market regulator received the complaint" in shown


def best(home: Path) -> str:
    """Give the best candidate that a deadline runs for."""
    source = Source(home, (home / "warehouse" / "CURRENT").read_text().strip())
    rows = source.rows("worklist", **UNFILTERED, tier=None, limit=9, offset=0)
    return str(next(row["candidate_id"] for row in rows if row["deadline_next"]))


def test_a_superseded_rule_is_marked_and_the_older_wording_named() -> None:
    shown = tiers._tier(EN, dict(STATED))

    assert '<div class="zs-caveat">rule of 2022, superseded; new text not seen</div>' in shown
    assert "New measures · in force since 1 Nov 2022" in shown
    assert "by the wording of: Measures, article 11" in shown
    assert "Consent" in shown


def test_a_rule_is_cited_as_its_country_does() -> None:
    abroad = {**MEASURES, "jurisdiction": "US", "article": "23(a)", "first_day": None}

    assert rule_line(ZH, MEASURES) == "办法第11条 · 2022年11月1日至2026年4月14日施行"
    assert rule_line(ZH, abroad) == "办法，23(a) · 施行至2026年4月14日"
    assert rule_line(EN, {**abroad, "last_day": None, "article": None}) == "Measures"


@pytest.mark.parametrize(
    ("clock", "due", "told"),
    [
        ({}, {}, "3 running, the next due on 5 Apr 2026: 20 days left"),
        ({}, {"days_left": 0}, "due on 5 Apr 2026, that very day"),
        ({}, {"due_date": None, "days_left": None}, "due on 5 Apr 2026 at the earliest"),
        (
            {"state": "overdue"},
            {"days_left": None, "days_over": 4},
            "3 overdue, the longest since 5 Apr 2026: 4 days over",
        ),
        ({"state": "unknown"}, {"due_date": None, "start_date": None}, "3 unknown"),
        ({"state": "unknown", "is_done": True}, {}, "3 done"),
        ({"state": "met"}, {}, "took 10 days (6 working days)"),
        ({"state": "met_late"}, {"days_over": 1}, "3 done late"),
        ({"state": "lapsed"}, {"days_over": 1}, "3 lapsed, the first on 5 Apr 2026"),
        (
            {"state": "unknown"},
            {"due_not_after_date": date(2026, 4, 7)},
            "due on 7 Apr 2026 at the latest",
        ),
        ({}, {"due_by_older_rule_date": date(2026, 4, 7)}, "7 Apr 2026 by the rule before"),
        ({}, {"elapsed_working_days": None}, "began on 6 Mar 2026, 10 days ago<"),
    ],
)
def test_every_state_of_a_deadline_is_said_in_words(
    clock: dict[str, Any], due: dict[str, Any], told: str
) -> None:
    row = {**CLOCK, **clock, "first_due": {**DUE, **due}}

    assert told in deadlines._deadline(EN, [row])


def test_only_what_is_overdue_is_red() -> None:
    states = ("running", "overdue", "unknown", "lapsed", "met", "met_late")
    red = {
        state: "zs-failed" in deadlines._deadline(ZH, [{**CLOCK, "state": state}])
        for state in states
    }

    assert {state for state, is_red in red.items() if is_red} == {"overdue"}


def test_notes_of_one_state_stand_by_it_and_those_of_all_by_the_rule() -> None:
    noted = {**DUE, "notes_en": ["superseded", "the day is missing"]}
    common = {**DUE, "notes_en": ["superseded"]}

    shown = deadlines._deadline(
        EN, [{**CLOCK, "first_due": common}, {**CLOCK, "state": "unknown", "first_due": noted}]
    )

    assert shown.count("superseded") == 1
    assert '<div class="zs-caveat">superseded</div>' in shown
    assert "<div>the day is missing</div>" in shown


def test_the_next_deadline_of_an_unknown_year_names_the_earliest_day() -> None:
    due = {
        "due_date": None,
        "due_not_before_date": date(2027, 1, 5),
        "label_zh": "承诺退款",
        "days_left": None,
    }

    assert next_deadline(ZH, due) == "最近期限不早于 2027年1月5日：承诺退款"
