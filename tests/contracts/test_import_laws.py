"""The laws of who may import whom: each is broken once, on purpose, and must be reported."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGES = ("pipelines", "spiders", "warehouse", "dashboards", "flows")

BREACHES = [
    ("pipelines-pure", "pipelines/bad.py", "import duckdb"),
    ("pipelines-pure", "pipelines/bad.py", "import os"),
    ("pipelines-pure", "pipelines/bad.py", "import time"),
    ("pipelines-pure", "pipelines/bad.py", "import socket"),
    ("pipelines-pure", "pipelines/bad.py", "import urllib.request"),
    ("pipelines-pure", "pipelines/bad.py", "import http.client"),
    ("pipelines-pure", "pipelines/bad.py", "import streamlit"),
    ("pipelines-pure", "pipelines/bad.py", "import warehouse"),
    ("spiders-alone", "spiders/bad.py", "import pipelines"),
    ("spiders-alone", "spiders/bad.py", "import warehouse"),
    ("warehouse-alone", "warehouse/bad.py", "import pipelines"),
    ("warehouse-alone", "warehouse/bad.py", "import spiders"),
    ("one-database-room", "flows/bad.py", "import duckdb"),
    ("one-database-room", "dashboards/bad.py", "import sqlite3"),
    ("dashboards-read", "dashboards/bad.py", "import flows"),
    ("dashboards-read", "dashboards/bad.py", "import spiders"),
    ("dashboards-never-write", "dashboards/bad.py", "import warehouse.work"),
    ("prefect-in-flows", "warehouse/bad.py", "import prefect"),
    ("prefect-in-flows", "flows/run.py", "import prefect"),
    ("prefect-in-flows", "flows/cli.py", "import prefect"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={"PYTHONPATH": "."}
    )


@pytest.fixture
def empty_house(tmp_path: Path) -> Path:
    """A house with the same laws, and every module that a law names, empty."""
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    for package in (*PACKAGES, "flows/commands"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    for contract in contracts():
        for module in (*contract["source_modules"], *contract["forbidden_modules"]):
            folder, _, name = module.partition(".")
            if folder in PACKAGES and name and name != "commands":
                (tmp_path / folder / f"{name}.py").touch()
    return tmp_path


def test_an_empty_house_breaks_no_law(empty_house: Path) -> None:
    result = lint(empty_house)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(("law", "file", "line"), BREACHES)
def test_a_forbidden_import_is_reported(empty_house: Path, law: str, file: str, line: str) -> None:
    (empty_house / file).write_text(f"{line}\n", encoding="utf-8")

    result = lint(empty_house)

    module = line.removeprefix("import ").split(".")[0]
    assert result.returncode == 1, result.stdout
    assert f"is not allowed to import {module}" in result.stdout
    assert law_name(law) + " BROKEN" in result.stdout


def contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return found


def law_name(law: str) -> str:
    return next(str(contract["name"]) for contract in contracts() if contract["id"] == law)


def test_help_loads_neither_prefect_nor_sklearn() -> None:
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from flows.cli import cli\n"
        "result = CliRunner().invoke(cli, ['--help'])\n"
        "assert result.exit_code == 0, result.output\n"
        "print([name for name in ('prefect', 'sklearn', 'streamlit') if name in sys.modules])\n"
    )

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CHECKOUT
    )

    assert result.stdout.strip() == "[]"
