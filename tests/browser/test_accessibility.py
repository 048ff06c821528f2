"""No page has a serious barrier that axe finds, in either language, light or dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Server
from tests.dashboards.test_views import first_candidate

pytestmark = pytest.mark.browser

SERIOUS = ("serious", "critical")


def place_of(server: Server, page: str) -> str:
    """Give the address of a page; what it shows is the first candidate, or a hostile complaint."""
    if page == "candidate":
        return f"candidate?id={first_candidate(server.home)['candidate_id']}&"
    return {"worklist": "?", "complaint": "complaint?id=posts:sample-041&"}.get(page, f"{page}?")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["worklist", "candidate", "complaint", "trends", "health"])
def test_no_page_has_a_serious_barrier(
    server: Server, browser: Browser, name: str, lang: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{server.address}/{place_of(server, name)}lang={lang}")
    expect(page.locator("h1").first).to_be_visible(timeout=60_000)
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
    page.wait_for_load_state("networkidle")

    found = Axe().run(page).response

    barriers = {
        (one["id"], node["target"][0], node["failureSummary"])
        for one in found["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"][:3]
    }
    context.close()
    assert len(found["passes"]) > 10, "axe looked at too little to say anything"
    assert not barriers
