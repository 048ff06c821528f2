"""The tables of a dossier as files: members and exclusions as CSV, everything as JSON.

In: what was gathered, and the document. Out: bytes. A spreadsheet shows a cell and never runs
it. Complainants are there by source and record id only.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from pipelines.dossier.document import Document, Paragraph
from pipelines.dossier.doubts import written
from pipelines.dossier.gathering import Account, Gathered
from pipelines.dossier.proof import covered_by
from pipelines.dossier.quoting import as_quote
from pipelines.dossier.words import Words
from pipelines.left_out import left_out_because
from pipelines.records import Axis

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MEMBERS = (
    *("no", "source", "record_id", "date", "person_no", "region", "loss_value", "loss_currency"),
    *("outcome", "evidence", "links", "demands", "channels_tried", "consented", "representative"),
)
_EXCLUSIONS = ("source_and_id", "reason", "decided_by", "actor", "date")


def members_csv(found: Gathered) -> bytes:
    """List every member; UTF-8 with a mark, so that spreadsheets read Chinese."""
    return _csv(_MEMBERS, (_member(found, account) for account in found.accounts))


def exclusions_csv(found: Gathered, words: Words) -> bytes:
    """List what is not in the dossier: taken out by people, or a near miss, with the reason."""
    issue = words.of(found.candidate, "label")
    by_people = [
        (
            complaint_id,
            written(found, act.reason) if act else "",
            "person",
            act.actor if act else "",
            f"{act.at:%Y-%m-%d}" if act else "",
        )
        for complaint_id, act in sorted(found.decisions.barred.items())
    ]
    by_program = [
        (row["complaint_id"], left_out_because(words, row["why"], issue), "program", "", "")
        for row in found.near_misses
    ]
    return _csv(_EXCLUSIONS, [*by_people, *by_program])


def as_json(found: Gathered, document: Document, versions: dict[str, str]) -> bytes:
    """Give a dossier for machines: the same facts and sections, and every member's findings."""
    candidate, route = found.candidate, found.route
    content = {
        "candidate_id": candidate["candidate_id"],
        "language": document.language,
        **versions,
        "respondent": {
            "merchant_key": candidate["merchant_key"],
            "name": candidate["merchant_name"],
        },
        "alleged": {
            "axis": candidate["issue_axis"],
            "code": candidate["issue_code"],
            "label_zh": candidate["label_zh"],
            "label_en": candidate["label_en"],
        },
        "disposition": found.decisions.disposition,
        "complaints": len(found.accounts),
        "complainants_certain": found.people[0],
        "complainants_possible": found.people[1],
        "loss": [
            {"currency": one.currency, "known": one.known, "of": len(found.accounts),
             "sum": f"{one.total:.2f}", "median": f"{one.median:.2f}"}
            for one in found.losses
        ],
        "route": {
            "primary": route.primary,
            "reason_zh": route.reason.zh,
            "reason_en": route.reason.en,
            "not": [
                {"code": one.code, "is_after": one.is_after, "reason_zh": one.reason.zh,
                 "reason_en": one.reason.en}
                for one in route.avoided
            ],
        },
        "reply_sought": False,
        "missing": {one.code: list(one.missing) for one in document.sections if one.missing},
        "sections": [_section(one) for one in document.sections],
        "members": [_account(found, account) for account in found.accounts],
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=2, default=str).encode() + b"\n"


def _member(found: Gathered, account: Account) -> tuple[Any, ...]:
    row, decisions = account.row, found.decisions
    return (
        account.no,
        row["source"],
        account.record_id,
        row["event_date"] or "",
        "" if row["person_no"] is None else row["person_no"],
        row["region"] or "",
        "" if row["loss_value"] is None else f"{row['loss_value']:.2f}",
        row["loss_currency"] or "",
        row["outcome"],
        " ".join(account.evidence),
        " ".join(sorted(covered_by(account))),
        _codes(account, Axis.DEMAND),
        _codes(account, Axis.CHANNEL),
        "yes" if account.complaint_id in decisions.consented else "",
        "yes" if account.complaint_id in decisions.representatives else "",
    )


def _codes(account: Account, axis: Axis) -> str:
    return " ".join(one.code for one in account.findings(axis))


def _section(section: Any) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = []
    for block in section.blocks:
        if isinstance(block, Paragraph):
            blocks.append({"style": block.style, "text": block.text})
        else:
            blocks.append(
                {"columns": [column.head for column in block.columns],
                 "rows": [list(row) for row in block.rows]}
            )  # fmt: skip
    return {
        "code": section.code,
        "title": section.title,
        "level": section.level,
        "blocks": blocks,
    }


def _account(found: Gathered, account: Account) -> dict[str, Any]:
    row, reading = account.row, account.reading
    return {
        "no": account.no,
        "source": row["source"],
        "id": account.record_id,
        "date": row["event_date"],
        "person_no": row["person_no"],
        "region": row["region"],
        "loss": row["loss_value"],
        "loss_currency": row["loss_currency"],
        "outcome": row["outcome"],
        "alleged": [
            {"axis": one.axis, "code": one.code, "score": one.score,
             "passages": [as_quote(reading.redacted_text[slice(*span)]) for span in one.spans]}
            for one in reading.findings
        ],
        "replies": [
            {"by": one.by, "stance": one.stance,
             "text": as_quote(reading.redacted_text[slice(*one.span)])}
            for one in reading.replies
        ],
        "replies_on_record": [
            {"by": one.by, "date": one.on, "stance": one.stance, "text": one.text}
            for one in found.replies[account.complaint_id]
        ],
        "contradictions": [
            {"field": one.field,
             "passages": [as_quote(reading.redacted_text[slice(*span)]) for span in one.spans]}
            for one in reading.contradictions
        ],
    }  # fmt: skip


def _csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return "\ufeff".encode() + out.getvalue().encode()


def inert(value: Any) -> Any:
    """Give a cell that no spreadsheet runs as a formula.

    >>> inert("=1+1"), inert(" @cmd"), inert(12)
    ("'=1+1", "' @cmd", 12)
    """
    if isinstance(value, str) and value.lstrip().startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    if isinstance(value, str) and value.startswith(("\t", "\r", "\n")):
        return f"'{value}"
    return value
