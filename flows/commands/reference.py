"""`zhongsu taxonomy` and `zhongsu dictionary`: what the project says about itself."""

from __future__ import annotations

import json
from pathlib import Path

import click

from flows.errors import FlowError


@click.group("taxonomy")
def taxonomy_group() -> None:
    """List the codes of the taxonomy, or check it."""


@taxonomy_group.command("codes")
@click.option("--json", "is_json", is_flag=True, help="One JSON object a line, for programs.")
def codes_command(is_json: bool) -> None:
    """List every code with its axis, label and definition, in Chinese and English.

    What stands for what: `pattern` a scam or a conduct, `wallet` an issue with a wallet or a
    payment service, `nature` the legal nature, `demand` what is asked for, `evidence` what is
    said to be at hand, `channel` where help was sought, `personal_data` what is redacted.
    """
    from flows.taxonomy_codes import codes, print_codes

    if is_json:
        for code in codes():
            click.echo(json.dumps(code, ensure_ascii=False))
    else:
        print_codes(codes())


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
