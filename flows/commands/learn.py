"""`zhongsu learn`: makes the second reader's model anew and says how well it reads."""

from __future__ import annotations

from pathlib import Path

import click

from flows.cli import Invocation


@click.command("learn")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The model file; pipelines/classify/model.npz is the one that ships.",
)
@click.option(
    "--labels",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="A label file (ids and codes); the texts are those of the home's records.",
)
@click.option("--explain", metavar="COLUMN", help="Print what speaks most for one code.")
@click.pass_obj
def learn_command(
    invocation: Invocation, out: Path, labels: tuple[Path, ...], explain: str | None
) -> None:
    """Learn from the project's examples, labelled records, and what people corrected."""
    from flows.learn import columns_of, learn_model
    from pipelines.taxonomy import load_taxonomy

    taxonomy = load_taxonomy()
    if explain is not None and explain not in columns_of(taxonomy):
        raise click.BadParameter(
            f"expected an axis and a code, as in 'pattern late_delivery'; found {explain!r}",
            param_hint="--explain",
        )
    receipt = learn_model(invocation.settings, taxonomy, labels, out)
    model = receipt.model
    click.echo(
        f"version {model.version}, digest {receipt.digest}: "
        f"{len(model.words)} words, {len(model.pairs)} pairs"
    )
    click.echo(
        f"learned from {receipt.examples} examples, {receipt.labelled} labelled records and "
        f"{receipt.corrected} corrections; {receipt.missing} labels name a record that is not here"
    )
    for axis, threshold in model.thresholds.items():
        click.echo(f"{axis}: named from a probability of {threshold:.2f}")
    for reason in model.top_features(explain, 20) if explain else ():
        click.echo(f"  {reason.weight:+.2f}  {reason.feature}")
