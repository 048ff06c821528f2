"""`zhongsu run`: from what was loaded to a published build."""

from __future__ import annotations

import click

from flows.cli import Invocation


@click.command("run")
@click.option("--workers", type=click.IntRange(1), help="Processes that read complaints.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@click.pass_obj
def run_command(invocation: Invocation, workers: int | None, form: str) -> None:
    """Read, group, audit and publish. Only new and changed complaints are read.

    Running it again without new data changes nothing.
    """
    from flows.receipts import print_run
    from flows.run import run

    settings = invocation.settings
    if workers is not None:
        settings = settings.model_copy(update={"workers": workers})
    print_run(run(settings), form)
