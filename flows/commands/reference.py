"""`zhongsu taxonomy check` and `zhongsu dictionary`: what the project says about itself."""

from __future__ import annotations

from pathlib import Path

import click

from flows.errors import FlowError


@click.group("taxonomy")
def taxonomy_group() -> None:
    """Check the taxonomy."""


@taxonomy_group.command("check")
def check_command() -> None:
    """Load every taxonomy file, run its examples, and say what is wrong where."""
    from flows.taxonomy_check import check_taxonomy

    click.echo(check_taxonomy())


@click.command("dictionary")
@click.option(
    "--check",
    "written",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Compare with this file instead of printing; fail when it is stale.",
)
def dictionary_command(written: Path | None) -> None:
    """Print every table and column of the warehouse with meaning and sensitivity (Markdown)."""
    from warehouse.dictionary import render

    rendered = render()
    if written is None:
        click.echo(rendered, nl=False)
    elif written.read_text(encoding="utf-8") != rendered:
        raise FlowError(
            f"{written} is stale: expected what the schema says now; run `make dictionary`"
        )
