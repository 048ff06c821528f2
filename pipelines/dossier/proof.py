"""The evidence of a dossier: the list, the chain of three links, and the time limits.

In: what was gathered, and words. Out: sections. Which kind of evidence covers which link is
data (`links` in `pipelines/taxonomy/routing.yml`). Out of scope: the evidence itself.
"""

from __future__ import annotations

from pipelines.completeness import links_covered, most_helpful
from pipelines.dossier.document import Block, Column, Paragraph, Section, Table
from pipelines.dossier.figures import label, numbers
from pipelines.dossier.gathering import Account, Gathered, Row
from pipelines.dossier.quoting import as_quote
from pipelines.dossier.words import Words
from pipelines.law import load_rulebook
from pipelines.records import Axis
from pipelines.routing.rulebook import load_routing

_CLOCKS = ("evidence_fixing", "order_kept", "small_court_evidence", "platform_records")


def evidence(words: Words, found: Gathered) -> list[Section]:
    """List what complainants say they have, how far it makes a chain, and until when it lasts."""
    return [_listed(words, found), _chain(words, found), _clock(words, found)]


def covered_by(account: Account) -> frozenset[str]:
    """Name the links of the chain that a member has proof of."""
    return links_covered(account.evidence, load_routing())


def _listed(words: Words, found: Gathered) -> Section:
    holders: dict[str, list[Account]] = {}
    for account in found.accounts:
        for code in account.evidence:
            holders.setdefault(code, []).append(account)
    in_order = sorted(holders, key=lambda code: (-len(holders[code]), code))
    rows = tuple(
        (
            f"E{number}",
            words(
                "evidence_held",
                label=label(words, found, Axis.EVIDENCE, code),
                n=len(holders[code]),
                numbers=numbers(words, holders[code]),
            ),
            words.purpose(code),
        )
        for number, code in enumerate(in_order, 1)
    )
    columns = (
        Column(head=words("evidence_no"), width=1),
        Column(head=words("evidence_content"), width=6),
        Column(head=words("evidence_purpose"), width=5),
    )
    blocks: tuple[Block, ...] = ()
    if rows:
        intro = Paragraph(text=words("evidence_intro"), style="note")
        blocks = (intro, Table(columns=columns, rows=rows))
    return Section(
        code="evidence",
        title=words("part_evidence"),
        level=1,
        blocks=blocks,
        missing=() if rows else (words("evidence_missing"),),
    )


def _chain(words: Words, found: Gathered) -> Section:
    links, of = load_routing().links, len(found.accounts)
    covered = [covered_by(account) for account in found.accounts]
    rows = tuple(
        (words.link(link), words("chain_of", n=sum(link in one for one in covered), of=of))
        for link in links
    )
    whole = sum(one == frozenset(links) for one in covered)
    columns = (
        Column(head=words("chain_link"), width=6), Column(head=words("chain_covered"), width=6)
    )  # fmt: skip
    helpful = most_helpful([account.evidence for account in found.accounts], load_routing())
    if helpful is None:
        advice = words("chain_none_missing")
    else:
        kind = label(words, found, Axis.EVIDENCE, helpful.kind)
        link = words.link(helpful.link)
        advice = words("chain_help", kind=kind, link=link, n=helpful.lacking)
    return Section(
        code="chain",
        title=words("chain"),
        level=2,
        blocks=(
            Table(columns=columns, rows=rows),
            Paragraph(text=words("chain_whole", n=whole, of=of)),
            Paragraph(text=advice, style="lead"),
        ),
    )


def _clock(words: Words, found: Gathered) -> Section:
    """Say until when evidence lasts; who runs a clock in the build stands under deadlines."""
    begun = {row["deadline_code"] for row in found.deadlines}
    waiting = {row["code"]: row for row in found.not_begun if row["code"] in _CLOCKS}
    lines = [
        Paragraph(text=_limit(words, row), style="bullet")
        for code, row in sorted(waiting.items(), key=lambda item: _CLOCKS.index(item[0]))
        if code not in begun
    ]
    missing = (words("clock_unknown"),) if lines else ()
    return Section(
        code="clock", title=words("clock"), level=2, blocks=tuple(lines), missing=missing
    )


def _limit(words: Words, row: Row) -> str:
    return words(
        "clock_text",
        label=words.of(row, "label"),
        owed=words.of(row, "owed_by"),
        length=_length(words, row["code"]),
        starts=as_quote(words.of(row, "starts")),
    )


def _length(words: Words, code: str) -> str:
    """Give the length of a deadline by the latest version of its rule; unknown where it is."""
    for deadline in load_rulebook().deadlines:
        if deadline.code == code:
            for version in reversed(deadline.versions):
                if version.period is not None:
                    return words(f"period_{version.period.unit}", n=version.period.amount)
    return words("unknown")
