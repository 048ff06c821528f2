"""Deciding on the pages: a dialog asks for a reason, writes an event, and the pages show it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboards.conftest import Open
from tests.dashboards.test_views import first_candidate, html, links
from warehouse.casework.case_events import candidate_events
from warehouse.casework.cases import CaseEvent
from warehouse.casework.ledger import Ledger
from warehouse.home import Home


@pytest.fixture
def home(filled_home: Path, tmp_path: Path) -> Path:
    """A home of its own, as deciding writes."""
    return Path(shutil.copytree(filled_home, tmp_path / "home"))


def events(home: Path) -> tuple[CaseEvent, ...]:
    with Ledger.open(Home(home)) as ledger:
        return candidate_events(ledger)


def fill_in(app: AppTest, action: str, reason: str = "one matter", name: str = "Li") -> AppTest:
    """Fill in the dialog of an action and write the decision."""
    app.text_area(key=f"reason-{action}").set_value(reason)
    app.text_input(key=f"name-{action}").set_value(name)
    return app.button(key="write").click().run()


def opened(open_page: Open, home: Path, lang: str = "en") -> AppTest:
    candidate_id = str(first_candidate(home)["candidate_id"])
    return open_page(home, "candidate", lang=lang, id=candidate_id)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_candidate_is_confirmed_with_name_and_reason(
    home: Path, open_page: Open, lang: str
) -> None:
    app = opened(open_page, home, lang)
    app.button(key="decide_confirm").click().run()

    app = fill_in(app, "confirm")

    (event,) = events(home)
    assert (event.action, event.actor, event.reason) == ("confirm", "Li", "one matter")
    assert not app.exception
    told = {"zh": "已确认", "en": "Confirmed"}[lang]
    assert told in html(opened(open_page, home, lang))


def test_without_a_reason_nothing_is_written_and_the_dialog_says_so(
    home: Path, open_page: Open
) -> None:
    app = opened(open_page, home)
    app.button(key="decide_dismiss").click().run()

    app = fill_in(app, "dismiss", reason=" ")

    assert events(home) == ()
    assert "A reason is still missing." in html(app)


def test_a_dismissed_candidate_leaves_the_list_and_is_found_again(
    home: Path, open_page: Open
) -> None:
    candidate_id = str(first_candidate(home)["candidate_id"])
    app = opened(open_page, home)
    app.button(key="decide_dismiss").click().run()
    fill_in(app, "dismiss")

    def listed(**filters: str) -> set[str]:
        return {told["id"] for _, told in links(open_page(home, **filters), "candidate")}

    assert candidate_id not in listed()
    assert listed(status="dismissed") == {candidate_id}
    assert candidate_id in listed(status="all")
    assert candidate_id not in listed(status="open")


def test_a_member_is_taken_out_and_put_back(home: Path, open_page: Open) -> None:
    app = opened(open_page, home)
    out = next(button for button in app.button if str(button.key).startswith("exclude-member-"))
    complaint_id = str(out.key).removeprefix("exclude-member-")
    out.click().run()
    fill_in(app, "exclude")

    after = opened(open_page, home)
    assert [event.targets for event in events(home)] == [(complaint_id,)]
    assert "Excluded: not counted" in html(after)
    assert "1 excluded by people" in html(after)

    after.button(key=f"include-out-{complaint_id}").click().run()
    fill_in(after, "include")
    assert "excluded by people" not in html(opened(open_page, home))


def test_a_decision_is_undone_from_the_list_of_decisions(home: Path, open_page: Open) -> None:
    app = opened(open_page, home)
    app.button(key="decide_confirm").click().run()
    fill_in(app, "confirm")
    (event,) = events(home)

    app = opened(open_page, home)
    app.button(key=f"undo-{event.event_id}").click().run()
    fill_in(app, "undo", reason="too early")

    assert [each.action for each in events(home)] == ["confirm", "undo"]
    shown = html(opened(open_page, home))
    assert "nobody has decided yet" in shown
    assert "(undone)" in shown


def test_two_candidates_are_merged_and_the_other_leaves_the_list(
    home: Path, open_page: Open
) -> None:
    app = opened(open_page, home)
    app.button(key="decide_merge").click().run()
    choice = app.multiselect(key="targets-merge")
    other = choice.options[0].split("(")[-1].rstrip(")")
    choice.select(choice.options[0]).run()
    fill_in(app, "merge")

    (event,) = events(home)
    assert event.targets == (other,)
    assert other not in {told["id"] for _, told in links(open_page(home), "candidate")}
