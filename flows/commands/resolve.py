"""`zhongsu resolve`: pairs of names in, whether each is one merchant out, in the same order."""

from __future__ import annotations

from typing import BinaryIO

import click

from flows.commands.analyse import line_batches
from flows.streams import InputFile, standard_output


@click.command("resolve")
@click.argument("file", type=InputFile(), default="-")
@click.option(
    "--judgements",
    type=click.File("rb"),
    help='What people judged, one {"a", "b", "same": "yes"|"no"} a line; it overrules every rule.',
)
def resolve_command(file: BinaryIO, judgements: BinaryIO | None) -> None:
    """Read pairs of names ({"a", "b"} a line) and say whether they are one merchant.

    Gives {"a", "b", "same", "score", "why"} for each line, in order. A line that does not
    hold two names gives an object whose `error` says why. Needs no warehouse.

    \b
    same:
      yes     they are names of one merchant
      parent  one is the other's brand, product or owner; complaints stay with each
      unsure  something speaks for it and proves nothing, or a name says nobody in particular
      no      they differ, and nothing known or written speaks for one merchant

    `score` (0 to 1) is how likely it is that both are one merchant, by the kind of evidence;
    with parent, how likely it is that they are related. It is set by hand for each kind, not
    measured. `why` names the evidence.

    \b
    echo '{"a": "Zhifubao", "b": "支付宝"}' | zhongsu resolve
    """  # noqa: D301 - the marks keep click from joining lines
    from flows.resolve import LONGEST_LINE, read_judgements, resolve_line
    from pipelines.respondents.compare import Comparer
    from pipelines.taxonomy import load_taxonomy

    judged = () if judgements is None else read_judgements(judgements)
    comparer = Comparer(load_taxonomy().merchants, judged)
    out = standard_output()
    number = 1
    for lines in line_batches(file, LONGEST_LINE):
        numbered = enumerate(lines, number)
        out.writelines(resolve_line(line, comparer, at) + b"\n" for at, line in numbered)
        out.flush()
        number += len(lines)
