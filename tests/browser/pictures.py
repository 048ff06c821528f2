"""Takes the pictures of the README: `python -m tests.browser.pictures [FOLDER]`.

In: the project's sample, served. Out: PNG files under docs/images, 1280 pixels wide.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import chromium, serving
from tests.browser.test_journeys import NAMES
from tests.dashboards.homes import fill_sample

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"


def main(folder: Path) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        serving(fill_sample(Path(home))) as server,
        chromium() as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 960})
        for lang in ("zh", "en"):
            page.goto(f"{server.address}/?lang={lang}")
            page.locator(NAMES).first.wait_for()
            page.locator("[data-testid=stSelectbox]").nth(4).wait_for()
            take(page, folder / f"worklist-{lang}.png")
        page.goto(server.address)
        page.locator(NAMES).first.click()
        page.locator("[data-testid=stVegaLiteChart] :is(svg, canvas)").first.wait_for()
        take(page, folder / "candidate-zh.png")


def take(page: Page, file: Path) -> None:
    """Save what the window shows, when nothing moves any more."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=file, animations="disabled")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES)
