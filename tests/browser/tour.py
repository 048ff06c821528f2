"""The way from the worklist to a dossier, and its pictures: `python -m tests.browser.tour`.

In: the project's sample, served. Out: PNG files under docs/images for docs/tour.md. The same steps
are walked by a test (`test_triage.py`), so that the tour shows what is.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import chromium, serving
from tests.browser.pictures import IMAGES, take
from tests.browser.test_journeys import NAMES, names, saved
from tests.dashboards.homes import fill_sample

CHART = "[data-testid=stVegaLiteChart] :is(svg, canvas)"
DIALOG = "[role=dialog]"
PREVIEW = re.compile("成员不变|成员由")
EXCLUDE = "[class*=st-key-exclude-member-] button"

Look = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What the way led to: the candidate's name, its id, and the Word document."""

    name: str
    candidate_id: str
    document: bytes


def triage_to_dossier(page: Page, address: str, look: Look = lambda step: None) -> Walked:
    """Open the first candidate, exclude a member, confirm it, and save its dossier."""
    page.goto(address)
    name = names(page)[0]
    look("worklist")
    page.locator(NAMES).first.click()
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator(CHART).first).to_be_visible()
    candidate_id = page.url.partition("id=")[2].partition("&")[0]
    look("candidate")
    page.locator(EXCLUDE).last.click()
    _fill_in(page, "exclude", "另一件事，时间和说法都不同")
    look("exclude")
    _write(page, "已写入")
    expect(page.get_by_text("由人移出 1 条")).to_be_visible()
    page.locator(".st-key-decide_confirm button").click()
    _fill_in(page, "confirm", "同一商家、同一做法，逐条读过")
    _write(page, "已写入")
    expect(page.get_by_text("已确认：").first).to_be_visible()
    look("confirmed")
    page.locator(".st-key-dossier button").click()
    word = page.locator(DIALOG).get_by_role("button", name="Word 文档")
    expect(word).to_be_visible(timeout=120_000)
    still(page)
    look("dossier")
    return Walked(name=name, candidate_id=candidate_id, document=saved(page, word))


def still(page: Page) -> None:
    """Wait until the script has ended."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def as_pictures(document: bytes, folder: Path) -> list[Path]:
    """Give every page of a Word document as a picture; none without an office program."""
    office = shutil.which("soffice")
    if office is None or shutil.which("pdftoppm") is None:
        return []
    (folder / "dossier.docx").write_bytes(document)
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
         "pdf", "--outdir", str(folder), str(folder / "dossier.docx")],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    subprocess.run(
        ["pdftoppm", "-r", "72", "-png", str(folder / "dossier.pdf"), str(folder / "page")],
        check=True,
    )
    return sorted(folder.glob("page-*.png"))


def _fill_in(page: Page, action: str, reason: str) -> None:
    """Give the reason and the name that a decision asks for, and wait for its preview."""
    page.locator(f".st-key-reason-{action} textarea").fill(reason)
    page.locator(f".st-key-reason-{action} textarea").press("Tab")
    still(page)
    name = page.locator(f".st-key-name-{action} input")
    if not name.input_value():
        name.fill("李明")
        name.press("Tab")
    expect(page.locator(DIALOG).get_by_text(PREVIEW)).to_be_visible()
    still(page)


def _write(page: Page, told: str) -> None:
    page.locator(".st-key-write button").click()
    expect(page.locator(DIALOG)).to_have_count(0)
    expect(page.get_by_text(told).first).to_be_visible()
    still(page)


def main(folder: Path) -> None:
    """Take the pictures of the tour."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        serving(fill_sample(Path(home))) as server,
        chromium() as browser,
    ):
        page = browser.new_page(viewport={"width": 1120, "height": 800}, color_scheme="light")
        walked = triage_to_dossier(
            page, server.address, lambda step: take(page, folder / f"tour-{step}.png")
        )
        page.goto(f"{server.address}/candidate?lang=en&id={walked.candidate_id}")
        expect(page.locator(CHART).first).to_be_visible()
        take(page, folder / "tour-candidate-en.png")
        pages = as_pictures(walked.document, Path(home))
        if not pages:
            sys.exit("tour: expected soffice and pdftoppm to picture the document; not found")
        shutil.copyfile(pages[0], folder / "tour-document.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES)
