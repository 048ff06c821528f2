"""The parts of a dossier that state the case: summary, parties, demands.

In: what was gathered, and words. Out: sections; what should be there and is not is named as
missing. Out of scope: the course of events, evidence, law and channels, doubts and records
(modules beside this).
"""

from __future__ import annotations

from collections import Counter

from pipelines.dossier.document import Block, Column, Paragraph, Section, Table
from pipelines.dossier.figures import (
    label,
    losses,
    losses_total,
    most,
    people,
    record,
    replies_line,
    source_label,
)
from pipelines.dossier.gathering import Gathered
from pipelines.dossier.words import (
    Words,
    not_executable,
    not_executable_demands,
    platform_sectors,
)
from pipelines.records import Axis


def summary(words: Words, found: Gathered) -> Section:
    """Say in one table what it is about, how many, since when, and how sure."""
    rows = [
        (words("figure_people"), people(words, found)),
        (words("figure_complaints"), words("complaints", n=len(found.accounts))),
        (words("figure_window"), _window(words, found)),
        (words("figure_expected"), _expected(words, found)),
        (words("figure_loss"), losses(words, found.losses) or words("loss_unknown")),
        (words("figure_replies"), replies_line(words, found)),
        (words("figure_regions"), _regions(words, found)),
    ]
    blocks: list[Block] = [
        Paragraph(text=words.of(found.candidate, "reason"), style="lead"),
        record(words, rows),
    ]
    if found.taken_out or found.taken_in:
        text = words("recounted", n=found.taken_out, m=found.taken_in)
        blocks.append(Paragraph(text=text, style="missing"))
    return Section(code="summary", title=words("summary"), level=1, blocks=tuple(blocks))


def parties(words: Words, found: Gathered) -> list[Section]:
    """Say who complains and of whom, and what a report to a regulator must state."""
    return [
        Section(code="subjects", title=words("part_subjects"), level=1, blocks=()),
        _complainants(words, found),
        _respondent(words, found),
        _pack(words, found),
    ]


def claims(words: Words, found: Gathered) -> Section:
    """Say what is asked for, what of it can be carried out, and that no more than the loss is."""
    asked = Counter(one.code for account in found.accounts for one in account.findings(Axis.DEMAND))
    barred = not_executable_demands()
    blocks: list[Block] = []
    if asked:
        rows = tuple(
            (
                label(words, found, Axis.DEMAND, code),
                words("chain_of", n=count, of=len(found.accounts)),
                words("not_executable" if code in barred else "executable"),
            )
            for code, count in most(asked)
        )
        blocks.append(
            Table(
                columns=(
                    Column(head=words("demand"), width=3),
                    Column(head=words("demand_count"), width=3),
                    Column(head=words("demand_form"), width=6),
                ),
                rows=rows,
            )
        )
        blocks.append(Paragraph(text=words("claims_form").strip()))
        wanted = [code for code, _ in most(asked) if code not in barred]
        blocks += [Paragraph(text=_claim(words, found, code), style="bullet") for code in wanted]
    flagged = [
        word
        for word in not_executable()
        if any(word.lower() in account.reading.redacted_text.lower() for account in found.accounts)
    ]
    if flagged:
        named = words.listed(words("quote", text=word) for word in flagged)
        blocks.append(Paragraph(text=words("wording_flagged", words=named), style="missing"))
    total = losses_total(words, found.losses)
    known = sum(loss.known for loss in found.losses)
    text = words("claims_sum", sum=total, known=known) if total else words("claims_sum_unknown")
    blocks.append(Paragraph(text=text))
    return Section(
        code="claims",
        title=words("part_claims"),
        level=1,
        blocks=tuple(blocks),
        missing=() if asked else (words("claims_missing"),),
    )


def _window(words: Words, found: Gathered) -> str:
    days = [account.row["event_date"] for account in found.accounts if account.row["event_date"]]
    if not days:
        return words("window_unknown")
    first, last = min(days), max(days)
    length = (last - first).days + 1
    return words("window", first=words.day(first), last=words.day(last), days=length)


