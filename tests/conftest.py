"""Fixtures that every suite shares: where the real data lies, and an empty installation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says more about the machine's other work than about the code.
settings.register_profile("zhongsu", deadline=None)
settings.load_profile("zhongsu")

SHARED = Path(__file__).resolve().parents[2] / "shared"
_NOT_FOUND = re.compile(r"real data: expected (\.\./shared/\w+)")
_NO_OFFICE = "office: expected"


def _shared(folder: str) -> Path:
    path = SHARED / folder
    if not path.is_dir():
        pytest.skip(f"real data: expected ../shared/{folder} beside the checkout; not found")
    return path


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real records beside the checkout; without it the test skips."""
    return _shared("data")


@pytest.fixture(scope="session")
def shared_seeds() -> Path:
    """The folder of the source articles beside the checkout; without it the test skips."""
    return _shared("seeds")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly when tests on real data, or of printed dossiers, did not run."""
    skipped = [str(report.longrepr) for report in terminalreporter.getreports("skipped")]
    for folder in sorted({found[1] for text in skipped if (found := _NOT_FOUND.search(text))}):
        terminalreporter.write_line(
            f"NOT RUN: every test on real data, because {folder} was not found.",
            red=True,
            bold=True,
        )
    if any(_NO_OFFICE in text for text in skipped):
        terminalreporter.write_line(
            "NOT RUN: tests of printed dossiers; install libreoffice-writer and poppler-utils.",
            red=True,
            bold=True,
        )
