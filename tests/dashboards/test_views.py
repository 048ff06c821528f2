"""Every page on a filled, an empty and an absent build, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.views import worklist
from tests.dashboards.conftest import Open
from tests.dashboards.homes import HOSTILE_ID
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
        "complaint": f"posts:{HOSTILE_ID}",
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
    assert "complaint?id=posts%3Asample" in shown


@pytest.mark.parametrize("page", ["candidate", "complaint"])
def test_text_of_complaints_is_never_markup(filled_home: Path, open_page: Open, page: str) -> None:
    with open_reader(Home(filled_home), "internal") as reader:
        candidates = reader.query("candidates", limit=50, offset=0).to_pylist()
    holding = [
        str(candidate["candidate_id"])
        for candidate in candidates
        if any(member["id"] == HOSTILE_ID for member in candidate["members"])
    ]
    identity = holding[0] if page == "candidate" else f"posts:{HOSTILE_ID}"

    shown = html(open_page(filled_home, page, id=identity))

    assert "&lt;script&gt;" in shown
    assert "<script" not in shown
    assert "<img" not in shown


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("worklist", {"page": "abc"}),
        ("worklist", {"page": "99999999999999999999"}),
        ("worklist", {"page": "4711"}),
        ("worklist", {"since": "x", "merchant": "../..", "issue": "", "region": "月球"}),
        ("worklist", {"text": "%' or 1=1 --", "lang": "xx"}),
        ("trends", {"axis": "zzz"}),
        ("candidate", {"id": "../../etc/passwd"}),
        ("candidate", {"id": "{id}" * 500}),
        ("candidate", {}),
        ("complaint", {"id": "<b>"}),
    ],
)
def test_an_address_that_makes_no_sense_shows_a_designed_page(
    filled_home: Path, open_page: Open, page: str, address: dict[str, str]
) -> None:
    app = open_page(filled_home, page, **address)

    assert not app.exception
    assert len(html(app)) > 200


def test_a_page_beyond_the_last_says_so_and_leads_back(filled_home: Path, open_page: Open) -> None:
    app = open_page(filled_home)
    app.query_params["page"] = "9"
    beyond = app.run()

    assert "没有第 9 页" in html(beyond)

    back = beyond.button[-1].click().run()

    assert "zs-card" in html(back)


def test_members_beyond_the_last_page_are_said_to_be_missing(
    filled_home: Path, open_page: Open
) -> None:
    candidate = first_candidate(filled_home)

    app = open_page(filled_home, "candidate", id=str(candidate["candidate_id"]), members="77")

    assert not app.exception
    assert "没有这一页" in html(app)


def test_regions_are_named_in_the_language_of_the_page(filled_home: Path, open_page: Open) -> None:
    candidate = first_candidate(filled_home)
    region = candidate["regions"][0]["region"]  # type: ignore[index]
    identity = str(candidate["candidate_id"])

    chinese = html(open_page(filled_home, "candidate", id=identity))
    english = html(open_page(filled_home, "candidate", id=identity, lang="en"))

    assert region not in chinese
    assert region in english


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
