"""The measures of a printed dossier, and on which page each section begins by them.

In: a `Document`. Out: pages, for the contents of programs that do not count them by themselves
until they are told to. Out of scope: drawing with these measures (`pipelines.dossier.docx_file`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from pipelines.dossier.document import Document, Paragraph, Section, Style, Table

PAGE_HEIGHT = 711.0
PAGE_WIDTH = 465.0
CELL_PADDING = 8.0
AFTER_TABLE = 10.0
_RULE = 0.5
WHOLE_HEIGHT = 170.0
"""Points up to which a table is not divided between pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Of a kind of text, in points: size, distance of lines, space around, indent."""

    size: float
    pitch: float
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0


TEXT: dict[Style, Measure] = {
    "plain": Measure(size=10.5, pitch=17.5, after=5),
    "lead": Measure(size=10.5, pitch=17.5, after=5),
    "note": Measure(size=9.5, pitch=15.5, after=5),
    "missing": Measure(size=9.5, pitch=15.5, after=5, indent=10),
    "quote": Measure(size=10.5, pitch=17.5, after=5, indent=17),
    "bullet": Measure(size=10.5, pitch=17.5, after=4, indent=17),
}
HEADINGS = {
    1: Measure(size=15, pitch=23, before=18, after=7),
    2: Measure(size=12, pitch=19, before=11, after=5),
}
CELL = Measure(size=9.5, pitch=14, before=2, after=2)


@dataclass(frozen=True, slots=True)
class _Box:
    height: float
    is_kept_with_next: bool = False
    section: int | None = None


def first_pages(document: Document) -> list[int]:
    """Give the page on which each section begins; the first one begins on the second page."""
    pages = [0] * len(document.sections)
    boxes = list(_boxes(document.sections))
    page, used, at = 2, 0.0, 0
    while at < len(boxes):
        end = at
        while boxes[end].is_kept_with_next and end + 1 < len(boxes):
            end += 1
        height = sum(box.height for box in boxes[at : end + 1])
        if used and used + height > PAGE_HEIGHT:
            page, used = page + 1, 0.0
        for box in boxes[at : end + 1]:
            if box.section is not None:
                pages[box.section] = page
        used += height
        while used > PAGE_HEIGHT:
            page, used = page + 1, used - PAGE_HEIGHT
        at = end + 1
    return pages


def is_kept_whole(table: Table) -> bool:
    """Say whether a table is low enough to stand on one page."""
    return sum(_heights(table)) <= WHOLE_HEIGHT


def width_of(text: str, size: float) -> float:
    """Give the width of a text on one line, in points.

    >>> width_of("投诉", 10), width_of("ab", 10)
    (20.0, 11.0)
    """
    wide = sum(unicodedata.east_asian_width(char) in "WFA" for char in text)
    return size * (wide + 0.55 * (len(text) - wide))


def _boxes(sections: Sequence[Section]) -> Iterator[_Box]:
    for number, section in enumerate(sections):
        form = HEADINGS[section.level]
        height = form.before + _lines(section.title, form, PAGE_WIDTH) * form.pitch + form.after
        yield _Box(height, is_kept_with_next=True, section=number)
        for place, block in enumerate(section.blocks):
            if isinstance(block, Table):
                yield from _table(block)
                continue
            form = TEXT[block.style]
            height = _lines(block.text, form, PAGE_WIDTH) * form.pitch + form.after
            yield _Box(height, is_kept_with_next=leads_to_table(section, place))


def leads_to_table(section: Section, place: int) -> bool:
    """Say whether a block is a paragraph right before a table."""
    blocks = section.blocks
    return (
        isinstance(blocks[place], Paragraph)
        and place + 1 < len(blocks)
        and isinstance(blocks[place + 1], Table)
    )


def _table(table: Table) -> Iterator[_Box]:
    heights = _heights(table)
    is_whole = is_kept_whole(table)
    for number, height in enumerate(heights, 1):
        is_kept = number < len(heights) and (number == 1 or is_whole)
        yield _Box(height, is_kept_with_next=is_kept)
    yield _Box(AFTER_TABLE)


def _heights(table: Table) -> list[float]:
    """Give the heights of the rows, the head first."""
    whole = sum(column.width for column in table.columns)
    widths = [PAGE_WIDTH * column.width / whole - CELL_PADDING for column in table.columns]
    heads = tuple(column.head for column in table.columns)
    rows = [*([] if table.is_record else [heads]), *table.rows]
    counts = [
        max(_lines(text, CELL, width) for text, width in zip(row, widths, strict=True))
        for row in rows
    ]
    return [CELL.before + count * CELL.pitch + CELL.after + _RULE for count in counts]


def _lines(text: str, form: Measure, width: float) -> int:
    return max(1, ceil(width_of(text, form.size) / (width - form.indent)))
