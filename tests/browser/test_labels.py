"""Names as strangers write them, on a page in a real browser."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from dashboards.server import FLAGS
from tests.browser import labels
from tests.browser.conftest import free_port, wait_until_healthy

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The page of hostile names, served with the flags of the dashboard."""
    port = free_port()
    script = str(labels.__file__)
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}"]
    with subprocess.Popen(
        [*command, "--server.address=127.0.0.1", *FLAGS],
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    ) as process:
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.mark.parametrize(
    "place", ["h1", "h2", ".zs-soft", "[data-testid=stPageLink-NavLink]"], ids=str
)
def test_a_name_is_shown_as_it_is_written(address: str, page: Page, place: str) -> None:
    page.goto(address)
    expect(page.locator(place)).to_have_count(len(labels.NAMES))
    page.wait_for_load_state("networkidle")

    shown = [text.replace("\u2060", "").strip() for text in page.locator(place).all_inner_texts()]

    assert shown == list(labels.NAMES)


def test_no_name_becomes_an_element(address: str, page: Page) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_have_count(len(labels.NAMES))
    page.wait_for_load_state("networkidle")

    assert page.locator("h1 *, h2 *, .zs-soft *").count() == 0
    assert (
        page.locator(
            "[data-testid=stPageLink] :is(a a, em, strong, code, del, img, .katex, h1, ul, ol)"
        ).count()
        == 0
    )
