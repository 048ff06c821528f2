"""Answering where the machine is unsure: one click is one event, and it can be taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.components import spellings
from dashboards.components.differences import differences
from flows.run import run
from flows.settings import FlowSettings
from tests.dashboards.conftest import Open
from tests.dashboards.homes import publish
from tests.dashboards.test_views import html, links
from warehouse.casework.answers import Answer, answers
from warehouse.casework.ledger import Ledger
from warehouse.home import Home
from warehouse.read import open_reader


@pytest.fixture
def home(filled_home: Path, tmp_path: Path) -> Path:
    """A home of its own, as answering writes."""
    return Path(shutil.copytree(filled_home, tmp_path / "home"))


def given(home: Path) -> tuple[Answer, ...]:
    with Ledger.open(Home(home)) as ledger:
        return answers(ledger)


def named(app: AppTest, name: str = "Li") -> AppTest:
    """Say who answers."""
    return app.text_input(key="reviewer").set_value(name).run()


def buttons(app: AppTest, beginning: str) -> list[str]:
    return [str(button.key) for button in app.button if str(button.key).startswith(beginning)]


def waiting(app: AppTest) -> int:
    """Give the number of questions that the head of the page names."""
    labels = [element.proto.label for element in app.get("page_link")]
    (label,) = (label for label in labels if label.startswith("Review"))
    return int(label.split()[-1])


def first_code(home: Path) -> dict[str, object]:
    with open_reader(Home(home), "internal") as reader:
        rows: list[dict[str, object]] = reader.query("review_codes").to_pylist()
    return rows[0]


def test_nobody_answers_before_saying_who_he_is(home: Path, open_page: Open) -> None:
    app = open_page(home, "review", lang="en")

    closed = [button for button in app.button if str(button.key).startswith(("yes-", "no-"))]

    assert closed
    assert all(button.disabled for button in closed)
    assert not any(button.disabled for button in named(app).button)


@pytest.mark.parametrize(("answer", "is_alleged"), [("yes", True), ("no", False)])
def test_one_click_answers_a_question_and_the_queue_shrinks(
    home: Path, open_page: Open, answer: str, is_alleged: bool
) -> None:
    asked = first_code(home)
    app = named(open_page(home, "review", lang="en"))
    before = waiting(app)

    key = f"{answer}-{asked['complaint_id']}-{asked['axis']}-{asked['code']}"
    app.button(key=key).click().run()

    (event,) = given(home)
    code = {"axis": asked["axis"], "code": asked["code"], "is_alleged": is_alleged}
    assert (event.actor, event.subject_id) == ("Li", asked["complaint_id"])
    assert event.payload == {"codes": [code]}
    assert not buttons(app, key)
    assert waiting(app) == before - 1
    assert "counts from the next run" in html(app)


def test_an_answer_is_taken_back_and_asked_again(home: Path, open_page: Open) -> None:
    asked = first_code(home)
    key = f"no-{asked['complaint_id']}-{asked['axis']}-{asked['code']}"
    app = named(open_page(home, "review"))
    app.button(key=key).click().run()
    (event,) = given(home)

    app.button(key=f"undo-{event.event_id}").click().run()

    assert given(home) == ()
    assert buttons(app, key) == [key]


def test_a_skipped_question_writes_nothing_and_is_asked_in_the_next_session(
    home: Path, open_page: Open
) -> None:
    app = open_page(home, "review")
    key = buttons(app, "skip-")[0]

    app.button(key=key).click().run()

    assert given(home) == ()
    assert not buttons(app, key)
    assert buttons(open_page(home, "review"), key) == [key]


def test_the_next_build_obeys_a_no_and_the_complaint_page_does_at_once(
    home: Path, open_page: Open
) -> None:
    asked = first_code(home)
    identity = str(asked["complaint_id"])
    app = named(open_page(home, "review"))
    app.button(key=f"no-{identity}-{asked['axis']}-{asked['code']}").click().run()

    assert "judged by a person" in html(open_page(home, "complaint", lang="en", id=identity))

    run(FlowSettings(home=home, workers=1))

    with open_reader(Home(home), "internal") as reader:
        rows = reader.query("complaint_codes", complaint_id=identity).to_pylist()
    judged = [row for row in rows if (row["axis"], row["code"]) == (asked["axis"], asked["code"])]
    assert [(row["is_alleged"], row["origin"]) for row in judged] == [(False, "person")]
    assert "obeyed by this build" in html(open_page(home, "review", lang="en"))


def test_the_codes_of_a_complaint_are_corrected_in_a_dialog(home: Path, open_page: Open) -> None:
    identity = str(first_code(home)["complaint_id"])
    app = open_page(home, "complaint", lang="en", id=identity)
    app.button(key="correct").click().run()

    app.multiselect(key="correct-patterns").set_value(["late_delivery"])
    app.text_input(key="correct-name").set_value("Li")
    app.button(key="correct-write").click().run()

    (event,) = given(home)
    assert event.payload == {"patterns": ["late_delivery"]}
    assert not app.exception
    assert "judged by a person" in html(open_page(home, "complaint", lang="en", id=identity))


def test_a_correction_that_changes_nothing_is_not_written(home: Path, open_page: Open) -> None:
    app = open_page(home, "complaint", lang="en", id=str(first_code(home)["complaint_id"]))
    app.button(key="correct").click().run()

    app.text_input(key="correct-name").set_value("Li")
    app.button(key="correct-write").click().run()

    assert given(home) == ()
    assert "Nothing was changed" in html(app)


def test_an_empty_queue_says_why(
    filled_home: Path, empty_build_home: Path, open_page: Open
) -> None:
    assert "holds no complaint" in html(open_page(empty_build_home, "review", lang="en"))
    assert "no two names look like one" in html(
        open_page(filled_home, "review", lang="en", kind="names")
    )


MARKUP, BOLD = "<img src=x onerror=alert(1)> **x**", "<b>Parcel</b> [x](y)"


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose merchants hide markup in their names, two of them in doubt."""
    folder = tmp_path_factory.mktemp("hostile")
    names = ["Quillfern"] * 3 + [f"Quillfern {BOLD}"] * 2
    text = "They refused my refund, and the code I bought was used already. {}"
    rows = [
        {"id": str(number), "text": text.format(f"{MARKUP} {number}"), "respondent": name}
        for number, name in enumerate(names)
    ]
    posts = folder / "posts.jsonl"
    posts.write_bytes(b"\n".join(orjson.dumps(row) for row in rows))
    return publish(folder / "home", posts)


