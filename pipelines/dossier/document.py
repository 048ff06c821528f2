"""What a dossier is made of, before anybody writes it to a file.

In: nothing; these are only types. Out: a `Document` of sections and blocks, all plain text.
Out of scope: what is said (the parts) and how it looks (the writers).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Style = Literal["plain", "lead", "note", "missing", "quote", "bullet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; `missing` says what is not there, `lead` what matters most."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: its head, and its share of the width, relative to the others."""

    head: str
    width: float
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a head; every row has a cell for every column.

    `is_record`: the first column names what the second says.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    is_record: bool = False


Block = Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part (level 1) or a section of one (level 2). `code` is the same in every language.

    `missing` names what should be there and is not.
    """

    code: str
    title: str
    level: Literal[1, 2]
    blocks: tuple[Block, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole dossier. `running` stands on every page; `facts` on the first."""

    title: str
    subtitle: str
    language: Literal["zh", "en"]
    running: str
    footer: str
    page: str
    contents: str
    facts: Table
    preface: str
    sections: tuple[Section, ...]

    def texts(self) -> Iterator[str]:
        """Give every text that a reader meets, in order."""
        yield from (self.title, self.subtitle, self.running, self.footer, self.preface)
        yield from _of_table(self.facts)
        for section in self.sections:
            yield section.title
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    yield block.text
                else:
                    yield from _of_table(block)


def _of_table(table: Table) -> Iterator[str]:
    yield from (column.head for column in table.columns)
    for row in table.rows:
        yield from row
