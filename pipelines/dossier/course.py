"""The course of events in a dossier: what is alleged, when, where people turned, what was answered.

In: what was gathered, and words. Out: sections, with the complainants' own words between
quotation marks. Out of scope: whether it is true.
"""

from __future__ import annotations

from collections import Counter

from pipelines.dossier.document import Block, Column, Paragraph, Section, Table
from pipelines.dossier.figures import label, most, replies_line
from pipelines.dossier.gathering import Account, Gathered, GivenReply
from pipelines.dossier.quoting import as_quote, sentence_around
from pipelines.dossier.words import Words
from pipelines.records import Axis, ReplyStance

_QUOTES = 6
_REPLIES = 30
_ALIKE_FROM = 12
_LONGEST_REPLY = 200
_ANSWERS = ("merchant", "platform")


def course(words: Words, found: Gathered) -> list[Section]:
    """Tell what is alleged, when, where people turned, and what was answered."""
    quoted = [Paragraph(text=text, style="quote") for text in _quotes(words, found)]
    alleged: list[Block] = [Paragraph(text=words("course_intro"), style="note"), *quoted]
    missing = () if quoted else (words("quotes_missing"),)
    tried = Counter(
        one.code for account in found.accounts for one in account.findings(Axis.CHANNEL)
    )
    if tried:
        turned = words("course_channels") + words.listed(
            words("channel_count", channel=label(words, found, Axis.CHANNEL, code), n=count)
            for code, count in most(tried)
        )
        after: list[Block] = [Paragraph(text=turned + words("stop").strip())]
    else:
        after = []
        missing = (*missing, words("channels_missing"))
    ends = Counter(account.row["outcome"] for account in found.accounts)
    stands = words("outcomes") + words.listed(
        words("outcome_count", outcome=words(f"outcome_{end}"), n=count)
        for end, count in most(ends)
    )
    after.append(Paragraph(text=stands + words("stop").strip()))
    return [
        Section(code="course", title=words("part_course"), level=1, blocks=(), missing=missing),
        Section(code="alleged", title=words("course_alleged"), level=2, blocks=(*alleged, *after)),
        Section(code="time", title=words("course_time"), level=2, blocks=(_months(words, found),)),
        _replies(words, found),
        _contradictions(words, found),
    ]


def said_of(found: Gathered, account: Account) -> str:
    """Quote what a member says of the matter: by the candidate's code, else its surest finding."""
    code = found.candidate["issue_code"]
    findings = [one for one in account.reading.findings if one.spans]
    same = [one for one in findings if one.code == code] or [
        one for one in findings if one.axis in (Axis.PATTERN, Axis.WALLET)
    ]
    spans = [tuple(span) for one in same[:1] for span in one.spans]
    return sentence_around(account.reading.redacted_text, spans, account.row["title_length"])


def _quotes(words: Words, found: Gathered) -> list[str]:
    """Quote the most typical members, no two that begin alike, copies only if all are."""
    own = [one for one in found.accounts if not one.row.get("is_copy")] or list(found.accounts)
    own.sort(key=lambda account: (-float(account.row.get("typicality") or 0), account.no))
    quotes: dict[str, str] = {}
    for account in own:
        said = said_of(found, account)
        if said and said[:_ALIKE_FROM] not in quotes and len(quotes) < _QUOTES:
            quotes[said[:_ALIKE_FROM]] = words("quoted_line", text=said, no=account.no)
    return list(quotes.values())


def _months(words: Words, found: Gathered) -> Table:
    counts = Counter(
        f"{account.row['event_date']:%Y-%m}" if account.row["event_date"] else ""
        for account in found.accounts
    )
    undated = counts.pop("", 0)
    rows = [(month, str(count)) for month, count in sorted(counts.items())]
    if undated:
        rows.append((words("undated"), str(undated)))
    columns = (
        Column(head=words("month"), width=6),
        Column(head=words("month_count"), width=6),
    )
    return Table(columns=columns, rows=tuple(rows))


def _replies(words: Words, found: Gathered) -> Section:
    """Put what is told of answers beside what they answer; say that none was sought."""
    rows = []
    for account in found.accounts:
        told = [
            _reply(words, one.by, one.stance, account.reading.redacted_text[slice(*one.span)])
            for one in account.reading.replies
            if one.by in _ANSWERS
        ]
        told += [_given(words, reply) for reply in found.replies[account.complaint_id]]
        if told:
            alleged = words("quote", text=said_of(found, account))
            rows.append((str(account.no), alleged, words("semicolon").join(told)))
    blocks: list[Block] = [Paragraph(text=words("replies_sought"), style="lead")]
    if rows:
        blocks.append(Paragraph(text=words("replies_told"), style="note"))
        columns = (
            Column(head=words("reply_no"), width=1, is_number=True),
            Column(head=words("reply_allegation"), width=5.5),
            Column(head=words("reply_answer"), width=5.5),
        )
        blocks.append(Table(columns=columns, rows=tuple(rows[:_REPLIES])))
        if len(rows) > _REPLIES:
            more = words("replies_more", n=len(rows) - _REPLIES)
            blocks.append(Paragraph(text=more, style="note"))
    else:
        blocks.append(Paragraph(text=words("replies_no_text")))
    if found.candidate["reply_share"] and not any(found.replies.values()):
        line = words("replies_recorded", line=replies_line(words, found))
        blocks.append(Paragraph(text=line))
    return Section(code="replies", title=words("replies"), level=2, blocks=tuple(blocks))


def _reply(words: Words, by: str, stance: ReplyStance, text: str) -> str:
    return words(
        "reply_line", by=words(f"by_{by}"), stance=words(f"stance_{stance}"), text=as_quote(text)
    )


def _given(words: Words, reply: GivenReply) -> str:
    """Give a reply on record: who, when, how, in its words."""
    by = words(f"by_{reply.by}") if reply.by else words("by_other")
    text = as_quote(reply.text)
    shown = text if len(text) <= _LONGEST_REPLY else f"{text[:_LONGEST_REPLY]}…"
    return words("reply_given", by=by, date=words.day(reply.on), text=shown)


def _contradictions(words: Words, found: Gathered) -> Section:
    rows = [
        (
            str(account.no),
            words(f"field_{one.field}"),
            words.listed(
                words("quote", text=as_quote(account.reading.redacted_text[slice(*span)]))
                for span in one.spans
            ),
        )
        for account in found.accounts
        for one in account.reading.contradictions
    ]
    columns = (
        Column(head=words("reply_no"), width=1, is_number=True),
        Column(head=words("contradiction_field"), width=2),
        Column(head=words("contradiction_words"), width=9),
    )
    block: Block = (
        Table(columns=columns, rows=tuple(rows))
        if rows
        else Paragraph(text=words("contradictions_none"))
    )
    return Section(code="contradictions", title=words("contradictions"), level=2, blocks=(block,))
