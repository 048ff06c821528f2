"""`zhongsu run`: from what was loaded to a published build."""

from __future__ import annotations

import click

from flows.cli import Invocation


@click.command("run")
@click.option("--workers", type=click.IntRange(1), help="Processes that read complaints.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@click.option("--as-of", metavar="DATE", help="Make a build of what was known by that day, aside.")
@click.pass_obj
def run_command(invocation: Invocation, workers: int | None, form: str, as_of: str | None) -> None:
    """Read, group, audit and publish. Only new and changed complaints are read.

    Running it again without new data changes nothing. With --as-of, the build is kept aside:
    readers see what they saw, and candidates that were not known then have an id of their own
    kind, asof-...
    """
    from datetime import UTC, datetime

    from flows.receipts import print_run
    from flows.run import run

    settings = invocation.settings
    if workers is not None:
        settings = settings.model_copy(update={"workers": workers})
    if as_of is None:
        print_run(run(settings), form)
        return
    from flows.as_of import build_as_of, parse_as_of

    day = parse_as_of(as_of, datetime.now(UTC))
    print_run(build_as_of(settings, day).receipt, form)
