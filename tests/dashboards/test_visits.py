"""What changed since the last visit, whose candidates are whose, and what falls due first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from flows.run import run
from flows.settings import FlowSettings
from tests.dashboards.conftest import Open
from tests.dashboards.test_case_file import decide, identities, members_of
from tests.dashboards.test_views import html, links
from warehouse.builds import current_build_id
from warehouse.casework.ledger import Ledger
from warehouse.casework.visits import differences, last_seen
from warehouse.home import Home
from warehouse.read import open_reader


@pytest.fixture
def home(filled_home: Path, tmp_path: Path) -> Path:
    """A home of its own, as deciding writes."""
    return Path(shutil.copytree(filled_home, tmp_path / "home"))


def seen_by(app: AppTest, name: str) -> AppTest:
    """Let the browser session know who reads."""
    app.session_state["actor"] = name
    return app.run()


def listed(app: AppTest) -> list[str]:
    return [told["id"] for _, told in links(app, "candidate")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_changed_is_counted_from_the_build_that_was_marked_as_seen(
    home: Path, open_page: Open, lang: str
) -> None:
    one, *_ = identities(home)
    seen_by(open_page(home, lang=lang), "Li").button(key="visit_mark").click().run()
    (new,) = [
        line.split(": ")[1]
        for line in decide(home, one, "split", *members_of(home, one)[:3])
        if line.startswith("new candidate")
    ]
    run(FlowSettings(home=home, workers=1))

    app = seen_by(open_page(home, lang=lang), "Li")
    counts = {told["visit"]: label for label, told in links(app, "") if "visit" in told}

    assert not app.exception
    assert counts == {
        "new": {"zh": "新增 1", "en": "new 1"}[lang],
        "changed": {"zh": "变化 1", "en": "changed 1"}[lang],
    }
    assert listed(seen_by(open_page(home, lang=lang, visit="new"), "Li")) == [new]
    assert listed(seen_by(open_page(home, lang=lang, visit="changed"), "Li")) == [one]


def test_looking_notes_nothing_and_a_visit_makes_no_new_build(home: Path, open_page: Open) -> None:
    app = seen_by(open_page(home, lang="en"), "Li")
    with Ledger.open(Home(home)) as ledger:
        assert last_seen(ledger, "Li") is None
        before = ledger.position()

    app.button(key="visit_mark").click().run()

    with Ledger.open(Home(home)) as ledger:
        seen = last_seen(ledger, "Li")
        assert ledger.position() == before
        assert last_seen(ledger, "Wang") is None
    assert seen is not None
    assert seen.build_id == current_build_id(Home(home))
    assert run(FlowSettings(home=home, workers=1)).is_unchanged


def test_a_build_differs_in_nothing_from_itself(filled_home: Path) -> None:
    build_id = str(current_build_id(Home(filled_home)))

    with Ledger.open(Home(filled_home)) as ledger:
        found = differences(ledger, build_id, build_id)

    assert (found.new, found.changed, found.gone) == ((), (), ())


def test_a_name_with_markup_is_shown_as_it_is(home: Path, open_page: Open) -> None:
    app = seen_by(open_page(home, lang="en"), "<img src=x onerror=alert(1)>")

    assert not app.exception
    assert "<img" not in html(app)


def test_candidates_are_found_by_whom_they_are_assigned_to(home: Path, open_page: Open) -> None:
    one, other, *_ = identities(home)
    decide(home, one, "assign", "王芳")
    decide(home, other, "assign", "李明")

    assert listed(open_page(home, assignee="王芳")) == [one]
    assert len(listed(open_page(home, assignee="nobody"))) > 2


def test_the_next_deadline_comes_first_and_those_without_one_last(
    filled_home: Path, open_page: Open
) -> None:
    with open_reader(Home(filled_home), "internal") as reader:
        rows = reader.query("candidates", limit=100, offset=0).to_pylist()
    due = {
        row["candidate_id"]: row["deadline_next"]["due_date"]
        or row["deadline_next"]["due_not_before_date"]
        for row in rows
        if row["deadline_next"]
    }

    shown = listed(open_page(filled_home, sort="deadline"))

    assert due
    assert shown[: len(due)] == sorted(due, key=lambda each: (due[each], shown.index(each)))
