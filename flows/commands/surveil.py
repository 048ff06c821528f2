"""`zhongsu surveil`: counts in, what was expected of each and whether it is too much out."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

import click

from flows.streams import InputFile, standard_output

_METHODS = ("auto", "sector", "farrington", "ears_c1", "ears_c2", "ears_c3", "predictive")


@click.command("surveil")
@click.argument("file", type=InputFile(), default="-")
@click.option(
    "--method",
    type=click.Choice(_METHODS),
    default="auto",
    show_default=True,
    help="What counts are tested by.",
)
@click.option(
    "--alpha",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.005,
    show_default=True,
    help="The chance of an alarm in a period without event.",
)
@click.option(
    "--known-until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day up to which counts are complete; periods that end later are not tested.",
)
@click.option(
    "--cooldown",
    type=click.IntRange(0, 10_000),
    default=7,
    show_default=True,
    help="Days after an alarm in which no other is raised for the series.",
)
def surveil_command(
    file: BinaryIO, method: str, alpha: float, known_until: datetime | None, cooldown: int
) -> None:
    """Test counts per day, week or month: are there more than the past lets expect?

    FILE (or standard input) is CSV with a header; one line comes out for each, in the same
    order. Needs no warehouse.

    \b
    Columns in:
      series_id  whose counts
      date       the day on which the period begins (2024-05-31, or 2024-05 for a month)
      count      a whole number; empty is missing, not zero, and so is a date that is absent
      sector     optional: series of one sector lend each other what is usual; without it all
                 series of the file do

    \b
    Columns out, after series_id, date and count:
      expected          how many the periods before let expect
      upper             as many are nothing unusual; more are an alarm
      score             -log10 of the chance of such counts without an event
      alarm             true or false
      model             what the period was tested by; none: too little is known before it
      false_alarm_rate  how often such a test alarms without an event, measured by simulation

    \b
    Methods:
      auto        the best of these in our measurements: sector, at every length of history
      sector      a Gamma-Poisson model that learns from all series of a sector; from 4 periods on
      farrington  Farrington's flexible method, as Noufaily et al. 2013; weeks, from 2 years on
      ears_c1, ears_c2, ears_c3   the last 7 periods; poor on small counts
      predictive  a negative binomial of the last 26 periods

    docs/surveil.md explains it with examples; docs/methods.md says how much each finds.

    \b
    zhongsu surveil counts.csv > alarms.csv
    """  # noqa: D301 - the marks keep click from joining lines
    from flows.surveil import surveil
    from flows.surveil_rows import read_rows
    from pipelines.detect.surveillance import METHODS, WatchSettings

    chosen = METHODS[_METHODS.index(method)]
    settings = WatchSettings(method=chosen, alpha=alpha, cooldown_days=cooldown)
    out = standard_output()
    until = None if known_until is None else known_until.date()
    for line in surveil(read_rows(file), settings, until):
        out.write(line.encode("utf-8"))
    out.flush()
