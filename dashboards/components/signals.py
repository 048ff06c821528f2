"""Why a candidate is unusual, in words: expected, how likely by chance, the mix of its sector.

In: a candidate's row. Out: short sentences, and how they are found in a fold. A number is said
with what it is of; what could not be tested says why. Nothing here says "risky": complaints
without the number of customers say how unusual something is, no more.
"""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from dashboards.components import prose
from dashboards.words import Words
from pipelines.detect.null_run import load_null_run

RARE_BELOW = 0.05
"""Adjusted p-value below which chance is called a seldom cause: one find in twenty."""

Row = dict[str, Any]


def show_signals(words: Words, candidate: Row) -> None:
    """Draw the section, its method folded away."""
    prose.heading(words("signal_title"))
    prose.soft(*signal_lines(words, candidate), mix_line(words, candidate))
    title = escape(words("method_title"))
    lines = "".join(f"<div>{escape(line)}</div>" for line in _method(words, candidate))
    st.html(f'<details class="zs-fold zs-method"><summary>{title}</summary>{lines}</details>')


def signal_lines(words: Words, candidate: Row) -> list[str]:
    """Say how the window compares with what was expected, or why it was not tested."""
    if candidate["window_start"] is None:
        return [words("signal_undated")]
    if candidate["expected"] is None:
        return [words("signal_no_series" if has_no_series(candidate) else "signal_uncovered")]
    lower, p_adj = candidate["signal_lower"], candidate["signal_p_adj"]
    rarity = "rare" if p_adj <= RARE_BELOW else "likely"
    return [
        words(
            "signal_counts",
            n=f"{candidate['signal_observed']:,}",
            expected=expected_count(candidate["expected"]),
        ),
        words("signal_lower" if lower > 1 else "signal_lower_usual", lower=f"{lower:.1f}"),
        words(f"signal_p_adj_{rarity}", p=chance(p_adj)),
        words("signal_false_alarms", rate=per_thousand(candidate["signal_false_alarm_rate"])),
    ]


def mix_line(words: Words, candidate: Row) -> str:
    """Say how the merchant's mix of complaints compares with its sector's, or why it is not."""
    mix = candidate["unusual_mix"]
    if mix is None:
        return words(f"mix_{candidate['unusual_mix_missing']}")
    return words(
        "mix_unusual" if mix["is_signal"] else "mix_usual",
        share=share(mix["share"]),
        background=share(mix["background_share"]),
        n=f"{mix['background']:,}",
        lower=f"{mix['lower']:.1f}",
    )


def expected_count(value: float) -> str:
    """Write an expected count: one decimal, two below one, never a rounded zero.

    >>> [expected_count(value) for value in (12.34, 0.256, 0.0004)]
    ['12.3', '0.26', '<0.01']
    """
    if value >= 1:
        return f"{value:,.1f}"
    return f"{value:.2f}" if value >= 0.01 else "<0.01"


def chance(value: float) -> str:
    """Write a chance between 0 and 1 as people read it.

    >>> [chance(value) for value in (0.43, 0.012, 1.0, 1e-7)]
    ['0.43', '0.012', '1.00', '<0.0001']
    """
    if value < 0.0001:
        return "<0.0001"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def share(value: float) -> str:
    """Write a share in per cent; a small one is not written as zero.

    >>> [share(value) for value in (0.42, 0.004, 0.0)]
    ['42%', '<1%', '0%']
    """
    return "<1%" if 0 < value < 0.005 else f"{value:.0%}"


def per_thousand(rate: float) -> str:
    """Write a rate as so many of 1,000.

    >>> [per_thousand(rate) for rate in (0.0017, 0.00002, 0.02)]
    ['1.7', '0.02', '20']
    """
    return f"{1000 * rate:.2g}"


def has_no_series(candidate: Row) -> bool:
    """Say whether there is no one merchant and kind of complaint whose past could be compared."""
    return candidate["merchant_key"] is None or candidate["issue_axis"] == "topic"


def _method(words: Words, candidate: Row) -> list[str]:
    null = load_null_run()
    lines = [
        words("method_expected"),
        words("method_search"),
        words("method_null_run", n=f"{null.candidates:,}", found=f"{null.found:,}"),
        words("method_coverage"),
    ]
    mix = candidate["unusual_mix"]
    if mix is not None:
        numbers = {name: f"{mix[name]:.2f}" for name in ("ratio", "lower", "upper", "ic")}
        bounds = {name: f"{mix[name]:.2f}" for name in ("ic_lower", "ic_upper")}
        lines.append(words("method_mix", **numbers, **bounds))
    return [*lines, words("method_exposure")]
