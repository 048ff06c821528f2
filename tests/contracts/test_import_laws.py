"""The laws of who may import whom: each is broken once, on purpose, and must be reported.

All breaches stand in one house that is linted once, each in a module of its own: a breach
counts as reported when its very line is listed under its law.
"""

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

IMPURE = (
    *("os", "time", "socket", "urllib.request", "http.client", "requests", "httpx", "subprocess"),
    *("duckdb", "sqlite3", "prefect", "scrapy", "streamlit"),
    *("spiders", "warehouse", "dashboards", "flows"),
)
LONELY_SPIDERS = (
    *("pipelines", "warehouse", "dashboards", "flows"),
    *("duckdb", "sqlite3", "prefect", "streamlit"),
)
LONELY_WAREHOUSE = (
    *("pipelines", "spiders", "dashboards", "flows"),
    *("prefect", "streamlit", "scrapy"),
)
WRITERS = ("warehouse.work", "warehouse.work_file", "warehouse.load", "warehouse.publish")
ONE_OFF = ("cli", "commands", "run", "ingest", "enrich", "group")

# Law, the module that breaks it, what it imports.
BREACHES = [
    *(("pipelines-pure", f"pipelines.bad_{index}", name) for index, name in enumerate(IMPURE)),
    *(("spiders-alone", f"spiders.bad_{i}", name) for i, name in enumerate(LONELY_SPIDERS)),
    *(("warehouse-alone", f"warehouse.bad_{i}", name) for i, name in enumerate(LONELY_WAREHOUSE)),
    *(
        ("one-database-room", f"{package}.bad_{name}", name)
        for package in ("pipelines", "spiders", "dashboards", "flows")
        for name in ("duckdb", "sqlite3")
    ),
    *(
        ("dashboards-read", f"dashboards.bad_{name}", name)
        for name in ("spiders", "flows", "prefect", "scrapy")
    ),
    *(("dashboards-never-write", f"dashboards.bad_{i}", name) for i, name in enumerate(WRITERS)),
    *(
        ("prefect-in-flows", f"{package}.bad_prefect", "prefect")
        for package in ("pipelines", "spiders", "warehouse", "dashboards")
    ),
    *(("prefect-in-flows", f"flows.{module}", "prefect") for module in ONE_OFF),
    ("prefect-in-one-module", "flows.bad_prefect", "prefect"),
]


def contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return found


def build_house(folder: Path) -> None:
    """Build a house with the same laws, and the modules that they name, empty where they may be."""
    shutil.copy(CHECKOUT / "pyproject.toml", folder)
    for package in (*PACKAGES, "flows/commands"):
        (folder / package).mkdir()
        (folder / package / "__init__.py").touch()
    for contract in contracts():
        for module in (*contract["source_modules"], *contract["forbidden_modules"]):
            package, _, name = module.partition(".")
            if package in PACKAGES and name and name != "commands":
                (folder / package / f"{name}.py").touch()
    (folder / "flows" / "daily.py").write_text("import prefect\n", encoding="utf-8")


def add_import(folder: Path, module: str, imported: str) -> None:
    path = folder / module.replace(".", "/")
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    with file.open("a", encoding="utf-8") as lines:
        lines.write(f"import {imported}\n")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={"PYTHONPATH": "."}
    )


def reported(output: str) -> dict[str, str]:
    """Give, for each broken law by its id, what the linter lists under its name."""
    ids = {str(contract["name"]): str(contract["id"]) for contract in contracts()}
    found: dict[str, str] = {}
    law = ""
    for line in output.partition("Broken contracts")[2].splitlines():
        law = ids.get(line.strip(), law)
        found[law] = found.get(law, "") + " ".join(line.split()) + "\n"
    return found


@pytest.fixture(scope="module")
def house_of_breaches(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is reported of a house in which every law is broken."""
    folder = tmp_path_factory.mktemp("breaches")
    build_house(folder)
    for module, imported in dict.fromkeys(breach[1:] for breach in BREACHES):
        add_import(folder, module, imported)
    result = lint(folder)
    assert result.returncode == 1, result.stdout + result.stderr
    return reported(result.stdout)


def test_a_house_without_a_breach_breaks_no_law(tmp_path: Path) -> None:
    build_house(tmp_path)

    result = lint(tmp_path)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(("law", "module", "imported"), BREACHES)
def test_a_forbidden_import_is_reported(
    house_of_breaches: dict[str, str], law: str, module: str, imported: str
) -> None:
    name = imported if imported.split(".")[0] in PACKAGES else imported.split(".")[0]

    assert f"- {module} -> {name} (l.1)" in house_of_breaches[law]


def test_every_law_is_broken_by_some_breach() -> None:
    assert {law for law, _, _ in BREACHES} == {contract["id"] for contract in contracts()}


def test_a_writer_behind_another_module_is_met_as_well(tmp_path: Path) -> None:
    build_house(tmp_path)
    add_import(tmp_path, "warehouse.between", "warehouse.work")
    add_import(tmp_path, "dashboards.bad", "warehouse.between")

    found = reported(lint(tmp_path).stdout)

    assert "dashboards.bad -> warehouse.between (l.1)" in found["dashboards-never-write"]


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
