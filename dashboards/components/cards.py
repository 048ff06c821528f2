"""One candidate as a card of the worklist: people, reason, window, expected, loss."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from dashboards.components import figures
from dashboards.words import Words


def candidate_card(words: Words, candidate: Mapping[str, Any], address: str) -> str:
    """Give the card as HTML; `address` is where its name leads."""
    people = figures.people(
        words, candidate["complainants_certain"], candidate["complainants_possible"]
    )
    name = escape(f"{candidate_merchant(words, candidate)} · {candidate_issue(words, candidate)}")
    facts = "".join(f"<span>{fact}</span>" for fact in _facts(words, candidate))
    return (
        '<div class="zs-card"><div class="zs-card-head">'
        f'<span class="zs-rank">{candidate["rank"]}</span>'
        f'<a class="zs-name" href="{escape(address)}" target="_self">{name}</a>'
        f'<span class="zs-people">{escape(people)}</span></div>'
        f'<div class="zs-reason">{escape(words.reason(dict(candidate)))}</div>'
        f'<div class="zs-facts">{facts}</div></div>'
    )


def candidate_merchant(words: Words, candidate: Mapping[str, Any]) -> str:
    """Give the merchant's name, or say that nobody is named."""
    return str(candidate["merchant_name"] or words("merchant_unnamed"))


def candidate_issue(words: Words, candidate: Mapping[str, Any]) -> str:
    """Give the label of the code, or a topic's key words."""
    if candidate["issue_axis"] == "topic":
        return f"{words('topic')}: {candidate['topic_terms']}"
    return words.label(dict(candidate))


def _facts(words: Words, candidate: Mapping[str, Any]) -> list[str]:
    facts = [escape(figures.window(words, candidate["window_start"], candidate["window_end"]))]
    if len(candidate["recent_days"]) > 1:
        facts.append(_spark(words, candidate))
    if candidate["window_start"] is not None:
        facts.append(escape(figures.expected(words, candidate["expected"])))
    facts.append(escape(loss_line(words, candidate)))
    if candidate["discount_share"]:
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
    """Draw members over equal steps of the window, with a line at what is expected in a step."""
    counts = [step["complaints"] for step in candidate["recent_days"]]
    usual = None if candidate["expected"] is None else candidate["expected"] / len(counts)
    top = max(*counts, usual or 0, 1)
    bars = "".join(f'<i style="height:{count / top:.0%}"></i>' for count in counts)
    line = "" if usual is None else f'<b style="bottom:{usual / top:.0%}"></b>'
    label = words("spark_label", counts=" ".join(map(str, counts)))
    return f'<span class="zs-spark" role="img" aria-label="{escape(label)}">{bars}{line}</span>'
