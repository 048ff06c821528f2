"""Gathers the items of one file into blocks, and cleans the names of columns.

In: rows and rejects one by one, in file order. Out: `RowBlock`s of bounded size, in which every
item has its position. Out of scope: reading formats, and what becomes of the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from spiders.importers.repair import repair_text
from spiders.items import (
    MAX_BLOCK_CHARS,
    MAX_BLOCK_ITEMS,
    Rejected,
    RowBlock,
    storable,
    unread_payload,
)


class BlockBuilder:
    """Collects items until a block is full; positions count on over all blocks of a file."""

    def __init__(self, names: tuple[str, ...], position: int = 0) -> None:
        self.names = names
        self.position = position
        self._start_block()

    def _start_block(self) -> None:
        # Cells row by row in one list: a list for every row would keep the garbage collector busy.
        self._cells: list[str | None] = []
        self._positions: list[int] = []
        self._rejects: list[Rejected] = []
        self._leftovers: list[Mapping[str, object]] = []
        self._chars = 0

    def add(
        self,
        cells: Sequence[str | None],
        size: int,
        leftover: Mapping[str, object] | None = None,
    ) -> None:
        """Take a row of about `size` characters; give every row of a file a leftover, or none."""
        self._cells.extend(cells)
        self._positions.append(self.position)
        self.position += 1
        self._chars += size
        if leftover is not None:
            self._leftovers.append(leftover)

    def reject(self, reason: str, text: str | None) -> None:
        """Take an item that is no row, with the reason; of its text only the length is kept.

        `text` is None for a value that cannot be written as text.
        """
        stored = unread_payload(self.position, text)
        self._rejects.append(Rejected(position=self.position, reason=reason, payload=stored))
        self.position += 1
        self._chars += len(stored)

    @property
    def is_full(self) -> bool:
        """Whether the block should be handed on before more is added."""
        items = len(self._positions) + len(self._rejects)
        return items >= MAX_BLOCK_ITEMS or self._chars >= MAX_BLOCK_CHARS

    @property
    def is_empty(self) -> bool:
        """Whether nothing was added since the last block."""
        return not self._positions and not self._rejects

    def take(self) -> RowBlock:
        """Hand on what was gathered, and start the next block."""
        block = RowBlock(
            names=self.names,
            columns=tuple(self._cells[k :: len(self.names)] for k in range(len(self.names))),
            positions=self._positions,
            rejects=self._rejects,
            leftovers=self._leftovers,
        )
        self._start_block()
        return block


def clean_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Make the cells of a header row into distinct column names.

    >>> clean_names(["\ufeffid ", "", "time", "time"])
    ('id', 'column 2', 'time', 'time (2)')
    """
    seen: Counter[str] = Counter()
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = bare_cell(storable(repair_text(cell))) or f"column {number}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def bare_cell(cell: str) -> str:
    """The cell of a header without blanks, byte order mark and the quotes that a mark protects.

    >>> bare_cell('\ufeff"id"')
    'id'
    """
    if cell.startswith("\ufeff"):
        return cell.lstrip("\ufeff").strip().strip('"')
    return cell.strip()
