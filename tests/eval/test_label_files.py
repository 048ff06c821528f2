"""The label files: ids and codes that exist, no text of others, splits apart."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from pathlib import Path

import pytest
from pydantic import ValidationError

from pipelines.normalise import normalise
from pipelines.taxonomy import load_taxonomy
from tests.eval.labels import (
    FOLDER,
    SOURCE_OF_FILE,
    SPLITS,
    LabelError,
    LabelRow,
    codes_of,
    read_labels,
)
from tests.eval.near_copies import sources
from tests.eval.texts import own_texts

LONGEST_NAME = 80
"""Code points of a respondent's name or a place: what is longer would be a passage."""

FILES = sorted((FOLDER / "labels").glob("*.jsonl"))


def lines_of(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def split_of_files(name: str) -> list[Path]:
    return [path for path in sorted(FOLDER.glob(f"{name}_*.jsonl")) if path.exists()]


def strings_of(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in strings_of(one)]


def test_every_label_file_is_about_a_known_source() -> None:
    assert {path.stem for path in FILES} <= set(SOURCE_OF_FILE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_labels_are_ids_and_codes_and_hold_no_passage(path: Path) -> None:
    rows = [json.loads(line) for line in lines_of(path)]

    longest = [(row["id"], len(text)) for row in rows for text in strings_of(row)]

    assert [LabelRow.model_validate(row) for row in rows]
    assert [one for one in longest if one[1] > LONGEST_NAME] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_ids_are_those_of_our_importers(path: Path) -> None:
    ids = [json.loads(line)["id"] for line in lines_of(path)]
    source = SOURCE_OF_FILE[path.stem]
    known = own_texts()

    if source == "own":
        assert [one for one in ids if one not in known] == []
    else:
        assert [one for one in ids if not one.startswith(f"{source}:")] == []


def test_a_text_is_labelled_once_so_that_dev_and_held_are_apart() -> None:
    counts = Counter(label.text_id for label in read_labels(SPLITS))

    assert [text_id for text_id, count in counts.items() if count > 1] == []


def test_every_code_exists() -> None:
    entries = load_taxonomy().entries

    unknown = [
        (label.text_id, code)
        for label in read_labels(SPLITS)
        for row in (label.row, label.row.second, *label.row.cases)
        if row is not None
        for _, code in sorted(codes_of(row) - entries.keys())
    ]

    assert unknown == []


def test_heimao_is_never_held_out() -> None:
    held = [label.text_id for label in read_labels(["held"]) if label.source == "heimao"]

    assert held == []


def test_own_texts_say_which_split_they_belong_to() -> None:
    path = FOLDER / "own" / "texts.jsonl"
    rows = [json.loads(line) for line in lines_of(path)] if path.exists() else []
    splits = {row["id"]: row["split"] for row in rows}
    labelled = {one.text_id: one.split for one in read_labels(SPLITS) if one.source == "own"}

    assert len(splits) == len(rows)
    assert {one: split for one, split in labelled.items() if splits.get(one) != split} == {}


@pytest.mark.parametrize("name", ["redaction", "names"])
def test_other_held_out_files_share_no_line_with_those_for_development(name: str) -> None:
    files = {path.stem: lines_of(path) for path in split_of_files(name)}
    key = {"redaction": "text", "names": "name"}[name]

    seen = [{json.loads(line)[key] for line in lines} for lines in files.values()]

    assert len(seen) < 2 or not set.intersection(*seen)


def test_redaction_marks_lie_in_their_texts() -> None:
    kinds = {code for axis, code in load_taxonomy().entries if axis == "personal_data"}
    rows = [json.loads(line) for path in split_of_files("redaction") for line in lines_of(path)]

    wrong = [
        mark
        for row in rows
        for mark in row["marks"]
        if mark["kind"] not in kinds
        or not 0 <= mark["span"][0] < mark["span"][1] <= len(row["text"])
    ]

    assert wrong == []


@pytest.mark.data
def test_no_text_of_others_is_among_our_own(shared_data: Path) -> None:
    own = {normalise(text.post["text"]).text for text in own_texts().values()}
    others = {normalise(text).text for _, texts in sources(shared_data) for text in texts}
    with gzip.open(shared_data / "cfpb" / "complaints.csv.gz", "rt", encoding="utf-8") as file:
        narratives = {row["Consumer complaint narrative"] for row in csv.DictReader(file)}

    assert not own & others
    assert not own & {normalise(text).text for text in narratives}


def test_a_label_with_a_text_is_refused() -> None:
    row = {"id": "news:1", "split": "dev", "kind": "other", "outcome": "unknown"}

    assert LabelRow.model_validate(row)
    with pytest.raises(ValidationError, match="text"):
        LabelRow.model_validate({**row, "text": "退款"})


def test_a_line_that_is_no_label_is_named(tmp_path: Path) -> None:
    row = {"id": "news:1", "split": "dev", "kind": "novel", "outcome": "unknown"}
    (tmp_path / "news.jsonl").write_text(f"\n{json.dumps(row)}\n", encoding="utf-8")

    with pytest.raises(LabelError, match=r"news\.jsonl:2: expected a label .* found kind"):
        read_labels(["dev"], tmp_path)


def test_a_label_of_no_split_is_not_passed_over(tmp_path: Path) -> None:
    row = {"id": "news:1", "kind": "other", "outcome": "unknown"}
    (tmp_path / "news.jsonl").write_text(json.dumps(row), encoding="utf-8")

    with pytest.raises(LabelError, match="split: missing"):
        read_labels(["dev"], tmp_path)
