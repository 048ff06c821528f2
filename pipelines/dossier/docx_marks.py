"""What python-docx has no words for: fields, bookmarks, lines, fonts of two scripts.

In: objects of python-docx. Out: the same, changed in place. Out of scope: what is where
(`pipelines.dossier.docx_file`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_LINE = "B7C4C4"
_FALLBACKS = {
    "Noto Serif CJK SC": "Source Han Serif SC, 思源宋体, Songti SC, SimSun, 宋体",
    "Noto Sans CJK SC": "Source Han Sans SC, 思源黑体, PingFang SC, Microsoft YaHei, 微软雅黑",
}
"""Fonts that stand in where the first one is not installed."""


def set_fonts(style: Any, fonts: tuple[str, str]) -> None:
    """Set the font of Latin text and that of Chinese text."""
    latin, chinese = fonts
    style.font.name = latin
    found = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        found.attrib.pop(qn(f"w:{name}"), None)
    found.set(qn("w:ascii"), latin)
    found.set(qn("w:hAnsi"), latin)
    found.set(qn("w:eastAsia"), chinese)


def use_fallback_fonts(file: Any) -> None:
    """Name in the table of fonts what stands in for those that are not installed."""
    lines = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/></w:font>'
        for name, others in _FALLBACKS.items()
    )
    for relation in file.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            part = relation.target_part
            end = b"</w:fonts>"
            part._blob = part.blob.replace(end, lines.encode() + end)


def clear_tabs(style: Any) -> None:
    """Take the tab stops off a style."""
    form = style.element.get_or_add_pPr()
    for tabs in form.findall(qn("w:tabs")):
        form.remove(tabs)


def add_field(paragraph: Any, code: str, shown: str) -> None:
    """Add a field that the program which shows the file fills in; `shown` stands until then."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run()
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind == "shown":
            run.text = text
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._r.append(instruction)


def add_bookmark(paragraph: Any, name: str, number: int) -> None:
    """Mark a paragraph so that the contents can point to it."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(end)


def add_page_reference(paragraph: Any, title: str, bookmark: str, shown: str) -> None:
    """Add a line of contents: the title, dots, and the page, all leading to a bookmark."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    link.set(qn("w:history"), "1")
    run = paragraph.add_run(f"{title}\t")
    link.append(run._r)
    before = len(paragraph._p)
    add_field(paragraph, f"PAGEREF {bookmark} \\h", shown)
    for element in list(paragraph._p)[before:]:
        link.append(element)
    paragraph._p.append(link)


def set_lines(target: Any, *, below: bool = False, left: bool = False, none: bool = False) -> None:
    """Draw thin lines: under a paragraph, left of it, or between the rows of a table."""
    if hasattr(target, "rows"):
        _border(target._tbl.tblPr, "w:tblBorders", {"top": 6, "bottom": 6, "insideH": 4}, _LINE)
        return
    element = target._p if hasattr(target, "_p") else target.element
    form = element.get_or_add_pPr()
    for old in form.findall(qn("w:pBdr")):
        form.remove(old)
    if not none:
        sides = {"bottom": 4} if below else {"left": 12} if left else {}
        _border(form, "w:pBdr", sides, _LINE)


def keep_whole(row: Any) -> None:
    """Keep a row of a table on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeat_head(row: Any) -> None:
    """Repeat a row at the top of every page that the table goes on to."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def shade(cell: Any, colour: str) -> None:
    """Fill a cell."""
    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        fill.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(fill)


def set_widths(table: Any, widths: Sequence[Any]) -> None:
    """Set the widths of the columns where every program looks for them, and inner margins."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "80")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _border(parent: Any, name: str, sides: dict[str, int], colour: str) -> None:
    borders = OxmlElement(name)
    for side, size in sides.items():
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", str(size)), ("space", "4"), ("color", colour)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    parent.append(borders)
