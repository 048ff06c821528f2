"""What speaks against a candidate's size, what was left out, and what people decided.

In: what was gathered, and words. Out: sections. Nothing that was dropped is hidden. Out of
scope: the files of members and exclusions (`pipelines.dossier.tables`).
"""

from __future__ import annotations

from pipelines.dossier.decisions import Act
from pipelines.dossier.document import Block, Column, Paragraph, Section, Table
from pipelines.dossier.gathering import Gathered
from pipelines.dossier.quoting import sentence_around
from pipelines.dossier.words import Words
from pipelines.left_out import left_out_because
from pipelines.redact import redact

_NEAR_SHOWN = 12
_MEMBERS_SHOWN = 200
_COUNTERPARTIES = 5
_DISCOUNTS = ("copied_wording", "copied_campaign", "brigade", "frequent_account", "same_person")


def doubts(words: Words, found: Gathered) -> list[Section]:
    """Say what to take off the size, who else may be concerned, and what was left out."""
    return [
        Section(code="doubts", title=words("part_doubts"), level=1, blocks=()),
        _discounts(words, found),
        _further(words, found),
        _excluded(words, found),
        _near(words, found),
    ]


def decided(words: Words, found: Gathered) -> Section:
    """List what people decided of the candidate, with who, when and why."""
    decisions = found.decisions
    rows = tuple(
        (
            f"{act.at:%Y-%m-%d}",
            act.actor,
            words(f"action_{act.action}") + (words("undone") if act.is_undone else ""),
            words("semicolon").join([written(found, act.reason), *_named(act)]),
        )
        for act in decisions.acts
    )
    columns = (
        Column(head=words("record_at"), width=2),
        Column(head=words("record_actor"), width=2),
        Column(head=words("record_action"), width=2.2),
        Column(head=words("record_reason"), width=5.8),
    )
    candidate = found.candidate
    origin = words("lineage") + words(f"lineage_{candidate['lineage']}")
    if candidate["first_flagged_on"]:
        origin += words("flagged", date=words.day(candidate["first_flagged_on"]))
    block: Block = (
        Table(columns=columns, rows=rows) if rows else Paragraph(text=words("record_none"))
    )
    blocks: list[Block] = [block, Paragraph(text=origin)]
    if decisions.assignee:
        blocks.append(Paragraph(text=words("assignee") + decisions.assignee))
    return Section(code="record", title=words("part_record"), level=1, blocks=tuple(blocks))


def annexes(words: Words, found: Gathered) -> list[Section]:
    """List every complaint by source and record id, and say how to check the dossier."""
    rows = tuple(_member(words, found, no) for no in range(len(found.accounts)))[:_MEMBERS_SHOWN]
    columns = (
        Column(head=words("member_no"), width=0.8, is_number=True),
        Column(head=words("member_source"), width=1.2),
        Column(head=words("member_id"), width=2.3),
        Column(head=words("member_date"), width=1.7),
        Column(head=words("member_person"), width=1.1, is_number=True),
        Column(head=words("member_region"), width=1.5),
        Column(head=words("member_loss"), width=1.9, is_number=True),
        Column(head=words("member_outcome"), width=1.5),
    )
    blocks: list[Block] = [
        Paragraph(text=words("members_text"), style="note"),
        Table(columns=columns, rows=rows),
    ]
    if len(found.accounts) > _MEMBERS_SHOWN:
        more = words("members_more", n=len(found.accounts) - _MEMBERS_SHOWN)
        blocks.append(Paragraph(text=more, style="note"))
    method = tuple(
        Paragraph(text=words(key)) for key in ("method_text", "method_verify", "method_files")
    )
    return [
        Section(code="members", title=words("annex_members"), level=1, blocks=tuple(blocks)),
        Section(code="method", title=words("annex_method"), level=1, blocks=method),
    ]


def written(found: Gathered, text: str) -> str:
    """Hide personal data in what an analyst wrote, which goes out with the dossier."""
    return redact(text, found.context.key).narrative.text


def _discounts(words: Words, found: Gathered) -> Section:
    lines = [
        words(
            f"discount_{row['reason'] if row['reason'] in _DISCOUNTS else 'other'}",
            n=row["complaints"],
            share=words.share(row["share"]),
            reason=row["reason"],
        )
        for row in found.discounts
    ]
    blocks = tuple(Paragraph(text=line, style="bullet") for line in lines) or (
        Paragraph(text=words("discounts_none")),
    )
    return Section(code="discounts", title=words("discounts"), level=2, blocks=blocks)


def _further(words: Words, found: Gathered) -> Section:
    numbers = {account.complaint_id: account for account in found.accounts}
    lines = []
    for row in found.told_people:
        account = numbers[row["complaint_id"]]
        spans = [row["span"]] if row["span"] else []
        hidden = account.reading.redacted_text == row["redacted_text"]
        text = sentence_around(account.reading.redacted_text, spans if hidden else [])
        lines.append(words("further_told", no=account.no, n=row["people"], text=text))
    contacts = {row["counterparty_id"]: row for row in found.counterparties}
    lines += [
        words("counterparty", kind=row["kind"], n=row["outside"])
        for row in list(contacts.values())[:_COUNTERPARTIES]
    ]
    blocks = tuple(Paragraph(text=line, style="bullet") for line in lines) or (
        Paragraph(text=words("further_none")),
    )
    return Section(code="further", title=words("further"), level=2, blocks=blocks)


def _excluded(words: Words, found: Gathered) -> Section:
    lines = [
        words(
            "excluded_line",
            id=complaint_id,
            actor=act.actor if act else words("unknown"),
            date=words.day(act.at) if act else words("unknown"),
            reason=written(found, act.reason) if act else words("unknown"),
        )
        for complaint_id, act in sorted(found.decisions.barred.items())
    ]
    blocks = tuple(Paragraph(text=line, style="bullet") for line in lines) or (
        Paragraph(text=words("excluded_none")),
    )
    return Section(code="excluded", title=words("excluded"), level=2, blocks=blocks)


def _near(words: Words, found: Gathered) -> Section:
    near = found.near_misses
    if not near:
        blocks: tuple[Block, ...] = (Paragraph(text=words("near_none")),)
    else:
        issue = words.of(found.candidate, "label")
        rows = tuple(
            (row["complaint_id"], left_out_because(words, row["why"], issue))
            for row in near[:_NEAR_SHOWN]
        )
        columns = (Column(head=words("near_id"), width=4), Column(head=words("near_why"), width=8))
        blocks = (
            Paragraph(text=words("near_text", n=len(near))),
            Table(columns=columns, rows=rows),
        )
    return Section(code="near", title=words("near"), level=2, blocks=blocks)


def _member(words: Words, found: Gathered, place: int) -> tuple[str, ...]:
    account = found.accounts[place]
    row = account.row
    loss = "" if row["loss_value"] is None else words.money(row["loss_value"], row["loss_currency"])
    return (
        str(account.no),
        row["source"],
        account.record_id,
        str(row["event_date"] or ""),
        "" if row["person_no"] is None else str(row["person_no"]),
        words.region(row["region"]) if row["region"] else "",
        loss,
        words(f"outcome_{row['outcome']}"),
    )


def _named(act: Act) -> list[str]:
    """Name what a decision concerned, where that is complaints or candidates."""
    return [", ".join(act.targets)] if act.targets and act.action != "assign" else []
