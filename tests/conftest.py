"""Fixtures that every suite shares: where the real data lies, and an empty installation."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
_missing: set[str] = set()


def _shared(folder: str) -> Path:
    path = SHARED / folder
    if not path.is_dir():
        _missing.add(folder)
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
    """Say loudly when tests on real data did not run."""
    for folder in sorted(_missing):
        terminalreporter.write_line(
            f"NOT RUN: every test on real data, because ../shared/{folder} was not found.",
            red=True,
            bold=True,
        )
