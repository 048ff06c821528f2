"""`zhongsu builds` and `zhongsu rollback`: what is published, and going back to an earlier one."""

from __future__ import annotations

import click

from flows.cli import Invocation


@click.command("builds")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table")
@click.pass_obj
def builds_command(invocation: Invocation, form: str) -> None:
    """List the published builds, newest first, the current one marked; then those kept aside."""
    from flows.builds import print_builds

    print_builds(invocation.settings.home, form)


@click.command("rollback")
@click.argument("build_id")
@click.pass_obj
def rollback_command(invocation: Invocation, build_id: str) -> None:
    """Make BUILD_ID the current build. Readers see it at their next look."""
    from flows.builds import roll_back

    roll_back(invocation.settings.home, build_id)
    click.echo(f"current build: {build_id}", err=True)
