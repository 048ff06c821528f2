"""Commands whose input or output is closed, full, or read no further."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from flows.exit_status import report_error

ZHONGSU = str(Path(sys.executable).with_name("zhongsu"))
GIVEN = {
    "analyse": '{"id": "1", "text": "付款后不发货"}\n' * 3_000,
    "resolve": '{"a": "京东", "b": "京东客服"}\n' * 3_000,
    "surveil": "series_id,date,count\n"
    + "".join(f"shop-{number},2024-05-06,3\n" for number in range(3_000)),
}


def shell(command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash; the status is that of the first command of a pipe."""
    line = f"set -o pipefail; {command}"
    return subprocess.run(
        ["bash", "-c", line, "bash", ZHONGSU, *arguments],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture(params=list(GIVEN))
def command(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    file = tmp_path / "many.jsonl"
    file.write_text(GIVEN[request.param], encoding="utf-8")
    return request.param, str(file)


def test_a_reader_who_has_read_enough_is_no_error(command: tuple[str, str]) -> None:
    result = shell('"$1" "$2" "$3" | head -1', *command)

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("redirected", "told"),
    [
        ("< $3 > /dev/full", "found the disk or the output full"),
        ("< $3 >&-", "standard output: expected it open; found it closed"),
        ("<&-", "standard input: expected it open; found it closed"),
    ],
)
def test_a_stream_that_cannot_be_used_is_named_in_one_line(
    command: tuple[str, str], redirected: str, told: str
) -> None:
    result = shell(f'"$1" "$2" {redirected}', *command)

    assert result.returncode == 3
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_list_that_is_written_to_a_full_output_is_one_line_too() -> None:
    result = shell('"$1" sources > /dev/full')

    assert (result.returncode, result.stderr.count("\n")) == (3, 1)


class WorkDatabaseError(Exception):
    """Stands in for what a database raises."""


@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "No space left on device"),
        WorkDatabaseError('IO Error: Could not write file "x": No space left on device'),
        WorkDatabaseError("database or disk is full"),
    ],
)
def test_a_full_disk_is_told_in_one_line(error: Exception) -> None:
    out = io.StringIO()

    assert report_error(error, out) == 3
    assert "found the disk or the output full" in out.getvalue()
    assert out.getvalue().count("\n") == 1
