"""`zhongsu learn`: makes the second reader's model anew and says how well it reads."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("learn")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The model file; pipelines/classify/model.npz is the one that ships.",
)
def learn_command(out: Path) -> None:
    """Learn from the project's examples; print what each writer left out is read like."""
    from flows.learn import learn_model
    from pipelines.taxonomy import load_taxonomy

    model, figures = learn_model(load_taxonomy(), out)
    click.echo(f"version {model.version}: {len(model.words)} words, {len(model.pairs)} pairs")
    for one in figures:
        click.echo(
            f"{one.writer} {one.language}: code found in {one.found} of {one.of_allegations}, "
            f"any code in {one.coded} of {one.of_quiet} that allege nothing"
        )
