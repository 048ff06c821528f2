"""Every code of the taxonomy with what it means: the work of `zhongsu taxonomy codes`.

In: the taxonomy that ships. Out: its codes in order, or a table of them for a terminal. Out of
scope: the rules by which codes are found, and checking them (`flows.taxonomy_check`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby

from pipelines.records import Axis
from pipelines.taxonomy import load_taxonomy


def codes() -> Iterator[dict[str, str]]:
    """Give every code that is in use, by axis and then by name.

    >>> next(codes())["axis"]
    'pattern'
    """
    order = list(Axis)
    entries = [entry for entry in load_taxonomy().entries.values() if not entry.retired]
    for entry in sorted(entries, key=lambda entry: (order.index(entry.axis), entry.code)):
        yield {
            "axis": entry.axis.value,
            "code": entry.code,
            "label_zh": entry.label.zh,
            "label_en": entry.label.en,
            "definition_zh": entry.definition.zh.strip(),
            "definition_en": entry.definition.en.strip(),
        }


def print_codes(listed: Iterable[dict[str, str]]) -> None:
    """Print a table for each axis, as wide as the terminal."""
    from rich.console import Console
    from rich.table import Table

    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 160, highlight=False)
    for axis, rows in groupby(listed, key=lambda row: row["axis"]):
        table = Table(title=axis, title_justify="left", expand=True)
        table.add_column("code", no_wrap=True)
        for heading, ratio in (("label", 2), ("definition", 5)):
            table.add_column(heading, ratio=ratio)
        for row in rows:
            table.add_row(
                row["code"],
                f"{row['label_zh']}\n{row['label_en']}",
                f"{row['definition_zh']}\n{row['definition_en']}",
            )
        console.print(table)
