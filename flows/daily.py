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


@task(name="run")
def run_task(settings: FlowSettings) -> RunReceipt:
    """Run once, observed."""
    return run(settings)


@task(name="leave receipt")
def leave_receipt(receipt: RunReceipt) -> None:
    """Keep what the run did where the schedule's user looks."""
    create_markdown_artifact(run_markdown(receipt), key="daily-receipt")


@flow(name="daily")
def daily(home: Path) -> RunReceipt:
    """Read, group, audit and publish what was loaded; leave a receipt as an artifact."""
    receipt = run_task(FlowSettings(home=home))
    leave_receipt(receipt)
    return receipt
