"""Writes a dossier as Markdown, for reading and for comparing.

In: a `Document`. Out: text. What complainants wrote is escaped: it makes no heading, link,
table or HTML. Out of scope: what is said.
"""

from __future__ import annotations

import re

from pipelines.dossier.document import Document, Paragraph, Table

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")
_LINE_START = re.compile(r"^(\s*)([-+>]|\d+[.)])(?=\s)")
_GAPS = re.compile(r"\n{3,}")
_FORMS = {
    "plain": "{}",
    "lead": "**{}**",
    "note": "{}",
    "missing": "> {}",
    "quote": "> {}",
    "bullet": "- {}",
}


def as_markdown(document: Document) -> str:
    """Write a dossier; the same document gives the same text."""
    lines = [f"# {escaped(document.title)}", "", f"**{escaped(document.subtitle)}**", ""]
    lines += [*_table(document.facts), "", escaped(document.preface), ""]
    lines += [f"## {document.contents}", ""]
    lines += [f"- {escaped(one.title)}" for one in document.sections if one.level == 1]
    for section in document.sections:
        lines += ["", "#" * (section.level + 1) + f" {escaped(section.title)}", ""]
        for block in section.blocks:
            if isinstance(block, Paragraph):
                lines += [_FORMS[block.style].format(escaped(block.text)), ""]
            else:
                lines += [*_table(block), ""]
    lines += ["---", "", escaped(f"{document.running} · {document.footer}"), ""]
    return _GAPS.sub("\n\n", "\n".join(lines))


def escaped(text: str) -> str:
    r"""Write a text so that Markdown shows it as it is, on one line.

    >>> escaped("a|b *c*\n# d")
    'a\\|b \\*c\\* \\# d'
    """
    flat = " ".join(text.split())
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", flat))


def _table(table: Table) -> list[str]:
    heads = "| " + " | ".join(escaped(column.head) for column in table.columns) + " |"
    rule = "|" + "|".join("--:" if column.is_number else "---" for column in table.columns) + "|"
    rows = ["| " + " | ".join(escaped(cell) for cell in row) + " |" for row in table.rows]
    return [heads, rule, *rows]
