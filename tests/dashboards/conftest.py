"""Homes to show: one with the sample, one published empty; and a way to open a page."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from flows.run import run
from flows.settings import FlowSettings
from tests.dashboards.homes import fill


@pytest.fixture(autouse=True)
def keep_the_main_module() -> Iterator[None]:
    """Put `__main__` back: a page that is run takes its place, and processes start from it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a published build of the project's sample."""
    return fill(tmp_path_factory.mktemp("filled"))


@pytest.fixture(scope="session")
def empty_build_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose build holds no complaint."""
    home = tmp_path_factory.mktemp("empty")
    run(FlowSettings(home=home, workers=1))
    return home


Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page of a home as a browser would, with the parameters of its address."""

    def opened(home: Path, page: str = "worklist", /, **parameters: str) -> AppTest:
        monkeypatch.setenv("ZHONGSU_HOME", str(home))
        script = f"from dashboards.shell import show\nshow({page!r})"
        app = AppTest.from_string(script, default_timeout=30)
        for name, value in parameters.items():
            app.query_params[name] = value
        return app.run()

    return opened
