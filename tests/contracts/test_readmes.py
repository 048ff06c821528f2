"""The README says the same in both languages: the same parts, commands and names."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")


def commands(readme: str) -> list[str]:
    """Give the lines of the code blocks without their remarks."""
    blocks = re.findall(r"```sh\n(.*?)```", readme, re.DOTALL)
    return [line.partition(" # ")[0].strip() for block in blocks for line in block.splitlines()]


def test_both_readmes_have_the_same_parts() -> None:
    levels = [re.findall(r"^(#+) ", readme, re.MULTILINE) for readme in (ENGLISH, CHINESE)]

    assert len(levels[0]) > 4
    assert levels[0] == levels[1]


def test_both_readmes_give_the_same_commands() -> None:
    assert len(commands(ENGLISH)) > 10
    assert commands(ENGLISH) == commands(CHINESE)


def test_both_readmes_name_the_same_fields_and_settings() -> None:
    prose = [re.sub(r"```.*?```", "", readme, flags=re.DOTALL) for readme in (ENGLISH, CHINESE)]
    english, chinese = (set(re.findall(r"`([^`]+)`", text)) for text in prose)

    assert "ZHONGSU_HOME" in english
    assert english == chinese


def test_every_place_that_a_readme_leads_to_exists() -> None:
    places = re.findall(r"\]\(([^)#]+)\)", ENGLISH + CHINESE)

    assert places
    assert [place for place in places if not (ROOT / place).exists()] == []
