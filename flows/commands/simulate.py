"""`zhongsu simulate`: complaints with planted collective events, the same for the same seed."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click


@click.command("simulate")
@click.option("--seed", type=int, required=True, help="The same seed gives the same files.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option(
    "--complaints", type=click.IntRange(1), help="Scales merchants and events at unchanged rates."
)
@click.option("--weeks", type=click.IntRange(1), help="Length of the simulated period.")
@click.option("--merchants", type=click.IntRange(1))
@click.option("--events", type=click.IntRange(0))
def simulate_command(
    seed: int,
    out: Path,
    complaints: int | None,
    weeks: int | None,
    merchants: int | None,
    events: int | None,
) -> None:
    """Write posts.jsonl and truth.json under --out."""
    from flows.simulate import SimulationParams, simulate

    given = {"complaints": complaints, "weeks": weeks, "merchants": merchants, "events": events}
    chosen: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    summary = simulate(SimulationParams(seed=seed, **chosen), out)
    counts = ", ".join(f"{name} {count:,}" for name, count in asdict(summary).items())
    click.echo(counts.replace("_", " "), err=True)
