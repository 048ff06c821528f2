"""The server process: what it opens, and what it says when it cannot start."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ZHONGSU, Server, serving

pytestmark = pytest.mark.browser


def open_files(pid: int) -> set[Path]:
    """List the files that a process and its threads hold open."""
    links = Path(f"/proc/{pid}/fd").iterdir()
    return {link.resolve() for link in links if link.exists()}


def test_the_server_opens_builds_and_nothing_else_of_the_home(server: Server, page: Page) -> None:
    page.goto(server.address)
    expect(page.locator("[class*=st-key-card-]").first).to_be_visible()

    opened = {path for path in open_files(server.pid) if server.home in path.parents}

    assert {path.name for path in opened} == {"internal.duckdb"}
    assert all("builds" in path.parts for path in opened)


def test_a_home_without_a_build_says_what_to_do(tmp_path: Path, page: Page) -> None:
    with serving(tmp_path / "nothing") as empty:
        page.goto(empty.address)

        expect(page.get_by_text("还没有可看的版本")).to_be_visible()
        expect(page.get_by_text("zhongsu --home", exact=False).first).to_be_visible()


def test_a_port_that_is_taken_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = subprocess.run(
            [
                str(ZHONGSU),
                "--home",
                str(tmp_path),
                "serve",
                "--port",
                str(port),
            ],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert done.returncode == 1
    assert str(port) in done.stderr
    assert "--port" in done.stderr


def test_ending_the_command_ends_the_server(tmp_path: Path) -> None:
    with serving(tmp_path) as running:
        port = int(running.address.rpartition(":")[2])

    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
