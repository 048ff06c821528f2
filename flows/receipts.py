"""Says what a load or a run did: as a table for people, as JSON for machines, as Markdown."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from flows.run import RunReceipt
from spiders.sources import load_source, source_names
from warehouse.load import LoadReceipt


def print_load(receipt: LoadReceipt, form: str) -> None:
    """Write the receipt of a load to standard output."""
    if form == "json":
        _write_json(asdict(receipt) | {"rejects": dict(receipt.rejects)})
        return
    table = Table("load", "source", "read", "kept", "changed", "duplicate", "rejected", "repaired")
    counts = (
        receipt.read,
        receipt.kept,
        receipt.changed,
        receipt.duplicate,
        receipt.rejected,
        receipt.repaired,
    )
    table.add_row(receipt.load_id, receipt.source, *(f"{count:,}" for count in counts))
    console = _console()
    console.print(table)
    for reason, items in receipt.rejects:
        console.print(f"  rejected {items:,}: {reason}", markup=False)


def print_run(receipt: RunReceipt, form: str) -> None:
    """Write the receipt of a run to standard output."""
    if form == "json":
        _write_json(_run_row(receipt))
        return
    _console().print(run_markdown(receipt), markup=False)


def run_markdown(receipt: RunReceipt) -> str:
    """Give the receipt of a run as Markdown: counts, audits, and what each stage took."""
    run = receipt.run
    made = "published" if receipt.as_of is None else f"kept aside, as of {receipt.as_of}"
    state = "unchanged" if receipt.is_unchanged else made
    lines = [
        f"{state}: build {run.build_id}",
        f"complaints {run.complaint_count:,} · read anew {run.reread_count:,}",
    ]
    if receipt.as_of is None and receipt.current_build_id != run.build_id:
        lines.append(f"readers see build {receipt.current_build_id}: it was rolled back to")
    lines += [f"{step}: {count:,} complaints: {reason}" for step, reason, count in receipt.issues]
    found = [audit for audit in receipt.audits if audit.bad_rows]
    lines += [f"audit {audit.name}: {audit.bad_rows:,} rows ({audit.severity})" for audit in found]
    return "\n".join(lines)


def print_sources(form: str) -> None:
    """Write the sources that can be imported to standard output."""
    specs = [load_source(name) for name in source_names()]
    if form == "jsonl":
        for spec in specs:
            _write_json(spec.model_dump(mode="json"))
        return
    table = Table("source", "中文", "English", "public", "needs")
    for spec in specs:
        public = "yes" if spec.is_public else "no"
        needs = ", ".join(spec.fields[name][0] for name in spec.required_columns)
        table.add_row(spec.name, spec.labels.zh, spec.labels.en, public, needs)
    _console().print(table)


def _run_row(receipt: RunReceipt) -> dict[str, Any]:
    return {
        **asdict(receipt.run),
        "is_unchanged": receipt.is_unchanged,
        "current_build_id": receipt.current_build_id,
        "as_of": receipt.as_of,
        "audits": [asdict(audit) for audit in receipt.audits],
        "issues": receipt.issues,
    }


def _write_json(value: dict[str, Any]) -> None:
    line = orjson.dumps(value, default=str, option=orjson.OPT_APPEND_NEWLINE)
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else 140, soft_wrap=True)