def test_names_are_judged_with_one_click_and_joined_by_the_next_build(
    hostile_home: Path, tmp_path: Path, open_page: Open
) -> None:
    home = Path(shutil.copytree(hostile_home, tmp_path / "home"))
    app = named(open_page(home, "review", lang="en", kind="names"))

    app.button(key=buttons(app, "same-")[0]).click().run()

    (event,) = given(home)
    assert (event.action, event.subject_kind) == ("same", "name_pair")
    assert "are one merchant" in html(app)
    run(FlowSettings(home=home, workers=1))
    with open_reader(Home(home), "internal") as reader:
        keys = reader.connection.execute("select distinct merchant_key from marts.complaints")
        assert len(keys.fetchall()) == 1
        assert reader.query("review_names").num_rows == 0


def test_markup_in_names_and_texts_is_shown_as_it_is_written(
    hostile_home: Path, open_page: Open
) -> None:
    with open_reader(Home(hostile_home), "internal") as reader:
        merchants = reader.connection.execute("select merchant_key from marts.merchants").fetchall()
    pages = [open_page(hostile_home, "merchant", key=key) for (key,) in merchants]
    pages += [open_page(hostile_home, "review", kind=kind) for kind in ("names", "codes")]

    shown = "".join(map(html, pages))

    assert not any(page.exception for page in pages)
    assert "&lt;b&gt;Parcel" in shown
    assert "<img" not in shown
    assert "<b>Parcel" not in shown
    labels = [element.proto.label for page in pages for element in page.get("page_link")]
    assert any("Parcel" in label for label in labels)
    assert not any("[x](y)" in label for label in labels)


def test_a_merchant_page_links_its_candidates_and_says_how_often_and_since_when(
    filled_home: Path, open_page: Open
) -> None:
    with open_reader(Home(filled_home), "internal") as reader:
        candidate = next(
            row
            for row in reader.query("candidates", limit=50, offset=0).to_pylist()
            if row["merchant_key"]
        )
        (merchant,) = reader.query("merchant", merchant_key=candidate["merchant_key"]).to_pylist()

    (_, told) = links(
        open_page(filled_home, "candidate", id=candidate["candidate_id"]), "merchant"
    )[0]
    app = open_page(filled_home, "merchant", lang="en", **told)

    assert not app.exception
    assert candidate["candidate_id"] in [told["id"] for _, told in links(app, "candidate")]
    shown = html(app)
    assert f"<b>{merchant['complaints']:,}</b>" in shown
    assert merchant["merchant_name"] in shown
    assert "Names that complaints use" in shown


def test_the_code_of_a_merchants_chart_stands_in_the_address(
    filled_home: Path, open_page: Open
) -> None:
    app = open_page(filled_home, "merchant", key="鹭汀卡盟")
    options = app.selectbox(key="code").options

    app.selectbox(key="code").select_index(1).run()

    assert len(options) > 1
    assert app.query_params["code"] != []
    assert not app.exception


def test_copied_texts_are_laid_side_by_side_with_their_differences(
    filled_home: Path, open_page: Open
) -> None:
    with open_reader(Home(filled_home), "internal") as reader:
        found = reader.connection.execute(
            "select candidate_id from marts.candidate_discounts where reason like 'copied%'"
        ).fetchall()
    ((candidate_id,),) = found
    candidate = open_page(filled_home, "candidate", id=candidate_id)
    (_, told) = links(candidate, "campaign")[0]

    app = open_page(filled_home, "campaign", lang="en", **told)

    assert not app.exception
    shown = html(app)
    assert "complaints share one text" in shown
    assert "the one above" in shown
    assert "<ins>" in shown
    assert len(links(app, "complaint")) >= 2


def test_differences_escape_what_texts_hold_and_keep_numbers_whole() -> None:
    found = differences("<b>paid 520</b> and more", "<b>paid 518</b> and <img>more")

    assert found is not None
    assert "<del>520</del><ins>518</ins>" in found
    assert "&lt;img" in found
    assert "<img" not in found
    assert "<b>" not in found


@pytest.mark.parametrize("page", ["merchant", "campaign"])
@pytest.mark.parametrize("asked", ["", "no such", "<script>alert(1)</script>"])
def test_a_page_of_nothing_says_so(
    filled_home: Path, open_page: Open, page: str, asked: str
) -> None:
    app = open_page(filled_home, page, lang="en", key=asked, id=asked)

    assert not app.exception
    assert "zs-empty" in html(app)
    assert "<script>alert" not in html(app)


def test_every_reason_for_a_name_is_said_in_both_languages(filled_home: Path) -> None:
    with open_reader(Home(filled_home), "internal") as reader:
        met = reader.connection.execute("select distinct why from marts.merchant_names").fetchall()

    assert met
    assert {why for (why,) in met} <= spellings.REASONS.keys()
