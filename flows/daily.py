"""The scheduled form of a run: the same functions, observed by Prefect.

This module is loaded by the scheduler and by tests only; no one-off command imports it.
Without the decorators it still runs: see `flows.run`.
"""

from __future__ import annotations

from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact

from flows.receipts import run_markdown
from flows.run import RunReceipt, run
from flows.settings import FlowSettings

run_task = task(run, name="run")


@flow(name="daily")
def daily(home: Path) -> RunReceipt:
    """Read, group, audit and publish what was loaded; leave a receipt as an artifact."""
    receipt = run_task(FlowSettings(home=home))
    create_markdown_artifact(run_markdown(receipt), key="daily-receipt")
    return receipt
