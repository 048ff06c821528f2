"""Why something is unusual, as a lay reader is told it; the week's alarms above the worklist."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.components.alarms import method_lines
from dashboards.components.signals import mix_line, signal_lines
from dashboards.words import Words
from flows.coverage import parse_coverage
from flows.ingest import ImportRequest, import_files
from flows.run import run
from flows.settings import FlowSettings
from tests.dashboards.conftest import Open
from tests.dashboards.homes import SAMPLE

ZH, EN = Words("zh"), Words("en")
TESTED: dict[str, Any] = {
    "merchant_key": "acme",
    "issue_axis": "pattern",
    "window_start": date(2026, 3, 1),
    "expected": 2.14,
    "signal_observed": 13,
    "signal_lower": 3.4,
    "signal_p_adj": 0.0021,
    "signal_false_alarm_rate": 0.0017,
}
MIX = {
    "share": 0.42,
    "background_share": 0.08,
    "background": 1200,
    "lower": 2.6,
    "is_signal": True,
}


def text(app: AppTest) -> str:
    shown = [str(block.value) for block in app.get("html")]  # type: ignore[union-attr]
    return "\n".join([*shown, *(block.label for block in app.expander)])


@pytest.fixture(scope="module")
def covered_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose sample is declared complete."""
    home = tmp_path_factory.mktemp("covered")
    request = ImportRequest(
        source="posts",
        files=(SAMPLE / "posts.jsonl",),
        is_backfill=True,
        covers=(parse_coverage("2025-06..2026-06"),),
    )
    import_files(home, request)
    run(FlowSettings(home=home, workers=1))
    return home


def test_a_rare_peak_is_said_to_be_rare_with_what_was_expected() -> None:
    lines = signal_lines(EN, TESTED)

    assert "13 complaints of this kind" in lines[0]
    assert "about 2.1" in lines[0]
    assert "3.4 times" in lines[1]
    assert "seldom" in lines[2]
    assert "adjusted p 0.0021" in lines[2]
    assert "1.7 of 1,000 weeks" in lines[3]


def test_a_likely_peak_is_not_called_rare() -> None:
    lines = signal_lines(ZH, {**TESTED, "signal_p_adj": 0.4, "signal_lower": 0.8})

    assert "不能排除只是平常的波动" in lines[1]
    assert "可能只是其中之一" in lines[2]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"window_start": None}, "没有日期"),
        ({"expected": None}, "没有全部声明为完整载入"),
        ({"expected": None, "issue_axis": "topic"}, "没有共同的商家和投诉类型"),
        ({"expected": None, "merchant_key": None}, "没有共同的商家和投诉类型"),
    ],
)
def test_what_was_not_tested_says_why(changed: dict[str, Any], said: str) -> None:
    (line,) = signal_lines(ZH, {**TESTED, **changed})

    assert said in line


@pytest.mark.parametrize("words", [ZH, EN])
def test_a_mix_is_unusual_and_never_risky(words: Words) -> None:
    line = mix_line(words, {"unusual_mix": MIX})
    usual = mix_line(words, {"unusual_mix": {**MIX, "is_signal": False}})

    assert "42%" in line
    assert "8%" in line
    assert "1,200" in line
    assert line != usual
    assert not re.search("risk|风险", line + usual)


@pytest.mark.parametrize("missing", ["no_code", "no_merchant", "no_sector", "no_background"])
def test_a_mix_that_is_missing_says_why(missing: str) -> None:
    for words in (ZH, EN):
        assert mix_line(words, {"unusual_mix": None, "unusual_mix_missing": missing})


def test_the_method_of_alarms_is_told_with_its_level_and_measured_rate() -> None:
    week = {"level": 0.005, "false_alarm_rate": 0.0018, "budget": 12}

    lines = method_lines(EN, week)

    assert any("chance of at most 0.005" in line for line in lines)
    assert any("1.8 of 1,000 weeks" in line for line in lines)


def test_the_worklist_tells_alarms_budget_and_expected_false_alarms(
    open_page: Open, covered_home: Path
) -> None:
    for lang, said in (("zh", r"本周警报 \d+ / 预算 12 · 预期误报"), ("en", "budget 12")):
        app = open_page(covered_home, "worklist", lang=lang)

        assert not app.exception
        assert re.search(said, text(app).replace("\\", ""))


def test_without_coverage_the_worklist_says_why_there_is_no_alarm(
    open_page: Open, filled_home: Path
) -> None:
    app = open_page(filled_home)

    assert "没有警报可言" in text(app)
