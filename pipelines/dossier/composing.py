"""Puts a dossier together from its parts, in the order that regulators read.

In: what was gathered, and a language. Out: one neutral `Document`. Out of scope: files.
"""

from __future__ import annotations

from dataclasses import replace

from pipelines.dossier.course import course
from pipelines.dossier.document import Block, Document, Paragraph, Section, Table
from pipelines.dossier.doubts import annexes, decided, doubts, written
from pipelines.dossier.figures import record
from pipelines.dossier.gathering import Gathered
from pipelines.dossier.parts import claims, parties, summary
from pipelines.dossier.proof import evidence
from pipelines.dossier.standing import channel, law
from pipelines.dossier.words import Language, Words, neutral

DOSSIER_VERSION = "1"
"""Raised when the same input gives another dossier."""

FOUR_PARTS = ("subjects", "course", "evidence", "claims")
"""What regulators ask for: 主体信息, 事实经过, 证据清单, 诉求内容 (seed 000, S05)."""


def compose(found: Gathered, language: Language) -> Document:
    """Compose a dossier; the same input gives the same document.

    No loaded word stands in it outside of quotation marks, and whatever a part lacks is
    named in it.
    """
    words = Words(language=language)
    sections = (
        summary(words, found),
        *parties(words, found),
        *course(words, found),
        *evidence(words, found),
        claims(words, found),
        *law(words, found),
        channel(words, found),
        *doubts(words, found),
        decided(words, found),
        *annexes(words, found),
    )
    name = found.candidate["merchant_name"] or words("unnamed")
    build_id = found.build["build_id"]
    return Document(
        title=words("title"),
        subtitle=neutral(f"{name} · {words.of(found.candidate, 'label')}"),
        language=language,
        running=f"{words('title')} {found.candidate['candidate_id']} · {build_id}",
        footer=words("footer"),
        page=words("page"),
        contents=words("contents"),
        facts=_neutral_table(_facts(words, found)),
        preface=words("preface"),
        sections=tuple(_finished(words, section) for section in sections),
    )


def confirmation(words: Words, found: Gathered) -> str:
    """Say who confirmed the candidate, or that it is a proposal of the program only."""
    decisions = found.decisions
    if decisions.disposition == "open":
        return words("status_open")
    act = decisions.last("confirm" if decisions.disposition == "confirmed" else "dismiss")
    if act is None:
        return words("status_no_event")
    return words(
        f"status_{decisions.disposition}",
        actor=act.actor,
        date=words.day(act.at),
        reason=written(found, act.reason),
    )


def _facts(words: Words, found: Gathered) -> Table:
    candidate, build = found.candidate, found.build
    return record(
        words,
        [
            (words("candidate_id"), candidate["candidate_id"]),
            (words("subject"), candidate["merchant_name"] or words("unnamed")),
            (words("issue"), words.of(candidate, "label")),
            (words("status"), confirmation(words, found)),
            (words("data_to"), words.day(found.as_of)),
            (words("build"), build["build_id"]),
            (words("built_at"), f"{build['built_at']:%Y-%m-%d %H:%M} UTC"),
            (words("taxonomy"), found.context.taxonomy.version),
            (words("dossier_version"), DOSSIER_VERSION),
        ],
    )


def _finished(words: Words, section: Section) -> Section:
    """Make a section neutral, and say at its end what it lacks."""
    blocks = tuple(_neutral(block) for block in section.blocks)
    if section.missing:
        stop = words("stop").strip()
        listed = words("semicolon").join(one.removesuffix(stop) for one in section.missing) + stop
        text = words("part_missing") + listed
        blocks = (*blocks, Paragraph(text=neutral(text), style="missing"))
    return replace(section, blocks=blocks)


def _neutral(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=neutral(block.text))
    return _neutral_table(block)


def _neutral_table(table: Table) -> Table:
    return replace(table, rows=tuple(tuple(neutral(cell) for cell in row) for row in table.rows))
