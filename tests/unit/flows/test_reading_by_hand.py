"""What a person types who wants to know what one text says, and what the codes mean."""

from __future__ import annotations

import json

from click.testing import CliRunner, Result

from flows.cli import cli

TEXT = "付款后商家把我拉黑了，不发货也不退款"


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(cli, arguments, input=given)


def test_a_plain_text_is_read_as_a_post_named_text() -> None:
    plain = run("analyse", "--text", TEXT)
    line = run("analyse", given=json.dumps({"id": "text", "text": TEXT}))

    assert plain.exit_code == 0
    assert plain.stdout == line.stdout
    assert json.loads(plain.stdout)["id"] == "text"


def test_a_pretty_object_says_the_same_over_many_lines() -> None:
    pretty = run("analyse", "--pretty", "--text", f"{TEXT}\n[\n 1,\n 2\n]")
    plain = run("analyse", "--text", f"{TEXT}\n[\n 1,\n 2\n]")

    assert json.loads(pretty.stdout) == json.loads(plain.stdout)
    assert len(pretty.stdout.splitlines()) > 20
    assert "[0, " in pretty.stdout


def test_a_text_and_a_file_together_are_refused() -> None:
    result = run("analyse", "-", "--text", TEXT)

    assert result.exit_code == 2
    assert "expected FILE or --text" in result.stderr


def test_lines_that_cannot_be_read_have_their_numbers_over_the_whole_stream() -> None:
    good = json.dumps({"id": "1", "text": "x" * 70_000})

    result = run("analyse", given="\n".join((good, good, "{", good, "[]")))

    read = [json.loads(line) for line in result.stdout.splitlines()]
    issues = [issue["reason"].rpartition(" (")[2] for one in read for issue in one["issues"]]
    assert issues == ["line 3)", "line 5)"]


def test_the_help_of_analyse_names_fields_kinds_and_where_codes_are_listed() -> None:
    shown = run("analyse", "--help").stdout

    for told in (
        "published_at",
        "replies",
        "guide",
        "probability",
        "taxonomy codes",
        "accuracy.md",
    ):
        assert told in shown


def test_every_code_is_listed_with_its_meaning() -> None:
    rows = [json.loads(line) for line in run("taxonomy", "codes", "--json").stdout.splitlines()]
    table = run("taxonomy", "codes").stdout

    assert len(rows) > 100
    assert all(all(row.values()) for row in rows)
    assert {"pattern", "wallet", "nature", "demand", "evidence"} <= {row["axis"] for row in rows}
    assert all(row["code"] in table for row in rows)


def test_the_version_is_told() -> None:
    result = run("--version")

    assert result.exit_code == 0
    assert result.stdout.startswith("zhongsu ")