def _expected(words: Words, found: Gathered) -> str:
    expected = found.candidate["expected"]
    if expected is None:
        return words("expected_unknown")
    return words("expected", n="<0.1" if expected < 0.1 else f"{expected:.1f}")


def _regions(words: Words, found: Gathered) -> str:
    counts = Counter(account.row["region"] for account in found.accounts)
    unknown = counts.pop(None, 0)
    told = [
        words("region_count", region=words.region(region), n=count)
        for region, count in most(counts)
    ]
    if unknown:
        told.append(words("region_count", region=words("unknown"), n=unknown))
    return words.listed(told)


def _complainants(words: Words, found: Gathered) -> Section:
    sources = Counter(account.row["source"] for account in found.accounts)
    by_source = words("sources") + words.listed(
        words("source_count", source=source_label(words, found, source), n=count)
        for source, count in most(sources)
    )
    decisions = found.decisions
    missing = []
    blocks: list[Block] = [
        Paragraph(
            text=words("complainants_text", people=people(words, found), n=len(found.accounts))
        ),
        Paragraph(text=words("complainants_how"), style="note"),
        Paragraph(text=by_source),
        Paragraph(text=words("identity_held")),
    ]
    for key, ids in (
        ("consents", decisions.consented), ("representatives", decisions.representatives)
    ):  # fmt: skip
        if ids:
            blocks.append(Paragraph(text=words(key) + words.listed(ids)))
        else:
            missing.append(words(f"{key}_none"))
    return Section(
        code="complainants",
        title=words("complainants"),
        level=2,
        blocks=tuple(blocks),
        missing=tuple(missing),
    )


def _respondent(words: Words, found: Gathered) -> Section:
    candidate = found.candidate
    name = candidate["merchant_name"]
    merchant = found.context.taxonomy.merchants.get(candidate["merchant_key"] or "")
    is_licensed = merchant is not None and merchant.is_licensed
    rows = [
        (words("respondent_name"), name or words("unnamed")),
        (words("respondent_key"), candidate["merchant_key"] or words("none")),
        (words("respondent_licensed"), words("licensed" if is_licensed else "not_licensed")),
    ]
    missing = [words("unified_code")] if name else [words("respondent_name"), words("unified_code")]
    return Section(
        code="respondent",
        title=words("respondent"),
        level=2,
        blocks=(record(words, rows),),
        missing=tuple(missing),
    )


def _pack(words: Words, found: Gathered) -> Section:
    """List what a report to the regulator must state (seed 000, S07), and what of it is missing."""
    named = Counter(
        found.context.merchant_of(party.raw)["merchant_name"]
        for account in found.accounts
        for party in account.reading.parties
        if party.role == "platform" and party.identity != "unnamed"
    )
    issue = words.of(found.candidate, "label")
    platforms = words.listed(name for name, _ in most(named)) or _as_platform(words, found)
    dispute = words("pack_dispute_text", issue=issue, n=len(found.accounts))
    missing = [
        words("pack_lacks", name=words(f"pack_{what}"), why=words(f"pack_{what}_missing"))
        for what in ("platform", "merchant", "evidence")
        if what != "platform" or not platforms
    ]
    rows = [
        (words("pack_platform"), platforms or words("missing")),
        (words("pack_merchant"), words("missing")),
        (words("pack_dispute"), dispute),
        (words("pack_evidence"), words("missing")),
    ]
    return Section(
        code="regulator_pack",
        title=words("pack"),
        level=2,
        blocks=(record(words, rows),),
        missing=tuple(missing),
    )


def _claim(words: Words, found: Gathered, code: str) -> str:
    """Word a demand so that it can be carried out."""
    if code != "refund":
        return words("claim_other", label=label(words, found, Axis.DEMAND, code))
    total = losses_total(words, found.losses)
    limit = words("claim_sum_part", sum=total) if total else ""
    return words("claim_refund", sum=limit)


def _as_platform(words: Words, found: Gathered) -> str:
    """Name the respondent where it is itself the platform, by its sector; else nothing."""
    name = found.candidate["merchant_name"]
    if name and found.context.merchant_of(name)["sector"] in platform_sectors():
        return words("pack_is_platform", name=name)
    return ""
