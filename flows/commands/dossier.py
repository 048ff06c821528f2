"""`zhongsu dossier` and `zhongsu verify`: export a candidate's dossier, and check one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from flows.cli import Invocation

_FORMS = ("docx", "md", "json")


@click.command("dossier")
@click.argument("candidate_id")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="A new or empty folder, or one with this candidate's dossier.",
)
@click.option(
    "--format",
    "forms",
    default=",".join(_FORMS),
    show_default=True,
    help="Formats of the dossier, with commas between; the lists and the manifest come always.",
)
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.pass_obj
def dossier_command(
    invocation: Invocation, candidate_id: str, out: Path, forms: str, language: str
) -> None:
    """Export the dossier of a candidate of the current build, with a manifest of hashes.

    In four parts, in neutral language: parties, course of events, evidence, demands; beside
    them legal tiers, deadlines, the channel, what was left out and why. Complainants are
    listed by source and record id only; the source holds their identity.
    """
    from flows.errors import UsageRefusedError

    wanted = tuple(dict.fromkeys(form.strip() for form in forms.split(",")))
    if not set(wanted) <= set(_FORMS):
        raise UsageRefusedError(
            f"--format: expected some of {', '.join(_FORMS)}, with commas between; found {forms!r}"
        )
    from flows.dossier import export_dossier
    from pipelines.dossier import Order

    order = Order(candidate_id=candidate_id, language=language, forms=wanted)  # type: ignore[arg-type]
    for line in export_dossier(invocation.settings.home, order, out):
        click.echo(line)


@click.command("verify")
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def verify_command(invocation: Invocation, folder: Path) -> None:
    """Check a dossier: hash its files, and make it anew while its build is here.

    Exit status 1 when a file was changed, is missing or was added, or the build gives another.
    """
    from flows.dossier import verify_dossier

    verdict = verify_dossier(invocation.settings.home, folder)
    for line in verdict.lines:
        click.echo(line)
    if not verdict.is_same:
        sys.exit(1)
