"""Every page on a filled, an empty and an absent build, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.views import worklist
from tests.dashboards.conftest import HOSTILE, Open
from warehouse.home import Home
from warehouse.read import open_reader

PAGES = ("worklist", "candidate", "complaint", "trends", "health")


def html(app: AppTest) -> str:
    """Give all HTML that the page shows."""
    return "\n".join(element.proto.body for element in app.get("html"))


def first_candidate(home: Path) -> dict[str, object]:
    with open_reader(Home(home), "internal") as reader:
        rows: list[dict[str, object]] = reader.query("candidates", limit=1, offset=0).to_pylist()
    return rows[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_a_filled_build(
    filled_home: Path, open_page: Open, page: str, lang: str
) -> None:
    identity = {
        "candidate": str(first_candidate(filled_home)["candidate_id"]),
        "complaint": "posts:p0",
    }

    app = open_page(filled_home, page, lang=lang, id=identity.get(page, ""))

    assert not app.exception
    assert app.title


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_an_empty_build(
    empty_build_home: Path, open_page: Open, page: str
) -> None:
    app = open_page(empty_build_home, page, id="c-0")

    assert not app.exception
    assert len(html(app)) > 200


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_to_do_before_the_first_build(
    tmp_path: Path, open_page: Open, page: str
) -> None:
    app = open_page(tmp_path, page)

    assert not app.exception
    assert "zhongsu --home" in html(app)


def test_the_worklist_gives_the_reason_and_the_people(filled_home: Path, open_page: Open) -> None:
    candidate = first_candidate(filled_home)

    shown = html(open_page(filled_home))

    assert str(candidate["merchant_name"]) in shown
    assert str(candidate["reason_zh"]) in shown
    assert f"{candidate['complainants_possible']} 人" in shown


def test_a_filter_that_nothing_matches_says_how_to_go_on(
    filled_home: Path, open_page: Open
) -> None:
    app = open_page(filled_home, text="没有这样的商家")

    assert "没有符合筛选的线索" in html(app)
    assert [button.label for button in app.button if "清除" in button.label]


def test_the_candidate_page_marks_passages_and_links_the_whole_texts(
    filled_home: Path, open_page: Open
) -> None:
    candidate = first_candidate(filled_home)

    shown = html(open_page(filled_home, "candidate", id=str(candidate["candidate_id"])))

    assert "<mark>" in shown
    assert "complaint?id=posts%3Ap0" in shown


@pytest.mark.parametrize("page", ["candidate", "complaint"])
def test_text_of_complaints_is_never_markup(filled_home: Path, open_page: Open, page: str) -> None:
    identity = (
        str(first_candidate(filled_home)["candidate_id"]) if page == "candidate" else "posts:p3"
    )

    shown = html(open_page(filled_home, page, id=identity))

    assert HOSTILE[:8] == "<script>"
    assert "<script" not in shown
    assert "<img" not in shown
    assert "&lt;script&gt;" in shown or page == "candidate"


def test_a_new_build_is_noticed_at_the_next_rerun(
    filled_home: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.run import run
    from flows.settings import FlowSettings
    from pipelines import reading

    app = open_page(filled_home)
    before = html(app)
    monkeypatch.setattr(reading, "STEP_VERSION", "another")
    monkeypatch.setattr("flows.run.STEP_VERSION", "another")
    build_id = run(FlowSettings(home=filled_home, workers=1)).run.build_id

    after = html(app.run())

    assert str(build_id) not in before
    assert str(build_id) in after


def test_pages_are_bounded_whatever_the_build_holds() -> None:
    assert worklist.PAGE_ROWS <= 50
