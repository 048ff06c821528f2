"""T2, T12, T20: the persons of the articles, each under one placeholder throughout."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from pipelines.redact import redact

pytestmark = pytest.mark.data


def persons(folder: Path, number: str) -> dict[str, set[str]]:
    """Give the names that every placeholder of a person stands for."""
    (path,) = folder.glob(f"{number}_*.txt")
    text = path.read_text(encoding="utf-8")
    result = redact(text, b"a key for tests")
    names = defaultdict(set)
    for one in result.redactions:
        if one.kind == "person":
            names[result.narrative.text[slice(*one.span)]].add(text[slice(*one.raw_span)])
    return dict(names)


def test_every_protagonist_and_expert_of_the_report_is_one_person(shared_seeds: Path) -> None:
    names = persons(shared_seeds, "002")

    assert sorted(map(sorted, names.values())) == [
        *(["Gao Yue"], ["Liu Junhai"], ["Mr. Guo"], ["Mr. Xu"], ["Ms. Li"], ["Ms. Liu"]),
        *(["Ms. Wang"], ["Rao Wei"], ["Xiaoxi"], ["Yaowen"]),
    ]


def test_no_name_of_the_report_is_left(shared_seeds: Path) -> None:
    (path,) = shared_seeds.glob("002_*.txt")

    shown = redact(path.read_text(encoding="utf-8"), b"a key for tests").narrative.text

    for name in ("Guo", "Liu ", "Xiaoxi", "Ms. Li", "Wang", "Yaowen", "Xu ", "Rao", "Junhai"):
        assert name not in shown


def test_forms_of_address_and_a_damaged_name_are_one_person_each(shared_seeds: Path) -> None:
    names = persons(shared_seeds, "003")

    assert {"张先生", "张老师", "张总", "Mr.张"} in names.values()
    assert {"余旭坤", "徐坤"} in names.values()
    assert len(names) == 6


def test_no_name_and_no_school_leaves_the_private_layer(shared_seeds: Path) -> None:
    (path,) = shared_seeds.glob("003_*.txt")
    text = path.read_text(encoding="utf-8")
    result = redact(text, b"a key for tests")

    names = {text[slice(*one.raw_span)] for one in result.redactions}

    assert names
    for name in names:
        assert name not in result.narrative.text
    assert "张" not in result.narrative.text.replace("主张", "")
