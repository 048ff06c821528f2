"""From triage to dossier, as an analyst who has never seen the pages."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, serving
from tests.browser.test_journeys import NAMES, names
from tests.browser.tour import CHART, DIALOG, Walked, as_pictures, still, triage_to_dossier
from tests.dashboards.homes import fill_sample
from warehouse.casework.case_events import candidate_events
from warehouse.casework.ledger import Ledger
from warehouse.home import Home

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a home of its own, as deciding writes."""
    with serving(fill_sample(tmp_path_factory.mktemp("triage"))) as running:
        yield running


@pytest.fixture
def walked(own_server: Server, page: Page) -> Walked:
    """The way, walked once."""
    return triage_to_dossier(page, own_server.address)


def test_from_triage_to_a_dossier_that_opens(
    own_server: Server, walked: Walked, tmp_path: Path
) -> None:
    with Ledger.open(Home(own_server.home)) as ledger:
        events = candidate_events(ledger)
    with zipfile.ZipFile(BytesIO(walked.document)) as box:
        text = box.read("word/document.xml").decode()

    assert [event.action for event in events] == ["exclude", "confirm"]
    assert {event.candidate_id for event in events} == {walked.candidate_id}
    assert walked.candidate_id in text
    for event in events:
        assert event.reason in text
    if shutil.which("soffice"):
        assert len(as_pictures(walked.document, tmp_path)) >= 3


@pytest.mark.parametrize(("key", "title"), [("y", "确认"), ("x", "排除"), ("d", "制作卷宗")])
def test_a_key_opens_the_dialog_of_a_decision(
    own_server: Server, page: Page, key: str, title: str
) -> None:
    page.goto(own_server.address)
    names(page)
    page.locator(NAMES).first.click()
    expect(page.locator(CHART).first).to_be_visible()
    still(page)

    page.keyboard.press(key)

    expect(page.locator(DIALOG)).to_contain_text(title)
