"""Writes a dossier as DOCX: A4, Chinese fonts, contents with page numbers, tables that break well.

In: a `Document`, and the time of its build. Out: bytes, the same for the same input: no clock,
and the parts of the archive in one order with one date. Out of scope: what is said.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from pipelines.dossier.document import Document, Paragraph, Section, Style, Table
from pipelines.dossier.docx_marks import (
    add_bookmark,
    add_field,
    add_page_reference,
    clear_tabs,
    keep_whole,
    repeat_head,
    set_fonts,
    set_lines,
    set_widths,
    shade,
    use_fallback_fonts,
)
from pipelines.dossier.pagination import (
    AFTER_TABLE,
    CELL,
    HEADINGS,
    PAGE_WIDTH,
    TEXT,
    Measure,
    first_pages,
    is_kept_whole,
    leads_to_table,
)
from pipelines.dossier.words import Language

_SERIF, _SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
_LATIN = {"zh": (_SERIF, _SANS), "en": ("Times New Roman", "Arial")}
"""Fonts of Latin text: in a Chinese document that of the Chinese text, whose marks are as wide."""
_INK = RGBColor(0x22, 0x22, 0x22)
_ACCENT = RGBColor(0x0B, 0x5A, 0x5A)
_SOFT = RGBColor(0x59, 0x59, 0x59)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_STYLES: dict[Style, str] = {
    "plain": "Normal",
    "lead": "Dossier Lead",
    "note": "Dossier Note",
    "missing": "Dossier Missing",
    "quote": "Dossier Quote",
    "bullet": "Dossier Item",
}
_CELL_STYLE, _CONTENTS_STYLE = "Dossier Cell", "Dossier Contents"


def as_docx(document: Document, made_at: datetime) -> bytes:
    """Write a dossier; `made_at` stands as its date of making in its properties."""
    file = docx.Document()
    _set_page(file, document)
    _set_styles(file, document.language)
    _describe(file, document, made_at)
    _first_page(file, document)
    for number, section in enumerate(document.sections):
        _section(file, number, section)
    use_fallback_fonts(file)
    return _archived(file)


def _set_page(file: Any, document: Document) -> None:
    """Set A4, the head with candidate and build, the foot with the page number."""
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.3)
    page.top_margin, page.bottom_margin = Cm(2.4), Cm(2.2)
    page.header_distance, page.footer_distance = Cm(1.2), Cm(1.0)
    head = page.header.paragraphs[0]
    head.style = file.styles["Header"]
    head.text = document.running
    set_lines(head, below=True)
    foot = page.footer.paragraphs[0]
    foot.style = file.styles["Footer"]
    foot.paragraph_format.tab_stops.add_tab_stop(Pt(PAGE_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{document.footer}\t")
    before, _, rest = document.page.partition("{page}")
    between, _, after = rest.partition("{pages}")
    foot.add_run(before)
    add_field(foot, "PAGE", "1")
    foot.add_run(between)
    add_field(foot, "NUMPAGES", "1")
    foot.add_run(after)


def _set_styles(file: Any, language: Language) -> None:
    """Set one size for text, one for each level of heading, and what the blocks look like."""
    styles = file.styles
    latin_serif, latin_sans = _LATIN[language]
    heads = (latin_sans, _SANS)
    normal = styles["Normal"]
    set_fonts(normal, (latin_serif, _SERIF))
    _measure(normal, TEXT["plain"], _INK)
    for name, form in (
        ("Title", Measure(size=22, pitch=32, after=2)),
        ("Subtitle", Measure(size=13, pitch=20, after=14)),
        ("Heading 1", HEADINGS[1]),
        ("Heading 2", HEADINGS[2]),
    ):
        style = styles[name]
        set_fonts(style, heads)
        style.font.bold, style.font.italic = True, False
        _measure(style, form, _SOFT if name == "Subtitle" else _ACCENT)
        style.paragraph_format.keep_with_next = True
    set_lines(styles["Title"], none=True)
    for name in ("Header", "Footer"):
        set_fonts(styles[name], heads)
        styles[name].font.size, styles[name].font.color.rgb = Pt(8), _SOFT
        clear_tabs(styles[name])
    for kind, name in _STYLES.items():
        if kind != "plain":
            _block_style(styles, name, TEXT[kind], is_soft=kind in ("note", "missing"))
    _block_style(styles, _CELL_STYLE, CELL, is_soft=False)
    _block_style(styles, _CONTENTS_STYLE, Measure(size=10.5, pitch=19), is_soft=False)
    set_fonts(styles["Dossier Lead"], heads)
    styles["Dossier Lead"].font.bold = True
    set_lines(styles["Dossier Missing"], left=True)
    styles["Dossier Item"].paragraph_format.first_line_indent = Pt(-13)


def _block_style(styles: Any, name: str, form: Measure, *, is_soft: bool) -> None:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    _measure(style, form, _SOFT if is_soft else _INK)


def _measure(style: Any, form: Measure, colour: RGBColor) -> None:
    """Give a style its size, colour, distance of lines, and space around."""
    style.font.size, style.font.color.rgb = Pt(form.size), colour
    space = style.paragraph_format
    space.line_spacing = Pt(form.pitch)
    space.space_before, space.space_after = Pt(form.before), Pt(form.after)
    space.left_indent = Pt(form.indent)
    space.widow_control = False


def _describe(file: Any, document: Document, made_at: datetime) -> None:
    """Set the properties of the file from the document and its build, none from a clock."""
    facts = file.core_properties
    facts.title, facts.subject = document.title, document.subtitle
    facts.author = facts.last_modified_by = "众诉 Zhongsu"
    facts.comments, facts.keywords, facts.category = document.footer, document.running, ""
    facts.language = "zh-CN" if document.language == "zh" else "en"
    facts.created = facts.modified = made_at.replace(microsecond=0, tzinfo=None)
    facts.last_printed, facts.revision = facts.created, 1
    languages = file.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if languages is not None:
        languages.set(qn("w:eastAsia"), "zh-CN")
        languages.set(qn("w:val"), "en-GB")  # by Chinese rules a number breaks anywhere


def _first_page(file: Any, document: Document) -> None:
    file.add_paragraph(document.title, style="Title")
    file.add_paragraph(document.subtitle, style="Subtitle")
    _table(file, document.facts)
    file.add_paragraph(document.preface, style="Dossier Note").paragraph_format.space_before = Pt(8)
    heading = file.add_paragraph(document.contents, style="Heading 2")
    heading.paragraph_format.space_before = Pt(14)
    pages = first_pages(document)
    for number, section in enumerate(document.sections):
        if section.level == 1:
            line = file.add_paragraph(style=_CONTENTS_STYLE)
            line.paragraph_format.tab_stops.add_tab_stop(
                Pt(PAGE_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )
            add_page_reference(line, section.title, _mark(number), str(pages[number]))


def _section(file: Any, number: int, section: Section) -> None:
    heading = file.add_paragraph(section.title, style=f"Heading {section.level}")
    add_bookmark(heading, _mark(number), number)
    if number == 0:
        heading.paragraph_format.page_break_before = True
    for place, block in enumerate(section.blocks):
        if isinstance(block, Paragraph):
            paragraph = _paragraph(file, block)
            paragraph.paragraph_format.keep_with_next = leads_to_table(section, place) or None
        else:
            _table(file, block)


def _mark(number: int) -> str:
    return f"part_{number}"


def _paragraph(file: Any, block: Paragraph) -> Any:
    text = f"•\t{block.text}" if block.style == "bullet" else block.text
    paragraph = file.add_paragraph(_plain(text), style=_STYLES[block.style])
    if block.style == "bullet":
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(TEXT["bullet"].indent))
    return paragraph


def _table(file: Any, table: Table) -> None:
    """Draw a table across the page; its head is repeated, no row is torn."""
    has_head = not table.is_record
    grid = file.add_table(rows=0, cols=len(table.columns))
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    whole = sum(column.width for column in table.columns)
    widths = [Pt(PAGE_WIDTH * column.width / whole) for column in table.columns]
    lines = [tuple(column.head for column in table.columns)] if has_head else []
    is_whole = is_kept_whole(table)
    last = len(lines) + len(table.rows) - 1
    for place, cells in enumerate([*lines, *table.rows]):
        row = grid.add_row()
        keep_whole(row)
        is_head = has_head and place == 0
        is_kept = place < last and (place == 0 or is_whole)
        if is_head:
            repeat_head(row)
        for cell, text, column in zip(row.cells, cells, table.columns, strict=True):
            _cell(cell, text, is_bold=is_head, is_right=column.is_number)
            cell.paragraphs[0].paragraph_format.keep_with_next = is_kept or None
            if is_head:
                shade(cell, "E9EFEF")
        if table.is_record:
            shade(row.cells[0], "F3F6F6")
    set_widths(grid, widths)
    set_lines(grid)
    after = file.add_paragraph(style=_CELL_STYLE)
    space = after.paragraph_format
    space.space_before = space.space_after = Pt(0)
    space.line_spacing = Pt(AFTER_TABLE)


def _cell(cell: Any, text: str, *, is_bold: bool, is_right: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = _CELL_STYLE
    run = paragraph.add_run(_plain(text))
    run.bold = is_bold or None
    if is_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _plain(text: str) -> str:
    """Leave out what XML cannot hold; line breaks become blanks, tabs stay."""
    kept = (char if char.isprintable() or char == "\t" else " " for char in text)
    return "".join(kept)


def _archived(file: Any) -> bytes:
    """Write the archive with its parts in one order and one date."""
    for name, relation in list(file.part.package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del file.part.package.rels[name]
    draft = io.BytesIO()
    file.save(draft)
    final = io.BytesIO()
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(final, "w") as target:
        for name in sorted(source.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            entry.create_system = 3
            target.writestr(entry, source.read(name))
    return final.getvalue()
