"""`zhongsu candidates`: the ranked worklist of the current build, or as of an earlier day."""

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
@click.option("--as-of", metavar="DATE", help="As found with only what was known by that day.")
@click.pass_obj
def candidates_command(
    invocation: Invocation, form: str, limit: int | None, as_of: str | None
) -> None:
    """Print the collective-complaint candidates, best first.

    With --as-of, those of a build that is kept aside; it is made if it is missing or was
    made of other data.
    """
    from datetime import UTC, datetime

    from flows.worklist import print_worklist

    build = None
    if as_of is not None:
        from flows.as_of import build_as_of, parse_as_of

        day = parse_as_of(as_of, datetime.now(UTC))
        build = build_as_of(invocation.settings, day).build
    print_worklist(invocation.settings.home, form, limit, build)
