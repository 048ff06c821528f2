"""Beside a candidate: tiers, deadlines, what proves it, how unusual it is, what was lost, where.

In: a candidate's row. Out: short paragraphs under headings. Out of scope: its members.
"""

from __future__ import annotations

from typing import Any

from dashboards.components import figures, prose
from dashboards.components.completeness import show_completeness
from dashboards.components.deadlines import show_deadlines
from dashboards.components.signals import show_signals
from dashboards.components.tiers import show_tiers
from dashboards.context import Context
from dashboards.state import list_left
from dashboards.words import Words, load_words

REGIONS_SHOWN = 12


def show_aside(context: Context, candidate: dict[str, Any]) -> None:
    """Draw what a reader weighs beside the texts."""
    words = context.words
    show_tiers(context, candidate)
    show_deadlines(context, candidate)
    show_completeness(context, candidate)
    show_signals(words, candidate)
    blocks = [
        (words("loss_title"), _loss_lines(context, candidate)),
        (words("regions_title"), _region_lines(context, candidate)),
    ]
    if discounts := _discount_lines(context, candidate):
        blocks.insert(0, (words("discount_title"), discounts))
    for title, lines in blocks:
        prose.heading(title)
        prose.soft(*lines)
        if title == words("discount_title") and _shares_texts(context, candidate):
            see = words("campaign_see")
            context.link("campaign", see, id=candidate["candidate_id"], **list_left())


def _shares_texts(context: Context, candidate: dict[str, Any]) -> bool:
    """Say whether a discount is for texts that can be laid side by side."""
    rows = context.build.rows("candidate_discounts", candidate_id=candidate["candidate_id"])
    return any(row["reason"] in ("copied_wording", "copied_campaign") for row in rows)


def _discount_lines(context: Context, candidate: dict[str, Any]) -> list[str]:
    """Say what to take off the size, each reason with what it is of; nobody is called anything."""
    words = context.words
    rows = context.build.rows("candidate_discounts", candidate_id=candidate["candidate_id"])
    return [_discount_line(words, row) for row in rows]


def _discount_line(words: Words, row: dict[str, Any]) -> str:
    key = f"discount_{row['reason']}"
    if key not in load_words():
        return f"{row['reason']}: {row['share']:.0%}"
    one = row["reason"] == "frequent_account" and row["accounts"] == 1
    counts = {name: f"{value:,}" for name, value in row.items() if isinstance(value, int)}
    return words(f"{key}_one" if one else key, share=f"{row['share']:.0%}", **counts)


def _loss_lines(context: Context, candidate: dict[str, Any]) -> list[str]:
    words = context.words
    lines = [
        words(
            "loss_line",
            currency=loss["currency"],
            known=loss["known"],
            of=loss["of"],
            sum=figures.money(loss["sum"], loss["currency"]),
            median=figures.money(loss["median"], loss["currency"]),
        )
        for loss in candidate["loss"]
    ]
    return lines or [words("loss_unknown", of=candidate["complainants_possible"])]


def _region_lines(context: Context, candidate: dict[str, Any]) -> list[str]:
    words, areas = context.words, candidate["regions"]
    lines = [f"{words.region(area['region'])} {area['complaints']:,}" for area in areas]
    told = sum(area["complaints"] for area in areas)
    unsaid = words("regions_unsaid", n=f"{candidate['complaints'] - told:,}")
    if not lines:
        return [words("regions_none")]
    shown = [words("semicolon").join(lines[:REGIONS_SHOWN])]
    return shown if told >= candidate["complaints"] else [*shown, unsaid]
