"""The candidate page as a case: answers, completeness, dossier, where it came from and went."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.components import answers
from dashboards.data import Source
from dashboards.dossiers import archive, make_dossier
from flows.decide import decided
from flows.dossier import export_dossier
from flows.run import run
from flows.settings import FlowSettings
from pipelines.dossier import Order
from tests.dashboards.conftest import Open
from tests.dashboards.homes import SAMPLE, publish
from tests.dashboards.test_views import first_candidate, html, links
from warehouse.builds import current_build_id
from warehouse.casework.decisions import Request
from warehouse.home import Home
from warehouse.read import open_reader


@pytest.fixture
def home(filled_home: Path, tmp_path: Path) -> Path:
    """A home of its own, as deciding writes."""
    return Path(shutil.copytree(filled_home, tmp_path / "home"))


def identities(home: Path) -> list[str]:
    with open_reader(Home(home), "internal") as reader:
        rows = reader.query("candidates", limit=100, offset=0)
    return [str(one) for one in rows["candidate_id"].to_pylist()]


def members_of(home: Path, candidate_id: str) -> list[str]:
    with open_reader(Home(home), "internal") as reader:
        rows = reader.query("candidate_member_ids", candidate_id=candidate_id)
    return sorted(rows["complaint_id"].to_pylist())


def source_of(home: Path) -> Source:
    build_id = current_build_id(Home(home))
    assert build_id is not None
    return Source(home, build_id)


def candidates_linked(app: AppTest) -> set[str]:
    """Give the candidates that a candidate's page leads to; it is itself at the bare address."""
    return {told["id"] for _, told in links(app, "") if "id" in told}


def decide(home: Path, candidate_id: str, action: str, *targets: str) -> list[str]:
    wanted = Request(
        candidate_id=candidate_id,
        action=action,
        targets=targets,
        reason="one matter",
        actor="Li",
        at=datetime.now(UTC),
    )
    return list(decided(home, wanted, only_preview=False))


def answered(home: Path) -> tuple[str, list[dict[str, object]]]:
    """Give a candidate that has answers, and these."""
    source = source_of(home)
    for candidate_id in identities(home):
        rows = source.rows("candidate_answers", candidate_id=candidate_id, limit=100)
        if rows:
            return candidate_id, rows
    raise AssertionError("expected an answer in the sample; found none")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_answers_stand_beside_what_they_answer(
    filled_home: Path, open_page: Open, lang: str
) -> None:
    candidate_id, rows = answered(filled_home)

    shown = html(open_page(filled_home, "candidate", lang=lang, id=candidate_id))

    assert shown.count('class="zs-beside"') == min(len(rows), answers.ANSWERS_SHOWN)
    told = next(row for row in rows if not row["is_told"])
    assert str(told["answer"])[:12] in shown


def test_an_answer_with_markup_is_shown_as_it_is(tmp_path: Path, open_page: Open) -> None:
    evil = "<script>alert(1)</script> 不予退款"
    told = [json.loads(line) for line in (SAMPLE / "posts.jsonl").read_bytes().splitlines()]
    for post in told:
        post["replies"] = [{"by": "merchant", "at": "2026-03-10", "text": evil}]
    file = tmp_path / "posts.jsonl"
    file.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    home = publish(tmp_path / "home", file)

    app = open_page(home, "candidate", id=identities(home)[0])

    assert not app.exception
    assert "&lt;script&gt;alert(1)" in html(app)
    assert "<script>" not in html(app)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_evidence_is_measured_and_what_would_help_most_is_named(
    filled_home: Path, open_page: Open, lang: str
) -> None:
    candidate = first_candidate(filled_home)

    shown = html(open_page(filled_home, "candidate", lang=lang, id=candidate["candidate_id"]))

    assert 0 < float(str(candidate["evidence_completeness"])) < 1
    for part in {"zh": ("主体信息", "诉求内容", "损失结果"), "en": ("Parties", "The loss")}[lang]:
        assert part in shown
    assert {"zh": "最值得补充", "en": "Would help most"}[lang] in shown


def test_the_button_gives_the_files_that_the_command_writes(home: Path, tmp_path: Path) -> None:
    candidate_id = identities(home)[0]
    decide(home, candidate_id, "exclude", members_of(home, candidate_id)[0])

    files = make_dossier(source_of(home), candidate_id, "en")
    export_dossier(home, Order(candidate_id=candidate_id, language="en"), tmp_path / "out")

    written = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert files == written
    with zipfile.ZipFile(BytesIO(archive(files))) as box:
        assert {name: box.read(name) for name in box.namelist()} == files


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_dialog_says_how_the_case_stands_and_names_newer_decisions(
    home: Path, open_page: Open, lang: str
) -> None:
    candidate_id = identities(home)[0]
    decide(home, candidate_id, "exclude", members_of(home, candidate_id)[0])

    app = open_page(home, "candidate", lang=lang, id=candidate_id)
    app.button(key="dossier").click().run(timeout=120)

    assert not app.exception
    assert {"zh": "尚未由人确认", "en": "Nobody has confirmed"}[lang] in html(app)
    assert {"zh": "晚于当前版本", "en": "newer than the build"}[lang] in html(app)
    names = {str(button.key).removeprefix(f"save-zhongsu-{candidate_id}-") for button in saves(app)}
    assert names == {
        "dossier.docx", "dossier.md", "dossier.json", "members.csv", "dossier.zip"
    }  # fmt: skip


def saves(app: AppTest) -> list[Any]:
    return [one for one in app.download_button if str(one.key).startswith("save-")]


def test_a_split_that_is_not_built_yet_has_a_page_that_says_so(home: Path, open_page: Open) -> None:
    candidate_id = identities(home)[0]
    part = members_of(home, candidate_id)[:2]
    lines = decide(home, candidate_id, "split", *part)
    (new,) = [line.split(": ")[1] for line in lines if line.startswith("new candidate")]

    app = open_page(home, "candidate", lang="en", id=new)

    assert not app.exception
    assert "is not built yet" in html(app)
    assert {told["id"] for _, told in links(app, "complaint")} == set(part)
    assert candidate_id in candidates_linked(app)
    parent = open_page(home, "candidate", lang="en", id=candidate_id)
    assert new in candidates_linked(parent)


def test_a_merged_candidate_leads_to_the_one_it_goes_on_in(home: Path, open_page: Open) -> None:
    one, other, *_ = identities(home)
    decide(home, one, "merge", other)
    run(FlowSettings(home=home, workers=1))

    gone = open_page(home, "candidate", lang="en", id=other)
    heir = open_page(home, "candidate", lang="en", id=one)

    assert not gone.exception
    assert one in candidates_linked(gone)
    assert "was merged by people" in html(gone)
    assert other in candidates_linked(heir)


def test_an_id_that_nobody_knows_is_said_to_be_missing(filled_home: Path, open_page: Open) -> None:
    app = open_page(filled_home, "candidate", lang="en", id="c-<b>nope</b>")

    assert not app.exception
    assert "holds no candidate" in html(app)
    assert "<b>nope" not in html(app)
