"""The commands as a user runs them: what they print where, and with which status they leave."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from tests.integration.conftest import SAMPLE, zhongsu
from warehouse.home import Home


def test_import_prints_a_receipt_that_balances(tmp_path: Path) -> None:
    result = zhongsu(tmp_path, "import", "posts", str(SAMPLE), "--format", "json")

    receipt = json.loads(result.stdout)
    assert result.returncode == 0, result.stderr
    assert receipt["read"] == receipt["kept"] + receipt["duplicate"] + receipt["rejected"]
    assert receipt["kept"] > 0


def test_rejected_records_are_counted_and_do_not_fail_the_import(tmp_path: Path) -> None:
    posts = tmp_path / "posts.jsonl"
    posts.write_text(
        '{"id": "1", "text": "付款后不发货"}\n{"id": "2"}\n{broken\n', encoding="utf-8"
    )

    result = zhongsu(tmp_path / "home", "import", "posts", str(posts), "--format", "json")

    receipt = json.loads(result.stdout)
    assert result.returncode == 0
    assert (receipt["read"], receipt["kept"], receipt["rejected"]) == (3, 1, 2)
    assert sum(receipt["rejects"].values()) == 2


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("import", "nowhere", str(SAMPLE)), 1, "expected a source among"),
        (("import", "cfpb", str(SAMPLE)), 1, "expected"),
        (("import", "posts", str(SAMPLE), "--covers", "someday"), 2, "expected [RESPONDENT=]FROM"),
        (("import", "posts", "no-such-file.jsonl"), 2, "no-such-file.jsonl"),
        (("rollback", "20200101T000000Z-000000000000"), 1, "no such build"),
        (("candidates",), 1, "expected a published build"),
        (("serve", "--address", "0.0.0.0"), 2, "loopback"),
        (("no-such-command",), 2, "No such command"),
    ],
)
def test_a_refusal_says_what_was_expected(
    tmp_path: Path, arguments: tuple[str, ...], status: int, told: str
) -> None:
    result = zhongsu(tmp_path, *arguments)

    assert result.returncode == status, result.stderr
    assert told in result.stderr
    assert result.stdout == ""


def test_a_second_writer_is_turned_away_with_status_3(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()

    with home.lock():
        result = zhongsu(tmp_path, "run")

    assert result.returncode == 3
    assert "expected no other writer" in result.stderr


def test_the_worklist_comes_as_table_jsonl_and_csv(home: Path) -> None:
    assert zhongsu(home, "run").returncode == 0

    table = zhongsu(home, "candidates", "--limit", "3")
    lines = zhongsu(home, "candidates", "--limit", "3", "--format", "jsonl")
    sheet = zhongsu(home, "candidates", "--limit", "3", "--format", "csv")

    rows = [json.loads(line) for line in lines.stdout.splitlines()]
    assert len(rows) == 3
    assert all(row["candidate_id"] in table.stdout for row in rows)
    assert sheet.stdout.splitlines()[0].startswith("candidate_id,merchant_key")
    assert set(CANDIDATE_KEYS) == set(rows[0])


def test_analyse_answers_line_by_line_in_order(tmp_path: Path) -> None:
    posts = (
        '{"id": "a", "text": "付款后商家把我拉黑，不发货"}\n{broken\n{"id": "b", "text": "好"}\n'
    )
    command = [str(Path(sys.executable).with_name("zhongsu")), "analyse"]

    result = subprocess.run(command, input=posts, capture_output=True, text=True, check=False)

    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 0, result.stderr
    assert [row["id"] for row in rows] == ["a", None, "b"]
    assert rows[1]["issues"]


CANDIDATE_KEYS = [
    "candidate_id",
    "merchant_key",
    "merchant_name",
    "issue_axis",
    "issue_code",
    "label_zh",
    "label_en",
    "window_start",
    "window_end",
    "complaints",
    "complainants_certain",
    "complainants_possible",
    "expected",
    "signal",
    "tiers",
    "analogues",
    "unusual_mix",
    "unusual_mix_missing",
    "loss",
    "regions",
    "reply_share",
    "evidence_completeness",
    "discount",
    "deadline_next",
    "first_flagged_on",
    "lineage",
    "score",
    "reason_zh",
    "reason_en",
    "members",
    "decided",
]


@pytest.mark.parametrize("damage", ["a bit", "half", "empty", "missing"])
def test_a_model_that_is_not_whole_is_refused_before_a_line_is_read(
    tmp_path: Path, damage: str
) -> None:
    packed = files("pipelines.classify").joinpath("model.npz").read_bytes()
    contents = {"a bit": packed[:-1] + b"?", "half": packed[:5000], "empty": b""}
    if damage in contents:
        (tmp_path / "model.npz").write_bytes(contents[damage])
    program = (
        "import sys, pathlib, pipelines.classify.model as model\n"
        f"model.files = lambda package: pathlib.Path({str(tmp_path)!r})\n"
        "from flows.cli import main\n"
        "sys.argv = ['zhongsu', 'analyse']\n"
        "main()\n"
    )

    result = subprocess.run(
        [sys.executable, "-c", program],
        input='{"id": "1", "text": "付款后不发货"}\n',
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip

    assert (result.returncode, result.stdout) == (1, "")
    assert "model.npz: expected" in result.stderr
    assert "Traceback" not in result.stderr
