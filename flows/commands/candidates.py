"""`zhongsu candidates`: the ranked worklist of the current build."""

from __future__ import annotations

import click

from flows.cli import Invocation


@click.command("candidates")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    default="table",
    show_default=True,
)
@click.option("--limit", type=click.IntRange(1), help="At most so many, best first.")
@click.pass_obj
def candidates_command(invocation: Invocation, form: str, limit: int | None) -> None:
    """Print the collective-complaint candidates, best first."""
    from flows.worklist import print_worklist

    print_worklist(invocation.settings.home, form, limit)
