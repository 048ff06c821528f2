"""How a candidate stands before the law and where it goes: tiers, deadlines, the channel.

In: what was gathered, and words. Out: sections; tiers stay apart and are never summed. Out of
scope: deciding (`pipelines.law`, `pipelines.routing`).
"""

from __future__ import annotations

from pipelines.dossier.document import Block, Column, Paragraph, Section, Table
from pipelines.dossier.gathering import Gathered, Row
from pipelines.dossier.words import Words

_UNDATED = {"running": "deadline_running_undated"}


def law(words: Words, found: Gathered) -> list[Section]:
    """Give tiers with the sentence and rule of each, and deadlines with what is left of them."""
    return [
        Section(code="law", title=words("part_law"), level=1, blocks=()),
        _tiers(words, found),
        _deadlines(words, found),
    ]


def channel(words: Words, found: Gathered) -> Section:
    """Name the one channel that comes first, and say of each other why not."""
    route = found.route
    first = words.channel(route.primary) if route.primary else words("channel_none")
    columns = (Column(head=words("channel"), width=3), Column(head=words("channel_why"), width=9))
    rows = tuple(
        (words.channel(one.code), str(getattr(one.reason, words.language))) for one in route.avoided
    )
    blocks: list[Block] = [
        Paragraph(text=words("channel_first") + first, style="lead"),
        Paragraph(text=str(getattr(route.reason, words.language))),
        Paragraph(text=words("channel_once"), style="note"),
    ]
    if rows:
        blocks.append(Table(columns=columns, rows=rows))
    return Section(code="channel", title=words("part_channel"), level=1, blocks=tuple(blocks))


def _tiers(words: Words, found: Gathered) -> Section:
    rows = tuple(
        (
            words.of(row, "label"),
            words(f"state_{row['state']}"),
            words("semicolon").join([words.of(row, "why"), *_rule(words, row)]),
        )
        for row in found.tiers
        if row["role"] == "tier" or row["state"] == "met"
    )
    columns = (
        Column(head=words("tier"), width=2.6),
        Column(head=words("tier_state"), width=1.4),
        Column(head=words("tier_why"), width=8),
    )
    block: Block = (
        Table(columns=columns, rows=rows) if rows else Paragraph(text=words("tiers_none"))
    )
    return Section(code="tiers", title=words("tiers"), level=2, blocks=(block,))


def _rule(words: Words, row: Row) -> list[str]:
    """Name the rule that decides, that whose wording decides, and what must be said of both."""
    if not row["rule"]:
        return [str(note) for note in words.of(row, "notes")]
    line = words("rule", name=words.of(row["rule"], "name"), article=_article(words, row["rule"]))
    if row["older_rule"]:
        older = row["older_rule"]
        line += words("older_rule", name=words.of(older, "name"), article=_article(words, older))
    return [line, *(str(note) for note in words.of(row, "notes"))]


def _article(words: Words, rule: Row) -> str:
    return words("rule_article", article=rule["article"]) if rule["article"] else ""


def _deadlines(words: Words, found: Gathered) -> Section:
    rows = tuple(
        (
            _name(words, row),
            words.of(row, "owed_by"),
            words.day(row["first_due"]["due_date"]),
            _state(words, row),
        )
        for row in found.deadlines
    )
    columns = (
        Column(head=words("deadline"), width=4.5),
        Column(head=words("deadline_owed"), width=2),
        Column(head=words("deadline_due"), width=2.5),
        Column(head=words("deadline_state", date=words.day(found.as_of)), width=3),
    )
    blocks: list[Block] = [
        Table(columns=columns, rows=rows) if rows else Paragraph(text=words("deadlines_none"))
    ]
    waiting = tuple(
        (words.of(row, "label"), words.of(row, "owed_by"), words.of(row, "starts"))
        for row in found.not_begun
    )
    if waiting:
        blocks.append(Paragraph(text=words("not_begun"), style="note"))
        heads = (
            Column(head=words("deadline"), width=5),
            Column(head=words("deadline_owed"), width=3),
            Column(head=words("deadline_starts"), width=4),
        )
        blocks.append(Table(columns=heads, rows=waiting))
    return Section(code="deadlines", title=words("deadlines"), level=2, blocks=tuple(blocks))


def _name(words: Words, row: Row) -> str:
    name = str(words.of(row, "label"))
    if row["amount"] is None:
        return name
    length = words(f"period_{row['unit']}", n=row["amount"])
    return f"{name}（{length}）" if words.language == "zh" else f"{name} ({length})"


def _state(words: Words, row: Row) -> str:
    due, state = row["first_due"], row["state"]
    key = f"deadline_{state}"
    if due["due_date"] is None:
        key = _UNDATED.get(state, "deadline_unknown")
    told = words(key, left=due["days_left"], over=due["days_over"])
    return told + words("deadline_clocks", n=row["clocks"])
