"""One candidate as a card of the worklist: people, reason, window, expected, loss."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from dashboards.casework import Casebook
from dashboards.components import figures
from dashboards.components.marks import next_deadline, tier_marks
from dashboards.context import Context
from dashboards.state import list_left
from dashboards.words import Words


def show_card(context: Context, candidate: Mapping[str, Any], book: Casebook) -> None:
    """Draw the card; its name leads to the candidate and back to the list as it is."""
    words = context.words
    people = figures.people(
        words, candidate["complainants_certain"], candidate["complainants_possible"]
    )
    facts = "".join(
        f"<span>{fact}</span>"
        for fact in (*_decided(words, candidate, book), *_facts(words, candidate))
    )
    identity = str(candidate["candidate_id"])
    with st.container(key=f"card-{identity}", gap=None):
        with st.container(horizontal=True, gap="small", key=f"head-{identity}"):
            st.html(f'<span class="zs-rank">{candidate["rank"]}</span>', width="content")
            context.link("candidate", candidate_name(words, candidate), id=identity, **list_left())
            st.html(f'<span class="zs-people">{escape(people)}</span>', width="content")
        st.html(
            f'<div class="zs-reason">{escape(reason_told(words, candidate))}</div>'
            f'<div class="zs-facts zs-tiers">{tier_marks(words, candidate["tiers"])}</div>'
            f'<div class="zs-facts">{facts}</div>'
        )


def reason_told(words: Words, candidate: Mapping[str, Any]) -> str:
    """Give the reason; for a topic, which has no code to say it, the most typical title too."""
    reason = words.reason(dict(candidate))
    title = candidate["typical_title"]
    if candidate["issue_axis"] != "topic" or not title:
        return reason
    return f"{reason} {words('typical_title', title=title)}"


def candidate_name(words: Words, candidate: Mapping[str, Any]) -> str:
    """Give who and what: the merchant and the issue."""
    return f"{candidate_merchant(words, candidate)} · {candidate_issue(words, candidate)}"


def candidate_merchant(words: Words, candidate: Mapping[str, Any]) -> str:
    """Give the merchant's name, or say that nobody is named."""
    return str(candidate["merchant_name"] or words("merchant_unnamed"))


def candidate_issue(words: Words, candidate: Mapping[str, Any]) -> str:
    """Give the label of the code, or a topic's key words."""
    if candidate["issue_axis"] == "topic":
        return f"{words('topic')}: {candidate['topic_terms']}"
    return words.label(dict(candidate))


def _decided(words: Words, candidate: Mapping[str, Any], book: Casebook) -> list[str]:
    """Give what somebody decided of the candidate; nothing while it is open."""
    case = book.of(candidate["candidate_id"])
    told = [] if case.disposition == "open" else [words(f"status_{case.disposition}")]
    if case.assignee:
        told.append(words("standing_assigned", name=case.assignee))
    if case.sent:
        told.append(words("standing_sent", on=figures.day(words, case.sent[-1].at.date())))
    return [f'<span class="zs-chip">{escape(one)}</span>' for one in told]


def _facts(words: Words, candidate: Mapping[str, Any]) -> list[str]:
    facts = [escape(figures.window(words, candidate["window_start"], candidate["window_end"]))]
    if len(candidate["recent_days"]) > 1:
        facts.append(_spark(words, candidate))
    if candidate["window_start"] is not None:
        facts.append(escape(figures.expected(words, candidate["expected"])))
    facts.append(escape(loss_line(words, candidate)))
    if candidate["deadline_next"]:
        facts.append(escape(next_deadline(words, candidate["deadline_next"])))
    if candidate["discount_share"] and candidate["discount_reason"] != "same_person":
        discounted = words("discounted", share=f"{candidate['discount_share']:.0%}")
        facts.append(f'<span class="zs-chip">{escape(discounted)}</span>')
    if candidate["lineage"] != "continued":
        lineage = escape(words(f"lineage_{candidate['lineage']}"))
        facts.append(f'<span class="zs-chip">{lineage}</span>')
    return facts


def loss_line(words: Words, candidate: Mapping[str, Any]) -> str:
    """Give the known loss in each currency, or say that it is unknown."""
    parts = [
        words(
            "loss_known",
            known=loss["known"],
            of=loss["of"],
            sum=figures.money(loss["sum"], loss["currency"]),
        )
        for loss in candidate["loss"]
    ]
    return "; ".join(parts) or words("loss_unknown", of=candidate["complainants_possible"])


def _spark(words: Words, candidate: Mapping[str, Any]) -> str:
    """Draw members over equal steps of the window, with a line at what is expected in a step.

    The ground is solid where the whole window is covered, which is where an expected
    count exists: a step without a bar is zero. Elsewhere it is dotted.
    """
    counts = [step["complaints"] for step in candidate["recent_days"]]
    is_covered = candidate["expected"] is not None
    usual = candidate["expected"] / len(counts) if is_covered else 0
    top = max(*counts, usual, 1)
    bars = "".join(f'<i style="height:{count / top:.0%}"></i>' for count in counts)
    line = f'<b style="bottom:{usual / top:.0%}"></b>' if is_covered else ""
    ground = "covered" if is_covered else "unknown"
    said = words(f"spark_{ground}", counts=" ".join(map(str, counts)))
    return (
        f'<span class="zs-spark zs-{ground}" role="img" title="{escape(said)}" '
        f'aria-label="{escape(said)}">{bars}{line}</span>'
    )
