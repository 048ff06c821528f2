"""What an analyst does, in a real browser on the served sample."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as NothingCameError

from tests.browser.conftest import Server

pytestmark = pytest.mark.browser

NAMES = "[class*=st-key-card-] [data-testid=stPageLink-NavLink]"
LAST_LINE = re.compile("线索是机器的建议|a machine's proposal")
FULL_TEXT = "[class*=st-key-row-member-] [data-testid=stPageLink-NavLink]"


def names(page: Page) -> list[str]:
    """Give the names of the candidates shown, once they all are: below the last stands a note."""
    expect(page.locator(NAMES).first).to_be_visible()
    expect(page.get_by_text(LAST_LINE)).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator(NAMES)).to_have_count(page.locator(".zs-rank").count())
    return page.locator(NAMES).all_inner_texts()


def scrolls_sideways(page: Page) -> bool:
    """Tell whether the page as a whole is wider than its window."""
    return bool(
        page.evaluate(
            "() => [document.scrollingElement, document.querySelector('[data-testid=stMain]')]"
            ".some(part => part.scrollWidth > part.clientWidth)"
        )
    )


def test_from_worklist_to_full_text_and_back(server: Server, page: Page) -> None:
    page.goto(server.address)
    listed = names(page)

    page.locator(NAMES).first.click()
    expect(page.locator("h1")).to_have_text(listed[0])
    page.locator(FULL_TEXT).first.click()
    expect(page.locator("h1")).to_have_text("这条投诉说了什么？")
    expect(page.locator("mark").first).to_be_visible()
    page.go_back()
    expect(page.locator("h1")).to_have_text(listed[0])
    page.go_back()

    expect(page.locator(NAMES)).to_have_text(listed)


def test_links_keep_the_session_and_never_load_the_page_anew(server: Server, page: Page) -> None:
    page.goto(server.address)
    listed = names(page)
    loaded: list[str] = []
    page.on("load", lambda loading: loaded.append(loading.url))

    page.locator(NAMES).first.click()
    expect(page.locator("h1")).to_have_text(listed[0])
    page.locator(FULL_TEXT).first.click()
    expect(page.locator("h1")).to_have_text("这条投诉说了什么？")
    page.get_by_role("link", name="回到这条线索").click()
    expect(page.locator("h1")).to_have_text(listed[0])
    page.get_by_role("link", name="回到线索列表").click()

    expect(page.locator(NAMES)).to_have_text(listed)
    assert not loaded


def test_the_way_back_leads_to_the_list_that_was_left(server: Server, page: Page) -> None:
    page.goto(server.address)
    names(page)
    choose(page, "类型", "卡密已用或无效")
    expect(page).to_have_url(re.compile("issue=used_or_invalid_code"))
    page.get_by_label("搜索").fill("鹭汀")
    page.get_by_label("搜索").press("Enter")
    expect(page).to_have_url(re.compile("text="))
    left, address = names(page), page.url
    page.locator(NAMES).first.click()
    expect(page.locator("h1")).to_have_text(left[0])
    page.locator(FULL_TEXT).first.click()
    expect(page.locator("h1")).to_have_text("这条投诉说了什么？")
    page.reload()

    page.get_by_role("link", name="回到这条线索").click()
    expect(page.locator("h1")).to_have_text(left[0])
    page.get_by_role("link", name="回到线索列表").click()

    expect(page.locator(NAMES)).to_have_text(left)
    expect(page).to_have_url(address)
    expect(page.get_by_label("搜索")).to_have_value("鹭汀")


def test_a_filter_stays_when_the_language_changes(server: Server, page: Page) -> None:
    page.goto(server.address)
    names(page)
    choose(page, "类型", "卡密已用或无效")
    expect(page).to_have_url(re.compile("issue=used_or_invalid_code"))
    filtered = len(names(page))

    page.get_by_role("button", name="English").click()

    expect(page.get_by_text("Which complaints are one case?")).to_be_visible()
    expect(page).to_have_url(re.compile("issue=used_or_invalid_code"))
    expect(page.locator(NAMES)).to_have_count(filtered)


def test_a_candidate_opens_by_its_address(server: Server, page: Page, browser: Browser) -> None:
    page.goto(server.address)
    listed = names(page)
    page.locator(NAMES).first.click()
    expect(page.locator("h1")).to_have_text(listed[0])

    colleague = browser.new_context()
    sent = colleague.new_page()
    sent.goto(page.url)

    expect(sent.locator("h1")).to_have_text(listed[0])
    expect(sent.locator(FULL_TEXT).first).to_be_visible()
    colleague.close()


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a filter."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()


def test_the_language_switch_keeps_the_page(server: Server, page: Page) -> None:
    page.goto(server.address)
    names(page)
    page.locator(NAMES).first.click()
    expect(page.locator("mark").first).to_be_visible()
    identity = re.search(r"id=[^&]+", page.url)
    assert identity is not None

    page.get_by_role("button", name="English").click()

    expect(page.get_by_text("Why may these complaints be one case?")).to_be_visible()
    assert identity[0] in page.url
    assert "lang=en" in page.url


def test_a_sent_address_shows_the_same_filtered_list(
    server: Server, page: Page, browser: Browser
) -> None:
    page.goto(server.address)
    everything = names(page)
    page.get_by_label("搜索").fill(everything[-1].split(" · ")[0])
    page.get_by_label("搜索").press("Enter")
    expect(page).to_have_url(re.compile("text="))
    filtered = names(page)

    colleague = browser.new_context()
    sent = colleague.new_page()
    sent.goto(page.url)

    assert names(sent) == filtered
    assert len(filtered) < len(everything)
    colleague.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("place", ["", "trends", "health"])
def test_no_page_scrolls_sideways_on_a_phone(
    server: Server, browser: Browser, place: str, lang: str, scheme: str
) -> None:
    phone = browser.new_context(
        viewport={"width": 400, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = phone.new_page()

    page.goto(f"{server.address}/{place}?lang={lang}")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(f"{NAMES}, .zs-table, [data-testid=stVegaLiteChart]").first).to_be_visible()

    assert not scrolls_sideways(page)
    phone.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A tab of a phone, 390 pixels wide."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    yield context.new_page()
    context.close()


def test_a_phone_shows_how_unusual_and_what_was_lost_before_chart_and_members(
    server: Server, phone: Page
) -> None:
    phone.goto(server.address)
    names(phone)
    phone.locator(NAMES).first.click()
    chart = phone.locator("[data-testid=stVegaLiteChart]").first
    expect(chart).to_be_visible()

    below = chart.bounding_box()

    assert below is not None
    for title in ("为何不寻常", "损失"):
        above = phone.get_by_role("heading", name=title, exact=True).bounding_box()
        assert above is not None
        assert above["y"] < below["y"]


def test_only_a_phone_is_told_to_swipe_over_the_heat_map(
    server: Server, phone: Page, page: Page
) -> None:
    for tab in (phone, page):
        tab.goto(f"{server.address}/trends")
        expect(tab.locator("[data-testid=stVegaLiteChart]")).to_have_count(2)

    expect(phone.get_by_text("左右滑动")).to_be_visible()
    expect(page.get_by_text("左右滑动")).to_be_hidden()


def test_dark_and_light_are_both_legible(server: Server, browser: Browser) -> None:
    colours = []
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
        page = context.new_page()
        page.goto(server.address)
        names(page)
        colours.append(
            page.evaluate(
                "() => [getComputedStyle(document.querySelector('.zs-reason')).color,"
                " getComputedStyle(document.querySelector('.stApp')).backgroundColor]"
            )
        )
        context.close()

    light, dark = ([_lightness(colour) for colour in pair] for pair in colours)
    assert light[1] - light[0] > 180
    assert dark[0] - dark[1] > 180


def _lightness(colour: str) -> float:
    red, green, blue = map(float, re.findall(r"[\d.]+", colour)[:3])
    return (red + green + blue) / 3


@pytest.mark.parametrize(
    "address",
    [
        "?page=abc",
        "?since=x&merchant=..%2F..",
        "trends?axis=zzz",
        "candidate?id=../../etc",
        "complaint?id=%3Cb%3E",
        "candidate",
    ],
)
def test_an_address_that_makes_no_sense_shows_a_designed_page(
    server: Server, page: Page, address: str
) -> None:
    page.goto(f"{server.address}/{address}")

    expect(page.locator("h1, .zs-empty h2").first).to_be_visible()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def saved(page: Page, button: Locator) -> bytes:
    """Click until the file comes: Streamlit drops a click that meets a script still running."""
    for _ in range(3):
        try:
            with page.expect_download(timeout=20_000) as download:
                button.click()
            return Path(download.value.path()).read_bytes()
        except NothingCameError:
            continue
    raise AssertionError("expected a download after three clicks; none came")


@pytest.mark.parametrize("ending", ["CSV", "PNG"])
def test_a_chart_is_saved(server: Server, page: Page, ending: str) -> None:
    page.goto(f"{server.address}/trends")
    button = page.get_by_role("button", name=ending, exact=True).first
    expect(button).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart] :is(svg, canvas)")).to_have_count(2)
    page.wait_for_load_state("networkidle")

    content = saved(page, button)

    assert content.startswith(b"\x89PNG" if ending == "PNG" else b"issue_code")


def test_the_pages_ask_no_other_host(server: Server, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    for place in ("", "trends", "health"):
        page.goto(f"{server.address}/{place}")
        expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")

    elsewhere = [url for url in asked if not url.startswith((server.address, "data:", "blob:"))]
    assert asked
    assert not elsewhere
