"""The recorded results of the sample change together with a version, and never without one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.golden.sample_results import (
    DECIDING,
    FOLDER,
    QUERIES,
    SAMPLE,
    Results,
    changed_ids,
    current_results,
    current_versions,
    forgotten_version,
    recorded_results,
)


@pytest.fixture(scope="module")
def current() -> Results:
    return current_results()


def test_results_change_only_with_a_version(current: Results) -> None:
    forgotten = forgotten_version(recorded_results(), current)

    assert forgotten is None, forgotten


@pytest.mark.parametrize("part", QUERIES)
def test_the_recorded_results_are_those_of_this_code(current: Results, part: str) -> None:
    assert changed_ids(recorded_results(), current, part) == [], "run `make golden`"


def test_the_recorded_versions_are_those_of_this_code() -> None:
    assert recorded_results().versions == current_versions(), "run `make golden`"


@pytest.mark.parametrize("part", QUERIES)
def test_a_changed_result_under_the_same_versions_names_the_version_to_raise(part: str) -> None:
    recorded = recorded_results()
    changed = with_a_change(recorded, part)

    forgotten = forgotten_version(recorded, changed)

    assert forgotten is not None
    assert f"Raise {DECIDING[part][0]}" in forgotten


@pytest.mark.parametrize("part", QUERIES)
@pytest.mark.parametrize("raised", ["STEP_VERSION", "taxonomy"])
def test_a_changed_result_under_another_version_is_none_forgotten(part: str, raised: str) -> None:
    recorded = recorded_results()
    changed = with_a_change(recorded, part)

    raised_too = replace(changed, versions={**changed.versions, raised: "another"})

    assert forgotten_version(recorded, raised_too) is None


def test_another_grouping_version_excuses_no_other_reading() -> None:
    recorded = recorded_results()
    changed = with_a_change(recorded, "readings")

    grouping_only = replace(changed, versions={**changed.versions, "GROUPING_VERSION": "another"})

    assert forgotten_version(recorded, grouping_only) is not None


def with_a_change(results: Results, part: str) -> Results:
    """Give the results without the first subject of one part."""
    subjects = dict(results.parts[part])
    subjects.pop(min(subjects))
    return replace(results, parts={**results.parts, part: subjects})


def test_no_word_of_the_sample_is_recorded() -> None:
    recorded = "".join(path.read_text("utf-8") for path in sorted(FOLDER.glob("*.json*")))
    lines = (SAMPLE / "posts.jsonl").read_text("utf-8").splitlines()

    written = recorded.encode("ascii").decode("unicode-escape")
    for post in map(json.loads, lines):
        text = str(post["text"])
        pieces = [text[start : start + 8] for start in range(0, max(len(text) - 8, 1), 8)]
        assert not [piece for piece in pieces if piece in written], post["id"]
        assert not post.get("author") or f'"{post["author"]}"' not in written, post["id"]


def test_every_data_file_of_pipelines_is_in_a_version() -> None:
    package = Path(__file__).parents[2] / "pipelines"
    files = {path.relative_to(package) for path in package.rglob("*") if path.is_file()}

    data = {path for path in files if path.suffix not in (".py", ".pyc", ".typed")}

    assert Path("taxonomy/stop_words.yml") in data
    # The taxonomy's version is a digest of its files; a learned model brings its fingerprint.
    assert {path for path in data if path.parts[0] not in ("taxonomy", "classify")} == set()
    assert {path.suffix for path in data if path.parts[0] == "taxonomy"} == {".yml"}
