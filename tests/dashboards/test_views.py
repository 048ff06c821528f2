"""Every page on a filled, an empty and an absent build, in both languages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.components import members
from dashboards.data import Source
from dashboards.views import complaint, worklist
from dashboards.words import load_words
from spiders.items import RejectReason
from spiders.sources import load_source, source_names
from tests.dashboards.conftest import Open
from tests.dashboards.homes import HOSTILE_ID, publish
from warehouse.builds import current_build_id
from warehouse.home import Home
from warehouse.read import open_reader
from warehouse.statements import PACKAGE

PAGES = ("worklist", "candidate", "complaint", "trends", "health", "review", "merchant", "campaign")


def html(app: AppTest) -> str:
    """Give all HTML that the page shows."""
    return "\n".join(element.proto.body for element in app.get("html"))


def links(app: AppTest, page: str) -> list[tuple[str, dict[str, str]]]:
    """Give the labels and parameters of the links to a page."""
    found = [element.proto for element in app.get("page_link")]
    return [
        (proto.label, dict(parse_qsl(proto.query_string))) for proto in found if proto.page == page
    ]


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
        "campaign": str(first_candidate(filled_home)["candidate_id"]),
        "complaint": f"posts:{HOSTILE_ID}",
    }

    app = open_page(filled_home, page, lang=lang, id=identity.get(page, ""), key="鹭汀卡盟")

    assert not app.exception
    assert "<h1>" in html(app)


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

    app = open_page(filled_home)
    shown = html(app)

    label, parameters = links(app, "candidate")[0]
    assert str(candidate["merchant_name"]) in label
    assert parameters == {"id": candidate["candidate_id"]}
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

    app = open_page(filled_home, "candidate", id=str(candidate["candidate_id"]))

    assert "<mark>" in html(app)
    assert all(parameters["id"].startswith("posts:") for _, parameters in links(app, "complaint"))
    assert len(links(app, "complaint")) >= candidate["complaints"]


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

    assert links(back, "candidate")


def test_members_beyond_the_last_page_are_said_to_be_missing(
    filled_home: Path, open_page: Open
) -> None:
    candidate = first_candidate(filled_home)

    app = open_page(filled_home, "candidate", id=str(candidate["candidate_id"]), members="77")

    assert not app.exception
    assert "没有这一页" in html(app)


def test_regions_are_named_in_the_language_of_the_page(filled_home: Path, open_page: Open) -> None:
    with open_reader(Home(filled_home), "internal") as reader:
        rows = reader.query("candidates", limit=100, offset=0).to_pylist()
    candidate = next(row for row in rows if row["regions"])
    region = candidate["regions"][0]["region"]
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


def test_a_candidate_is_never_more_than_all_complaints_of_its_kind(filled_home: Path) -> None:
    with open_reader(Home(filled_home), "internal") as reader:
        candidates = reader.query("candidates", limit=50, offset=0).to_pylist()
        weeks = [
            week
            for candidate in candidates
            if candidate["merchant_key"] and candidate["issue_axis"] != "topic"
            for week in reader.query(
                "candidate_weeks", candidate_id=candidate["candidate_id"]
            ).to_pylist()
            if week["members"]
        ]

    assert all(week["complaints"] >= max(week["members"], week["coded"] or 0) for week in weeks)
    assert all(week["complaints"] <= week["members"] + (week["coded"] or 0) for week in weeks)
    assert any(week["members"] > (week["coded"] or 0) for week in weeks)


def test_members_are_paged_without_gap_or_repeat(filled_home: Path) -> None:
    candidate = first_candidate(filled_home)

    with open_reader(Home(filled_home), "internal") as reader:
        pages = [
            reader.query(
                "candidate_members",
                candidate_id=candidate["candidate_id"],
                limit=3,
                offset=offset,
                near_limit=1,
            ).to_pylist()
            for offset in range(0, int(str(candidate["complaints"])), 3)
        ]

    members = [row["complaint_id"] for page in pages for row in page if row["is_member"]]
    assert len(members) == len(set(members)) == candidate["complaints"]
    assert all(row["matching_count"] == len(members) for row in pages[0] if row["is_member"])
    assert all(sum(not row["is_member"] for row in page) <= 1 for page in pages)


def test_pages_are_bounded_whatever_the_build_holds() -> None:
    assert worklist.PAGE_ROWS <= 50


def test_every_page_behind_the_worklist_leads_back_to_the_list_that_was_left(
    filled_home: Path, open_page: Open
) -> None:
    left = {"issue": "used_or_invalid_code", "text": "卡"}

    _, to_candidate = links(open_page(filled_home, **left), "candidate")[0]
    candidate = open_page(filled_home, "candidate", **to_candidate)
    _, to_complaint = links(candidate, "complaint")[0]
    _, to_candidate_again = links(open_page(filled_home, "complaint", **to_complaint), "candidate")[
        0
    ]

    assert to_candidate_again == to_candidate
    assert left in [parameters for _, parameters in links(candidate, "worklist")]


def test_a_complaint_leads_back_to_the_page_of_members_it_was_on(
    filled_home: Path, open_page: Open
) -> None:
    app = open_page(
        filled_home, "complaint", id=f"posts:{HOSTILE_ID}", candidate="c-1", members="3"
    )

    assert [parameters for _, parameters in links(app, "candidate")] == [
        {"id": "c-1", "members": "3"}
    ]


def test_another_filter_begins_at_the_first_page(filled_home: Path, open_page: Open) -> None:
    app = open_page(filled_home)
    app.query_params["page"] = "9"
    beyond = app.run()

    filtered = beyond.text_input(key="text").set_value("卡密").run()

    assert links(filtered, "candidate")
    assert "page" not in filtered.query_params


def test_filters_stay_when_the_language_changes(filled_home: Path, open_page: Open) -> None:
    app = open_page(filled_home, issue="used_or_invalid_code")
    before = [parameters["id"] for _, parameters in links(app, "candidate")]

    english = next(button for button in app.button if button.label == "English").click().run()

    after = [parameters["id"] for _, parameters in links(english, "candidate")]
    assert after == before
    assert len(after) < len(links(open_page(filled_home), "candidate"))


def test_reading_issues_are_shown_with_what_to_do(
    filled_home: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    issues = [
        {"step": "labels", "reason": "unmapped: <b>x</b>", "complaints": 3},
        {"step": "amounts", "reason": "ValueError: the step failed", "complaints": 1},
    ]
    counts = {"issue_count": 2, "troubled_count": 1}
    true_rows = Source.rows

    def rows(self: Source, query: str, **parameters: object) -> list[dict[str, object]]:
        if query == "issues":
            return [{**issue, **counts} for issue in issues]
        return true_rows(self, query, **parameters)

    monkeypatch.setattr(Source, "rows", rows)

    shown = html(open_page(filled_home, "health", lang="en"))

    assert "Labels of the source" in shown
    assert "The label “&lt;b&gt;x&lt;/b&gt;” has no code" in shown
    assert "The step failed (ValueError)" in shown
    assert "pipelines/taxonomy/labels" in shown
    assert "amounts" in shown
    assert "1 of 115 complaints were read in part only" in shown


def test_audits_that_may_find_something_in_a_published_build_are_told_in_both_languages() -> None:
    warnings = {
        file.stem
        for file in (PACKAGE / "audits").glob("*.sql")
        if "severity: warning" in file.read_text(encoding="utf-8")
    }

    assert warnings
    assert {f"audit_{name}" for name in warnings} <= set(load_words())


def test_without_reading_issues_the_page_says_that_all_was_read(
    filled_home: Path, open_page: Open
) -> None:
    shown = html(open_page(filled_home, "health", lang="en"))

    assert "None: every complaint was read in full" in shown
    assert "All 115 complaints were read in full" in shown


def test_rejected_records_are_told_in_the_headline_and_in_words(
    tmp_path: Path, open_page: Open
) -> None:
    posts = tmp_path / "posts.jsonl"
    bad = [
        '{"id":"1","text":""}',
        '{"id":"","text":"x"}',
        '{"id":',
        '{"id":"2","text":"no refund"}',
    ]
    posts.write_text("\n".join(bad), encoding="utf-8")
    home = publish(tmp_path / "home", posts)

    chinese = html(open_page(home, "health"))
    english = html(open_page(home, "health", lang="en"))

    assert "另有 3 条记录被拒收" in chinese
    assert "没有正文" in chinese
    assert "3 records were rejected" in english
    assert "The record has no id (empty_record_id)" in english
    assert "Not valid JSON (broken_json)" in english


def test_every_reason_to_reject_is_said_in_words() -> None:
    sources = map(load_source, source_names())
    mandatory = {f"empty_{name}" for source in sources for name in source.required_values}
    reasons = {*map(str, RejectReason), *mandatory}

    assert {f"reject_{reason}" for reason in reasons} <= set(load_words())


@pytest.mark.parametrize(("record", "reply"), [("036", "有回复"), ("035", "没有记录到回复")])
def test_a_complaint_shows_its_codes_by_axis_and_whether_it_was_answered(
    filled_home: Path, open_page: Open, record: str, reply: str
) -> None:
    identity = f"posts:sample-{record}"
    with open_reader(Home(filled_home), "internal") as reader:
        codes = reader.query("complaint_codes", complaint_id=identity).to_pylist()

    shown = html(open_page(filled_home, "complaint", id=identity))

    axes = {code["axis"] for code in codes if code["is_alleged"]}
    headings = [load_words()[f"axis_{axis}"]["zh"] for axis in complaint.AXES if axis in axes]
    assert len(headings) > 1
    assert re.findall("<h3>(.*?)</h3>", shown)[: len(headings)] == headings
    assert reply in shown


def test_every_axis_of_the_taxonomy_has_a_heading(filled_home: Path) -> None:
    with open_reader(Home(filled_home), "internal") as reader:
        axes = reader.connection.execute("select distinct axis from codes.entries").fetchall()

    assert axes
    assert {f"axis_{axis}" for (axis,) in axes} <= set(load_words())


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("newest", lambda row: (row["window_end"] is None, -row["window_end"].toordinal())),
        ("people", lambda row: -row["complainants_certain"]),
    ],
)
def test_the_worklist_can_be_ordered_otherwise_and_keeps_its_rank_for_ties(
    filled_home: Path, open_page: Open, sort: str, key: Callable[[dict[str, Any]], object]
) -> None:
    with open_reader(Home(filled_home), "internal") as reader:
        ranked = reader.query("candidates", limit=50, offset=0).to_pylist()
    expected = [row["candidate_id"] for row in sorted(ranked, key=key)]

    app = open_page(filled_home, sort=sort)

    shown = [parameters["id"] for _, parameters in links(app, "candidate")]
    assert shown == expected
    assert shown != [row["candidate_id"] for row in ranked]
    assert "左边的数字是按分数的名次" in html(app)


def test_an_order_is_carried_to_the_pages_behind_the_list(
    filled_home: Path, open_page: Open
) -> None:
    _, to_candidate = links(open_page(filled_home, sort="newest"), "candidate")[0]

    candidate = open_page(filled_home, "candidate", **to_candidate)

    assert {"sort": "newest"} in [parameters for _, parameters in links(candidate, "worklist")]


def test_the_head_names_the_build_as_rollback_wants_it(filled_home: Path, open_page: Open) -> None:
    build_id = current_build_id(Home(filled_home))

    shown = html(open_page(filled_home))

    assert f"版本 {build_id}<" in shown


@pytest.mark.parametrize(
    ("page", "told"), [("candidate", "还没有选线索"), ("complaint", "还没有选投诉")]
)
def test_a_page_without_an_id_says_to_choose_one(
    filled_home: Path, open_page: Open, page: str, told: str
) -> None:
    shown = html(open_page(filled_home, page))

    assert told in shown
    assert "此版本没有" not in shown


def test_typical_sentences_stand_on_the_first_page_of_members_only(
    filled_home: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "MEMBER_ROWS", 3)
    identity = str(first_candidate(filled_home)["candidate_id"])

    first = html(open_page(filled_home, "candidate", id=identity))
    third = html(open_page(filled_home, "candidate", id=identity, members="3"))

    assert 'class="zs-quote"' in first
    assert 'class="zs-quote"' not in third
    assert 'class="zs-said"' in third


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_build_of_another_version_says_how_to_make_a_new_one(
    filled_home: Path, tmp_path: Path, open_page: Open, lang: str
) -> None:
    home = Path(shutil.copytree(filled_home, tmp_path / "home"))
    build_id = current_build_id(Home(home))
    file = home / "warehouse" / "builds" / str(build_id) / "internal.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("alter table marts.candidates drop column score")
        connection.execute("alter table marts.candidates drop column recent_days")

    app = open_page(home, "worklist", lang=lang)

    assert not app.exception
    assert "zhongsu --home" in html(app)
