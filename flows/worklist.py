"""Prints the ranked worklist of a build: for people, for machines, for spreadsheets."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from warehouse.builds import Build, current_build
from warehouse.casework.case_events import candidate_events
from warehouse.casework.cases import Case, fold
from warehouse.casework.ledger import Ledger
from warehouse.home import Home
from warehouse.read import open_build

PAGE_ROWS = 500
_MARKS = {"met": "●", "not_met": "○", "unknown": "◌"}


def print_worklist(home: Path, form: str, limit: int | None, build: Build | None = None) -> None:
    """Write the candidates, best first, in the form asked for, to standard output."""
    writers = {"table": _write_table, "jsonl": _write_jsonl, "csv": _write_csv}
    writers[form](read_worklist(home, limit, build))


def read_worklist(
    home: Path, limit: int | None, build: Build | None = None
) -> Iterator[dict[str, Any]]:
    """Give the candidates of a build, else of the current one (CONTRACT section 5).

    Beside those keys `decided` says what people decided of each since whenever, newer than the
    build; None for an untouched candidate, and in a build as of an earlier day.
    """
    cases = {} if build else _cases(Home(home))
    with open_build(build or current_build(Home(home)), "internal") as reader:
        for offset in range(0, sys.maxsize, PAGE_ROWS):
            rows = PAGE_ROWS if limit is None else min(PAGE_ROWS, limit - offset)
            if rows <= 0:
                return
            page = reader.query("candidates", limit=rows, offset=offset).to_pylist()
            for row in page:
                yield {**row, "decided": _decided(cases.get(row["candidate_id"]))}
            if len(page) < rows:
                return


def _cases(home: Home) -> dict[str, Case]:
    if not home.ledger.exists():
        return {}
    with Ledger.open(home) as ledger:
        return fold(candidate_events(ledger))


def _decided(case: Case | None) -> dict[str, Any] | None:
    """Give how a candidate stands as plain values."""
    if case is None:
        return None
    return {
        "disposition": case.disposition,
        "merged_into": case.merged_into,
        "assignee": case.assignee,
        "sent_on": case.sent[-1].at.date() if case.sent else None,
    }


def _write_jsonl(candidates: Iterator[dict[str, Any]]) -> None:
    for candidate in candidates:
        line = orjson.dumps(candidate, default=str, option=orjson.OPT_APPEND_NEWLINE)
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


def _write_csv(candidates: Iterator[dict[str, Any]]) -> None:
    writer: csv.DictWriter[str] | None = None
    for candidate in candidates:
        row = {name: _cell(value) for name, value in candidate.items()}
        if writer is None:
            writer = csv.DictWriter(sys.stdout, fieldnames=list(row))
            writer.writeheader()
        writer.writerow(row)


def _cell(value: Any) -> Any:
    """Give a value as one cell; text that a spreadsheet would run as a formula is quoted."""
    if isinstance(value, list | dict):
        return orjson.dumps(value, default=str).decode()
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def _write_table(candidates: Iterator[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table("#", "candidate", "merchant", "issue", "people", "tiers", "window", expand=True)
    table.add_column("reason", overflow="fold")
    for rank, candidate in enumerate(candidates, 1):
        table.add_row(
            str(rank),
            _candidate(candidate),
            escape(candidate["merchant_name"] or "–"),
            escape(f"{candidate['label_zh']}\n{candidate['issue_code']}"),
            _people(candidate),
            _tiers(candidate),
            _window(candidate),
            escape(candidate["reason_zh"]),
        )
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(
        table if table.rows else "no candidates: no complaints were found to belong together"
    )


def _candidate(candidate: dict[str, Any]) -> str:
    """Give the id, and what was decided of it."""
    decided = candidate["decided"] or {"disposition": "open"}
    standing = [decided["disposition"]] if decided["disposition"] != "open" else []
    return "\n".join([candidate["candidate_id"], *standing])


def _people(candidate: dict[str, Any]) -> str:
    certain, possible = candidate["complainants_certain"], candidate["complainants_possible"]
    return f"{certain}" if certain == possible else f"{certain}–{possible}"


def _tiers(candidate: dict[str, Any]) -> str:
    """Give each tier with its mark: met, not met, unknown; never one sum."""
    tiers = candidate["tiers"] or {}
    return "\n".join(
        f"{_MARKS[tier['state']]} {code.replace('_', ' ')}" for code, tier in tiers.items() if tier
    )


def _window(candidate: dict[str, Any]) -> str:
    if candidate["window_start"] is None:
        return "undated"
    return f"{candidate['window_start']}\n{candidate['window_end']}"
