"""A served sample and a Chromium to look at it with; without Chromium the tests skip, loudly."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.dashboards.homes import fill

CHROMIUM = Path("/usr/bin/chromium")
ZHONGSU = Path(sys.executable).with_name("zhongsu")
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


expect.set_options(timeout=30_000)


@dataclass(frozen=True, slots=True)
class Server:
    """A running `zhongsu serve`: where it answers, its process id, its home."""

    address: str
    pid: int
    home: Path


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    """Serve a home on a free loopback port, and end the server afterwards."""
    port = free_port()
    command = [str(ZHONGSU), "--home", str(home), "serve", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}", process)
            yield Server(f"http://127.0.0.1:{port}", process.pid, home)
        finally:
            process.terminate()
            process.wait(timeout=20)


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; fail when it ended or a minute has passed."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, f"zhongsu serve ended with status {process.returncode}"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            process_wait(process, 0.2)
    raise AssertionError("zhongsu serve did not answer within a minute")


def process_wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Give the process a moment; it may end in it."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard of the sample."""
    with serving(fill(tmp_path_factory.mktemp("browser"))) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    if not CHROMIUM.exists():
        pytest.skip(f"browser tests: expected {CHROMIUM}; not found (Debian package chromium)")
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh tab, 1280 pixels wide, light."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()
