"""`zhongsu import` and `zhongsu sources`: files in, a receipt out."""

from __future__ import annotations

from pathlib import Path

import click

from flows.cli import Invocation


@click.command("import")
@click.argument("source")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--covers",
    multiple=True,
    metavar="[RESPONDENT=]FROM..TO",
    help="A period that these files hold completely; may be given several times. Outside covered "
    "periods an absent complaint is missing, not zero, and nothing is tested.",
)
@click.option(
    "--backfill",
    is_flag=True,
    help="Records count as known from their received or published date, not from today.",
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@click.pass_obj
def import_command(
    invocation: Invocation,
    source: str,
    files: tuple[Path, ...],
    covers: tuple[str, ...],
    backfill: bool,
    form: str,
) -> None:
    """Land FILES of SOURCE and load them. `zhongsu sources` lists the sources.

    Records that cannot be kept are stored with their reason and counted on the receipt.
    """
    from flows.coverage import parse_coverage
    from flows.ingest import ImportRequest, import_files
    from flows.receipts import print_load

    request = ImportRequest(
        source=source,
        files=files,
        covers=tuple(parse_coverage(text) for text in covers),
        is_backfill=backfill,
    )
    print_load(import_files(invocation.settings.home, request), form)


@click.command("sources")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table")
def sources_command(form: str) -> None:
    """List the sources that can be imported, and what each expects."""
    from flows.receipts import print_sources

    print_sources(form)
