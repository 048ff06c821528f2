"""`zhongsu resolve`: a line out for every line in, in order, whatever comes in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.commands.resolve import resolve_command
from flows.resolve import JudgementFileError

PAIR = {"a": "Alipay", "b": "支付宝"}


def answers(given: bytes, *options: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(resolve_command, list(options), input=given, catch_exceptions=False)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_every_line_has_an_answer_in_its_place() -> None:
    lines = [json.dumps(PAIR), "{broken", "", "[1]", '{"a": 1, "b": null}', json.dumps(PAIR)]

    rows = answers("\n".join(lines).encode())

    assert [row["same"] for row in rows] == ["yes", None, None, None, None, "yes"]
    assert all("expected" in str(row["error"]) for row in rows[1:5])
    assert list(rows[0]) == ["a", "b", "same", "score", "why"]


@pytest.mark.parametrize("name", ["", "   ", "\u3000", "\u200b", "\n"])
def test_an_empty_name_is_an_error(name: str) -> None:
    first, second = answers(
        "\n".join((json.dumps(PAIR), json.dumps({"a": "支付宝", "b": name}))).encode()
    )

    assert "error" not in first
    assert (second["a"], second["b"], second["same"]) == ("支付宝", None, None)
    assert second["error"] == "expected names in a and b; found none in b (line 2)"


def test_an_error_is_told_in_words_with_the_number_of_its_line() -> None:
    rows = answers(b"{broken\n[1]\n\n\xff{}")

    assert [row["error"] for row in rows] == [
        "expected a JSON object on one line; found something that is no JSON, "
        "at character 2 (line 1)",
        "expected a JSON object with the names a and b; found a list (line 2)",
        "expected a JSON object on one line; found an empty line (line 3)",
        "expected a JSON object in UTF-8; found bytes that are not UTF-8 (line 4)",
    ]


def test_a_number_is_a_name_as_well() -> None:
    (row,) = answers(b'{"a": 12306, "b": "\xe9\x93\x81\xe8\xb7\xaf12306"}')

    assert (row["a"], row["same"]) == ("12306", "yes")


@pytest.mark.parametrize(
    "line",
    [
        b'{"a": "\\ud800", "b": "x"}',
        b"\xff\xfe\x00",
        b"[" * 60_000,
        b'{"a": "' + b"x" * 100_000 + b'", "b": "y"}',
        b'{"a": "' + b"*" * 60_000 + b'", "b": "y"}',
        b'{"a": "\\u0000", "b": "\\u0000"}',
    ],
)
def test_a_hostile_line_is_answered_like_any_other(line: bytes) -> None:
    (row,) = answers(line)

    assert {"a", "b", "same", "score", "why"} <= row.keys()


def test_a_file_of_judgements_overrules_the_rules(tmp_path: Path) -> None:
    judged = tmp_path / "judged.jsonl"
    judged.write_text(json.dumps(PAIR | {"same": "no"}) + "\n", encoding="utf-8")

    (row,) = answers(json.dumps(PAIR).encode(), "--judgements", str(judged))

    assert row["same"] == "no"


def test_a_line_that_is_no_judgement_is_refused_with_its_number(tmp_path: Path) -> None:
    judged = tmp_path / "judged.jsonl"
    judged.write_text(json.dumps(PAIR | {"same": "maybe"}), encoding="utf-8")

    with pytest.raises(JudgementFileError, match="line 1: expected"):
        answers(b"", "--judgements", str(judged))
