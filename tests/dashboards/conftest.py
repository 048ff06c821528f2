"""Homes to show: one with invented complaints, one published empty, one never published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from streamlit.testing.v1 import AppTest

from flows.ingest import ImportRequest, import_files
from flows.run import run
from flows.settings import FlowSettings

HOSTILE = (
    "<script>alert(1)</script> **粗体** [链接](javascript:alert(2)) <img src=x onerror=alert(3)>"
)

TEXTS = (
    "买了五十元的卡密，充值时提示已被使用，商家不给退款。",
    "收到的卡密早就被别人兑换过了，找客服没有回应，要求退款。",
    "卡密无法充值，显示已使用，店家拒绝退款，我有付款截图。",
    f"卡密是用过的，{HOSTILE} 商家不退款。",
)


def posts() -> bytes:
    """Give four complainants who allege the same of one invented merchant, and one stranger."""
    rows = [
        {
            "id": f"p{number}",
            "title": "卡密已被使用",
            "text": text,
            "author": f"网友{number}",
            "respondent": "云泊点卡",
            "published_at": f"2026-02-{10 + number}T08:00:00+08:00",
            "amount": {"value": "50.00", "currency": "CNY"},
        }
        for number, text in enumerate(TEXTS)
    ]
    stranger = {"id": "x", "text": "快递放错了地方，第二天找到了。", "respondent": "某驿站"}
    return b"\n".join(orjson.dumps(row) for row in [*rows, stranger])


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a published build that holds one candidate."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "posts.jsonl").write_bytes(posts())
    home = folder / "home"
    request = ImportRequest(source="posts", files=(folder / "posts.jsonl",), is_backfill=True)
    import_files(home, request)
    run(FlowSettings(home=home, workers=1))
    return home


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

    def opened(home: Path, page: str = "worklist", **parameters: str) -> AppTest:
        monkeypatch.setenv("ZHONGSU_HOME", str(home))
        script = f"from dashboards.shell import show\nshow({page!r})"
        app = AppTest.from_string(script, default_timeout=30)
        for name, value in parameters.items():
            app.query_params[name] = value
        return app.run()

    return opened
