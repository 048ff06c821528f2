"""docs/surveil.md against the program: every column, method and model; the example as printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.commands.surveil import _METHODS, surveil_command
from flows.surveil import HEADER
from flows.surveil_rows import NEEDED
from pipelines.detect.false_alarms import load_false_alarms
from pipelines.detect.surveillance import METHODS

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "surveil.md").read_text(encoding="utf-8")
GIVEN, SHOWN = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)


def test_every_column_is_explained() -> None:
    assert [name for name in (*NEEDED, "sector", *HEADER) if f"`{name}`" not in PAGE] == []


def test_every_method_and_model_is_explained_and_has_measured_rates() -> None:
    assert [name for name in (*METHODS, *load_false_alarms()) if f"`{name}`" not in PAGE] == []
    assert _METHODS == METHODS


def test_the_help_names_every_column_and_method() -> None:
    text = CliRunner().invoke(surveil_command, ["--help"]).stdout

    assert [name for name in (*HEADER, *METHODS) if name not in text] == []


def test_the_example_is_what_the_program_gives() -> None:
    result = CliRunner().invoke(surveil_command, [], input=GIVEN, catch_exceptions=False)

    for given, shown in zip(result.stdout.splitlines(), SHOWN.splitlines(), strict=True):
        for one, other in zip(given.split(","), shown.split(","), strict=True):
            assert one == other or float(one) == pytest.approx(float(other), rel=1e-3)


def test_every_option_is_named() -> None:
    names = [option for param in surveil_command.params for option in param.opts if "--" in option]

    assert [name for name in names if f"`{name}" not in PAGE] == []
